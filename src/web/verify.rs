//! Whether a certificate is genuine, for whoever holds its paper: a page, or JSON where that is asked for.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, get, web};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::certificates::Standing;
use crate::app::installation::App;
use crate::app::verification::Verification;
use crate::engine::kinds::CertificateKind;
use crate::web::page::{Page, broken, escape, language_of, with_status};
use crate::words::verify::VerifyText as Text;
use crate::words::{Language, Say as _};

/// What a certificate is worth today.
#[derive(Debug, Serialize, ToSchema)]
pub struct VerificationOut {
    valid: bool,
    /// `valid`, `expired`, `revoked` or `not_found`.
    status: String,
    /// `bnsp`, `training` or `industry`.
    kind: Option<String>,
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

/// Check a certificate by the code printed on it. A page, or JSON where `Accept` asks for it.
#[utoipa::path(tag = "public", params(("code" = String, Path, description = "The printed code, however it is typed.")), security(()),
    responses(
        (status = 200, description = "What the certificate is worth today.",
            content((VerificationOut = "application/json"), (String = "text/html"))),
        (status = 404, description = "No certificate has this code.",
            content((VerificationOut = "application/json"), (String = "text/html"))),
    ))]
#[get("/verify/{code}")]
pub(in crate::web) async fn verify_certificate(request: HttpRequest, app: web::Data<App>, path: web::Path<String>) -> HttpResponse {
    let language = language_of(&request);
    let found = match app.verify(&path).await {
        Ok(found) => found,
        Err(error) => return broken(&error, language),
    };
    let status = if found.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    let accept = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut response = match accept.contains("application/json") {
        true => HttpResponse::build(status).insert_header((header::CACHE_CONTROL, "no-store")).json(out(found, language)),
        false => with_status(status, &page(found.as_ref(), language)),
    };
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("Accept, Accept-Language"));
    response
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
        kind: Some(found.kind.code().to_owned()),
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

fn page(found: Option<&Verification>, language: Language) -> Page {
    let say = |text: Text| escape(&text.say(language));
    let title = Text::Title.say(language);
    let Some(found) = found else {
        let body = format!("<p role=\"status\"><strong>{}</strong></p><p>{}</p>", say(Text::NotFound), say(Text::NotFoundAdvice));
        return Page { language, title, body };
    };
    let verdict = match found.standing {
        Standing::Valid => Text::Valid,
        Standing::Expired => Text::Expired,
        Standing::Revoked => Text::Revoked,
    };
    let lines = lines(found, language).into_iter().map(|(name, value)| format!("<dt>{}</dt><dd>{}</dd>", say(name), escape(&value)));
    let units = found.units.iter().map(|unit| format!("<li><code>{}</code> {}</li>", escape(&unit.code), escape(&unit.title)));
    let body = format!(
        "<p role=\"status\"><strong>{}</strong></p><dl>{}</dl><h2>{}</h2><ul>{}</ul>",
        say(verdict),
        lines.collect::<String>(),
        say(Text::Units),
        units.collect::<String>()
    );
    Page { language, title, body }
}

fn lines(found: &Verification, language: Language) -> Vec<(Text, String)> {
    let kind = match found.kind {
        CertificateKind::Bnsp => Text::KindBnsp,
        CertificateKind::Training => Text::KindTraining,
        CertificateKind::Industry => Text::KindIndustry,
    };
    let mut lines = vec![
        (Text::Holder, holder(found, language)),
        (Text::Kind, kind.say(language)),
        (Text::Number, found.number.clone()),
        (Text::Issuer, found.issuer.clone()),
        (Text::IssuedOn, found.issued_on.to_string()),
        (Text::ValidUntil, found.valid_until.map_or_else(|| Text::NoEnd.say(language), |day| day.to_string())),
    ];
    if found.standing == Standing::Revoked {
        lines.push((Text::RevokedOn, found.date.map(|day| day.to_string()).unwrap_or_default()));
        lines.push((Text::Reason, found.reason.clone().unwrap_or_default()));
    }
    lines
}

fn holder(found: &Verification, language: Language) -> String {
    found.holder.clone().unwrap_or_else(|| Text::HolderErased.say(language))
}

fn units(found: &Verification) -> Vec<VerifiedUnitOut> {
    found.units.iter().map(|unit| VerifiedUnitOut { code: unit.code.clone(), title: unit.title.clone() }).collect()
}
