//! Importing what an office's own words mean: each text is remembered as if staff had confirmed it. The later file wins.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::app::error::AppError;
use crate::app::imports::job::{ImportRequest, Outcome, Progress};
use crate::app::imports::reading::complaints;
use crate::app::imports::report::{Counts, ProblemLine};
use crate::app::meanings::{UNIT, codes_text};
use crate::app::work::Work;
use crate::engine::catalogue::Catalogue;
use crate::engine::id::{OfficeId, RowId};
use crate::engine::name::likeness;
use crate::engine::text::text_key;
use crate::engine::unit_code::UnitCode;
use crate::sheet::columns::{Column, SheetKind, header_of};
use crate::sheet::lexicon::WordRow;
use crate::sheet::participants::Parsed;
use crate::sheet::problem::excerpt;
use crate::store::entity::confirmation;
use crate::store::{catalogue, id};
use crate::words::import::RowProblem;

/// From this likeness of codes (Jaro-Winkler) a unit is suggested.
const SUGGESTED: f64 = 0.8;
/// How many rows are written between two notes of progress.
const STEP: usize = 1_000;

/// A text of the file with everything its rows say it means.
struct Word<'f> {
    row: u32,
    text: &'f str,
    codes: Vec<UnitCode>,
}

/// Imports an office's words: all or none of the file.
pub(super) async fn run(
    work: &Work<'_>,
    office: OfficeId,
    request: &ImportRequest,
    parsed: &Parsed<WordRow>,
    progress: &Progress,
) -> Result<Outcome, AppError> {
    let (mut report, mut rejected) = complaints(parsed);
    let knowledge = work.app.knowledge();
    let (words, refused) = gathered(&parsed.rows, &knowledge.catalogue);
    let rows_refused: FxHashSet<u32> = refused.iter().map(|line| line.row).collect();
    rejected += rows_refused.len();
    report.problems.extend(refused);
    report.problems.sort_by_key(|line| line.row);
    let known: FxHashMap<String, confirmation::Model> = catalogue::confirmations(work.tx, Some(office))
        .await?
        .into_iter()
        .filter(|row| row.subject == UNIT)
        .map(|row| (row.text_key.clone(), row))
        .collect();
    let mut counts = Counts { total: words.len() + rejected, rejected, ..Counts::default() };
    if rejected > 0 && !request.partial {
        return Ok(Outcome { counts, report, rejected: true });
    }
    let mut rows = Vec::new();
    for (key, word) in words {
        let code = codes_text(&word.codes);
        match known.get(&key) {
            Some(stored) if stored.code == code => {
                counts.unchanged += 1;
                continue;
            }
            Some(_) => counts.updated += 1,
            None => counts.created += 1,
        }
        rows.push(confirmation::Model {
            id: id::fresh::<RowId>(),
            office_id: Some(office),
            subject: UNIT.to_owned(),
            text_key: key,
            text: word.text.to_owned(),
            code,
            confirmed_by: work.by(),
            confirmed_at: work.now,
        });
    }
    if !request.dry_run && !rows.is_empty() {
        progress.of(rows.len());
        for (step, chunk) in rows.chunks(STEP).enumerate() {
            catalogue::put_confirmations(work.tx, chunk.to_vec()).await?;
            progress.reach(step * STEP + chunk.len());
        }
        work.changed("confirmation", uuid::Uuid::nil(), Some(office));
    }
    Ok(Outcome { counts, report, rejected: false })
}

/// The rows of each text together, in the order of the file, and complaints about codes that nobody knows.
fn gathered<'f>(rows: &'f [WordRow], catalogue: &Catalogue) -> (Vec<(String, Word<'f>)>, Vec<ProblemLine>) {
    let mut words: FxHashMap<String, Word<'f>> = FxHashMap::default();
    let mut refused = Vec::new();
    for row in rows {
        let unknown = row.codes.iter().filter(|written| catalogue.find(written).is_none());
        let complaints: Vec<ProblemLine> = unknown.map(|written| complaint(row, written, catalogue)).collect();
        if !complaints.is_empty() {
            refused.extend(complaints);
            continue;
        }
        let word = words.entry(text_key(&row.text)).or_insert_with(|| Word { row: row.row, text: &row.text, codes: Vec::new() });
        for unit in row.codes.iter().filter_map(|written| catalogue.find(written)) {
            if !word.codes.contains(&unit.code) {
                word.codes.push(unit.code.clone());
            }
        }
    }
    let mut words: Vec<(String, Word<'f>)> = words.into_iter().collect();
    words.sort_by_key(|(_, word)| word.row);
    (words, refused)
}

fn complaint(row: &WordRow, written: &str, catalogue: &Catalogue) -> ProblemLine {
    let nearest = nearest(written, catalogue);
    let message = RowProblem::unknown_unit(&excerpt(written), nearest.as_deref());
    ProblemLine::new(row.row, header_of(SheetKind::Lexicon, Column::Code), written, message)
}

/// Another version of the unit, else the unit whose code or title is most alike.
pub(super) fn nearest(written: &str, catalogue: &Catalogue) -> Option<String> {
    let shown = |unit: &crate::engine::catalogue::Unit| format!("{} {}", unit.code, unit.title);
    let family = UnitCode::parse(written).and_then(|code| catalogue.versions_of(code.family()).last().map(|unit| shown(unit)));
    family.or_else(|| {
        let alike = catalogue.iter().map(|unit| (likeness(unit.code.as_str(), written).max(likeness(&unit.title, written)), unit));
        let near = alike.filter(|(alike, _)| *alike >= SUGGESTED);
        near.max_by(|left, right| left.0.total_cmp(&right.0)).map(|(_, unit)| shown(unit))
    })
}
