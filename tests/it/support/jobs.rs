//! Partners, vacancies, certified graduates and offers to begin a story with, all through the doors.

use serde_json::{Value, json};

use crate::support::client::{Client, text};
use crate::support::people::{certify, register};
use crate::support::world::World;

/// A partner of the first office: its id and a client of its account.
#[derive(Debug, Clone)]
pub struct Partner {
    /// The employer.
    pub id: String,
    /// Its account.
    pub client: Client,
}

/// A partner of the first office with an account.
pub async fn partner(world: &World, login: &str) -> Partner {
    let made = world.staff.post("/employers", json!({"name": format!("PT {login} Contoh"), "partnership": true})).await.expect(201);
    let id = text(&made, "id").to_owned();
    Partner { client: world.employer(login, &id).await, id }
}

/// A published vacancy of a partner, standing approval unless told otherwise. Answers its id.
pub async fn vacancy(world: &World, partner: &Partner, positions: i64, other: Value) -> String {
    let mut body = json!({
        "employer_id": partner.id, "title": "Operator Jahit", "positions": positions, "district": "35.13.17",
        "starts_on": "2026-12-14", "closes_on": "2026-12-31", "wage_min": 3_000_000, "wage_max": 3_200_000,
        "offer_approval": "standing", "requirements": []
    });
    for (field, value) in other.as_object().expect("fields") {
        body[field] = value.clone();
    }
    let made = world.staff.post("/vacancies", body).await.expect(201);
    let id = text(&made, "id").to_owned();
    world.staff.post(&format!("/vacancies/{id}/publish"), json!(null)).await.expect(200);
    id
}

/// A certified graduate of the first office, born on 17 August 2001, with a mobile number. Answers the id.
pub async fn graduate(world: &World, name: &str) -> String {
    let person = json!({"name": name, "phone": "0812-3456-7890", "birth_date": "2001-08-17", "district": "35.13.17"});
    let made = register(&world.staff, person).await;
    certify(&world.staff, &made, &format!("LSP/{name}/2026")).await;
    text(&made, "id").to_owned()
}

/// Several of them.
pub async fn graduates(world: &World, count: usize) -> Vec<String> {
    let mut made = Vec::new();
    for number in 0..count {
        made.push(graduate(world, &format!("Peserta {}", letters(number))).await);
    }
    made
}

/// Names have letters alone.
fn letters(number: usize) -> String {
    number.to_string().chars().map(|digit| char::from(b'A' + u8::try_from(digit.to_digit(10).expect("a digit")).expect("small"))).collect()
}

/// A client with a graduate's personal link.
pub async fn link(world: &World, graduate: &str) -> Client {
    world.anonymous.with_token(&token(world, graduate).await)
}

/// The token of a graduate's personal link.
pub async fn token(world: &World, graduate: &str) -> String {
    let graduate = serap::engine::id::GraduateId::parse(graduate).expect("an id");
    let actor = serap::app::actor::Actor::cli(None);
    let address = world.app.work(&actor, async |work| world.app.reissue_link(work, graduate).await).await.expect("a link");
    address.rsplit('/').next().expect("a token").to_owned()
}

/// A draft. Answers its id.
pub async fn draft(world: &World, vacancy: &str, graduate: &str) -> String {
    let body = json!({"vacancy_id": vacancy, "graduate_id": graduate, "expires_on": "2026-12-10"});
    text(&world.staff.post("/offers", body).await.expect(201), "id").to_owned()
}

/// A live offer. Answers its id.
pub async fn sent(world: &World, vacancy: &str, graduate: &str) -> String {
    let id = draft(world, vacancy, graduate).await;
    world.staff.post(&format!("/offers/{id}/send"), json!(null)).await.expect(200);
    id
}

/// A referral. Answers its id.
pub async fn referred(world: &World, vacancy: &str, graduate: &str) -> String {
    let body = json!({"vacancy_id": vacancy, "graduate_ids": [graduate]});
    let answer = world.staff.post("/referrals", body).await.expect(201);
    assert_eq!(answer["items"][0]["status"], "created", "{answer}");
    text(&answer["items"][0]["referral"], "id").to_owned()
}

/// The items of a list.
pub async fn items(client: &Client, path: &str) -> Vec<Value> {
    client.get(path).await.expect(200)["items"].as_array().expect("items").clone()
}

/// Rows of the store that no door shows.
pub async fn store(world: &World) -> serap::store::database::Database {
    serap::store::database::Database::open(&world.database_url).await.expect("the database opens")
}

/// An officer of the first office who is also a graduate.
pub async fn officer_who_is(world: &World, graduate: &str) -> Client {
    use serap::store::entity::{account, graduate as graduates};
    use serap::store::rows;
    use serap::store::scope::Scope;
    let token = crate::support::world::open_account(&world.app, "lulusan", "officer", Some(world.office), None, None).await;
    let store = store(world).await;
    let id: uuid::Uuid = graduate.parse().expect("an id");
    let graduate = rows::find::<graduates::Entity>(store.reader(), &Scope::All, id).await.expect("the store reads").expect("a graduate");
    let own = serap::store::accounts::by_login(store.reader(), "lulusan").await.expect("the store reads").expect("an account");
    rows::update(store.reader(), account::Model { person_id: Some(graduate.person_id), ..own }).await.expect("the store writes");
    world.anonymous.with_token(&token)
}

/// What was told about a placement, in the order it was written down.
pub async fn events(world: &World, placement: &str) -> Vec<serap::store::entity::outcome_event::Model> {
    let id = serap::engine::id::PlacementId::parse(placement).expect("an id");
    serap::store::placements::events_of(store(world).await.reader(), &[id]).await.expect("the store reads")
}

/// A frozen list of a vacancy with these graduates in reserve, in this order.
pub async fn reserve(world: &World, vacancy: &str, graduates: &[String]) {
    use serap::store::entity::{match_list, match_list_entry};
    let store = store(world).await;
    let (now, id) = (world.clock.now(), serap::engine::id::MatchListId(uuid::Uuid::new_v4()));
    let row = match_list::Model {
        id,
        vacancy_id: serap::engine::id::VacancyId::parse(vacancy).expect("an id"),
        office_id: world.office,
        as_of: now.date_naive(),
        policy_name: "default".to_owned(),
        policy_revision: 1,
        policy_body: String::new(),
        catalogue: String::new(),
        seed: 0,
        demand: Vec::new(),
        count: 0,
        assessable: false,
        frozen_by: None,
        frozen_at: now,
        version: 1,
    };
    serap::store::rows::insert(store.reader(), row).await.expect("a list");
    for (place, graduate) in (1..).zip(graduates) {
        let row = match_list_entry::Model {
            list_id: id,
            graduate_id: serap::engine::id::GraduateId::parse(graduate).expect("an id"),
            rank: place,
            place,
            score: None,
            metres: None,
            inputs_sealed: None,
            decision: Some(serap::engine::kinds::Decision::Reserve),
            reason: None,
            reason_text: None,
            decided_by: None,
            decided_at: Some(now),
            version: 1,
        };
        serap::store::rows::insert(store.reader(), row).await.expect("an entry");
    }
}
