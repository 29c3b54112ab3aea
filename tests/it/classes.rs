//! Programmes, batches and their rolls.

use serde_json::json;

use crate::on_both;
use crate::support::client::text;
use crate::support::people::{audited, batch, enrol, programme, register};

on_both! {
    async fn a_programme_names_units_of_the_catalogue(world: &World) {
        let made = programme(&world.staff).await;
        assert_eq!(made["units"][0]["unit"], "GAR.CM01.003.01");
        assert_eq!(made["units"][0]["level"], 2);
        assert_ne!(made["units"][1]["title"], made["units"][1]["unit"]);
        let unknown =
            json!({"title": "Menjahit", "units": [{"unit": "C.14GMT06.010.1"}, {"unit": "X.99ZZZ99.999.9"}, {"unit": "LOKAL.belum-ada"}]});
        let refused = world.staff.post("/programmes", unknown).await.field("/units/1/unit", "unit_unknown");
        assert_eq!(refused["errors"].as_array().expect("errors").len(), 2);
        let path = format!("/programmes/{}", text(&made, "id"));
        let edited = world.staff.patch(&path, 1, json!({"trade": null, "units": [{"unit": "LOG.0001.002.01"}]})).await;
        assert_eq!(edited.headers["etag"], "\"2\"");
        let edited = edited.expect(200);
        assert!(edited["trade"].is_null() && edited["hours_jp"] == 240 && edited["units"].as_array().expect("units").len() == 1);
        world.staff.patch(&path, 1, json!({"trade": "Garmen"})).await.refused(412, "version_stale");
        world.elsewhere.get(&path).await.refused(404, "not_found");
        world.elsewhere.patch(&path, 2, json!({"trade": "Las"})).await.refused(404, "not_found");
        world.viewer.get(&path).await.refused(403, "role_not_allowed");
        world.admin.post("/programmes", json!({"title": "Las"})).await.field("/office_id", "office_needed");
        assert_eq!(world.head.get("/programmes").await.expect(200)["items"].as_array().expect("items").len(), 1);
        assert!(world.elsewhere.get("/programmes").await.expect(200)["items"].as_array().expect("items").is_empty());
    }

    async fn a_roll_keeps_to_its_capacity_and_its_reserve(world: &World) {
        let class = batch(&world.staff, 2, 2).await;
        let path = format!("/batches/{}/participants", text(&class, "id"));
        let first = enrol(&world.staff, &class, "Ani Contoh").await;
        enrol(&world.staff, &class, "Budi Contoh").await;
        world.staff.post(&path, json!({"graduate": {"name": "Cici Contoh"}})).await.refused(409, "batch_full");
        let third = world.staff.post(&path, json!({"graduate": {"name": "Cici Contoh"}, "status": "reserve"})).await.expect(201);
        let fourth = world.staff.post(&path, json!({"graduate": {"name": "Dedi Contoh"}, "status": "reserve"})).await.expect(201);
        assert_eq!((third["reserve_rank"].as_i64(), fourth["reserve_rank"].as_i64()), (Some(1), Some(2)));
        world.staff.post(&path, json!({"graduate": {"name": "Eko Contoh"}, "status": "reserve"})).await.refused(409, "reserve_full");
        let again = json!({"graduate_id": first["graduate"]["id"]});
        let known = world.staff.post(&path, again).await.refused(409, "already_participant");
        assert_eq!(known["existing_id"], first["id"]);
        world.staff.post(&format!("/participants/{}/enrol", text(&third, "id")), json!(null)).await.refused(409, "batch_full");
        let left = world.staff.post(&format!("/participants/{}/withdraw", text(&first, "id")),
            json!({"reason": "family_or_health"}))
            .await.expect(200);
        assert_eq!(left["status"], "withdrawn");
        world.staff.post(&format!("/participants/{}/enrol", text(&fourth, "id")), json!(null)).await.refused(409, "reserve_order");
        let up = world.staff.post(&format!("/participants/{}/enrol", text(&third, "id")), json!(null)).await.expect(200);
        assert_eq!(up["status"], "enrolled");
        let roll = world.staff.get(&path).await.expect(200);
        let last = roll["items"].as_array().expect("items").iter().find(|item| item["id"] == fourth["id"]);
        assert_eq!(last.expect("the fourth")["reserve_rank"], 1);
        world.elsewhere.get(&path).await.refused(404, "not_found");
        world.elsewhere.post(&format!("/participants/{}/withdraw", text(&third, "id")), json!(null)).await.refused(404, "not_found");
        let stranger = register(&world.elsewhere, json!({"name": "Orang Lain"})).await;
        world.staff.post(&path, json!({"graduate_id": stranger["id"]})).await.refused(404, "not_found");
        let full = json!({"capacity": 1});
        world.staff.patch(&format!("/batches/{}", text(&class, "id")), 1, full).await.refused(409, "batch_full");
    }

    async fn case_i12_a_closed_batch_is_in_no_active_list(world: &World) {
        let class = batch(&world.staff, 4, 0).await;
        let path = format!("/batches/{}", text(&class, "id"));
        assert_eq!(world.staff.get("/batches?state=open").await.expect(200)["items"].as_array().expect("items").len(), 1);
        let closed = world.staff.post(&format!("{path}/close"), json!(null)).await.expect(200);
        assert_eq!(closed["state"], "closed");
        assert!(world.staff.get("/batches?state=open").await.expect(200)["items"].as_array().expect("items").is_empty());
        assert_eq!(world.staff.get("/batches?state=closed").await.expect(200)["items"].as_array().expect("items").len(), 1);
        world.staff.post(&format!("{path}/close"), json!(null)).await.refused(409, "batch_closed");
        world.staff.post(&format!("{path}/participants"), json!({"graduate": {"name": "Ani"}})).await.refused(409, "batch_closed");
        world.staff.get("/batches?state=lama").await.field("/state", "code_unknown");
    }

    async fn case_f3_people_and_classes_of_another_office_are_not_listed(world: &World) {
        let class = batch(&world.staff, 4, 0).await;
        let place = enrol(&world.staff, &class, "Ani Contoh").await;
        for list in ["/batches", "/graduates", "/programmes", "/duplicates", "/graduates?q=ani"] {
            assert!(world.elsewhere.get(list).await.expect(200)["items"].as_array().expect("items").is_empty(), "{list}");
        }
        world.elsewhere.get(&format!("/graduates/{}", text(&place["graduate"], "id"))).await.refused(404, "not_found");
        assert!(world.instructor.get("/batches").await.expect(200)["items"].as_array().expect("items").is_empty());
        assert!(world.instructor.get("/graduates").await.expect(200)["items"].as_array().expect("items").is_empty());
    }
}

on_both! {
    async fn case_a17_an_entry_made_by_mistake_counts_nowhere(world: &World) {
        let class = batch(&world.staff, 4, 0).await;
        let path = format!("/batches/{}", text(&class, "id"));
        let mistaken = enrol(&world.staff, &class, "Salah Orang").await;
        enrol(&world.staff, &class, "Ani Contoh").await;
        world.staff.post(&format!("{path}/results"), json!({"all": "passed"})).await.expect(200);
        let remove = format!("/participants/{}/remove", text(&mistaken, "id"));
        world.staff.post(&remove, json!({"reason": "other"})).await.field("/reason", "code_unknown");
        world.elsewhere.post(&remove, json!({"reason": "salah_input"})).await.refused(404, "not_found");
        world.staff.post(&remove, json!({"reason": "salah_input"})).await.expect(200);
        world.staff.post(&remove, json!({"reason": "salah_input"})).await.refused(409, "wrong_state");
        let counted = world.staff.get(&path).await.expect(200);
        assert_eq!((counted["enrolled"].clone(), counted["passed"].clone()), (json!(1), json!(1)));
        assert_eq!(world.staff.get(&format!("{path}/participants")).await.expect(200)["items"].as_array().expect("items").len(), 1);
        let body = json!({"kind": "training", "issuer": "BLK Contoh", "issued_on": "2026-12-01"});
        let made = world.staff.post(&format!("{path}/certificates"), body).await.expect(201);
        assert_eq!(made["items"].as_array().expect("items").len(), 1);
        assert!(audited(world, text(&mistaken, "id")).await.contains(&"remove".to_owned()));
        let again = json!({"graduate_id": mistaken["graduate"]["id"]});
        let back = world.staff.post(&format!("{path}/participants"), again).await.expect(201);
        assert_eq!((back["id"].clone(), back["status"].clone()), (mistaken["id"].clone(), json!("enrolled")));
    }

    async fn attendance_becomes_a_percentage(world: &World) {
        let class = batch(&world.staff, 4, 0).await;
        let path = format!("/batches/{}/attendance", text(&class, "id"));
        let (ani, budi) = (enrol(&world.staff, &class, "Ani").await, enrol(&world.staff, &class, "Budi").await);
        let roll = |day: &str, ani_is: &str, budi_is: &str| {
            let mark = |place: &serde_json::Value, is: &str| json!({"participant_id": place["id"], "mark": is});
            json!({"held_on": day, "marks": [mark(&ani, ani_is), mark(&budi, budi_is)]})
        };
        world.staff.post(&path, roll("2026-11-02", "present", "absent")).await.expect(200);
        world.staff.post(&path, roll("2026-11-03", "present", "sick")).await.expect(200);
        let third = world.staff.post(&path, roll("2026-11-04", "absent", "present")).await.expect(200);
        let percent = |list: &serde_json::Value| {
            list["items"].as_array().expect("items").iter().map(|item| item["attendance_percent"].as_i64()).collect::<Vec<_>>()
        };
        assert_eq!(percent(&third), [Some(67), Some(33)]);
        let corrected = world.staff.post(&path, roll("2026-11-04", "present", "present")).await.expect(200);
        assert_eq!(percent(&corrected), [Some(100), Some(33)]);
        world.staff.post(&path, roll("2026-11-01", "present", "present")).await.field("/held_on", "date_order");
        world.staff.post(&path, roll("2026-12-03", "present", "present")).await.field("/held_on", "date_future");
        world.staff.post(&path, roll("2026-11-05", "hadir", "present")).await.field("/marks/0/mark", "field_not_understood");
        let stranger = json!({"held_on": "2026-11-05", "marks": [{"participant_id": class["id"], "mark": "present"}]});
        world.staff.post(&path, stranger).await.field("/marks/0/participant_id", "not_in_batch");
        world.instructor.post(&path, roll("2026-11-05", "present", "present")).await.refused(404, "not_found");
    }

    async fn a_class_signs_its_consent_form(world: &World) {
        let class = batch(&world.staff, 4, 0).await;
        let path = format!("/batches/{}/consent-form", text(&class, "id"));
        world.staff.post(&path, json!({"signed_on": "2026-12-09"})).await.field("/signed_on", "date_future");
        assert_eq!(world.staff.post(&path, json!({"signed_on": "2026-11-02"})).await.expect(200)["consent_signed_on"], "2026-11-02");
        world.elsewhere.post(&path, json!({"signed_on": "2026-11-02"})).await.refused(404, "not_found");
    }
}
