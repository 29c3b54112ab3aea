//! What anyone may learn of a certificate from the code printed on it.

use chrono::NaiveDate;

use crate::app::certificates::Standing;
use crate::app::error::AppError;
use crate::app::installation::App;
use crate::app::programmes::UnitView;
use crate::engine::day::Zone;
use crate::engine::kinds::CertificateKind;
use crate::engine::name::Name;
use crate::store::{certificates, people};

/// The longest code looked up, in characters.
const LONGEST_CODE: usize = 64;

/// A certificate as its paper's reader sees it: nothing of the holder but masked initials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// What it is worth today.
    pub standing: Standing,
    /// What kind of proof.
    pub kind: CertificateKind,
    /// Its number.
    pub number: String,
    /// Who issued it.
    pub issuer: String,
    /// When.
    pub issued_on: NaiveDate,
    /// Last valid day.
    pub valid_until: Option<NaiveDate>,
    /// The units it proves.
    pub units: Vec<UnitView>,
    /// `S*** A***`; `None` where the holder's data was erased.
    pub holder: Option<String>,
    /// Why it was taken back.
    pub reason: Option<String>,
    /// When it was taken back, or which day was its last.
    pub date: Option<NaiveDate>,
}

impl App {
    /// The certificate with a printed code, however the code is typed. `None` if there is none.
    pub async fn verify(&self, code: &str) -> Result<Option<Verification>, AppError> {
        let code: String = code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).take(LONGEST_CODE).collect();
        let db = self.database.reader();
        let Some(row) = certificates::by_verify_code(db, &code).await? else { return Ok(None) };
        let today = self.clock.today(Zone::Wib);
        let graduates = people::graduates(db, &[row.graduate_id]).await?;
        let holder = graduates.first().and_then(|graduate| Name::parse(&graduate.name)).map(|name| name.masked());
        let Some(view) = self.certificate_views(db, today, vec![row]).await?.pop() else { return Ok(None) };
        let row = view.row;
        let date = match view.standing {
            Standing::Valid => None,
            Standing::Expired => row.valid_until,
            Standing::Revoked => row.revoked_on,
        };
        Ok(Some(Verification {
            standing: view.standing,
            kind: row.kind,
            number: row.number,
            issuer: row.issuer,
            issued_on: row.issued_on,
            valid_until: row.valid_until,
            units: view.units,
            holder,
            reason: row.revoked_reason,
            date,
        }))
    }
}
