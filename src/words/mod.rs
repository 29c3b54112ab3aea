//! Every sentence people read, in Indonesian and English. A missing translation does not compile.
//!
//! A message is data (an enum with its figures); [`Say::say`] renders it in a language. No floor writes a
//! sentence of its own; nothing here knows about HTTP, databases or files.

use crate::coded_enum;

pub mod allocation;
pub mod dates;
pub mod flag;
pub mod import;
pub mod invitation;
pub mod matching;
pub mod pages;
pub mod personal;
pub mod planning;
pub mod policy;
pub mod refusal;
pub mod report;
pub mod verify;

coded_enum! {
    /// A language people can choose.
    pub enum Language {
        /// Bahasa Indonesia, the default.
        Indonesian = "id",
        /// English.
        English = "en",
    }
}

impl Language {
    /// The first language of an `Accept-Language` list that we speak; Indonesian otherwise.
    #[must_use]
    pub fn accepted(header: &str) -> Self {
        let tags = header.split(',').map(|tag| tag.split(';').next().unwrap_or_default().trim().to_lowercase());
        tags.filter_map(|tag| Self::parse(tag.split('-').next().unwrap_or_default())).next().unwrap_or(Self::Indonesian)
    }
}

/// Something that can be said in every language.
pub trait Say {
    /// The sentence in one language.
    fn say(&self, language: Language) -> String;
}

/// Declares an enum of messages, each with its fields and both sentences.
///
/// ```ignore
/// texts! { pub enum Greeting { Hello { name: String } = "Halo {name}" | "Hello {name}" } }
/// ```
#[macro_export]
macro_rules! texts {
    ($(#[$meta:meta])* $vis:vis enum $name:ident {
        $($(#[$vmeta:meta])* $variant:ident $({ $($field:ident : $type:ty),+ $(,)? })? = $id:literal | $en:literal),+ $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[allow(missing_docs, clippy::allow_attributes, reason = "each variant is documented by its two sentences")]
        $vis enum $name { $($(#[$vmeta])* $variant $({ $($field: $type),+ })?),+ }

        impl $crate::words::Say for $name {
            fn say(&self, language: $crate::words::Language) -> String {
                match language {
                    $crate::words::Language::Indonesian => match self { $(Self::$variant $({ $($field),+ })? => format!($id)),+ },
                    $crate::words::Language::English => match self { $(Self::$variant $({ $($field),+ })? => format!($en)),+ },
                }
            }
        }
    };
}
