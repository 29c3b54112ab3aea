//! Attendance, results and certificates of a class, each in one step.

use actix_web::http::StatusCode;
use actix_web::{post, web};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::answer::Answer;
use crate::api::certificates::CertificateOut;
use crate::api::extract::{Body, Granted};
use crate::api::list::ListOut;
use crate::api::participants::ParticipantOut;
use crate::api::problem::Problems;
use crate::api::programmes::TaughtUnitIn;
use crate::api::wire::{AssessmentCode, CertificateKindCode, Code, TrainingResultCode, member};
use crate::app::issuing::ClassCertificates;
use crate::app::permission::{IssueCertificates, RecordResults};
use crate::app::programmes::UnitLine;
use crate::app::results::{ClassResults, Mark, ResultLine};
use crate::app::roll::ParticipantView;

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(record_attendance).service(record_results).service(certify_class);
}

/// The code of a mark on the roll.
pub type MarkCode = Code<Mark>;

/// Who was there on a day.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AttendanceIn {
    #[serde(deserialize_with = "crate::api::wire::day")]
    held_on: NaiveDate,
    #[schema(max_items = 1000)]
    marks: Vec<MarkIn>,
}

/// What the roll says of one person.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkIn {
    participant_id: Uuid,
    mark: MarkCode,
}

/// The results of a class.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResultsIn {
    /// Left out, the last day of the class counts.
    #[serde(default, deserialize_with = "crate::api::wire::optional_day")]
    result_on: Option<NaiveDate>,
    #[serde(default)]
    #[schema(max_items = 1000)]
    results: Vec<ParticipantResultIn>,
    /// The result of everybody who has no line.
    all: Option<TrainingResultCode>,
}

/// One person's results.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ParticipantResultIn {
    participant_id: Uuid,
    result: TrainingResultCode,
    assessed: Option<AssessmentCode>,
    #[serde(default)]
    units: Vec<UnitResultIn>,
}

/// The result of one unit.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitResultIn {
    unit: String,
    result: AssessmentCode,
}

/// Certificates for everybody who passed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClassCertificatesIn {
    kind: CertificateKindCode,
    issuer: String,
    #[serde(deserialize_with = "crate::api::wire::day")]
    issued_on: NaiveDate,
    /// Last valid day.
    #[serde(default, deserialize_with = "crate::api::wire::optional_day")]
    valid_until: Option<NaiveDate>,
    /// What each number begins with; left out, the office's series of the year counts (`0001/PBK/2026`).
    number_prefix: Option<String>,
    #[serde(default)]
    #[schema(max_items = 1000)]
    numbers: Vec<NumberIn>,
    /// The programme's where left out.
    scheme_code: Option<String>,
    /// The programme's where left out.
    units: Option<Vec<TaughtUnitIn>>,
}

/// A number the issuer gave.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NumberIn {
    participant_id: Uuid,
    number: String,
}

impl From<ParticipantResultIn> for ResultLine {
    fn from(input: ParticipantResultIn) -> Self {
        Self {
            participant: input.participant_id.into(),
            result: input.result.0,
            assessed: member(input.assessed),
            units: input.units.into_iter().map(|unit| (unit.unit, unit.result.0)).collect(),
        }
    }
}

fn roll_of(views: Vec<ParticipantView>) -> ListOut<ParticipantOut> {
    ListOut { items: views.into_iter().map(ParticipantOut::from).collect(), next_cursor: None }
}

/// Record who was there on a day; answers whom it marked.
#[utoipa::path(tag = "classes", params(("id" = Uuid, Path)), request_body = AttendanceIn,
    responses((status = 200, body = ListOut<ParticipantOut>), Problems))]
#[post("/batches/{id}/attendance")]
async fn record_attendance(granted: Granted<RecordResults>, id: web::Path<Uuid>, body: Body<AttendanceIn>) -> Answer {
    let (id, held_on) = (id.into_inner().into(), body.value.held_on);
    let marks: Vec<_> = body.value.marks.iter().map(|mark| (mark.participant_id.into(), mark.mark.0)).collect();
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(roll_of(work.record_attendance(id, held_on, &marks).await?))).await
}

/// Record the results of a class in one step; answers whose changed.
#[utoipa::path(tag = "classes", params(("id" = Uuid, Path)), request_body = ResultsIn,
    responses((status = 200, body = ListOut<ParticipantOut>), Problems))]
#[post("/batches/{id}/results")]
async fn record_results(granted: Granted<RecordResults>, id: web::Path<Uuid>, body: Body<ResultsIn>) -> Answer {
    let input = body.value;
    let lines = input.results.into_iter().map(ResultLine::from).collect();
    let results = ClassResults { result_on: input.result_on, lines, all: member(input.all) };
    let id = id.into_inner().into();
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(roll_of(work.record_results(id, &results).await?))).await
}

/// Issue a certificate to everybody who passed and has none of this kind from this class yet.
#[utoipa::path(tag = "certificates", params(("id" = Uuid, Path)), request_body = ClassCertificatesIn,
    responses((status = 201, body = ListOut<CertificateOut>), Problems))]
#[post("/batches/{id}/certificates")]
async fn certify_class(granted: Granted<IssueCertificates>, id: web::Path<Uuid>, body: Body<ClassCertificatesIn>) -> Answer {
    let input = body.value;
    let new = ClassCertificates {
        kind: input.kind.0,
        issuer: input.issuer,
        issued_on: input.issued_on,
        valid_until: input.valid_until,
        number_prefix: input.number_prefix,
        numbers: input.numbers.into_iter().map(|line| (line.participant_id.into(), line.number)).collect(),
        scheme_code: input.scheme_code,
        units: input.units.map(|units| units.into_iter().map(UnitLine::from).collect()),
    };
    let id = id.into_inner().into();
    granted
        .write(StatusCode::CREATED, &body.hash, async |work| {
            let items = work.certify_class(id, &new).await?.into_iter().map(CertificateOut::from).collect();
            Ok(ListOut { items, next_cursor: None })
        })
        .await
}
