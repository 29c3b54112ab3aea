//! Regions and certification schemes, for pickers.

use rustc_hash::FxHashMap;

use crate::app::catalogue::Window;
use crate::app::error::AppError;
use crate::app::work::Look;
use crate::coded_enum;
use crate::engine::facts::{RegionFact, SchemeFact};
use crate::engine::geo::RegionCode;
use crate::engine::name::search_key;
use crate::engine::text::tokens;
use crate::store::catalogue;

coded_enum! {
    /// What kind of region.
    pub enum RegionLevel {
        /// A province.
        Province = "province",
        /// A regency or city.
        Regency = "regency",
        /// A district.
        District = "district",
    }
}

impl RegionLevel {
    /// The level of a code, by its dots.
    #[must_use]
    pub fn of(code: &RegionCode) -> Self {
        match code.as_str().matches('.').count() {
            0 => Self::Province,
            1 => Self::Regency,
            _ => Self::District,
        }
    }
}

/// A scheme and the units it is made of, where they are known.
#[derive(Debug, Clone)]
pub struct SchemeView {
    /// The scheme.
    pub scheme: SchemeFact,
    /// Codes of its units.
    pub units: Vec<String>,
}

impl Look<'_> {
    /// Regions by code, or by the name people write; those of the actor's own regency first.
    #[must_use]
    pub fn regions(&self, query: &str, level: Option<RegionLevel>, skip: usize, limit: usize) -> Window<RegionFact> {
        let knowledge = self.app.knowledge();
        let wanted = |region: &&RegionFact| level.is_none_or(|level| RegionLevel::of(&region.code) == level);
        let query = query.trim();
        if query.is_empty() || query.chars().all(|c| c.is_ascii_digit() || c == '.') {
            let within = knowledge.regions.iter().filter(|region| region.code.as_str().starts_with(query)).filter(wanted);
            return Window::of(within.cloned(), skip, limit);
        }
        let named: Vec<&RegionFact> = knowledge.regions.find(query, None).into_iter().map(|found| found.region).collect();
        let key = search_key(query);
        let begun = knowledge.regions.iter().filter(|region| holds_beginning(region, &key));
        let rest = begun.filter(|region| !named.iter().any(|known| known.code == region.code));
        Window::of(named.iter().copied().chain(rest).filter(wanted).cloned(), skip, limit)
    }

    /// Certification schemes whose code begins so or whose title holds these words.
    pub async fn schemes(&self, query: &str, skip: usize, limit: usize) -> Result<Window<SchemeView>, AppError> {
        let imported = catalogue::schemes(self.db()).await?;
        let units: FxHashMap<String, Vec<String>> =
            imported.into_iter().map(|row| (row.code, serde_json::from_value(row.unit_codes).unwrap_or_default())).collect();
        let knowledge = self.app.knowledge();
        let (head, words) = (query.trim().to_uppercase(), tokens(query));
        let fits = |scheme: &&SchemeFact| {
            let title = tokens(&scheme.title);
            let holds = |word: &String| title.iter().any(|own| own.starts_with(word.as_str()));
            words.is_empty() || scheme.code.to_uppercase().starts_with(&head) || words.iter().all(holds)
        };
        let view = |scheme: &SchemeFact| SchemeView { units: units.get(&scheme.code).cloned().unwrap_or_default(), scheme: scheme.clone() };
        Ok(Window::of(knowledge.catalogue.schemes().iter().filter(fits).map(view), skip, limit))
    }
}

/// Whether a region's name, or the name without its kind, begins so.
fn holds_beginning(region: &RegionFact, key: &str) -> bool {
    let words = tokens(&region.name);
    let whole = words.concat();
    let bare: String = words.iter().skip(1).map(String::as_str).collect();
    whole.starts_with(key) || (matches!(words.first().map(String::as_str), Some("kabupaten" | "kota" | "kab")) && bare.starts_with(key))
}
