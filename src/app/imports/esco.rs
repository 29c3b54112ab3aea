//! Importing ESCO: concepts and relations, for everybody. The later file wins; what a later file leaves out stays.

use rustc_hash::FxHashMap;
use serde_json::Value;

use crate::app::error::AppError;
use crate::app::imports::facts::taught;
use crate::app::imports::job::{ImportRequest, Outcome, Progress};
use crate::app::imports::reading::complaints;
use crate::app::imports::report::Counts;
use crate::app::work::Work;
use crate::engine::esco::RelationKind;
use crate::sheet::esco::{Concept, EscoRow, Relation};
use crate::sheet::participants::Parsed;
use crate::store::entity::{esco_concept, esco_relation};
use crate::store::esco;

/// How many rows are written between two notes of progress.
const STEP: usize = 5_000;

/// What is stored already. Reading it whole is far cheaper than asking for a hundred thousand rows by their keys.
#[derive(Default)]
struct Stored {
    concepts: FxHashMap<String, esco_concept::Model>,
    /// By both ends and whether it is [`RelationKind::Broader`]: two concepts have one relation of either sort.
    relations: FxHashMap<(String, String, bool), String>,
}

/// What is to be written.
#[derive(Default)]
struct Changes {
    concepts: Vec<esco_concept::Model>,
    relations: Vec<esco_relation::Model>,
    /// Relations that another one replaces.
    replaced: Vec<esco_relation::Model>,
}

/// How a row stands to what is stored.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    Unchanged,
    Updated,
    Created,
}

/// Imports one table of ESCO.
pub(super) async fn run(
    work: &Work<'_>,
    request: &ImportRequest,
    parsed: &Parsed<EscoRow>,
    progress: &Progress,
) -> Result<Outcome, AppError> {
    let (report, rejected) = complaints(parsed);
    let mut counts = Counts { total: parsed.rows.len() + rejected, rejected, ..Counts::default() };
    if rejected > 0 && !request.partial {
        return Ok(Outcome { counts, report, rejected: true });
    }
    let stored = Stored::load(work, &parsed.rows).await?;
    let mut changes = Changes::default();
    for row in &parsed.rows {
        let concept = row.concept.as_ref().map(|concept| changes.note(&stored, concept));
        let relation = row.relation.as_ref().map(|relation| changes.relate(&stored, relation));
        // A known occupation that gets a group is a changed one.
        match concept.or(relation) {
            Some(Fate::Created) => counts.created += 1,
            Some(Fate::Updated) => counts.updated += 1,
            _ if relation > Some(Fate::Unchanged) => counts.updated += 1,
            _ => counts.unchanged += 1,
        }
    }
    if !request.dry_run && changes.write(work, progress).await? {
        taught(work);
    }
    Ok(Outcome { counts, report, rejected: false })
}

impl Stored {
    async fn load(work: &Work<'_>, rows: &[EscoRow]) -> Result<Self, AppError> {
        let mut stored = Self::default();
        if rows.iter().any(|row| row.concept.is_some()) {
            stored.concepts = esco::concepts(work.tx).await?.into_iter().map(|row| (row.uri.clone(), row)).collect();
        }
        if rows.iter().any(|row| row.relation.is_some()) {
            let key = |row: esco_relation::Model| {
                let is_broader = row.kind == RelationKind::Broader.code();
                ((row.from_uri, row.to_uri, is_broader), row.kind)
            };
            stored.relations = esco::relations(work.tx).await?.into_iter().map(key).collect();
        }
        Ok(stored)
    }
}

impl Changes {
    fn note(&mut self, stored: &Stored, concept: &Concept) -> Fate {
        let row = esco_concept::Model {
            uri: concept.uri.as_str().to_owned(),
            kind: concept.kind.code().to_owned(),
            label: concept.label.clone(),
            alternative_labels: concept.alternatives.iter().map(|label| Value::from(label.as_str())).collect(),
        };
        let fate = match stored.concepts.get(&row.uri) {
            Some(known) if *known == row => return Fate::Unchanged,
            Some(_) => Fate::Updated,
            None => Fate::Created,
        };
        self.concepts.push(row);
        fate
    }

    fn relate(&mut self, stored: &Stored, relation: &Relation) -> Fate {
        let (from_uri, to_uri) = (relation.from.as_str().to_owned(), relation.to.as_str().to_owned());
        let key = (from_uri, to_uri, relation.kind == RelationKind::Broader);
        let known = stored.relations.get(&key);
        let (from_uri, to_uri, _) = key;
        let fate = match known {
            Some(kind) if kind == relation.kind.code() => return Fate::Unchanged,
            Some(kind) => {
                self.replaced.push(esco_relation::Model { from_uri: from_uri.clone(), to_uri: to_uri.clone(), kind: kind.clone() });
                Fate::Updated
            }
            None => Fate::Created,
        };
        self.relations.push(esco_relation::Model { from_uri, to_uri, kind: relation.kind.code().to_owned() });
        fate
    }

    /// Whether there was anything to write.
    async fn write(self, work: &Work<'_>, progress: &Progress) -> Result<bool, AppError> {
        let total = self.concepts.len() + self.relations.len();
        progress.of(total);
        let mut done = 0;
        for chunk in self.concepts.chunks(STEP) {
            esco::put_concepts(work.tx, chunk.to_vec()).await?;
            done += chunk.len();
            progress.reach(done);
        }
        for row in self.replaced {
            esco::drop_relation(work.tx, row).await?;
        }
        for chunk in self.relations.chunks(STEP) {
            esco::put_relations(work.tx, chunk.to_vec()).await?;
            done += chunk.len();
            progress.reach(done);
        }
        Ok(total > 0)
    }
}
