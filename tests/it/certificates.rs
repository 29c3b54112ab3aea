//! Certificates: issued alone and by the class, revoked, verified by anyone.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::on_both;
use crate::support::client::{Client, send, text};
use crate::support::people::{batch, certify, enrol, register};

/// What the public check says, as JSON.
async fn verified(client: &Client, certificate: &Value, language: &str) -> Value {
    let request = client.request(reqwest::Method::GET, &format!("/verify/{}", text(certificate, "verify_code")));
    send(request.header("Accept", "application/json").header("Accept-Language", language)).await.expect(200)
}

on_both! {
    async fn case_c4_an_issuer_gives_a_number_once(world: &World) {
        let (ani, budi) = (register(&world.staff, json!({"name": "Ani"})).await, register(&world.staff, json!({"name": "Budi"})).await);
        let first = certify(&world.staff, &ani, "0123/PBK/2026").await;
        let body = json!({"kind": "bnsp", "issuer": "LSP  Garmen ", "number": "0123/PBK/2026", "issued_on": "2026-12-01"});
        let path = format!("/graduates/{}/certificates", text(&budi, "id"));
        let refused = world.staff.post(&path, body.clone()).await.refused(409, "certificate_number_taken");
        assert_eq!(refused["existing_id"], first["id"]);
        let other = json!({"kind": "training", "issuer": "BLK Contoh", "number": "0123/PBK/2026", "issued_on": "2026-12-01"});
        world.staff.post(&path, other).await.expect(201);
        let stranger = register(&world.elsewhere, json!({"name": "Cici"})).await;
        let foreign = world.elsewhere.post(&format!("/graduates/{}/certificates", text(&stranger, "id")), body).await;
        assert!(foreign.refused(409, "certificate_number_taken")["existing_id"].is_null());
    }

    async fn case_c5_numbers_of_a_series_have_no_holes(world: &World) {
        let mut issuing = Vec::new();
        for at in 0..50 {
            let made = register(&world.staff, json!({"name": format!("Peserta {at}")})).await;
            let client = if at % 2 == 0 { world.staff.clone() } else { world.colleague.clone() };
            issuing.push(async move {
                let body = json!({"kind": "training", "issuer": "BLK Contoh", "issued_on": "2026-12-01"});
                let issued = client.post(&format!("/graduates/{}/certificates", text(&made, "id")), body).await.expect(201);
                text(&issued, "number").to_owned()
            });
        }
        let numbers: BTreeSet<String> = futures_util::future::join_all(issuing).await.into_iter().collect();
        let expected: BTreeSet<String> = (1..=50).map(|number| format!("{number:04}/PBK/2026")).collect();
        assert_eq!(numbers, expected);
        let made = register(&world.staff, json!({"name": "Terlambat"})).await;
        let path = format!("/graduates/{}/certificates", text(&made, "id"));
        let taken = json!({"kind": "training", "issuer": "BLK Contoh", "number": "0051/PBK/2026", "issued_on": "2026-12-01"});
        world.staff.post(&path, taken).await.expect(201);
        let next =
            world.staff.post(&path, json!({"kind": "training", "issuer": "BLK Contoh", "issued_on": "2026-12-01"})).await.expect(201);
        assert_eq!(next["number"], "0052/PBK/2026");
        let elsewhere = register(&world.elsewhere, json!({"name": "Lain"})).await;
        let body = json!({"kind": "training", "issuer": "BLK Misal", "issued_on": "2026-12-01"});
        let own = world.elsewhere.post(&format!("/graduates/{}/certificates", text(&elsewhere, "id")), body).await.expect(201);
        assert_eq!(own["number"], "0001/PBK/2026");
    }

    async fn case_c1_a_revoked_certificate_says_so(world: &World) {
        let ani = register(&world.staff, json!({"name": "Siti Aminah"})).await;
        let certificate = certify(&world.staff, &ani, "1/C1").await;
        let before = verified(&world.anonymous, &certificate, "id").await;
        assert_eq!((before["valid"].clone(), before["status"].clone()), (json!(true), json!("valid")));
        assert_eq!(before["holder"], "S*** A***");
        assert_eq!(before["units"].as_array().expect("units").len(), 2);
        let path = format!("/certificates/{}/revoke", text(&certificate, "id"));
        world.elsewhere.post(&path, json!({"reason": "x"})).await.refused(404, "not_found");
        world.head.post(&path, json!({"reason": "x"})).await.refused(403, "role_not_allowed");
        world.staff.post(&path, json!({"reason": "x", "revoked_on": "2026-11-30"})).await.field("/revoked_on", "date_order");
        world.staff.post(&path, json!({"reason": "Nilai <b>dipalsukan</b>"})).await.expect(200);
        world.staff.post(&path, json!({"reason": "lagi"})).await.refused(409, "certificate_revoked");
        let after = verified(&world.anonymous, &certificate, "id").await;
        let told = (after["valid"].clone(), after["status"].clone(), after["reason"].clone(), after["date"].clone());
        assert_eq!(told, (json!(false), json!("revoked"), json!("Nilai <b>dipalsukan</b>"), json!("2026-12-02")));
        let page = world.anonymous.get(&format!("/verify/{}", text(&certificate, "verify_code").to_lowercase())).await;
        assert_eq!(page.headers["content-type"], "text/html; charset=utf-8");
        let html = String::from_utf8_lossy(&page.bytes);
        assert!(html.contains("sudah dicabut") && html.contains("&lt;b&gt;dipalsukan") && !html.contains("Siti"), "{html}");
        let nothing =
            send(world.anonymous.request(reqwest::Method::GET, "/verify/AAAA").header("Accept", "application/json")).await.expect(404);
        assert_eq!((nothing["valid"].clone(), nothing["status"].clone()), (json!(false), json!("not_found")));
        let list = world.staff.get(&format!("/graduates/{}/certificates", text(&ani, "id"))).await.expect(200);
        assert_eq!(list["items"][0]["status"], "revoked");
    }

    async fn a_certificate_expires_by_itself(world: &World) {
        let ani = register(&world.staff, json!({"name": "Ani"})).await;
        let body = json!({"kind": "bnsp", "issuer": "LSP", "number": "1", "issued_on": "2023-12-02", "valid_until": "2026-12-02"});
        let certificate = world.staff.post(&format!("/graduates/{}/certificates", text(&ani, "id")), body).await.expect(201);
        assert_eq!(verified(&world.anonymous, &certificate, "en").await["status"], "valid");
        world.clock.advance(chrono::Duration::hours(16));
        let expired = verified(&world.anonymous, &certificate, "en").await;
        assert_eq!((expired["status"].clone(), expired["date"].clone()), (json!("expired"), json!("2026-12-02")));
    }

    async fn case_c10_a_certificate_hangs_on_the_person(world: &World) {
        let ani = register(&world.staff, json!({"name": "Ani Contoh", "phone": "081234567890", "email": "ani@contoh.id"})).await;
        let certificate = certify(&world.staff, &ani, "1/C10").await;
        let path = format!("/graduates/{}", text(&ani, "id"));
        world.staff.patch(&path, 1,
            json!({"phone": "0811 999 8888", "email": "baru@contoh.id", "name": "Ani Contoh Baru"}))
            .await.expect(200);
        let after = verified(&world.anonymous, &certificate, "id").await;
        assert_eq!((after["valid"].clone(), after["holder"].clone()), (json!(true), json!("A*** C*** B***")));
        assert_eq!(world.staff.get(&format!("{path}/certificates")).await.expect(200)["items"][0]["id"], certificate["id"]);
    }

    async fn case_f4_nobody_certifies_themselves(world: &World) {
        let class = batch(&world.staff, 4, 0).await;
        let place = enrol(&world.staff, &class, "Staf Contoh").await;
        let own = place["graduate"].clone();
        let certificate = certify(&world.staff, &own, "1/F4").await;
        let accounts = world.head.get("/accounts").await.expect(200);
        let account = accounts["items"].as_array().expect("items").iter().find(|row| row["login"] == "staf").expect("the account").clone();
        let link = format!("/accounts/{}/person", text(&account, "id"));
        world.staff.post(&link, json!({"graduate_id": own["id"]})).await.refused(403, "role_not_allowed");
        world.head.post(&link, json!({"graduate_id": own["id"]})).await.expect(200);
        let path = format!("/graduates/{}/certificates", text(&own, "id"));
        let body = json!({"kind": "training", "issuer": "BLK Contoh", "issued_on": "2026-12-01"});
        world.staff.post(&path, body.clone()).await.refused(403, "conflict_of_interest");
        world.staff.post(&format!("/certificates/{}/revoke", text(&certificate, "id")),
            json!({"reason": "x"}))
            .await.refused(403, "conflict_of_interest");
        world.staff.post(&format!("/batches/{}/results", text(&class, "id")),
            json!({"all": "passed"}))
            .await.refused(403, "conflict_of_interest");
        world.colleague.post(&format!("/batches/{}/results", text(&class, "id")), json!({"all": "passed"})).await.expect(200);
        let whole = json!({"kind": "training", "issuer": "BLK Contoh", "issued_on": "2026-12-01"});
        world.staff.post(&format!("/batches/{}/certificates", text(&class, "id")), whole).await.refused(403, "conflict_of_interest");
        world.colleague.post(&path, body).await.expect(201);
    }

    async fn a_class_is_certified_in_one_step(world: &World) {
        let class = batch(&world.staff, 4, 0).await;
        let path = format!("/batches/{}", text(&class, "id"));
        let ani = enrol(&world.staff, &class, "Ani").await;
        let budi = enrol(&world.staff, &class, "Budi").await;
        let cici = enrol(&world.staff, &class, "Cici").await;
        let body = json!({"kind": "training", "issuer": "BLK Contoh", "issued_on": "2026-12-01"});
        world.staff.post(&format!("{path}/certificates"), body.clone()).await.refused(409, "not_yet_passed");
        let results = json!({"result_on": "2026-12-01", "all": "passed", "results": [
            {"participant_id": budi["id"], "result": "failed", "assessed": "not_yet_competent"},
            {"participant_id": cici["id"], "result": "passed", "assessed": "competent", "units": [
                {"unit": "GAR.CM01.003.01", "result": "competent"}, {"unit": "C.14GMT06.010.1", "result": "not_yet_competent"}]},
        ]});
        let recorded = world.staff.post(&format!("{path}/results"), results).await.expect(200);
        assert_eq!(recorded["items"].as_array().expect("items").len(), 3);
        let made = world.staff.post(&format!("{path}/certificates"), body.clone()).await.expect(201);
        let made = made["items"].as_array().expect("items").clone();
        assert_eq!(made.iter().map(|one| text(one, "number")).collect::<Vec<_>>(), ["0001/PBK/2026", "0002/PBK/2026"]);
        let of = |place: &Value| made.iter().find(|one| one["graduate_id"] == place["graduate"]["id"]).expect("a certificate").clone();
        assert_eq!(of(&ani)["units"].as_array().expect("units").len(), 2);
        let held = of(&cici);
        assert_eq!((held["units"].as_array().expect("units").len(), held["units"][0]["unit"].clone()), (1, json!("GAR.CM01.003.01")));
        assert_eq!(world.staff.post(&format!("{path}/certificates"), body).await.expect(201)["items"], json!([]));
        let named =
            json!({"kind": "bnsp", "issuer": "LSP Garmen", "issued_on": "2026-12-02", "valid_until": "2029-12-02", "number_prefix": "GAR-",
            "numbers": [{"participant_id": ani["id"], "number": "62.1234"}], "units": [{"unit": "GAR.CM01.003.01", "level": 3}]});
        let second = world.staff.post(&format!("{path}/certificates"), named).await.expect(201);
        let numbers: Vec<&str> = second["items"].as_array().expect("items").iter().map(|one| text(one, "number")).collect();
        assert_eq!(numbers, ["62.1234", "GAR-0001"]);
        world.elsewhere.post(&format!("{path}/results"), json!({"all": "passed"})).await.refused(404, "not_found");
    }
}
