//! People and class lists to take away. Their headers are those that the import knows, so that a list comes back as it went.

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use crate::app::error::AppError;
use crate::app::exports::{ExportAsk, Listed, day, number, text};
use crate::app::knowledge::Knowledge;
use crate::app::people::{ERASED_NAME, Private};
use crate::app::work::Look;
use crate::engine::id::{BatchId, GraduateId, ParticipantId, PersonId, ProgrammeId};
use crate::engine::kinds::{Assessment, CertificateKind, ParticipantStatus, Sex, TrainingResult};
use crate::sheet::columns::{Column, SheetKind, header_of};
use crate::sheet::table::Cell;
use crate::sheet::write::{ColumnKind, SheetColumn};
use crate::store::entity::{batch, certificate, graduate, participant, person, programme};
use crate::store::exports;
use crate::words::Say as _;
use crate::words::report::{Header, ListText};

/// The columns that tell who somebody is.
const WHO: [(Column, ColumnKind); 10] = [
    (Column::Name, ColumnKind::Text),
    (Column::Nik, ColumnKind::Text),
    (Column::Phone, ColumnKind::Text),
    (Column::Email, ColumnKind::Text),
    (Column::Sex, ColumnKind::Text),
    (Column::BirthPlace, ColumnKind::Text),
    (Column::BirthDate, ColumnKind::Date),
    (Column::Address, ColumnKind::Text),
    (Column::District, ColumnKind::Text),
    (Column::Education, ColumnKind::Text),
];

/// The columns that tell of the class.
const CLASS: [(Column, ColumnKind); 10] = [
    (Column::Programme, ColumnKind::Text),
    (Column::Trade, ColumnKind::Text),
    (Column::Batch, ColumnKind::Text),
    (Column::Hours, ColumnKind::Integer),
    (Column::Fund, ColumnKind::Text),
    (Column::StartsOn, ColumnKind::Date),
    (Column::EndsOn, ColumnKind::Date),
    (Column::Attendance, ColumnKind::Text),
    (Column::Completion, ColumnKind::Text),
    (Column::Result, ColumnKind::Text),
];

/// The columns that tell of the certificate.
const CERTIFICATE: [(Column, ColumnKind); 5] = [
    (Column::CertificateNumber, ColumnKind::Text),
    (Column::CertificateKind, ColumnKind::Text),
    (Column::CertificateIssuer, ColumnKind::Text),
    (Column::CertificateIssuedOn, ColumnKind::Date),
    (Column::CertificateValidUntil, ColumnKind::Date),
];

/// The people of a list, opened.
#[derive(Default)]
struct Opened {
    rows: FxHashMap<GraduateId, (graduate::Model, Private, Option<String>)>,
    without_nik: usize,
}

impl Look<'_> {
    /// The people of the actor's scope.
    pub(in crate::app) async fn graduates_listed(&self, ask: &ExportAsk) -> Result<Listed, AppError> {
        let rows = exports::graduates(self.db(), &self.scope()).await?;
        let (order, people): (Vec<GraduateId>, Vec<PersonId>) = rows.iter().map(|row| (row.id, row.person_id)).unzip();
        let opened = self.unsealed_people(rows, ask.full_nik).await?;
        let knowledge = self.app.knowledge();
        let line = |id: &GraduateId| opened.rows.get(id).map(|known| who(known, &knowledge));
        let mut columns = headed(&WHO);
        columns.push(SheetColumn::new(Header::DistrictName.say(ask.language), ColumnKind::Text));
        Ok(Listed { columns, rows: order.iter().filter_map(line).collect(), notes: without_nik(ask, &opened), people })
    }

    /// The class list of one class, or of all the actor sees.
    pub(in crate::app) async fn participants_listed(&self, ask: &ExportAsk) -> Result<Listed, AppError> {
        if let Some(batch) = ask.batch {
            self.found::<batch::Entity>(batch).await?;
        }
        let places = exports::places(self.db(), &self.scope(), ask.batch).await?;
        let ids: Vec<GraduateId> = places.iter().map(|place| place.graduate_id).collect();
        let rows = exports::graduates_named(self.db(), &ids).await?;
        let people = rows.iter().map(|row| row.person_id).collect();
        let opened = self.unsealed_people(rows, ask.full_nik).await?;
        let classes = self.classes_by_id().await?;
        let certificates = best_certificates(exports::certificates(self.db(), &self.scope(), ask.batch).await?);
        let units = self.unit_columns(&places, ask.batch).await?;
        let knowledge = self.app.knowledge();
        let line = |place: &participant::Model| {
            let mut cells = who(opened.rows.get(&place.graduate_id)?, &knowledge);
            cells.extend(class(place, classes.get(&place.batch_id)));
            cells.extend(certificate(certificates.get(&(place.graduate_id, place.batch_id))));
            cells.extend(units.codes.iter().map(|code| text(units.results.get(&(place.id, code.clone())).copied())));
            Some(cells)
        };
        let mut columns = headed(&WHO);
        columns.push(SheetColumn::new(Header::DistrictName.say(ask.language), ColumnKind::Text));
        columns.extend(headed(&CLASS));
        columns.extend(headed(&CERTIFICATE));
        columns.extend(units.codes.iter().map(|code| SheetColumn::new(code.clone(), ColumnKind::Text)));
        Ok(Listed { columns, rows: places.iter().filter_map(line).collect(), notes: without_nik(ask, &opened), people })
    }

    async fn unsealed_people(&self, rows: Vec<graduate::Model>, whole: bool) -> Result<Opened, AppError> {
        let people: FxHashMap<PersonId, person::Model> =
            exports::people_of(self.db(), &rows).await?.into_iter().map(|row| (row.id, row)).collect();
        let mut opened = Opened::default();
        for row in rows {
            let Some(person) = people.get(&row.person_id) else { continue };
            let private = self.app.private_of(&row, person)?;
            let nik = match (whole, person.data_key.as_deref()) {
                (true, Some(key)) => self.app.keyring.person_key(Some(key))?.open_text(row.nik_sealed.as_deref())?,
                _ => private.nik_masked.clone(),
            };
            opened.without_nik += usize::from(nik.is_none());
            opened.rows.insert(row.id, (row, private, nik));
        }
        Ok(opened)
    }

    async fn classes_by_id(&self) -> Result<FxHashMap<BatchId, (batch::Model, Option<programme::Model>)>, AppError> {
        let programmes: FxHashMap<ProgrammeId, programme::Model> =
            exports::programmes(self.db(), &self.scope()).await?.into_iter().map(|row| (row.id, row)).collect();
        let classes = exports::classes(self.db(), &self.scope()).await?;
        Ok(classes.into_iter().map(|row| (row.id, (row.clone(), programmes.get(&row.programme_id).cloned()))).collect())
    }

    /// Results of single units; one class has one set of columns, several would have too many.
    async fn unit_columns(&self, places: &[participant::Model], of: Option<BatchId>) -> Result<Units, AppError> {
        let mut units = Units::default();
        if of.is_some() {
            let ids: Vec<ParticipantId> = places.iter().map(|place| place.id).collect();
            for row in exports::unit_results(self.db(), &ids).await? {
                let word = if row.result == Assessment::Competent { "K" } else { "BK" };
                units.codes.push(row.code.clone());
                units.results.insert((row.participant_id, row.code), word);
            }
            units.codes.sort_unstable();
            units.codes.dedup();
        }
        Ok(units)
    }
}

#[derive(Default)]
struct Units {
    codes: Vec<String>,
    results: FxHashMap<(ParticipantId, String), &'static str>,
}

fn headed(columns: &[(Column, ColumnKind)]) -> Vec<SheetColumn> {
    columns.iter().map(|(column, kind)| SheetColumn::new(header_of(SheetKind::Participants, *column), *kind)).collect()
}

fn who((row, private, nik): &(graduate::Model, Private, Option<String>), knowledge: &Knowledge) -> Vec<Cell> {
    let name = if row.name.is_empty() { ERASED_NAME } else { &row.name };
    let sex = row.sex.map(|sex| if sex == Sex::Female { "P" } else { "L" });
    let district_name = row.district_code.as_deref().map(|code| knowledge.region_name(code));
    vec![
        Cell::text(name),
        text(nik.as_deref()),
        text(private.phone.as_deref()),
        text(private.email.as_deref()),
        text(sex),
        text(private.birth_place.as_deref()),
        day(private.birth_date),
        text(private.address.as_deref()),
        text(row.district_code.as_deref().or(row.district_text.as_deref())),
        text(row.education.as_deref()),
        text(district_name.as_deref()),
    ]
}

fn class(place: &participant::Model, of: Option<&(batch::Model, Option<programme::Model>)>) -> Vec<Cell> {
    let batch = of.map(|(batch, _)| batch);
    let programme = of.and_then(|(_, programme)| programme.as_ref());
    let date = |day_of: fn(&batch::Model) -> NaiveDate| day(batch.map(day_of));
    let attendance = place.attendance_percent.map(|percent| format!("{percent}%"));
    vec![
        text(programme.map(|programme| programme.title.as_str())),
        text(programme.and_then(|programme| programme.trade.as_deref())),
        text(batch.map(|batch| batch.name.as_str())),
        number(programme.and_then(|programme| programme.hours_jp).map(i64::from)),
        text(batch.and_then(|batch| batch.fund.as_deref())),
        date(|batch| batch.starts_on),
        date(|batch| batch.ends_on),
        text(attendance.as_deref()),
        text(match place.status {
            ParticipantStatus::Completed => Some("Selesai"),
            ParticipantStatus::Withdrawn => Some("Mengundurkan Diri"),
            _ => None,
        }),
        text(place.result.map(|result| if result == TrainingResult::Passed { "Lulus" } else { "Tidak Lulus" })),
    ]
}

fn certificate(row: Option<&certificate::Model>) -> Vec<Cell> {
    let kind = |kind: CertificateKind| match kind {
        CertificateKind::Bnsp => "BNSP",
        CertificateKind::Training => "Pelatihan",
        CertificateKind::Industry => "Industri",
    };
    vec![
        text(row.map(|row| row.number.as_str())),
        text(row.map(|row| kind(row.kind))),
        text(row.map(|row| row.issuer.as_str())),
        day(row.map(|row| row.issued_on)),
        day(row.and_then(|row| row.valid_until)),
    ]
}

/// The strongest certificate that a class led to, of one strength the latest.
fn best_certificates(rows: Vec<certificate::Model>) -> FxHashMap<(GraduateId, BatchId), certificate::Model> {
    let mut best: FxHashMap<(GraduateId, BatchId), certificate::Model> = FxHashMap::default();
    for row in rows {
        let Some(batch) = row.batch_id else { continue };
        let rank = |row: &certificate::Model| (row.kind.strength(), row.issued_on, row.id);
        let place = best.entry((row.graduate_id, batch)).or_insert_with(|| row.clone());
        if rank(place) < rank(&row) {
            *place = row;
        }
    }
    best
}

fn without_nik(ask: &ExportAsk, opened: &Opened) -> Vec<(String, String)> {
    if opened.without_nik == 0 {
        return Vec::new();
    }
    vec![(ListText::WithoutNik.say(ask.language), opened.without_nik.to_string())]
}
