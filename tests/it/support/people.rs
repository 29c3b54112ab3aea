//! Classes and people to begin a story with.

use serap::store::audit;
use serap::store::database::Database;
use serap::store::scope::Scope;
use serde_json::{Value, json};

use crate::support::client::{Client, text};
use crate::support::world::World;
use crate::support::world_of_classes::Seed;

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
    let body = json!({
        "kind": "bnsp", "issuer": "LSP Garmen", "number": number, "issued_on": "2026-12-01", "valid_until": "2029-12-01", "units": units
    });
    client.post(&format!("/graduates/{}/certificates", text(graduate, "id")), body).await.expect(201)
}

/// A client that holds a person's own link.
pub async fn by_link(world: &World, graduate: &Value) -> Client {
    let made = world.staff.post(&format!("/graduates/{}/link", text(graduate, "id")), json!(null)).await.expect(201);
    world.anonymous.with_token(text(&made, "url").rsplit('/').next().expect("a token"))
}

/// A partner of the first office; answers its id.
pub async fn partner(world: &World, name: &str) -> String {
    Seed::new(world).await.partner(name).await.to_string()
}

/// What the audit says was done to a thing, newest first.
pub async fn audited(world: &World, thing: &str) -> Vec<String> {
    let database = Database::open(&world.database_url).await.expect("the database opens");
    let id = uuid::Uuid::try_parse(thing).expect("an id");
    let rows = audit::of_entity(database.reader(), &Scope::All, id, 50).await.expect("the audit");
    database.close().await.expect("the database closes");
    rows.into_iter().map(|row| row.action).collect()
}
