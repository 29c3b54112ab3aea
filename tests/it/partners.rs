//! Partners, partnerships and promised seats.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::client::text;
use crate::support::people::{batch, programme};
use crate::support::vacancy::{MARON, all, partner};

on_both! {
    async fn an_employer_is_entered_once_and_found_by_its_partners(world: &World) {
        let body = json!({
            "name": "PT Maju Jaya Garmen", "nib": "1234 5678 90123", "wlkp": "67219.1", "kbli": "14111", "kbli_edition": "2020",
            "district": MARON, "address": "Jl. Raya Maron 1", "phone": "0335 421000", "email": "hrd@contoh.id",
            "sites": [{"name": "Pabrik 2", "district": "35.13.16"}]
        });
        let made = world.staff.post("/employers", body.clone()).await.expect(201);
        assert_eq!((made["nib"].as_str(), made["phone"].as_str()), (Some("1234567890123"), Some("+62335421000")));
        assert_eq!((made["district_name"].as_str(), made["version"].as_i64()), (Some("Maron"), Some(1)));
        assert_eq!(made["sites"][0]["name"], "Pabrik 2");
        assert_eq!(made["partnerships"][0]["office_id"], world.office.0.to_string());
        let path = format!("/employers/{}", text(&made, "id"));
        assert_eq!(world.colleague.get(&path).await.expect(200)["wlkp"], "67219.1");
        assert_eq!(all(&world.staff.get("/employers?q=maju").await.expect(200)["items"], "name"), ["PT Maju Jaya Garmen"]);
        assert_eq!(world.staff.get("/employers?q=mundur").await.expect(200)["items"], json!([]));
        let again = world.elsewhere.post("/employers", json!({"name": "PT Lain", "nib": "1234567890123"})).await.refused(409, "employer_known");
        assert_eq!(again["existing_id"], made["id"]);
    }

    async fn another_office_sees_an_employer_once_it_is_its_partner(world: &World) {
        let employer = partner(&world.staff, "PT Tunas Contoh").await;
        let path = format!("/employers/{employer}");
        world.elsewhere.get(&path).await.refused(404, "not_found");
        assert_eq!(world.elsewhere.get("/employers").await.expect(200)["items"], json!([]));
        let made = world.elsewhere.post(&format!("{path}/partnership"), json!({"number": "12/KS/2026", "trusted": true})).await.expect(201);
        assert_eq!((made["trusted"].as_bool(), made["office_id"].as_str()), (Some(true), Some(world.other_office.0.to_string().as_str())));
        let seen = world.elsewhere.get(&path).await.expect(200);
        assert_eq!(all(&seen["partnerships"], "number"), ["12/KS/2026"]);
        let again = world.elsewhere.post(&format!("{path}/partnership"), Value::Null).await.refused(409, "partnership_known");
        assert_eq!(again["existing_id"], made["id"]);
        let theirs = format!("/partnerships/{}", text(&made, "id"));
        world.staff.patch(&theirs, 1, json!({"trusted": false})).await.refused(404, "not_found");
        let changed = world.elsewhere.patch(&theirs, 1, json!({"trusted": false, "number": null, "contact_phone": "0812-3456-7890"})).await.expect(200);
        assert_eq!((&changed["number"], &changed["trusted"], &changed["contact_phone"]), (&Value::Null, &json!(false), &json!("+6281234567890")));
        world.elsewhere.patch(&theirs, 1, json!({"trusted": true})).await.refused(412, "version_stale");
        world.staff.post("/employers/01900000-0000-7000-8000-000000000000/partnership", Value::Null).await.refused(404, "not_found");
    }

    async fn a_name_nearly_known_is_pointed_out_and_still_entered(world: &World) {
        let first = partner(&world.staff, "PT Garmen Maju Bersama").await;
        let second = world.staff.post("/employers", json!({"name": "Garmen Maju Bersma, PT", "partnership": false})).await.expect(201);
        assert_eq!(second["similar"], json!([{"id": first, "name": "PT Garmen Maju Bersama"}]));
        assert_eq!(second["partnerships"], json!([]));
        world.staff.get(&format!("/employers/{}", text(&second, "id"))).await.refused(404, "not_found");
        assert_eq!(world.staff.post("/employers", json!({"name": "CV Las Sejahtera"})).await.expect(201)["similar"], json!([]));
    }

    async fn every_fault_of_an_employer_is_told_at_once(world: &World) {
        let body = json!({"name": "  ", "nib": "12", "district": "99.99.99", "phone": "abc", "email": "salah", "sites": [{"name": ""}]});
        let refused = world.staff.post("/employers", body).await;
        for (pointer, code) in [
            ("/name", "name_malformed"),
            ("/nib", "nib_malformed"),
            ("/district", "district_unknown"),
            ("/phone", "phone_not_understood"),
            ("/email", "email_not_understood"),
            ("/sites/0/name", "text_required"),
        ] {
            refused.clone().field(pointer, code);
        }
        world.staff.post("/employers", json!({"name": "PT A", "pemilik": "x"})).await.field("/pemilik", "field_unknown");
        world.admin.post("/employers", json!({"name": "PT A"})).await.field("/office_id", "office_needed");
        world.admin.post("/employers", json!({"name": "PT A", "office_id": world.office.0})).await.expect(201);
    }

    async fn an_employer_is_edited_by_version(world: &World) {
        let employer = partner(&world.staff, "PT Tunas Contoh").await;
        let path = format!("/employers/{employer}");
        let edit = world.staff.patch(&path, 1, json!({"address": "Jl. Baru 2", "sites": [{"name": "Gudang"}]})).await.expect(200);
        assert_eq!((edit["address"].as_str(), edit["version"].as_i64()), (Some("Jl. Baru 2"), Some(2)));
        world.colleague.patch(&path, 1, json!({"address": null})).await.refused(412, "version_stale");
        let cleared = world.colleague.patch(&path, 2, json!({"address": null})).await.expect(200);
        assert_eq!((&cleared["address"], cleared["sites"][0]["name"].as_str()), (&Value::Null, Some("Gudang")));
        let request = world.staff.request(reqwest::Method::PATCH, &path).json(&json!({}));
        crate::support::client::send(request).await.refused(428, "precondition_required");
        world.elsewhere.patch(&path, 3, json!({"address": "x"})).await.refused(404, "not_found");
    }

    async fn an_employer_sees_itself_alone_and_writes_no_partners(world: &World) {
        let (own, other) = (partner(&world.staff, "PT Satu Contoh").await, partner(&world.staff, "PT Dua Misal").await);
        let client = world.employer("mitra", &own).await;
        assert_eq!(all(&client.get("/employers").await.expect(200)["items"], "id"), [own.as_str()]);
        client.get(&format!("/employers/{other}")).await.refused(404, "not_found");
        client.get(&format!("/employers/{other}/commitments")).await.refused(404, "not_found");
        client.post("/employers", json!({"name": "PT B"})).await.refused(403, "role_not_allowed");
        client.post(&format!("/employers/{own}/partnership"), Value::Null).await.refused(403, "role_not_allowed");
        for stranger in [&world.viewer, &world.instructor] {
            stranger.get("/employers").await.refused(403, "role_not_allowed");
        }
        world.anonymous.get("/employers").await.refused(401, "sign_in_needed");
        assert_eq!(world.head.get("/employers").await.expect(200)["items"].as_array().map(Vec::len), Some(2));
        world.head.post("/employers", json!({"name": "PT B"})).await.refused(403, "role_not_allowed");
    }

    async fn seats_are_promised_to_an_office(world: &World) {
        let employer = partner(&world.staff, "PT Garmen Contoh").await;
        let path = format!("/employers/{employer}/commitments");
        let programme = programme(&world.staff).await;
        let batch = batch(&world.staff, 16, 0).await;
        let body = json!({
            "number": "015/KS/2026", "signer": "Direktur Contoh", "signed_on": "2026-10-01", "valid_from": "2026-11-01", "valid_until": "2027-03-31",
            "seats": 16, "programme_id": programme["id"], "batch_id": batch["id"]
        });
        let made = world.staff.post(&path, body).await.expect(201);
        assert_eq!((made["seats"].as_i64(), made["batch_id"].as_str()), (Some(16), batch["id"].as_str()));
        let client = world.employer("mitra", &employer).await;
        assert_eq!(all(&client.get(&path).await.expect(200)["items"], "number"), ["015/KS/2026"]);
        client.post(&path, json!({"valid_from": "2026-11-01", "valid_until": "2027-03-31", "seats": 1})).await.refused(403, "role_not_allowed");
        world.elsewhere.get(&path).await.refused(404, "not_found");
        let wrong = json!({"valid_from": "2027-03-31", "valid_until": "2026-11-01", "seats": 0, "batch_id": programme["id"]});
        let refused = world.staff.post(&path, wrong).await;
        refused.clone().field("/valid_until", "date_order");
        refused.clone().field("/seats", "number_out_of_range");
        refused.field("/batch_id", "reference_unknown");
        let elsewhere = partner(&world.elsewhere, "PT Jauh Contoh").await;
        let promise = json!({"valid_from": "2026-11-01", "valid_until": "2027-03-31", "seats": 2, "programme_id": programme["id"]});
        world.elsewhere.post(&format!("/employers/{elsewhere}/commitments"), promise).await.field("/programme_id", "reference_unknown");
    }
}
