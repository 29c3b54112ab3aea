//! Closed lists that have one stable code each, used alike in the API, the database and spreadsheets.

/// A closed list with stable codes, for code that works over any of them.
pub trait Coded: Copy + Sized + 'static {
    /// Every member, in declaration order.
    fn all() -> &'static [Self];
    /// The stable code of this member.
    fn coded(self) -> &'static str;
}

/// Declares an enum whose variants carry a stable `snake_case` code.
///
/// The enum gets `ALL`, `code`, `parse` (exact code only) and `Display`.
#[macro_export]
macro_rules! coded_enum {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        $vis enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            /// Every member, in declaration order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable code of this member.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The member with exactly this code.
            #[must_use]
            pub fn parse(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }

            /// Every code, for messages that list what is allowed.
            #[must_use]
            pub fn codes() -> Vec<&'static str> {
                Self::ALL.iter().map(|member| member.code()).collect()
            }
        }

        impl $crate::engine::coded::Coded for $name {
            fn all() -> &'static [Self] {
                Self::ALL
            }

            fn coded(self) -> &'static str {
                self.code()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(self.code())
            }
        }
    };
}
