//! What became of a person, as an old sheet says; nobody has verified it.

use super::super::columns::Column;
use super::super::fields::Fields;
use super::OutcomePart;
use crate::engine::kinds::OutcomeKind;
use crate::words::import::RowProblem;

const EMPLOYMENTS: [(OutcomeKind, &[&str]); 6] = [
    (OutcomeKind::Seeking, &["belumbekerja", "belum", "tidakbekerja", "mencarikerja", "pencarikerja", "seeking", "unemployed"]),
    (OutcomeKind::OtherEmployer, &["bekerja", "sudahbekerja", "kerja", "karyawan", "employed", "working"]),
    (OutcomeKind::SelfEmployed, &["wirausaha", "wiraswasta", "usahamandiri", "usahasendiri", "mandiri", "selfemployed"]),
    (OutcomeKind::Studying, &["kuliah", "sekolah", "melanjutkanpendidikan", "melanjutkanstudi", "studying"]),
    (OutcomeKind::Apprenticeship, &["magang", "pemagangan", "apprentice", "apprenticeship"]),
    (OutcomeKind::HomeWork, &["maklun", "pekerjarumahan", "borongandirumah", "homework"]),
];

/// Reads the outcome columns; without a status there is no outcome.
pub(super) fn read(fields: &mut Fields<'_>) -> Option<OutcomePart> {
    let kind = fields.choice(Column::Employment, &EMPLOYMENTS, RowProblem::EmploymentNotUnderstood);
    let employer_name = fields.text(Column::Employer, 200);
    let place = fields.text(Column::WorkPlace, 120);
    let job_title = fields.text(Column::JobTitle, 120);
    let on = fields.date(Column::PlacedOn);
    let kind = kind?;
    // Somebody who seeks work has no workplace; forms often keep the last one there.
    if kind == OutcomeKind::Seeking {
        return Some(OutcomePart { kind, employer_name: None, place: None, job_title: None, on });
    }
    Some(OutcomePart { kind, employer_name, place, job_title, on })
}
