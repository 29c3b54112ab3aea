//! Scoring policies: set, versioned, printed with every list, checked before they are set.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::client::text;
use crate::support::jobs::partner;
use crate::support::people::register;
use crate::support::vacancy::{OVERLOCK, SAFETY, at, published, sewing_with};
use crate::support::world::World;

const DEFAULT: &str = serap::app::policy_text::DEFAULT;

/// The default policy with one line changed.
fn with(line: &str, by: &str) -> String {
    assert!(DEFAULT.contains(line), "{line}");
    DEFAULT.replace(line, by)
}

/// Only the units count.
fn units_only() -> String {
    let text = with("name = \"serap\"", "name = \"unit saja\"").replace("units_weight = 7000", "units_weight = 10000");
    text.replace("distance_weight = 1200\n", "").replace("wage_weight = 900\n", "").replace("start_weight = 900\n", "")
}

async fn certified(world: &World, name: &str, district: &str, units: &[&str]) -> String {
    let made = register(&world.staff, json!({"name": name, "district": district})).await;
    let units: Vec<Value> = units.iter().map(|unit| json!({"unit": unit})).collect();
    let body =
        json!({"kind": "bnsp", "issuer": "LSP", "number": name, "issued_on": "2026-11-01", "valid_until": "2029-11-01", "units": units});
    world.staff.post(&format!("/graduates/{}/certificates", text(&made, "id")), body).await.expect(201);
    text(&made, "id").to_owned()
}

/// Ani lives near and holds one unit, Budi far and holds both: whose the first place is depends on the policy.
async fn crossing(world: &World) -> (Value, String, String) {
    let firm = partner(world, "mitra").await;
    let near = certified(world, "Ani", "35.13.17", &[OVERLOCK]).await;
    let far = certified(world, "Budi", "35.01.01", &[OVERLOCK, SAFETY]).await;
    let wanted = json!([{"unit": OVERLOCK, "weight": 100}, {"unit": SAFETY, "importance": "preferred", "weight": 10}]);
    (published(&world.staff, sewing_with(&firm.id, json!({"requirements": wanted}))).await, near, far)
}

async fn first(world: &World, vacancy: &Value) -> (String, String) {
    let page = world.staff.get(&at(vacancy, "/matches")).await.expect(200);
    (text(&page["items"][0]["graduate"], "id").to_owned(), text(&page, "policy").to_owned())
}

on_both! {
    async fn a_policy_is_set_by_version_and_printed_with_every_list(world: &World) {
        let (vacancy, near, far) = crossing(world).await;
        assert_eq!(first(world, &vacancy).await, (near.clone(), "serap v1".to_owned()));
        let frozen = world.staff.post(&at(&vacancy, "/match-lists"), json!(null)).await.expect(201);
        world.staff.post("/policies", json!({"toml": units_only()})).await.refused(403, "role_not_allowed");
        let set = world.head.post("/policies", json!({"toml": units_only()})).await.expect(201);
        assert_eq!((text(&set, "name"), set["version"].as_u64()), ("unit saja", Some(1)));
        assert_eq!(first(world, &vacancy).await, (far, "unit saja v1".to_owned()));
        let again = world.head.post("/policies", json!({"toml": units_only()})).await.expect(201);
        assert_eq!(again["version"], 2, "nothing is overwritten");
        // What was frozen under the old policy is recomputed under the old policy.
        let list = world.staff.get(&format!("/match-lists/{}", text(&frozen, "id"))).await.expect(200);
        assert_eq!(text(&list, "policy"), "serap v1");
        assert!(list["entries"].as_array().expect("entries").iter().all(|entry| entry["recomputes"] == true), "{list}");
        let history = world.staff.get("/policies").await.expect(200);
        let versions: Vec<(&str, u64)> =
            history["items"].as_array().expect("items").iter().map(|item| (text(item, "name"), item["version"].as_u64().expect("a version"))).collect();
        assert_eq!(versions, [("unit saja", 2), ("unit saja", 1), ("serap", 1)]);
        // The text given back is the policy: set again, it orders alike.
        let toml = text(&history["items"][2], "toml").to_owned();
        world.head.post("/policies", json!({"toml": toml})).await.expect(201);
        assert_eq!(first(world, &vacancy).await, (near, "serap v2".to_owned()));
        // Another office keeps its own.
        let theirs = world.elsewhere.get("/policies").await.expect(200);
        assert_eq!(theirs["items"].as_array().expect("items").len(), 1);
    }

    async fn a_check_tells_what_would_move_and_writes_nothing(world: &World) {
        let (vacancy, near, far) = crossing(world).await;
        let check = world.staff.post("/policies/check", json!({"toml": units_only()})).await.expect(200);
        assert!(check["explanation"][1].as_str().expect("a sentence").contains("100 dari 100"), "{check}");
        assert_eq!(text(&check, "in_force"), "serap v1");
        let list = &check["lists"][0];
        assert_eq!((text(list, "vacancy_id"), list["count"].as_u64(), list["moved"].as_u64()), (text(&vacancy, "id"), Some(2), Some(2)));
        let movers = list["movers"].as_array().expect("movers");
        let ranks = |id: &str| {
            let mover = movers.iter().find(|mover| mover["graduate_id"] == id).expect("a mover");
            (mover["before"]["rank"].as_u64(), mover["after"]["rank"].as_u64())
        };
        assert_eq!((ranks(&near), ranks(&far)), ((Some(1), Some(2)), (Some(2), Some(1))));
        let same = world.staff.post("/policies/check", json!({"toml": DEFAULT})).await.expect(200);
        assert_eq!(same["lists"][0]["moved"], 0);
        assert_eq!(first(world, &vacancy).await.1, "serap v1");
        assert_eq!(world.staff.get("/policies").await.expect(200)["items"].as_array().expect("items").len(), 1);
    }

    async fn every_fault_of_a_policy_is_told_by_its_field(world: &World) {
        let told = async |toml: String| {
            let refused = world.head.post("/policies", json!({"toml": toml})).await.expect(422);
            let errors = refused["errors"].as_array().expect("errors").iter();
            errors.map(|error| (text(error, "pointer").to_owned(), text(error, "code").to_owned())).collect::<Vec<_>>()
        };
        let fault = |field: &str, code: &str| (format!("/toml/{field}"), code.to_owned());
        for value in ["0", "-1", "-7000", "10001", "99999999999"] {
            assert_eq!(told(with("wage_weight = 900", &format!("wage_weight = {value}"))).await, [fault("wage_weight", "number_out_of_range")]);
        }
        for value in ["nan", "inf", "-inf", "900.0", "0.5", "\"900\"", "true", "[900]"] {
            assert_eq!(told(with("wage_weight = 900", &format!("wage_weight = {value}"))).await, [fault("wage_weight", "not_whole_number")]);
        }
        assert_eq!(told(with("units_weight = 7000", "units_weight = 7001")).await, [fault("units_weight", "policy_weights")]);
        assert_eq!(told(with("evidence_training = 80", "evidence_training = 50")).await, [fault("evidence_industry", "policy_order")]);
        assert_eq!(told(with("expired = 20\n", "")).await, [fault("expired", "field_missing")]);
        assert_eq!(told(with("expired = 20", "expired = 20\nmarital_status = 3")).await, [fault("marital_status", "field_unknown")]);
        assert_eq!(told(with("name = \"serap\"", "name = \" \"")).await, [fault("name", "text_required")]);
        assert_eq!(told("units_weight = ".to_owned()).await, [("/toml".to_owned(), "policy_unreadable".to_owned())]);
        let two = with("late_days = 30", "late_days = 0").replace("expired = 20", "expired = 200");
        assert_eq!(told(two).await, [fault("expired", "number_out_of_range"), fault("late_days", "number_out_of_range")]);
    }
}

#[test]
fn the_file_that_ships_is_the_default_policy() {
    let policy = serap::app::policy_text::read(DEFAULT).expect("it reads");
    assert_eq!(policy, serap::engine::matching::Policy::default());
    let again = serap::app::policy_text::read(&serap::app::policy_text::written(&policy)).expect("it reads");
    assert_eq!(again, policy);
}
