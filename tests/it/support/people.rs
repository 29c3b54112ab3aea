//! Classes and people to begin a story with.

use serde_json::{Value, json};

use crate::support::client::{Client, text};

/// Enters a person and gives the answer.
pub async fn register(client: &Client, person: Value) -> Value {
    client.post("/graduates", person).await.expect(201)
}

/// A sewing programme of two units.
pub async fn programme(client: &Client) -> Value {
    let units = json!([{"unit": "GAR.CM01.003.01", "level": 2}, {"unit": "C.14GMT06.010.1"}]);
    client.post("/programmes", json!({"title": "Menjahit Dasar", "trade": "Garmen", "hours_jp": 240, "units": units})).await.expect(201)
}

/// A batch of a new sewing programme, from 2 November 2026 to 1 December 2026.
pub async fn batch(client: &Client, capacity: i64, reserve: i64) -> Value {
    let programme = programme(client).await;
    let body = json!({
        "programme_id": programme["id"], "name": "Angkatan 1", "capacity": capacity, "reserve_capacity": reserve,
        "starts_on": "2026-11-02", "ends_on": "2026-12-01", "district": "35.13.17", "place": "Balai desa"
    });
    client.post("/batches", body).await.expect(201)
}

/// Puts a new person of this name on the roll of a batch.
pub async fn enrol(client: &Client, batch: &Value, name: &str) -> Value {
    let path = format!("/batches/{}/participants", text(batch, "id"));
    client.post(&path, json!({"graduate": {"name": name}})).await.expect(201)
}

/// A certificate of the two sewing units for a person.
pub async fn certify(client: &Client, graduate: &Value, number: &str) -> Value {
    let units = json!([{"unit": "GAR.CM01.003.01", "level": 2}, {"unit": "C.14GMT06.010.1"}]);
    let body = json!({"kind": "bnsp", "issuer": "LSP Garmen", "number": number, "issued_on": "2026-12-01", "valid_until": "2029-12-01", "units": units});
    client.post(&format!("/graduates/{}/certificates", text(graduate, "id")), body).await.expect(201)
}
