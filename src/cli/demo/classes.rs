//! The demo's programmes and classes: sixteen people each, results, certificates.

use chrono::{Duration, NaiveDate};

use crate::app::actor::Actor;
use crate::app::classes::BatchEdit;
use crate::app::error::AppError;
use crate::app::installation::App;
use crate::app::issuing::ClassCertificates;
use crate::app::programmes::{ProgrammeEdit, UnitLine};
use crate::app::results::{ClassResults, ResultLine};
use crate::app::roll::Newcomer;
use crate::cli::demo::people::invented;
use crate::engine::id::{AccountId, EmployerId, GraduateId, ProgrammeId};
use crate::engine::kinds::{Assessment, CertificateKind, TrainingResult};

/// Seats of every class.
const SEATS: usize = 16;

/// A programme of the demo.
pub(super) struct Course {
    pub title: &'static str,
    pub trade: &'static str,
    pub hours_jp: i64,
    pub units: &'static [&'static str],
    pub mostly_women: bool,
}

/// The sewing course the whole thing began with; units in the order of the programme.
pub(super) const SEWING: Course = Course {
    title: "Menjahit Pakaian dengan Mesin",
    trade: "Garmen Apparel",
    hours_jp: 240,
    units: &["GAR.CM01.003.01", "C.14GMT06.010.1", "GAR.CM02.008.01", "GAR.CM01.004.01"],
    mostly_women: true,
};
/// Shielded metal arc welding.
pub(super) const WELDING: Course = Course {
    title: "Las SMAW Pelat",
    trade: "Teknik Las",
    hours_jp: 260,
    units: &["JIP.SM01.004.01", "JIP.SM02.008.01", "JIP.SM02.009.01", "JIP.SM02.010.01"],
    mostly_women: false,
};
/// Motorcycle service.
pub(super) const MOTORCYCLES: Course = Course {
    title: "Servis Sepeda Motor Injeksi",
    trade: "Teknik Otomotif",
    hours_jp: 240,
    units: &["G.45TSM01.019.2", "G.45TSM01.024.2", "G.45TSM01.026.2", "G.45TSM01.031.2"],
    mostly_women: false,
};
/// Office computing.
pub(super) const COMPUTING: Course = Course {
    title: "Operator Komputer Muda",
    trade: "Teknologi Informasi",
    hours_jp: 160,
    units: &["J.63OPR00.001.2", "J.63OPR00.002.2", "J.63OPR00.004.2", "J.63OPR00.005.2"],
    mostly_women: true,
};

/// One class to hold.
pub(super) struct Class {
    pub name: &'static str,
    pub ended: NaiveDate,
    pub partner: Option<EmployerId>,
    pub fund: &'static str,
    /// The first number of its invented people.
    pub first_person: usize,
    pub bnsp: bool,
}

/// Who passed a class, in the order of the roll.
pub(super) struct Passed {
    pub graduates: Vec<GraduateId>,
}

/// Sets up a programme.
pub(super) async fn programme(app: &App, officer: &Actor, course: &Course) -> Result<ProgrammeId, AppError> {
    let edit = ProgrammeEdit {
        title: Some(course.title.to_owned()),
        trade: Some(Some(course.trade.to_owned())),
        hours_jp: Some(Some(course.hours_jp)),
        units: Some(course.units.iter().map(|unit| UnitLine { unit: (*unit).to_owned(), level: None }).collect()),
        ..ProgrammeEdit::default()
    };
    Ok(app.work(officer, async |work| work.create_programme(None, &edit).await).await?.row.id)
}

/// Holds a class to its end: roll, results by unit, certificates for those who passed.
pub(super) async fn hold(
    app: &App,
    officer: &Actor,
    instructor: AccountId,
    course: &Course,
    programme: ProgrammeId,
    class: &Class,
) -> Result<Passed, AppError> {
    let batch = BatchEdit {
        name: Some(class.name.to_owned()),
        capacity: Some(16),
        reserve_capacity: Some(4),
        starts_on: Some(class.ended - Duration::days(29)),
        ends_on: Some(class.ended),
        place: Some(Some("Balai Desa Maron Rekaan".to_owned())),
        district: Some(Some("35.13.17".to_owned())),
        instructor_id: Some(Some(instructor)),
        partner_id: class.partner.map(Some),
        fund: Some(Some(class.fund.to_owned())),
        cost: Some(Some(92_000_000)),
        target_percent: Some(Some(70)),
        ..BatchEdit::default()
    };
    app.work(officer, async |work| {
        let batch = work.create_batch(programme, &batch).await?.row;
        let mut roll = Vec::with_capacity(SEATS);
        for seat in 0..SEATS {
            let person = invented(class.first_person + seat, course.mostly_women, class.ended);
            let place = work.add_participant(batch.id, &Newcomer::Entered(Box::new(person)), false).await?;
            roll.push((place.id, place.graduate_id));
        }
        // One of sixteen does not pass, and the second unit is the hard one.
        let lines = roll.iter().enumerate().map(|(seat, (participant, _))| {
            let failed = seat == 13;
            let units = course.units.iter().enumerate().map(|(at, unit)| {
                let missed = failed || (at == 1 && seat % 4 == 3);
                ((*unit).to_owned(), if missed { Assessment::NotYetCompetent } else { Assessment::Competent })
            });
            ResultLine {
                participant: *participant,
                result: if failed { TrainingResult::Failed } else { TrainingResult::Passed },
                assessed: class.bnsp.then_some(if failed { Assessment::NotYetCompetent } else { Assessment::Competent }),
                units: units.collect(),
            }
        });
        let results = ClassResults { result_on: Some(class.ended), lines: lines.collect(), all: None };
        work.record_results(batch.id, &results).await?;
        let certificates = ClassCertificates {
            kind: if class.bnsp { CertificateKind::Bnsp } else { CertificateKind::Training },
            issuer: if class.bnsp { "LSP Rekaan Garmen" } else { "BLK Rekaan Probolinggo" }.to_owned(),
            issued_on: class.ended,
            valid_until: class.bnsp.then(|| class.ended + Duration::days(3 * 365)),
            number_prefix: None,
            numbers: Vec::new(),
            scheme_code: None,
            units: None,
        };
        work.certify_class(batch.id, &certificates).await?;
        let graduates = roll.iter().enumerate().filter(|(seat, _)| *seat != 13).map(|(_, (_, graduate))| *graduate).collect();
        Ok(Passed { graduates })
    })
    .await
}
