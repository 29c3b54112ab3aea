//! Whether a certificate is genuine, for whoever holds its paper: a page, or JSON where that is asked for.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, get, web};
use askama::Template;
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::extract::app_of;
use crate::api::language::spoken;
use crate::api::problem::Problem;
use crate::api::wire::{CertificateKindCode, code};
use crate::app::certificates::Standing;
use crate::app::error::AppError;
use crate::app::verification::Verification;
use crate::engine::kinds::CertificateKind;
use crate::words::verify::VerifyText as Text;
use crate::words::{Language, Say as _};

/// The page loads nothing and sends nothing.
const POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What a certificate is worth today.
#[derive(Debug, Serialize, ToSchema)]
pub struct VerificationOut {
    valid: bool,
    /// `valid`, `expired`, `revoked` or `not_found`.
    status: String,
    kind: Option<CertificateKindCode>,
    number: Option<String>,
    issuer: Option<String>,
    issued_on: Option<NaiveDate>,
    valid_until: Option<NaiveDate>,
    units: Vec<VerifiedUnitOut>,
    /// Masked, or that the personal data was erased.
    holder: Option<String>,
    /// Why it was revoked.
    reason: Option<String>,
    /// When it was revoked, or which day was its last.
    date: Option<NaiveDate>,
}

/// A unit that a certificate proves.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct VerifiedUnitOut {
    code: String,
    title: String,
}

#[derive(Template)]
#[template(path = "verify.html")]
struct Page {
    language: &'static str,
    title: String,
    verdict: String,
    advice: Option<String>,
    lines: Vec<(String, String)>,
    units_title: String,
    units: Vec<VerifiedUnitOut>,
}

/// Check a certificate by the code printed on it. A page, or JSON where `Accept` asks for it.
#[utoipa::path(tag = "public", params(("code" = String, Path, description = "The printed code, however it is typed.")), security(()),
    responses(
        (status = 200, description = "What the certificate is worth today.", content((VerificationOut = "application/json"), (String = "text/html"))),
        (status = 404, description = "No certificate has this code.", content((VerificationOut = "application/json"), (String = "text/html"))),
    ))]
#[get("/verify/{code}")]
pub(in crate::web) async fn verify_certificate(request: HttpRequest, path: web::Path<String>) -> Result<HttpResponse, Problem> {
    let app = app_of(&request)?;
    let language = spoken();
    let found = app.verify(&path).await?;
    let status = if found.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    let accept = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut response = HttpResponse::build(status);
    response
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::VARY, "Accept, Accept-Language"))
        .insert_header(("X-Robots-Tag", "noindex"))
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY));
    if accept.contains("application/json") {
        return Ok(response.json(out(found, language)));
    }
    let page = page(found, language).render().map_err(|error| AppError::Internal(error.to_string()))?;
    Ok(response.content_type("text/html; charset=utf-8").body(page))
}

fn out(found: Option<Verification>, language: Language) -> VerificationOut {
    let Some(found) = found else {
        return VerificationOut {
            valid: false,
            status: "not_found".to_owned(),
            kind: None,
            number: None,
            issuer: None,
            issued_on: None,
            valid_until: None,
            units: Vec::new(),
            holder: None,
            reason: None,
            date: None,
        };
    };
    VerificationOut {
        valid: found.standing == Standing::Valid,
        status: found.standing.code().to_owned(),
        kind: code(Some(found.kind)),
        holder: Some(holder(&found, language)),
        units: units(&found),
        number: Some(found.number),
        issuer: Some(found.issuer),
        issued_on: Some(found.issued_on),
        valid_until: found.valid_until,
        reason: found.reason,
        date: found.date,
    }
}

fn page(found: Option<Verification>, language: Language) -> Page {
    let say = |text: Text| text.say(language);
    let mut page = Page {
        language: language.code(),
        title: say(Text::Title),
        verdict: say(Text::NotFound),
        advice: Some(say(Text::NotFoundAdvice)),
        lines: Vec::new(),
        units_title: say(Text::Units),
        units: Vec::new(),
    };
    let Some(found) = found else { return page };
    page.advice = None;
    page.verdict = say(match found.standing {
        Standing::Valid => Text::Valid,
        Standing::Expired => Text::Expired,
        Standing::Revoked => Text::Revoked,
    });
    let kind = match found.kind {
        CertificateKind::Bnsp => Text::KindBnsp,
        CertificateKind::Training => Text::KindTraining,
        CertificateKind::Industry => Text::KindIndustry,
    };
    let end = found.valid_until.map_or_else(|| say(Text::NoEnd), |day| day.to_string());
    page.lines = vec![
        (say(Text::Holder), holder(&found, language)),
        (say(Text::Kind), say(kind)),
        (say(Text::Number), found.number.clone()),
        (say(Text::Issuer), found.issuer.clone()),
        (say(Text::IssuedOn), found.issued_on.to_string()),
        (say(Text::ValidUntil), end),
    ];
    if found.standing == Standing::Revoked {
        page.lines.push((say(Text::RevokedOn), found.date.map(|day| day.to_string()).unwrap_or_default()));
        page.lines.push((say(Text::Reason), found.reason.clone().unwrap_or_default()));
    }
    page.units = units(&found);
    page
}

fn holder(found: &Verification, language: Language) -> String {
    found.holder.clone().unwrap_or_else(|| Text::HolderErased.say(language))
}

fn units(found: &Verification) -> Vec<VerifiedUnitOut> {
    found.units.iter().map(|unit| VerifiedUnitOut { code: unit.code.clone(), title: unit.title.clone() }).collect()
}
