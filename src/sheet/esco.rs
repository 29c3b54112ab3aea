//! Reads the tables of ESCO: skills, occupations, groups, and the relations between them. Which table it is, the header tells.
//!
//! Both the official downloads (`conceptUri`, `preferredLabel`, …) and shorter extracts (`id`, `preferred_label`, …) are understood.

use rustc_hash::FxHashMap;

use super::columns::{Column, SheetKind};
use super::fields::Fields;
use super::header::{self, HeaderMap};
use super::participants::Parsed;
use super::problem::Problem;
use super::table::Table;
use super::units::parts;
use crate::engine::esco::{ConceptKind, EscoUri, RelationKind};
use crate::words::import::RowProblem;

/// The longest label, in characters.
const LABEL: usize = 500;
/// The longest list of other labels, in characters.
const LABELS: usize = 20_000;

/// One row of any of the tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EscoRow {
    /// The row in the spreadsheet.
    pub row: u32,
    /// The concept it names, if it names one.
    pub concept: Option<Concept>,
    /// The relation it states, if it states one.
    pub relation: Option<Relation>,
}

/// A skill, an occupation or a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concept {
    /// Its address.
    pub uri: EscoUri,
    /// What it is.
    pub kind: ConceptKind,
    /// Its label.
    pub label: String,
    /// Other labels.
    pub alternatives: Vec<String>,
}

/// A relation between two concepts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Relation {
    /// The narrower concept, or the occupation.
    pub from: EscoUri,
    /// The broader concept, or the skill.
    pub to: EscoUri,
    /// How the one stands to the other.
    pub kind: RelationKind,
}

/// What a table of ESCO holds.
#[derive(Debug, Clone, Copy)]
enum Shape {
    /// Concepts by address.
    Concepts,
    /// Groups of occupations by their ISCO-08 code alone.
    Codes,
    /// What each concept stands under; the narrower one is in this column.
    Broader(Column),
    /// What each occupation needs.
    Needs,
}

/// Reads one table.
#[must_use]
pub fn parse(table: &Table) -> Parsed<EscoRow> {
    let found = header::find(table, SheetKind::Esco);
    let mut problems = found.problems;
    let Some(shape) = shape_of(&found.map) else {
        let expected = "conceptUri, preferredLabel; conceptUri, broaderUri; occupationUri, relationType, skillUri".to_owned();
        let problems = vec![Problem::new(0, "", "", RowProblem::HeaderNotFound { expected })];
        return Parsed { rows: Vec::new(), problems, ignored_columns: found.map.ignored };
    };
    let mut rows = Vec::with_capacity(found.body.len());
    let mut seen = FxHashMap::default();
    for row in found.body {
        let mut fields = Fields::new(SheetKind::Esco, &found.map, row, table.serial_shift, &mut problems);
        rows.extend(read(&mut fields, shape).and_then(|row| once(&mut fields, row, &mut seen)));
    }
    Parsed { rows, problems, ignored_columns: found.map.ignored }
}

fn shape_of(map: &HeaderMap) -> Option<Shape> {
    let has = |column| map.place(column).is_some();
    let shapes = [
        (has(Column::EscoOccupation) && has(Column::EscoSkill) && has(Column::Relation), Shape::Needs),
        (has(Column::EscoConcept) && has(Column::EscoBroader), Shape::Broader(Column::EscoConcept)),
        (has(Column::EscoSkill) && has(Column::EscoBroader), Shape::Broader(Column::EscoSkill)),
        (has(Column::EscoConcept) && has(Column::Title), Shape::Concepts),
        (has(Column::Code) && has(Column::Title), Shape::Codes),
    ];
    shapes.into_iter().find(|(fits, _)| *fits).map(|(_, shape)| shape)
}

fn read(fields: &mut Fields<'_>, shape: Shape) -> Option<EscoRow> {
    let (concept, relation) = match shape {
        Shape::Concepts => {
            let uri = address(fields, Column::EscoConcept);
            let kind = uri.as_ref().map(|uri| kind_of(fields, uri));
            let above = above(fields, uri.as_ref());
            (Some(concept(fields, uri, kind)?), above)
        }
        Shape::Codes => {
            let uri = fields.required(Column::Code, 10).and_then(|code| understood(fields, Column::Code, EscoUri::of_isco(&code)));
            (Some(concept(fields, uri, Some(ConceptKind::OccupationGroup))?), None)
        }
        Shape::Broader(narrower) => (None, Some(relation(fields, narrower, Column::EscoBroader, Some(RelationKind::Broader))?)),
        Shape::Needs => {
            const KINDS: [(RelationKind, &[&str]); 2] =
                [(RelationKind::Essential, &["essential"]), (RelationKind::Optional, &["optional"])];
            fields.required(Column::Relation, 40);
            let kind =
                fields.choice(Column::Relation, &KINDS, RowProblem::ChoiceNotUnderstood { choices: "essential, optional".to_owned() });
            (None, Some(relation(fields, Column::EscoOccupation, Column::EscoSkill, kind)?))
        }
    };
    fields.accept(EscoRow { row: fields.number(), concept, relation })
}

fn concept(fields: &mut Fields<'_>, uri: Option<EscoUri>, kind: Option<ConceptKind>) -> Option<Concept> {
    let label = fields.required(Column::Title, LABEL);
    let others = fields.text(Column::Alternatives, LABELS).map(|text| parts(&text, &['|', '\n'])).unwrap_or_default();
    let label = label?;
    let mut alternatives: Vec<String> = Vec::with_capacity(others.len());
    for other in others {
        if other != label && !alternatives.contains(&other) {
            alternatives.push(other);
        }
    }
    Some(Concept { uri: uri?, kind: kind?, label, alternatives })
}

fn relation(fields: &mut Fields<'_>, from: Column, to: Column, kind: Option<RelationKind>) -> Option<Relation> {
    let (from, to) = (address(fields, from), address(fields, to));
    Some(Relation { from: from?, to: to?, kind: kind? })
}

fn address(fields: &mut Fields<'_>, column: Column) -> Option<EscoUri> {
    let written = fields.required(column, 200)?;
    understood(fields, column, EscoUri::parse(&written))
}

fn understood(fields: &mut Fields<'_>, column: Column, uri: Option<EscoUri>) -> Option<EscoUri> {
    if uri.is_none() {
        fields.complain(column, RowProblem::EscoAddressNotUnderstood);
    }
    uri
}

/// Whether a skill is knowledge, or a group of skills, stands in columns of its own.
fn kind_of(fields: &mut Fields<'_>, uri: &EscoUri) -> ConceptKind {
    let mut says = |column, word: &str| fields.text(column, 60).is_some_and(|kind| kind.to_lowercase().contains(word));
    match uri.kind() {
        ConceptKind::Skill if says(Column::ConceptKind, "group") => ConceptKind::Group,
        ConceptKind::Skill if says(Column::SkillKind, "knowledge") => ConceptKind::Knowledge,
        kind => kind,
    }
}

/// The group that an occupation's own row puts it under.
fn above(fields: &mut Fields<'_>, uri: Option<&EscoUri>) -> Option<Relation> {
    let uri = uri.filter(|uri| uri.kind() == ConceptKind::Occupation)?;
    let code = fields.text(Column::IscoGroup, 10)?;
    let to = understood(fields, Column::IscoGroup, EscoUri::of_isco(&code))?;
    Some(Relation { from: uri.clone(), to, kind: RelationKind::Broader })
}

/// A row, unless an earlier one says the same; one that says something else of the same is a complaint.
fn once(fields: &mut Fields<'_>, row: EscoRow, seen: &mut FxHashMap<(EscoUri, Option<EscoUri>), (u32, u64)>) -> Option<EscoRow> {
    let key = match (&row.concept, &row.relation) {
        (Some(concept), _) => (concept.uri.clone(), None),
        (None, Some(relation)) => (relation.from.clone(), Some(relation.to.clone())),
        (None, None) => return None,
    };
    let code = key.0.as_str().to_owned();
    let says = digest(&row);
    let (first, said) = *seen.entry(key).or_insert((row.row, says));
    if first == row.row {
        return Some(row);
    }
    let column = if row.concept.is_some() { Column::EscoConcept } else { Column::EscoSkill };
    let again = RowProblem::SameAgain { first };
    fields.complain(column, if said == says { again } else { RowProblem::DuplicateCode { code, first, second: row.row } });
    None
}

/// What a row says, for comparing rows of one file.
fn digest(row: &EscoRow) -> u64 {
    use std::hash::{BuildHasher as _, BuildHasherDefault};
    let kind = row.relation.as_ref().map(|relation| (relation.to.as_str(), relation.kind.code()));
    let concept = row.concept.as_ref().map(|concept| (concept.label.as_str(), &concept.alternatives));
    BuildHasherDefault::<rustc_hash::FxHasher>::default().hash_one((kind, concept))
}
