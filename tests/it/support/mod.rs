//! A running installation for each test, and clients that speak to it over HTTP.

pub mod client;
pub mod jobs;
pub mod people;
pub mod postgres;
pub mod vacancy;
pub mod world;
pub mod world_of_classes;

/// Writes each test twice: on SQLite and on PostgreSQL.
///
/// The body is an `async fn` that takes a [`world::World`].
#[macro_export]
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($world:ident: &World) $body:block)+) => {$(
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports, clippy::allow_attributes, reason = "not every test needs what its file imports")]
            use super::*;

            async fn story($world: &$crate::support::world::World) $body

            #[test]
            fn sqlite() {
                $crate::support::world::on_sqlite(async |world| story(world).await);
            }

            #[test]
            fn postgres() {
                $crate::support::world::on_postgres(async |world| story(world).await);
            }
        }
    )+};
}
