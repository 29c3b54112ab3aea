//! The match index between two starts: a snapshot is used while it fits, and never keeps anybody the database has forgotten.

use sea_orm::EntityTrait as _;
use sea_orm::sea_query::Expr;
use serap::app::actor::Actor;
use serap::app::installation::{App, Place};
use serap::store::entity::match_row;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::client::text;
use crate::support::jobs::{partner, store};
use crate::support::people::register;
use crate::support::vacancy::{OVERLOCK, at, published, sewing_with};
use crate::support::world::World;

/// The same installation opened once more, beside a folder for its snapshot.
async fn opened(world: &World, folder: &std::path::Path) -> Result<App, serap::app::installation::OpenError> {
    let place = Place {
        database_url: world.database_url.clone(),
        key_file: world.key_file(),
        public_url: world.app.public_url.clone(),
        snapshot_file: Some(folder.join("index.snapshot")),
    };
    App::open(&place, world.clock.clone()).await
}

async fn certified(world: &World, name: &str) -> Value {
    let made = register(&world.staff, json!({"name": name, "district": "35.13.17"})).await;
    let units = json!([{"unit": OVERLOCK}]);
    let body =
        json!({"kind": "bnsp", "issuer": "LSP", "number": name, "issued_on": "2026-11-01", "valid_until": "2029-11-01", "units": units});
    world.staff.post(&format!("/graduates/{}/certificates", text(&made, "id")), body).await.expect(201);
    made
}

/// Follows the feed until the index is the one the world serves. Rows above the oldest transaction still running on the server are not
/// read yet, and other tests share the server.
async fn caught_up(app: &App, world: &World) {
    for _ in 0..20_000 {
        if app.index().checksum() == world.app.index().checksum() {
            return;
        }
        app.follow().await.expect("the feed is followed");
    }
    panic!("the feed was never caught up with");
}

/// Makes every packed row unreadable, so that whoever reads them cannot start.
async fn spoil_rows(world: &World) {
    let store = store(world).await;
    let spoil = match_row::Entity::update_many().col_expr(match_row::Column::Packed, Expr::value(vec![0_u8]));
    spoil.exec(store.reader()).await.expect("rows are spoilt");
    store.close().await.expect("the database closes");
}

on_both! {
    async fn a_start_uses_the_snapshot_and_what_changed_since(world: &World) {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["Ani", "Budi", "Citra"] {
            certified(world, name).await;
        }
        let first = opened(world, folder.path()).await.expect("it opens");
        assert!(first.keep_snapshot().await.expect("it is written"));
        assert!(!first.keep_snapshot().await.expect("nothing changed"));
        first.close().await.expect("it closes");
        spoil_rows(world).await;
        // Only this row is readable: it changed after the snapshot.
        certified(world, "Dewi").await;
        let second = opened(world, folder.path()).await.expect("it opens without reading the rows");
        caught_up(&second, world).await;
        assert_eq!(second.index().len(), 4);
        // Another epoch is another history.
        second.raise_epoch().await.expect("a new epoch");
        second.close().await.expect("it closes");
        assert!(opened(world, folder.path()).await.is_err(), "the rows had to be read");
    }

    async fn a_damaged_snapshot_is_left_aside(world: &World) {
        let folder = tempfile::tempdir().expect("a folder");
        certified(world, "Ani").await;
        let first = opened(world, folder.path()).await.expect("it opens");
        first.keep_snapshot().await.expect("it is written");
        let file = folder.path().join("index.snapshot");
        let mut bytes = std::fs::read(&file).expect("the snapshot");
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(&file, bytes).expect("it is damaged");
        let second = opened(world, folder.path()).await.expect("it opens");
        assert_eq!(second.index().checksum(), first.index().checksum());
        first.close().await.expect("it closes");
        second.close().await.expect("it closes");
    }

    async fn whoever_is_erased_leaves_the_snapshot_too(world: &World) {
        let folder = tempfile::tempdir().expect("a folder");
        let ani = certified(world, "Ani").await;
        certified(world, "Budi").await;
        let other = opened(world, folder.path()).await.expect("it opens");
        other.keep_snapshot().await.expect("it is written");
        world.staff.post(&format!("/graduates/{}/erase", text(&ani, "id")), json!(null)).await.expect(200);
        caught_up(&other, world).await;
        assert!(!folder.path().join("index.snapshot").exists());
        other.close().await.expect("it closes");
    }

    async fn every_open_vacancy_is_matched_at_once_as_each_alone(world: &World) {
        let firm = partner(world, "mitra").await;
        for name in ["Ani", "Budi", "Citra"] {
            certified(world, name).await;
        }
        let mut alone = Vec::new();
        for title in ["Satu", "Dua", "Tiga"] {
            let vacancy = published(&world.staff, sewing_with(&firm.id, json!({"title": title, "requirements": [{"unit": OVERLOCK}]}))).await;
            let page = world.staff.get(&format!("{}?limit=2", at(&vacancy, "/matches"))).await.expect(200);
            let people: Vec<String> = page["items"].as_array().expect("items").iter().map(|line| text(&line["graduate"], "id").to_owned()).collect();
            alone.push((text(&vacancy, "id").to_owned(), page["count"].as_u64().expect("a count"), people));
        }
        let mut all = Vec::new();
        let actor = Actor::cli(None);
        let look = world.app.look(&actor);
        look.match_all(2, |lists| {
            all.extend(lists.into_iter().map(|list| {
                let people = list.items.iter().map(|line| line.graduate.id.to_string()).collect::<Vec<_>>();
                (list.vacancy.to_string(), u64::try_from(list.count).unwrap_or(0), people)
            }));
            Ok(())
        })
        .await
        .expect("lists are made");
        alone.sort();
        all.sort();
        assert_eq!(all, alone);
    }
}
