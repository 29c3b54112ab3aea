//! What an office knows of its people, as each actor may see it.

use chrono::{DateTime, NaiveDate, Utc};

use crate::app::actor::{Actor, Who};
use crate::app::error::AppError;
use crate::app::field::Form;
use crate::app::installation::App;
use crate::app::work::Look;
use crate::engine::day::age_on;
use crate::engine::id::{AccountId, EmployerId, GraduateId, OfficeId, PersonId};
use crate::engine::kinds::{Role, Sex, Shift};
use crate::engine::money::WageUnit;
use crate::engine::name::search_key;
use crate::engine::nik::Nik;
use crate::seal::keyring::PersonKey;
use crate::store::database::Connection;
use crate::store::entity::{graduate, person};
use crate::store::page::{Page, Slice};
use crate::store::people::{self, Search};
use crate::words::refusal::Refusal;

/// What stands in place of the name of a person whose data was erased.
pub const ERASED_NAME: &str = "(data pribadi dihapus)";
/// How many words of a name a search looks at.
const MOST_WORDS: usize = 10;
/// The age from which a person decides alone, in years.
const OF_AGE: i32 = 18;

/// A person's file in one office, unsealed as far as the actor may see it.
#[derive(Debug, Clone, PartialEq)]
pub struct GraduateView {
    /// The graduate.
    pub id: GraduateId,
    /// The person.
    pub person_id: PersonId,
    /// The office whose record this is.
    pub office_id: OfficeId,
    /// The officer in charge.
    pub officer_id: Option<AccountId>,
    /// The name.
    pub display_name: String,
    /// Sex.
    pub sex: Option<Sex>,
    /// District code.
    pub district: Option<String>,
    /// District name.
    pub district_name: Option<String>,
    /// Education.
    pub education: Option<String>,
    /// What is sealed.
    pub private: Private,
    /// The wishes.
    pub wishes: WishesView,
    /// What the person says they master.
    pub claimed: Vec<ClaimView>,
    /// Under 18 and without a parent's consent.
    pub parent_consent_missing: bool,
    /// When a parent consented.
    pub parent_consent_at: Option<DateTime<Utc>>,
    /// Whether the person asked that their data rest.
    pub limited: bool,
    /// Whether the person objects to automated ranking.
    pub objects_to_ranking: bool,
    /// Whether the data was erased.
    pub erased: bool,
    /// When it was entered.
    pub created_at: DateTime<Utc>,
    /// When it was changed last.
    pub updated_at: DateTime<Utc>,
    /// Version for edits.
    pub version: i32,
}

/// The sealed part of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Private {
    /// `************0001`, to everybody.
    pub nik_masked: Option<String>,
    /// Telephone, E.164.
    pub phone: Option<String>,
    /// The address of a WhatsApp conversation; landlines have none.
    pub whatsapp: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Address.
    pub address: Option<String>,
    /// Birth date.
    pub birth_date: Option<NaiveDate>,
    /// Birth place.
    pub birth_place: Option<String>,
    /// Disability, as the person tells it.
    pub disability: Option<String>,
}

/// What a person wishes.
#[derive(Debug, Clone, PartialEq)]
pub struct WishesView {
    /// By own declaration.
    pub available: bool,
    /// From this day.
    pub available_from: Option<NaiveDate>,
    /// Last day of a pause.
    pub paused_until: Option<NaiveDate>,
    /// Though placed, wants a change.
    pub wants_change: bool,
    /// Kilometres, straight line.
    pub radius_km: Option<i32>,
    /// How the person travels.
    pub transport: Option<String>,
    /// Would live near the work.
    pub ready_to_board: bool,
    /// Shifts not worked.
    pub refused_shifts: Vec<Shift>,
    /// Rupiah.
    pub wage_wish: Option<i64>,
    /// What for.
    pub wage_wish_unit: Option<WageUnit>,
    /// KBJI codes.
    pub wished_kbji: Vec<String>,
    /// Best first.
    pub ranked_employers: Vec<EmployerId>,
    /// Never shown to these.
    pub blocked_employers: Vec<EmployerId>,
}

/// A competence somebody claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimView {
    /// The unit, `LOKAL.…` where the catalogue has none.
    pub unit: String,
    /// What was written.
    pub text: String,
}

/// A line of a list of people; nothing sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraduateLine {
    /// The graduate.
    pub id: GraduateId,
    /// The person.
    pub person_id: PersonId,
    /// The name.
    pub display_name: String,
    /// District code.
    pub district: Option<String>,
    /// District name.
    pub district_name: Option<String>,
    /// The officer in charge.
    pub officer_id: Option<AccountId>,
    /// By own declaration.
    pub available: bool,
    /// When it was entered.
    pub created_at: DateTime<Utc>,
}

impl App {
    /// A person's file as an actor sees it.
    pub(in crate::app) async fn graduate_view<C: Connection>(
        &self,
        db: &C,
        actor: &Actor,
        today: NaiveDate,
        row: graduate::Model,
    ) -> Result<GraduateView, AppError> {
        let person = people::person(db, row.person_id).await?.ok_or(Refusal::NotFound)?;
        let wishes = wishes_view(&row, people::wishes(db, row.id).await?, people::blocks(db, row.id).await?);
        let claims = people::claims(db, row.id).await?.into_iter().map(|claim| ClaimView { unit: claim.code, text: claim.text });
        let whole = self.private_of(&row, &person)?;
        let young = whole.birth_date.is_some_and(|born| age_on(born, today) < OF_AGE);
        Ok(GraduateView {
            id: row.id,
            person_id: row.person_id,
            office_id: row.office_id,
            officer_id: row.officer_id,
            display_name: shown_name(&row),
            sex: row.sex,
            district_name: row.district_code.as_deref().map(|code| self.knowledge().region_name(code)).or(row.district_text),
            district: row.district_code,
            education: row.education,
            private: seen_by(actor, whole),
            wishes,
            claimed: claims.collect(),
            parent_consent_missing: young && row.parent_consent_at.is_none(),
            parent_consent_at: row.parent_consent_at,
            limited: person.limited_at.is_some(),
            objects_to_ranking: person.objects_to_ranking,
            erased: row.name.is_empty(),
            created_at: row.created_at,
            updated_at: row.updated_at,
            version: row.version,
        })
    }

    /// The sealed part of a record, opened; nothing of it where the key was destroyed.
    pub(in crate::app) fn private_of(&self, row: &graduate::Model, person: &person::Model) -> Result<Private, AppError> {
        if person.data_key.is_none() || row.name.is_empty() {
            return Ok(Private::default());
        }
        let key = self.keyring.person_key(person.data_key.as_deref())?;
        let phone = key.open_text(row.phone_sealed.as_deref())?;
        Ok(Private {
            nik_masked: masked_nik(&key, row)?,
            whatsapp: phone.as_deref().and_then(crate::engine::phone::Phone::parse).and_then(|phone| {
                let digits = phone.whatsapp_digits()?;
                Some(format!("https://wa.me/{digits}"))
            }),
            phone,
            email: key.open_text(row.email_sealed.as_deref())?,
            address: key.open_text(row.address_sealed.as_deref())?,
            birth_date: opened_birth_date(&key, row)?,
            birth_place: key.open_text(row.birth_place_sealed.as_deref())?,
            disability: key.open_text(row.disability_sealed.as_deref())?,
        })
    }

    pub(in crate::app) fn graduate_line(&self, row: graduate::Model) -> GraduateLine {
        GraduateLine {
            id: row.id,
            person_id: row.person_id,
            display_name: shown_name(&row),
            district_name: row.district_code.as_deref().map(|code| self.knowledge().region_name(code)).or(row.district_text),
            district: row.district_code,
            officer_id: row.officer_id,
            available: row.available,
            created_at: row.created_at,
        }
    }
}

impl Look<'_> {
    /// People of the actor's scope, narrowed by words of their name and by a region.
    pub async fn graduates(&self, query: Option<&str>, district: Option<&str>, slice: Slice) -> Result<Page<GraduateLine>, AppError> {
        let words = query.unwrap_or_default().split_whitespace().map(search_key).filter(|word| !word.is_empty());
        let mut form = Form::default();
        let district = form.region("/district", district).map(|code| code.as_str().to_owned());
        form.done()?;
        let words: Vec<String> = words.take(MOST_WORDS).collect();
        if words.is_empty() && query.is_some_and(|query| !query.trim().is_empty()) {
            // A question without a letter or digit names nobody; it must not list everybody.
            return Ok(Page { rows: Vec::new(), more: false });
        }
        let search = Search { words, district };
        let page = people::list(self.db(), &self.scope(), &search, slice).await?;
        Ok(Page { rows: page.rows.into_iter().map(|row| self.app.graduate_line(row)).collect(), more: page.more })
    }

    /// A person's file; the reading is recorded.
    pub async fn graduate(&self, id: GraduateId) -> Result<GraduateView, AppError> {
        let row = self.found::<graduate::Entity>(id).await?;
        self.noted_reading(row.person_id, "file").await?;
        self.app.graduate_view(self.db(), self.actor, self.today(), row).await
    }
}

/// The name to show for a record.
pub(in crate::app) fn shown_name(row: &graduate::Model) -> String {
    if row.name.is_empty() { ERASED_NAME.to_owned() } else { row.name.clone() }
}

/// The NIK of a record as anyone may see it.
pub(in crate::app) fn masked_nik(key: &PersonKey, row: &graduate::Model) -> Result<Option<String>, AppError> {
    let nik = key.open_text(row.nik_sealed.as_deref())?;
    Ok(nik.and_then(|digits| Nik::parse(&digits).ok()).map(|nik| nik.masked()))
}

/// The birth date of a record.
pub(in crate::app) fn opened_birth_date(key: &PersonKey, row: &graduate::Model) -> Result<Option<NaiveDate>, AppError> {
    let text = key.open_text(row.birth_date_sealed.as_deref())?;
    Ok(text.and_then(|day| day.parse().ok()))
}

/// An instructor reaches people by telephone and needs nothing else that is sealed.
fn seen_by(actor: &Actor, whole: Private) -> Private {
    match actor.who {
        Who::Account(Role::Instructor) => {
            Private { nik_masked: whole.nik_masked, phone: whole.phone, whatsapp: whole.whatsapp, ..Private::default() }
        }
        _ => whole,
    }
}

fn wishes_view(row: &graduate::Model, ranked: Vec<EmployerId>, blocked: Vec<EmployerId>) -> WishesView {
    let refused: Vec<String> = serde_json::from_value(row.refused_shifts.clone()).unwrap_or_default();
    WishesView {
        available: row.available,
        available_from: row.available_from,
        paused_until: row.paused_until,
        wants_change: row.wants_change,
        radius_km: row.radius_km,
        transport: row.transport.clone(),
        ready_to_board: row.ready_to_board,
        refused_shifts: refused.iter().filter_map(|code| Shift::parse(code)).collect(),
        wage_wish: row.wage_wish,
        wage_wish_unit: row.wage_wish_unit,
        wished_kbji: serde_json::from_value(row.wished_kbji.clone()).unwrap_or_default(),
        ranked_employers: ranked,
        blocked_employers: blocked,
    }
}
