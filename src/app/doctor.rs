//! Checks what must always hold, and repairs nothing silently.

use crate::app::candidates::candidate_of;
use crate::app::error::AppError;
use crate::app::installation::App;
use crate::engine::matching::index::{Index, IndexBuilder};
use crate::engine::matching::row;
use crate::store::doctor;
use crate::store::matching;

/// One thing that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which check.
    pub check: &'static str,
    /// What disagrees, by id.
    pub what: String,
}

/// The checks, by name, in the order they run.
pub const CHECKS: [&str; 5] = ["seats_taken", "seats_overfull", "committed_hours", "match_rows", "live_index"];

impl App {
    /// Runs every check; an empty answer is health.
    pub async fn examine(&self) -> Result<Vec<Finding>, AppError> {
        let mut findings = Vec::new();
        let sums = [
            ("seats_taken", doctor::seats(&self.database).await?),
            ("seats_overfull", doctor::overfull(&self.database).await?),
            ("committed_hours", doctor::hours(&self.database).await?),
        ];
        for (check, rows) in sums {
            findings.extend(
                rows.into_iter().map(|row| Finding { check, what: format!("{}: stored {}, counted {}", row.id, row.stored, row.counted) }),
            );
        }
        self.examine_index(&mut findings).await?;
        Ok(findings)
    }

    /// Packs every person anew and compares: with the stored rows, and with the index in memory.
    async fn examine_index(&self, findings: &mut Vec<Finding>) -> Result<(), AppError> {
        let knowledge = self.knowledge();
        let mut rebuilt = IndexBuilder::default();
        let mut after = None;
        loop {
            let people = matching::people_page(self.database.reader(), after).await?;
            let Some(last) = people.last() else { break };
            after = Some(*last);
            let sources = matching::sources(self.database.reader(), &people).await?;
            let ids: Vec<_> = sources.graduates.iter().map(|graduate| graduate.id).collect();
            let stored = matching::rows_of(self.database.reader(), &ids).await?;
            for graduate in &sources.graduates {
                let fresh = candidate_of(&sources, graduate, &knowledge);
                let same = stored
                    .iter()
                    .any(|kept| kept.graduate_id == graduate.id && row::unpack(&kept.packed).is_ok_and(|kept| alike(&kept, &fresh)));
                if !same {
                    findings.push(Finding { check: "match_rows", what: graduate.id.to_string() });
                }
                rebuilt.push(&fresh);
            }
        }
        if rebuilt.finish().checksum() != self.index().checksum() {
            findings.push(Finding { check: "live_index", what: "the index in memory differs from a rebuild".to_owned() });
        }
        Ok(())
    }

    /// Copies an embedded database to a file, while it is used. The key file is not in it.
    pub async fn back_up(&self, file: &std::path::Path) -> Result<(), AppError> {
        Ok(doctor::copy_to(&self.database, file).await?)
    }

    /// Whether the database is the embedded one.
    #[must_use]
    pub fn is_embedded(&self) -> bool {
        !self.database.is_postgres()
    }
}

/// Whether two rows say the same; the order in which certificates were read does not count.
fn alike(left: &crate::engine::matching::candidate::Candidate, right: &crate::engine::matching::candidate::Candidate) -> bool {
    Index::build(std::iter::once(left.clone())).checksum() == Index::build(std::iter::once(right.clone())).checksum()
}
