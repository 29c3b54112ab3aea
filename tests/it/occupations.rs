//! What job texts mean in KBJI 2014, what offices remember of it, and where it is proposed.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::client::{Client, text};
use crate::support::jobs;
use crate::support::vacancy::{now, partner, posted, sewing_with};
use crate::support::world_of_classes::Seed;

/// Status and first code of one text.
async fn meaning(client: &Client, asked: &str) -> (String, Option<String>) {
    let answer = client.post("/occupations/resolve", json!({ "texts": [asked] })).await.expect(200);
    let first = &answer["results"][0];
    (text(first, "status").to_owned(), first["candidates"][0]["kbji"].as_str().map(str::to_owned))
}

fn matched(kbji: &str) -> (String, Option<String>) {
    ("matched".to_owned(), Some(kbji.to_owned()))
}

on_both! {
    async fn job_texts_are_resolved_each_by_itself(world: &World) {
        let asked = json!({"texts": ["Operator Obras", "kerja di pabrik", "wiraswasta", "penjahit, cutting"]});
        let answer = world.staff.post("/occupations/resolve", asked).await.expect(200);
        let statuses: Vec<&str> = answer["results"].as_array().expect("results").iter().map(|one| text(one, "status")).collect();
        assert_eq!(statuses, ["matched", "matched", "none", "ambiguous"]);
        let first = &answer["results"][0];
        assert_eq!((&first["text"], &first["candidates"][0]["kbji"], &first["candidates"][0]["title"]), (&json!("Operator Obras"), &json!("8153.01"), &json!("Operator Mesin Jahit")));
        assert_eq!((&first["candidates"][0]["why"], &first["candidates"][0]["confidence"]), (&json!("synonym"), &json!(98.0)));
        world.staff.post("/occupations/resolve", json!({"texts": []})).await.field("/texts", "number_out_of_range");
        world.staff.post("/occupations/resolve", json!({"texts": ["a".repeat(10_001)]})).await.field("/texts/0", "text_too_long");
    }

    async fn what_staff_confirmed_wins_in_their_office_alone(world: &World) {
        let asked = "ngobras borongan";
        let before = meaning(&world.elsewhere, asked).await;
        let made = world.staff.post("/occupations/confirmations", json!({"text": asked, "kbji": "7533.02"})).await.expect(201);
        assert_eq!(made, json!({"text": asked, "kbji": "7533.02", "title": "Tukang Jahit"}));
        assert_eq!(meaning(&world.colleague, "Ngobras  BORONGAN!").await, matched("7533.02"));
        assert_eq!(meaning(&world.elsewhere, asked).await, before);
        world.staff.post("/occupations/confirmations", json!({"text": asked, "kbji": "8153.01"})).await.expect(201);
        assert_eq!(meaning(&world.staff, asked).await, matched("8153.01"));
        // The same words as a unit are another matter.
        let unit = world.staff.post("/competencies/resolve", json!({"texts": [asked]})).await.expect(200);
        assert_ne!(unit["results"][0]["candidates"][0]["why"], "remembered");
        world.staff.post("/occupations/confirmations", json!({"text": asked, "kbji": "0000.99"})).await.field("/kbji", "occupation_unknown");
        world.staff.post("/occupations/confirmations", json!({"text": "?!", "kbji": "8153.01"})).await.field("/text", "text_required");
        world.head.post("/occupations/confirmations", json!({"text": asked, "kbji": "8153.01"})).await.refused(403, "role_not_allowed");
        let firm = partner(&world.staff, "PT Contoh").await;
        world.employer("mitra", &firm).await.post("/occupations/confirmations", json!({"text": asked, "kbji": "8153.01"})).await.refused(403, "role_not_allowed");
    }

    async fn a_vacancy_without_an_occupation_gets_one_proposed_and_none_stored(world: &World) {
        let firm = partner(&world.staff, "PT Contoh").await;
        let made = posted(&world.staff, sewing_with(&firm, json!({"title": "Operator Obras"}))).await;
        assert_eq!(made["kbji"], Value::Null);
        assert_eq!((&made["kbji_proposed"]["kbji"], &made["kbji_proposed"]["text"]), (&json!("8153.01"), &json!("Operator Obras")));
        let stored = now(&world.staff, &made).await;
        assert_eq!((&stored["kbji"], &stored["kbji_proposed"]["kbji"]), (&Value::Null, &json!("8153.01")));
        let listed = world.staff.get("/vacancies").await.expect(200);
        assert_eq!(listed["items"][0]["kbji_proposed"], Value::Null);
        let taken = world.staff.patch(&format!("/vacancies/{}", text(&made, "id")), 1, json!({"kbji": "8153.01"})).await.expect(200);
        assert_eq!((&taken["kbji"], &taken["kbji_proposed"]), (&json!("8153.01"), &Value::Null));
        let unclear = posted(&world.staff, sewing_with(&firm, json!({"title": "Karyawan"}))).await;
        assert_eq!(unclear["kbji_proposed"], Value::Null);
    }

    async fn an_outcome_and_a_placement_get_one_proposed_too(world: &World) {
        let seed = Seed::new(world).await;
        let class = seed.class("2026-11-02", 1).await;
        let path = format!("/graduates/{}/outcomes", class.people[0].graduate);
        let told = world.staff.post(&path, json!({"kind": "self_employed", "on": "2026-12-01", "job_text": "buka warung"})).await.expect(201);
        assert_eq!((&told["kbji"], &told["kbji_proposed"]["kbji"]), (&Value::Null, &json!("5221.01")));
        let listed = world.staff.get(&path).await.expect(200);
        assert_eq!(listed["items"][0]["kbji_proposed"]["text"], "buka warung");
        let sewing = jobs::partner(world, "mitra").await;
        let job = jobs::vacancy(world, &sewing, 1, json!({"title": "Penjahit"})).await;
        let siti = jobs::graduate(world, "Siti Aminah").await;
        let made = world.staff.post("/placements", json!({"vacancy_id": job, "graduate_id": siti, "starts_on": "2026-12-14"})).await.expect(201);
        let placement = world.staff.get(&format!("/placements/{}", text(&made, "id"))).await.expect(200);
        assert_eq!((&placement["kbji"], &placement["kbji_proposed"]["kbji"]), (&Value::Null, &json!("7533.02")));
    }

    async fn an_advert_proposes_the_occupation_of_its_job(world: &World) {
        let one = world.staff.post("/vacancies/read", json!({"text": "butuh 2 tukang las, gaji 3jt"})).await.expect(200);
        assert_eq!(one["fields"]["kbji"], json!({"value": "7212.01", "text": "tukang las"}));
        let several = world.staff.post("/vacancies/read", json!({"text": "Dibutuhkan:\n- Penjahit (5 org)\n- Satpam (1 org)"})).await.expect(200);
        assert_eq!(several["fields"]["kbji"], Value::Null);
        assert_eq!((&several["roles"][0]["kbji"]["kbji"], &several["roles"][1]["kbji"]["kbji"]), (&json!("7533.02"), &json!("5414.01")));
    }
}
