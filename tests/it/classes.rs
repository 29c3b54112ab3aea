//! Programmes, batches and their rolls.

use serde_json::json;

use crate::on_both;
use crate::support::client::text;
use crate::support::people::{batch, enrol, programme, register};

on_both! {
    async fn a_programme_names_units_of_the_catalogue(world: &World) {
        let made = programme(&world.staff).await;
        assert_eq!(made["units"][0]["unit"], "GAR.CM01.003.01");
        assert_eq!(made["units"][0]["level"], 2);
        assert_ne!(made["units"][1]["title"], made["units"][1]["unit"]);
        let unknown = json!({"title": "Menjahit", "units": [{"unit": "C.14GMT06.010.1"}, {"unit": "X.99ZZZ99.999.9"}, {"unit": "LOKAL.belum-ada"}]});
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
        let left = world.staff.post(&format!("/participants/{}/withdraw", text(&first, "id")), json!({"reason": "family_or_health"})).await.expect(200);
        assert_eq!(left["status"], "withdrawn");
        world.staff.post(&format!("/participants/{}/enrol", text(&fourth, "id")), json!(null)).await.refused(409, "reserve_order");
        let up = world.staff.post(&format!("/participants/{}/enrol", text(&third, "id")), json!(null)).await.expect(200);
        assert_eq!(up["status"], "enrolled");
        let roll = world.staff.get(&path).await.expect(200);
        let rank = roll["items"].as_array().expect("items").iter().find(|item| item["id"] == fourth["id"]).expect("the fourth")["reserve_rank"].clone();
        assert_eq!(rank, 1);
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
