//! Sending offers: the graduate's link, the WhatsApp message that staff send from their own phone, many at a time.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::app::error::AppError;
use crate::app::field::Form;
use crate::app::offers::{NewOffer, OfferView};
use crate::app::referrals::BULK;
use crate::app::work::Work;
use crate::engine::day::Zone;
use crate::engine::id::{GraduateId, OfferId, VacancyId};
use crate::engine::phone::Phone;
use crate::post::whatsapp;
use crate::store::entity::{offer, vacancy};
use crate::words::dates;
use crate::words::invitation::Invite;
use crate::words::refusal::Refusal;
use crate::words::{Language, Say as _};

/// An offer just sent, with what staff need to tell the graduate.
#[derive(Debug, Clone)]
pub struct Invitation {
    /// The offer.
    pub offer: OfferView,
    /// The graduate's page.
    pub link: String,
    /// Opens WhatsApp with the message; `None` without a mobile number.
    pub whatsapp_url: Option<String>,
}

/// Offers of one vacancy to many.
#[derive(Debug, Clone)]
pub struct Bulk {
    /// The job.
    pub vacancy: VacancyId,
    /// To whom.
    pub graduates: Vec<GraduateId>,
    /// Last day to answer.
    pub expires_on: NaiveDate,
    /// Whether to send each at once.
    pub send: bool,
    /// Why staff offer without referrals.
    pub override_reason: Option<String>,
}

/// What became of one graduate of many.
#[derive(Debug, Clone)]
pub enum BulkOutcome {
    /// A draft.
    Drafted(Box<OfferView>),
    /// Written and sent.
    Sent(Box<Invitation>),
    /// A rule refused it; a draft that could only not be sent stays.
    Refused {
        /// The rule.
        refusal: Refusal,
        /// What exists already.
        existing: Option<Uuid>,
        /// The draft that stays.
        draft: Option<Box<OfferView>>,
    },
}

impl Work<'_> {
    /// Sends a draft and answers with link and message.
    pub async fn send_with_invitation(&self, id: OfferId) -> Result<Invitation, AppError> {
        let row = self.sent(id).await?;
        self.invitation(row).await
    }

    async fn invitation(&self, row: offer::Model) -> Result<Invitation, AppError> {
        let graduate = self.graduate_of(row.graduate_id).await?;
        let link = self.app.link_address(&self.personal_link(&graduate).await?);
        let phone = match graduate.phone_sealed.as_deref() {
            Some(sealed) => {
                let person = self.person_locked(graduate.person_id).await?;
                self.person_key(person.data_key.as_deref())?.open_text(Some(sealed))?.and_then(|text| Phone::parse(&text))
            }
            None => None,
        };
        let expires_on = row.expires_on;
        let offer = self.offer_view(row).await?;
        let text = Invite::Offer {
            name: graduate.name,
            job: offer.job.title.clone(),
            employer: offer.job.employer_name.clone(),
            deadline: dates::deadline(expires_on, Zone::Wib, Language::Indonesian),
            link: link.clone(),
        };
        let whatsapp_url = phone.and_then(|phone| whatsapp::address(&phone, &text.say(Language::Indonesian)));
        Ok(Invitation { offer, link, whatsapp_url })
    }

    /// Writes, and sends if asked, offers to many graduates; one refused hinders no other.
    pub async fn offer_many(&self, bulk: &Bulk) -> Result<Vec<(GraduateId, BulkOutcome)>, AppError> {
        let mut form = Form::default();
        form.require(!bulk.graduates.is_empty(), "/graduate_ids", Refusal::FieldMissing { field: "graduate_ids".to_owned() });
        form.require(bulk.graduates.len() <= BULK, "/graduate_ids", Refusal::NumberOutOfRange { low: 1, high: 200 });
        form.require(bulk.expires_on >= self.today(), "/expires_on", Refusal::DatePast);
        form.done()?;
        self.found::<vacancy::Entity>(bulk.vacancy).await?;
        self.lock_people_of(&bulk.graduates).await?;
        let mut done = Vec::with_capacity(bulk.graduates.len());
        for id in &bulk.graduates {
            done.push((*id, self.offer_one(bulk, *id).await?));
        }
        Ok(done)
    }

    async fn offer_one(&self, bulk: &Bulk, graduate: GraduateId) -> Result<BulkOutcome, AppError> {
        let new = NewOffer {
            vacancy: bulk.vacancy,
            graduate,
            expires_on: bulk.expires_on,
            conditions: None,
            conditions_due: None,
            override_reason: bulk.override_reason.clone(),
        };
        let row = match self.drafted(&new).await {
            Ok(row) => row,
            Err(error) => return refused(error),
        };
        if !bulk.send {
            return Ok(BulkOutcome::Drafted(Box::new(self.offer_view(row).await?)));
        }
        match self.sent(row.id).await {
            Ok(sent) => Ok(BulkOutcome::Sent(Box::new(self.invitation(sent).await?))),
            // Looking again comes after the question whether it is a refusal: a failed transaction answers nothing more.
            Err(error) => match refused(error)? {
                BulkOutcome::Refused { refusal, existing, .. } => {
                    Ok(BulkOutcome::Refused { refusal, existing, draft: Some(Box::new(self.offer_view(row).await?)) })
                }
                other => Ok(other),
            },
        }
    }
}

/// A rule's refusal is the outcome of one graduate; anything else ends the whole.
fn refused(error: AppError) -> Result<BulkOutcome, AppError> {
    match error {
        AppError::Refused(refusal) => Ok(BulkOutcome::Refused { refusal, existing: None, draft: None }),
        AppError::Exists { refusal, existing } => Ok(BulkOutcome::Refused { refusal, existing: Some(existing), draft: None }),
        other => Err(other),
    }
}

impl crate::app::installation::App {
    /// The page of the oldest live offer, for the demo to print; `None` if none is live.
    pub async fn first_live_offer(&self) -> Result<Option<String>, AppError> {
        let system = crate::app::actor::Actor::system();
        self.work(&system, async |work| {
            let Some(row) = crate::store::offers::first_live(work.tx, work.now).await? else { return Ok(None) };
            let graduate = work.graduate_of(row.graduate_id).await?;
            Ok(Some(work.app.link_address(&work.personal_link(&graduate).await?)))
        })
        .await
    }
}
