//! Classes with people in them, partners and the words of both sides, written straight into the store.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use serap::app::actor::Actor;
use serap::engine::absorption::event::Act;
use serap::engine::id::{
    AccountId, BatchId, CommitmentId, EmployerId, GraduateId, OfficeId, OutcomeId, ParticipantId, PersonId, PlacementId, ProgrammeId,
    VacancyId,
};
use serap::engine::kinds::{
    Assessment, EvidenceLevel, Importance, OfferApproval, OpenTo, OutcomeKind, OutcomeSource, ParticipantStatus, Sex, TrainingResult,
};
use serap::engine::lifecycle::{PlacementState, VacancyState};
use serap::store::database::Database;
use serap::store::entity::*;
use serap::store::rows;
use serde_json::json;
use uuid::Uuid;

use crate::support::client::Client;
use crate::support::world::World;

/// Writes rows for tests.
pub struct Seed<'w> {
    world: &'w World,
    db: Database,
}

/// A class.
#[derive(Debug, Clone)]
pub struct Class {
    /// Its office.
    pub office: OfficeId,
    /// The class.
    pub batch: BatchId,
    /// Its programme.
    pub programme: ProgrammeId,
    /// Who is in it.
    pub people: Vec<Place>,
}

/// Somebody's place in a class.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// The human being.
    pub person: PersonId,
    /// The office's record.
    pub graduate: GraduateId,
    /// The place.
    pub participant: ParticipantId,
    /// The how-manieth to be written; even ones are women.
    pub number: usize,
}

/// A day.
pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn id<I: From<Uuid>>() -> I {
    Uuid::new_v4().into()
}

impl<'w> Seed<'w> {
    /// A writer for a world.
    pub async fn new(world: &'w World) -> Self {
        Self { world, db: Database::open(&world.database_url).await.expect("the database opens") }
    }

    fn now(&self) -> DateTime<Utc> {
        self.world.clock.now()
    }

    /// A class of the first office that ended on a day, whose people all passed and were assessed competent.
    pub async fn class(&self, ends_on: &str, people: usize) -> Class {
        self.class_of(self.world.office, ends_on, people).await
    }

    /// The same for any office.
    pub async fn class_of(&self, office: OfficeId, ends_on: &str, people: usize) -> Class {
        let (programme, batch, now) = (id(), id(), self.now());
        let row = programme::Model {
            id: programme,
            office_id: office,
            title: "Menjahit Pakaian".to_owned(),
            trade: Some("Garmen".to_owned()),
            hours_jp: Some(240),
            method: None,
            training_type: None,
            scheme_code: None,
            created_at: now,
            version: 1,
        };
        rows::insert(self.db.reader(), row).await.expect("a programme");
        let ends_on = day(ends_on);
        let row = batch::Model {
            id: batch,
            office_id: office,
            programme_id: programme,
            name: format!("Angkatan {ends_on}"),
            capacity: 16,
            reserve_capacity: 0,
            starts_on: ends_on - Duration::days(30),
            ends_on,
            place: None,
            district_code: Some("35.13.17".to_owned()),
            instructor_id: None,
            instructor_name: None,
            partner_id: None,
            fund: Some("APBD & DBHCHT".to_owned()),
            cost: None,
            target_percent: Some(70),
            consent_signed_on: None,
            consent_file_id: None,
            closed_at: None,
            created_at: now,
            version: 1,
        };
        rows::insert(self.db.reader(), row).await.expect("a class");
        let mut class = Class { office, batch, programme, people: Vec::new() };
        for number in 0..people {
            let place = self.person(&class, number).await;
            class.people.push(place);
        }
        // Lists are told in the order of their participants.
        class.people.sort_by_key(|place| place.participant);
        class
    }

    async fn person(&self, class: &Class, number: usize) -> Place {
        let (person, graduate, now) = (id(), id(), self.now());
        let row = person::Model {
            id: person,
            nik_hash: None,
            data_key: None,
            data_key_id: None,
            committed_hours: 0,
            merged_into: None,
            erased_at: None,
            limited_at: None,
            objects_to_ranking: false,
            created_at: now,
            version: 1,
        };
        rows::insert(self.db.reader(), row).await.expect("a person");
        let row = graduate::Model {
            id: graduate,
            office_id: class.office,
            person_id: person,
            officer_id: None,
            name: format!("Peserta Contoh {number}"),
            name_key: format!("pesertacontoh{number}"),
            sex: Some(if number.is_multiple_of(2) { Sex::Female } else { Sex::Male }),
            district_code: Some("35.13.17".to_owned()),
            district_text: None,
            nik_sealed: None,
            phone_sealed: None,
            email_sealed: None,
            address_sealed: None,
            birth_date_sealed: None,
            birth_place_sealed: None,
            disability_sealed: None,
            notes_sealed: None,
            education: None,
            available: true,
            available_from: None,
            paused_until: None,
            wants_change: false,
            radius_km: None,
            transport: None,
            ready_to_board: false,
            refused_shifts: json!([]),
            wage_wish: None,
            wage_wish_unit: None,
            wished_kbji: json!([]),
            parent_consent_at: None,
            created_at: now,
            updated_at: now,
            version: 1,
        };
        rows::insert(self.db.reader(), row).await.expect("a graduate");
        let participant = self.place(class, graduate).await;
        Place { person, graduate, participant, number }
    }

    /// Puts a graduate into a class too; passed and assessed competent.
    pub async fn place(&self, class: &Class, graduate: GraduateId) -> ParticipantId {
        let participant = id();
        let row = participant::Model {
            id: participant,
            batch_id: class.batch,
            graduate_id: graduate,
            office_id: class.office,
            status: ParticipantStatus::Completed,
            reserve_rank: None,
            attendance_percent: Some(100),
            result: Some(TrainingResult::Passed),
            assessed: Some(Assessment::Competent),
            result_on: None,
            removal_reason: None,
            removed_at: None,
            import_id: None,
            created_at: self.now(),
            version: 1,
        };
        rows::insert(self.db.reader(), row).await.expect("a place in a class");
        participant
    }

    /// Changes a place in a class.
    pub async fn change(&self, place: Place, change: impl Fn(&mut participant::Model)) {
        let scope = serap::store::scope::Scope::All;
        let row = rows::find::<participant::Entity>(self.db.reader(), &scope, place.participant).await.expect("the store reads");
        let mut row = row.expect("a place");
        change(&mut row);
        rows::update(self.db.reader(), row).await.expect("the store writes");
    }

    /// Marks one person as a second record of another.
    pub async fn merge(&self, from: Place, into: Place) {
        let row = serap::store::people::person(self.db.reader(), from.person).await.expect("the store reads").expect("a person");
        rows::update(self.db.reader(), person::Model { merged_into: Some(into.person), ..row }).await.expect("the store writes");
    }

    /// A partner of the first office.
    pub async fn partner(&self, name: &str) -> EmployerId {
        let (employer, now) = (id(), self.now());
        let row = employer::Model {
            id: employer,
            name: name.to_owned(),
            name_key: name.to_lowercase(),
            nib: None,
            wlkp: None,
            kbli: None,
            kbli_edition: None,
            district_code: Some("35.13.17".to_owned()),
            address: None,
            phone: None,
            email: None,
            created_at: now,
            version: 1,
        };
        rows::insert(self.db.reader(), row).await.expect("an employer");
        let row = partnership::Model {
            id: id(),
            office_id: self.world.office,
            employer_id: employer,
            number: None,
            trusted: true,
            contact_name: None,
            contact_phone: None,
            valid_from: None,
            valid_until: None,
            checked_by: None,
            checked_at: None,
            created_at: now,
            version: 1,
        };
        rows::insert(self.db.reader(), row).await.expect("a partnership");
        employer
    }

    /// A promise of seats, valid all of 2026 and 2027.
    pub async fn promise(&self, employer: EmployerId, seats: i32) -> CommitmentId {
        let commitment = id();
        let row = commitment::Model {
            id: commitment,
            office_id: self.world.office,
            employer_id: employer,
            number: Some("KS/01/2026".to_owned()),
            signer: None,
            signed_on: None,
            valid_from: day("2026-01-01"),
            valid_until: day("2027-12-31"),
            programme_id: None,
            batch_id: None,
            seats,
            file_id: None,
            created_at: self.now(),
            version: 1,
        };
        rows::insert(self.db.reader(), row).await.expect("a promise");
        commitment
    }

    /// A published vacancy that asks for units.
    pub async fn vacancy(&self, employer: EmployerId, commitment: Option<CommitmentId>, positions: i32, units: &[&str]) -> VacancyId {
        let (vacancy, now) = (id(), self.now());
        let row = vacancy::Model {
            id: vacancy,
            office_id: self.world.office,
            employer_id: employer,
            commitment_id: commitment,
            title: "Operator Jahit".to_owned(),
            description: None,
            positions,
            filled: 0,
            district_code: "35.13.17".to_owned(),
            other_districts: json!([]),
            starts_on: day("2026-12-14"),
            closes_on: day("2026-12-12"),
            wage_min: Some(2_900_000),
            wage_max: Some(3_200_000),
            wage_unit: Some(serap::engine::money::WageUnit::Month),
            contract: Some(serap::engine::kinds::Contract::Pkwt),
            hours_per_week: 40,
            shift: None,
            max_distance_km: None,
            education: Some("SMP".to_owned()),
            education_required: false,
            experience_months: Some(6),
            licences: json!([]),
            kbji: Some("8153".to_owned()),
            open_to: OpenTo::Office,
            open_to_approved_by: None,
            offer_approval: OfferApproval::Standing,
            offers_per_seat: 1,
            external_ref: None,
            state: VacancyState::Published,
            flags: json!([]),
            declared: None,
            declared_approved_by: None,
            return_notes: None,
            close_reason: None,
            touched_at: now,
            reminded_at: None,
            published_at: Some(now),
            created_by: None,
            created_at: now,
            updated_at: now,
            version: 1,
        };
        rows::insert(self.db.reader(), row).await.expect("a vacancy");
        for (position, unit) in (0..).zip(units) {
            let row = requirement::Model {
                id: id(),
                vacancy_id: vacancy,
                position,
                text: (*unit).to_owned(),
                code: Some((*unit).to_owned()),
                status: "matched".to_owned(),
                confidence: 100,
                why: None,
                importance: Importance::Required,
                weight: 1,
                min_evidence: None,
                min_level: None,
                must_be_valid: true,
                confirmed_by: None,
                confirmed_at: None,
            };
            rows::insert(self.db.reader(), row).await.expect("a requirement");
        }
        vacancy
    }

    /// A seat taken at a vacancy.
    pub async fn seat(&self, place: Place, vacancy: VacancyId, state: PlacementState) -> PlacementId {
        let scope = serap::store::scope::Scope::All;
        let of = rows::find::<vacancy::Entity>(self.db.reader(), &scope, vacancy).await.expect("the store reads").expect("a vacancy");
        let (placement, now) = (id(), self.now());
        let row = placement::Model {
            id: placement,
            vacancy_id: vacancy,
            graduate_id: place.graduate,
            person_id: place.person,
            office_id: of.office_id,
            employer_id: of.employer_id,
            offer_id: None,
            commitment_id: of.commitment_id,
            state,
            hours_per_week: 40,
            starts_on: of.starts_on,
            started_on: None,
            wage: None,
            wage_unit: None,
            contract: None,
            kbji: None,
            ended_on: None,
            reason: None,
            reason_text: None,
            override_reason: None,
            conditions_met_at: None,
            created_by: None,
            created_at: now,
            updated_at: now,
            version: 1,
        };
        rows::insert(self.db.reader(), row).await.expect("a seat");
        placement
    }

    /// An event at a seat, in the employer's word; change what is otherwise.
    pub async fn event(
        &self,
        place: Place,
        seat: Option<PlacementId>,
        act: Act,
        on: &str,
        change: impl Fn(&mut outcome_event::Model),
    ) -> OutcomeId {
        let seat = match seat {
            Some(seat) => {
                let scope = serap::store::scope::Scope::All;
                rows::find::<placement::Entity>(self.db.reader(), &scope, seat).await.expect("the store reads")
            }
            None => None,
        };
        let event = OutcomeId(Uuid::now_v7());
        let mut row = outcome_event::Model {
            id: event,
            person_id: place.person,
            graduate_id: place.graduate,
            office_id: self.world.office,
            act,
            kind: OutcomeKind::Partner,
            placement_id: seat.as_ref().map(|seat| seat.id),
            about_id: None,
            employer_id: seat.as_ref().map(|seat| seat.employer_id),
            employer_name: None,
            commitment_id: seat.as_ref().and_then(|seat| seat.commitment_id),
            contract: None,
            job_text: None,
            kbji: None,
            district_code: None,
            hours_per_week: None,
            wage: None,
            wage_unit: None,
            happened_on: day(on),
            recorded_at: self.now(),
            source: OutcomeSource::Employer,
            evidence: EvidenceLevel::SelfReport,
            recorded_by: None,
            verified_by: None,
            file_id: None,
            reason: None,
            import_id: None,
        };
        change(&mut row);
        rows::insert(self.db.reader(), row).await.expect("an event");
        event
    }

    /// A start that the employer's account tells and the graduate confirms.
    pub async fn job(&self, place: Place, vacancy: VacancyId, on: &str) -> PlacementId {
        let seat = self.seat(place, vacancy, PlacementState::Started).await;
        self.event(place, Some(seat), Act::Started, on, |event| event.recorded_by = Some(AccountId(Uuid::from_u128(1)))).await;
        self.event(place, Some(seat), Act::Confirmed, on, |event| event.source = OutcomeSource::Graduate).await;
        seat
    }

    /// A client with the personal link of a graduate.
    pub async fn link(&self, graduate: GraduateId) -> Client {
        let app = &self.world.app;
        let address = app.work(&Actor::cli(None), async |work| app.reissue_link(work, graduate).await).await.expect("a link");
        self.world.anonymous.with_token(address.rsplit('/').next().expect("a token"))
    }
}
