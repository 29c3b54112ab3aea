//! The class, its results and its certificates.

use super::super::columns::Column;
use super::super::fields::{Fields, chosen, is_dash};
use super::super::header::HeaderMap;
use super::super::table::Cell;
use super::{CertificatePart, TrainingPart};
use crate::engine::kinds::{Assessment, CertificateKind, ParticipantStatus, TrainingResult};
use crate::engine::name::search_key;
use crate::engine::unit_code::UnitCode;
use crate::words::import::RowProblem;

/// `None` is "in progress": understood, and nothing yet.
const RESULTS: [(Option<TrainingResult>, &[&str]); 3] = [
    (Some(TrainingResult::Passed), &["lulus", "l", "passed", "pass", "graduated", "ya"]),
    (Some(TrainingResult::Failed), &["tidaklulus", "tdklulus", "tl", "gagal", "belumlulus", "failed", "fail"]),
    (None, &["dalamproses", "proses", "berjalan", "inprogress", "belumdinilai"]),
];

const COMPLETIONS: [(Option<ParticipantStatus>, &[&str]); 3] = [
    (Some(ParticipantStatus::Completed), &["selesai", "ya", "completed", "finished", "tamat"]),
    (Some(ParticipantStatus::Withdrawn), &["mengundurkandiri", "mundur", "keluar", "dropout", "do", "tidakselesai", "gugur", "withdrawn"]),
    (None, &["dalamproses", "proses", "berjalan", "belumselesai"]),
];

const ASSESSMENTS: [(Assessment, &[&str]); 2] = [
    (Assessment::Competent, &["k", "kompeten", "competent", "lulus"]),
    (Assessment::NotYetCompetent, &["bk", "belumkompeten", "tidakkompeten", "tk", "notyetcompetent"]),
];

const KINDS: [(CertificateKind, &[&str]); 3] = [
    (CertificateKind::Bnsp, &["bnsp", "kompetensi", "sertifikatkompetensi", "lsp", "sertifikatkompetensibnsp"]),
    (CertificateKind::Training, &["training", "pelatihan", "sertifikatpelatihan", "pbk"]),
    (CertificateKind::Industry, &["industry", "industri", "perusahaan", "suratketerangan"]),
];

/// Reads the class and how it went.
pub(super) fn read(fields: &mut Fields<'_>) -> TrainingPart {
    let starts_on = fields.date(Column::StartsOn);
    let ends_on = fields.date(Column::EndsOn);
    if let (Some(start), Some(end)) = (starts_on, ends_on)
        && end < start
    {
        fields.complain(Column::EndsOn, RowProblem::DatesReversed);
    }
    TrainingPart {
        programme: fields.text(Column::Programme, 200),
        trade: fields.text(Column::Trade, 120),
        batch: fields.text(Column::Batch, 120),
        hours_jp: fields.integer(Column::Hours, 1, 5_000).and_then(|hours| u16::try_from(hours).ok()),
        fund: fields.text(Column::Fund, 60),
        starts_on,
        ends_on,
        attendance: fields.text(Column::Attendance, 60),
        completion: fields.choice(Column::Completion, &COMPLETIONS, RowProblem::CompletionNotUnderstood).flatten(),
        result: result(fields),
    }
}

fn result(fields: &mut Fields<'_>) -> Option<TrainingResult> {
    match fields.cell(Column::Result) {
        Cell::Bool(passed) => Some(if *passed { TrainingResult::Passed } else { TrainingResult::Failed }),
        Cell::Empty => {
            // A sheet with the one column "Status" means the result where it says "lulus"; "Bekerja" or "Ya" is no result.
            let status = fields.cell(Column::PlacementStatus).shown();
            if search_key(&status).contains("lulus") { chosen(&status, &RESULTS).flatten() } else { None }
        }
        _ => fields.choice(Column::Result, &RESULTS, RowProblem::ResultNotUnderstood).flatten(),
    }
}

/// Reads the cells under unit codes.
pub(super) fn unit_results(fields: &mut Fields<'_>, map: &HeaderMap) -> Vec<(UnitCode, Assessment)> {
    let mut results = Vec::new();
    for (place, code, header) in &map.units {
        let shown = fields.cell_at(*place).shown();
        if is_dash(&shown) {
            continue;
        }
        match chosen(&shown, &ASSESSMENTS) {
            Some(assessment) => results.push((code.clone(), assessment)),
            None => fields.complain_at(header, &shown, RowProblem::AssessmentNotUnderstood),
        }
    }
    results
}

/// Reads the certificate, where its number is stated.
pub(super) fn certificate(fields: &mut Fields<'_>) -> Option<CertificatePart> {
    let number = fields.text(Column::CertificateNumber, 100);
    let issued_on = fields.date(Column::CertificateIssuedOn);
    let valid_until = fields.date(Column::CertificateValidUntil);
    let issuer = fields.text(Column::CertificateIssuer, 200);
    let kind = fields.choice(Column::CertificateKind, &KINDS, kinds_message());
    let Some(number) = number else {
        if issued_on.is_some() {
            fields.complain(Column::CertificateNumber, RowProblem::CertificateNumberMissing);
        }
        return None;
    };
    if let (Some(from), Some(until)) = (issued_on, valid_until)
        && until < from
    {
        fields.complain(Column::CertificateValidUntil, RowProblem::DatesReversed);
    }
    let kind = kind.unwrap_or_else(|| kind_by_issuer(issuer.as_deref().unwrap_or_default()));
    Some(CertificatePart { kind, number, issuer, issued_on, valid_until })
}

fn kinds_message() -> RowProblem {
    RowProblem::ChoiceNotUnderstood { choices: "BNSP, Pelatihan, Industri".to_owned() }
}

/// Only a certification body (LSP) or BNSP issues competency certificates; anything else is proof of the training.
fn kind_by_issuer(issuer: &str) -> CertificateKind {
    let is_body = issuer.split(|c: char| !c.is_alphanumeric()).any(|word| matches!(search_key(word).as_str(), "lsp" | "bnsp"));
    if is_body { CertificateKind::Bnsp } else { CertificateKind::Training }
}
