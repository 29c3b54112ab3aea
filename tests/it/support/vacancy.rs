//! Partners and vacancies that tests need, made through the API.

use serde_json::{Value, json};

use crate::support::client::{Client, text};

/// Runs an overlock machine.
pub const OVERLOCK: &str = "C.14GMT06.010.1";
/// Follows the rules of safety at work in a garment factory.
pub const SAFETY: &str = "GAR.CM01.003.01";
/// Maron, a district of Probolinggo regency.
pub const MARON: &str = "35.13.17";

/// Enters a partner of the client's office; answers its id.
pub async fn partner(client: &Client, name: &str) -> String {
    let made = client.post("/employers", json!({ "name": name })).await.expect(201);
    text(&made, "id").to_owned()
}

/// A vacancy of five seats with one required unit, open until 12 December 2026, above the minimum wage.
pub fn sewing(employer: &str) -> Value {
    json!({
        "employer_id": employer, "title": "Operator jahit", "positions": 5, "district": MARON,
        "starts_on": "2026-12-15", "closes_on": "2026-12-12", "wage_min": 3_200_000, "wage_max": 3_500_000,
        "requirements": [{"unit": OVERLOCK}]
    })
}

/// The same vacancy with some fields changed or added.
pub fn sewing_with(employer: &str, fields: Value) -> Value {
    let mut body = sewing(employer);
    if let (Some(body), Value::Object(fields)) = (body.as_object_mut(), fields) {
        body.extend(fields);
    }
    body
}

/// Writes a vacancy; answers it.
pub async fn posted(client: &Client, body: Value) -> Value {
    client.post("/vacancies", body).await.expect(201)
}

/// Writes and publishes a vacancy; answers it.
pub async fn published(client: &Client, body: Value) -> Value {
    let made = posted(client, body).await;
    moved(client, &made, "publish").await
}

/// The address of a vacancy, or of something under it.
pub fn at(vacancy: &Value, under: &str) -> String {
    format!("/vacancies/{}{under}", text(vacancy, "id"))
}

/// Moves a vacancy with a request that says nothing; answers it.
pub async fn moved(client: &Client, vacancy: &Value, event: &str) -> Value {
    client.post(&at(vacancy, &format!("/{event}")), Value::Null).await.expect(200)
}

/// A vacancy as it is now.
pub async fn now(client: &Client, vacancy: &Value) -> Value {
    client.get(&at(vacancy, "")).await.expect(200)
}

/// The values of one field of the members of a list.
pub fn all<'a>(list: &'a Value, field: &str) -> Vec<&'a str> {
    list.as_array().expect("a list").iter().map(|item| text(item, field)).collect()
}
