//! Importing proposals: which ESCO skill a unit teaches. They count nothing until staff reviewed them, and a file never undoes a review.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::app::error::AppError;
use crate::app::imports::job::{ImportRequest, Outcome, Progress};
use crate::app::imports::lexicon::nearest;
use crate::app::imports::reading::complaints;
use crate::app::imports::report::{Counts, ProblemLine};
use crate::app::work::Work;
use crate::engine::catalogue::Catalogue;
use crate::engine::esco::{ConceptKind, LinkStanding};
use crate::engine::id::RowId;
use crate::engine::name::likeness;
use crate::engine::unit_code::UnitCode;
use crate::sheet::columns::{Column, SheetKind, header_of};
use crate::sheet::esco_links::{EscoLinkRow, SkillNamed, UnitNamed};
use crate::sheet::participants::Parsed;
use crate::sheet::problem::excerpt;
use crate::store::entity::{esco_concept, esco_link};
use crate::store::{esco, id};
use crate::words::import::RowProblem;

/// From this likeness of labels (Jaro-Winkler) a skill is suggested.
const SUGGESTED: f64 = 0.8;

/// Imports proposals: all or none of the file.
pub(super) async fn run(
    work: &Work<'_>,
    request: &ImportRequest,
    parsed: &Parsed<EscoLinkRow>,
    progress: &Progress,
) -> Result<Outcome, AppError> {
    let (mut report, mut rejected) = complaints(parsed);
    let knowledge = work.app.knowledge();
    let skills = Skills::of(esco::concepts(work.tx).await?);
    let known: FxHashSet<(String, String)> =
        esco::links(work.tx, None).await?.into_iter().map(|link| (link.unit_code, link.skill_uri)).collect();
    let mut proposed: FxHashMap<(String, String), u32> = FxHashMap::default();
    let (mut links, mut unchanged) = (Vec::new(), 0);
    for row in &parsed.rows {
        let (code, skill) = match understood(row, &knowledge.catalogue, &skills) {
            Ok(pair) => pair,
            Err(complaint) => {
                report.problems.push(*complaint);
                rejected += 1;
                continue;
            }
        };
        let pair = (code.as_str().to_owned(), skill.uri.clone());
        let first = *proposed.entry(pair.clone()).or_insert(row.row);
        if first != row.row {
            report.problems.push(ProblemLine::new(row.row, "", &skill.label, RowProblem::SameAgain { first }));
        } else if known.contains(&pair) {
            unchanged += 1;
        } else {
            links.push(esco_link::Model {
                id: id::fresh::<RowId>(),
                unit_code: pair.0,
                skill_uri: pair.1,
                skill_label: skill.label.clone(),
                standing: LinkStanding::Proposed,
                source: row.source.clone().or_else(|| Some(request.file_name.clone())),
                proposed_at: work.now,
                reviewed_by: None,
                reviewed_at: None,
                version: 1,
            });
        }
    }
    report.problems.sort_by_key(|line| line.row);
    let created = links.len();
    let total = created + unchanged + rejected;
    if rejected > 0 && !request.partial {
        return Ok(Outcome { counts: Counts { total, rejected, ..Counts::default() }, report, rejected: true });
    }
    if !request.dry_run {
        progress.of(created);
        esco::propose(work.tx, links).await?;
        progress.reach(created);
    }
    Ok(Outcome { counts: Counts { total, created, updated: 0, unchanged, rejected }, report, rejected: false })
}

/// What can be learned, by address and by label.
struct Skills {
    by_uri: FxHashMap<String, esco_concept::Model>,
    /// Preferred labels and, where no skill prefers them, others; a label that several skills bear names none of them.
    by_label: FxHashMap<String, String>,
}

impl Skills {
    fn of(concepts: Vec<esco_concept::Model>) -> Self {
        let can_be_learned =
            |row: &esco_concept::Model| matches!(ConceptKind::parse(&row.kind), Some(ConceptKind::Skill | ConceptKind::Knowledge));
        let skills: Vec<esco_concept::Model> = concepts.into_iter().filter(can_be_learned).collect();
        let others = skills.iter().flat_map(|skill| {
            let labels = skill.alternative_labels.as_array().into_iter().flatten().filter_map(serde_json::Value::as_str);
            labels.map(|label| (label, skill.uri.as_str()))
        });
        let mut by_label = owned_by_one(others);
        by_label.extend(owned_by_one(skills.iter().map(|skill| (skill.label.as_str(), skill.uri.as_str()))));
        Self { by_uri: skills.into_iter().map(|skill| (skill.uri.clone(), skill)).collect(), by_label }
    }

    fn find(&self, named: &SkillNamed) -> Option<&esco_concept::Model> {
        let uri = match named {
            SkillNamed::Uri(uri) => uri.as_str(),
            SkillNamed::Label(label) => self.by_label.get(&label_key(label))?,
        };
        self.by_uri.get(uri)
    }

    /// The label most like one that no skill has.
    fn nearest(&self, label: &str) -> Option<&str> {
        let alike = self.by_uri.values().map(|skill| (likeness(&skill.label, label), skill.label.as_str()));
        let near = alike.filter(|(alike, _)| *alike >= SUGGESTED);
        // Of equals the first by label, so that a report does not depend on the order of a map.
        near.max_by(|left, right| left.0.total_cmp(&right.0).then_with(|| right.1.cmp(left.1))).map(|(_, label)| label)
    }
}

/// Labels that one skill alone bears, with its address.
fn owned_by_one<'l>(labels: impl Iterator<Item = (&'l str, &'l str)>) -> FxHashMap<String, String> {
    let mut owners: FxHashMap<String, Option<&str>> = FxHashMap::default();
    for (label, uri) in labels {
        let owner = owners.entry(label_key(label)).or_insert(Some(uri));
        if *owner != Some(uri) {
            *owner = None;
        }
    }
    owners.into_iter().filter_map(|(label, owner)| Some((label, owner?.to_owned()))).collect()
}

/// A label whatever its case and spaces. Signs stay: `C#` and `C++` are two skills.
fn label_key(label: &str) -> String {
    label.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

fn understood<'s>(
    row: &EscoLinkRow,
    catalogue: &Catalogue,
    skills: &'s Skills,
) -> Result<(UnitCode, &'s esco_concept::Model), Box<ProblemLine>> {
    let unit = match &row.unit {
        UnitNamed::Code(written) => catalogue.find(written),
        UnitNamed::Title(title) => UnitCode::local(title).and_then(|code| catalogue.get(&code)),
    };
    let unit = unit.ok_or_else(|| {
        let (UnitNamed::Code(written) | UnitNamed::Title(written)) = &row.unit;
        let message = RowProblem::unknown_unit(&excerpt(written), nearest(written, catalogue).as_deref());
        complaint(row, Column::Code, written, message)
    })?;
    let skill = skills.find(&row.skill).ok_or_else(|| {
        let (written, column, near) = match &row.skill {
            SkillNamed::Uri(uri) => (uri.as_str(), Column::EscoSkill, None),
            SkillNamed::Label(label) => (label.as_str(), Column::EscoLabel, skills.nearest(label)),
        };
        complaint(row, column, written, RowProblem::unknown_skill(&excerpt(written), near))
    })?;
    Ok((unit.code.clone(), skill))
}

fn complaint(row: &EscoLinkRow, column: Column, read: &str, message: RowProblem) -> Box<ProblemLine> {
    Box::new(ProblemLine::new(row.row, header_of(SheetKind::EscoLinks, column), read, message))
}
