//! What staff and partners are asked to look at again in a vacancy. A flag never refuses.

use crate::engine::money::Rupiah;
use crate::engine::resolve::wording::FlagKind;
use crate::words::{Language, Say};

/// One question about a vacancy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VacancyFlag {
    /// The wage is less than the regency's minimum.
    WageBelowUmk {
        /// The wage as rupiah a month.
        monthly: Rupiah,
        /// What it must be at least.
        least: Rupiah,
        /// The regency.
        region: String,
    },
    /// The regency's minimum wage of that year was not entered.
    UmkNotFilledIn {
        /// The regency.
        region: String,
        /// The year.
        year: i32,
    },
    /// A wage by the piece cannot be compared with a minimum by the month.
    WageNotComparable,
    /// A wording that shuts people out.
    Wording {
        /// By what.
        kind: FlagKind,
        /// The words.
        text: String,
    },
}

impl VacancyFlag {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::WageBelowUmk { .. } => "wage_below_umk".to_owned(),
            Self::UmkNotFilledIn { .. } => "umk_not_filled_in".to_owned(),
            Self::WageNotComparable => "wage_not_comparable".to_owned(),
            Self::Wording { kind, .. } => format!("wording_{}", kind.code()),
        }
    }
}

impl Say for VacancyFlag {
    fn say(&self, language: Language) -> String {
        let indonesian = language == Language::Indonesian;
        match self {
            Self::WageBelowUmk { monthly, least, region } if indonesian => {
                format!("Upah setara {monthly} sebulan, di bawah upah minimum {region}: {least}.")
            }
            Self::WageBelowUmk { monthly, least, region } => {
                format!("The wage comes to {monthly} a month, below the minimum wage of {region}: {least}.")
            }
            Self::UmkNotFilledIn { region, year } if indonesian => {
                format!("Upah minimum {region} tahun {year} belum diisi; upah ini belum dapat dibandingkan.")
            }
            Self::UmkNotFilledIn { region, year } => {
                format!("The minimum wage of {region} for {year} is not filled in; this wage cannot be compared yet.")
            }
            Self::WageNotComparable if indonesian => "Upah per potong tidak dapat dibandingkan dengan upah minimum.".to_owned(),
            Self::WageNotComparable => "A wage by the piece cannot be compared with the minimum wage.".to_owned(),
            Self::Wording { kind, text } => wording(*kind, text, language),
        }
    }
}

fn wording(kind: FlagKind, text: &str, language: Language) -> String {
    let turns_on = match (kind, language) {
        (FlagKind::Age, Language::Indonesian) => "umur",
        (FlagKind::Age, Language::English) => "age",
        (FlagKind::Looks, Language::Indonesian) => "penampilan",
        (FlagKind::Looks, Language::English) => "looks",
        (FlagKind::Sex, Language::Indonesian) => "jenis kelamin",
        (FlagKind::Sex, Language::English) => "sex",
        (FlagKind::MaritalStatus, Language::Indonesian) => "status perkawinan",
        (FlagKind::MaritalStatus, Language::English) => "marital status",
        (FlagKind::Religion, Language::Indonesian) => "agama",
        (FlagKind::Religion, Language::English) => "religion",
        (FlagKind::Disability, Language::Indonesian) => "disabilitas",
        (FlagKind::Disability, Language::English) => "disability",
        (FlagKind::Origin, Language::Indonesian) => "asal-usul",
        (FlagKind::Origin, Language::English) => "origin",
    };
    match language {
        Language::Indonesian => format!(
            "“{text}” membatasi pelamar menurut {turns_on} (SE Menaker M/6/HK.04/V/2025). Hapus, atau nyatakan batasan dengan alasan."
        ),
        Language::English => format!(
            "“{text}” shuts applicants out by {turns_on} (circular M/6/HK.04/V/2025). Take it out, or declare a restriction with its reason."
        ),
    }
}
