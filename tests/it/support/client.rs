//! A client of the API with one token.

use reqwest::{Method, StatusCode};
use serde_json::Value;

/// A client of the API.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    token: Option<String>,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// The body, `null` where it is no JSON.
    pub body: Value,
    /// The body as it came.
    pub bytes: Vec<u8>,
    /// The headers.
    pub headers: reqwest::header::HeaderMap,
}

impl Client {
    /// A client without a token.
    pub fn new(base: &str) -> Self {
        Self {
            http: reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("an HTTP client"),
            base: base.to_owned(),
            token: None,
        }
    }

    /// A browser of its own: it keeps the cookies it is given.
    pub fn with_jar(&self) -> Self {
        let http =
            reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).cookie_store(true).build().expect("an HTTP client");
        Self { http, ..self.clone() }
    }

    /// The same client with a token.
    pub fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self.clone() }
    }

    /// A request to a path: `/api/v1` is put before it unless it starts with another root.
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let outside = ["/o/", "/verify", "/setup", "/docs", "/openapi", "/healthz", "/readyz", "/metrics", "/api/", "/static"];
        let prefix = if outside.iter().any(|root| path.starts_with(root)) { "" } else { "/api/v1" };
        let request = self.http.request(method, format!("{}{prefix}{path}", self.base));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Reply {
        send(self.request(Method::GET, path)).await
    }

    /// POST of a JSON body; `null` sends none.
    pub async fn post(&self, path: &str, body: Value) -> Reply {
        send(with_body(self.request(Method::POST, path), &body)).await
    }

    /// POST under an idempotency key.
    pub async fn post_keyed(&self, path: &str, body: Value, key: &str) -> Reply {
        send(with_body(self.request(Method::POST, path).header("Idempotency-Key", key), &body)).await
    }

    /// PATCH based on a version.
    pub async fn patch(&self, path: &str, version: i64, body: Value) -> Reply {
        send(with_body(self.request(Method::PATCH, path).header("If-Match", format!("\"{version}\"")), &body)).await
    }

    /// PUT of a JSON body.
    pub async fn put(&self, path: &str, body: Value) -> Reply {
        send(with_body(self.request(Method::PUT, path), &body)).await
    }

    /// DELETE.
    pub async fn delete(&self, path: &str) -> Reply {
        send(self.request(Method::DELETE, path)).await
    }

    /// POST of a form with a file.
    pub async fn upload(&self, path: &str, fields: &[(&str, &str)], file_name: &str, bytes: Vec<u8>) -> Reply {
        let part = reqwest::multipart::Part::bytes(bytes).file_name(file_name.to_owned());
        let form =
            fields.iter().fold(reqwest::multipart::Form::new(), |form, (name, value)| form.text((*name).to_owned(), (*value).to_owned()));
        send(self.request(Method::POST, path).multipart(form.part("file", part))).await
    }
}

/// Sends a request and reads the answer.
pub async fn send(request: reqwest::RequestBuilder) -> Reply {
    let response = request.send().await.expect("the server answers");
    let (status, headers) = (response.status(), response.headers().clone());
    let bytes = response.bytes().await.expect("the body arrives").to_vec();
    Reply { status, body: serde_json::from_slice(&bytes).unwrap_or(Value::Null), bytes, headers }
}

fn with_body(request: reqwest::RequestBuilder, body: &Value) -> reqwest::RequestBuilder {
    if body.is_null() { request } else { request.json(body) }
}

impl Reply {
    /// Asserts the status and gives the body.
    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", String::from_utf8_lossy(&self.bytes));
        self.body
    }

    /// Asserts status and problem code, and gives the body.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", String::from_utf8_lossy(&self.bytes));
        assert_eq!(self.body["code"], code, "{}", self.body);
        self.body
    }

    /// Asserts a 422 with a complaint about one field.
    #[track_caller]
    pub fn field(self, pointer: &str, code: &str) -> Value {
        assert_eq!(self.status.as_u16(), 422, "{}", String::from_utf8_lossy(&self.bytes));
        let named = self.body["errors"]
            .as_array()
            .is_some_and(|errors| errors.iter().any(|error| error["pointer"] == pointer && error["code"] == code));
        assert!(named, "no {code} at {pointer} in {}", self.body);
        self.body
    }
}

/// The text of a field.
#[track_caller]
pub fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_else(|| panic!("no text `{field}` in {value}"))
}
