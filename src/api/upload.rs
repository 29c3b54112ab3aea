//! Forms with a file: `multipart/form-data`, every part bounded.

use std::collections::BTreeMap;
use std::time::Duration;

use actix_multipart::{Field, Multipart};
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use futures_util::{StreamExt as _, TryStreamExt as _};
use std::future::Future;
use std::pin::Pin;

use crate::api::problem::Problem;
use crate::words::refusal::Refusal;

/// The largest file, in bytes.
pub const FILE_LIMIT: usize = 10 * 1024 * 1024;
/// The largest field beside it, in bytes.
const FIELD_LIMIT: usize = 10_000;
/// The most fields.
const FIELDS: usize = 30;
/// How long a form may take to arrive.
const PATIENCE: Duration = Duration::from_secs(120);

/// A form with at most one file, in the field `file`.
#[derive(Debug)]
pub struct Upload {
    fields: BTreeMap<String, String>,
    file: Option<(String, Vec<u8>)>,
}

impl Upload {
    /// The file's name and bytes.
    pub fn take_file(&mut self) -> Result<(String, Vec<u8>), Problem> {
        self.file.take().ok_or_else(|| Problem::field("/file", Refusal::FileMissing))
    }

    /// A field, taken out; empty counts as absent.
    pub fn take(&mut self, name: &str) -> Option<String> {
        self.fields.remove(name).filter(|value| !value.is_empty())
    }

    /// A yes-or-no field.
    pub fn take_flag(&mut self, name: &str) -> Result<bool, Problem> {
        match self.take(name).as_deref() {
            None | Some("false" | "0") => Ok(false),
            Some("true" | "1" | "on") => Ok(true),
            Some(_) => Err(Problem::field(&format!("/{name}"), Refusal::CodeUnknown { allowed: "true, false".to_owned() })),
        }
    }

    /// An id.
    pub fn take_id(&mut self, name: &str) -> Result<Option<uuid::Uuid>, Problem> {
        let Some(text) = self.take(name) else { return Ok(None) };
        let id = uuid::Uuid::try_parse(&text);
        id.map(Some).map_err(|error| Problem::field(&format!("/{name}"), Refusal::FieldNotUnderstood { problem: error.to_string() }))
    }

    /// Refuses fields nobody took.
    pub fn nothing_left(&self) -> Result<(), Problem> {
        match self.fields.keys().next() {
            Some(field) => Err(Problem::field(&format!("/{field}"), Refusal::FieldUnknown { field: field.clone() })),
            None => Ok(()),
        }
    }
}

impl FromRequest for Upload {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let is_form = kind.trim_start().to_ascii_lowercase().starts_with("multipart/form-data");
        let form = Multipart::from_request(request, payload);
        Box::pin(async move {
            if !is_form {
                return Err(Refusal::NotAForm.into());
            }
            let form = form.await.map_err(|error| Problem::from(unreadable(&error)))?;
            let read = tokio::time::timeout(PATIENCE, read(form)).await;
            read.map_err(|_late| Problem::from(Refusal::BodyUnreadable { problem: "timeout".to_owned() }))?
        })
    }
}

async fn read(mut form: Multipart) -> Result<Upload, Problem> {
    let mut upload = Upload { fields: BTreeMap::new(), file: None };
    while let Some(mut field) = form.try_next().await.map_err(|error| unreadable(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" && upload.file.is_none() {
            let file_name = field.content_disposition().and_then(|header| header.get_filename()).unwrap_or("berkas").to_owned();
            upload.file = Some((file_name, bytes_of(&mut field, FILE_LIMIT).await?));
            continue;
        }
        let text = String::from_utf8(bytes_of(&mut field, FIELD_LIMIT).await?);
        let text = text.map_err(|_not_text| Refusal::BodyUnreadable { problem: format!("{name} is not UTF-8") })?;
        let twice = upload.fields.insert(name.clone(), text).is_some();
        if twice || upload.fields.len() > FIELDS || name.contains('\0') {
            return Err(Refusal::BodyUnreadable { problem: format!("field {name}") }.into());
        }
    }
    Ok(upload)
}

async fn bytes_of(field: &mut Field, limit: usize) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.next().await {
        let chunk = chunk.map_err(|error| unreadable(&error))?;
        if bytes.len() + chunk.len() > limit {
            return Err(Refusal::BodyTooLarge { limit_kb: limit / 1024 }.into());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn unreadable(error: &impl std::fmt::Display) -> Refusal {
    Refusal::BodyUnreadable { problem: error.to_string() }
}
