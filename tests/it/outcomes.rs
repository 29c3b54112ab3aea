//! Outcomes told, checked and taken back.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::client::text;
use crate::support::world_of_classes::Seed;

fn business(on: &str) -> Value {
    json!({"kind": "self_employed", "on": on, "job_text": "Jahit rumahan", "district": "35.13.17"})
}

on_both! {
    async fn case_i16_nobody_verifies_what_they_recorded(world: &World) {
        let seed = Seed::new(world).await;
        let class = seed.class("2026-11-02", 1).await;
        let path = format!("/graduates/{}/outcomes", class.people[0].graduate);
        let told = world.staff.post(&path, business("2026-12-01")).await.expect(201);
        assert_eq!((told["source"].as_str(), told["evidence"].as_str(), told["verified"].as_bool()), (Some("staff"), Some("self_report"), Some(false)));
        let verify = format!("/outcomes/{}/verify", text(&told, "id"));
        world.staff.post(&verify, json!({"evidence": "second_officer"})).await.refused(403, "same_person");
        world.elsewhere.post(&verify, json!({"evidence": "second_officer"})).await.refused(404, "not_found");
        world.viewer.post(&verify, json!({"evidence": "second_officer"})).await.refused(403, "role_not_allowed");
        world.colleague.post(&verify, json!({"evidence": "both_sides"})).await.field("/evidence", "code_unknown");
        let seen = world.colleague.post(&verify, json!({"evidence": "second_officer"})).await.expect(200);
        assert_eq!((seen["evidence"].as_str(), seen["verified"].as_bool()), (Some("second_officer"), Some(true)));
        let seen = world.head.post(&verify, json!({"evidence": "document"})).await.expect(200);
        assert_eq!(seen["evidence"], "document");
        let listed = world.staff.get(&path).await.expect(200);
        let acts: Vec<&str> = listed["items"].as_array().expect("items").iter().map(|item| text(item, "act")).collect();
        assert_eq!(acts, ["reported", "verified", "verified"]);
    }

    async fn a_document_told_by_one_hand_is_a_report_until_another_hand_has_seen_it(world: &World) {
        let seed = Seed::new(world).await;
        let class = seed.class("2026-11-02", 1).await;
        let path = format!("/graduates/{}/outcomes", class.people[0].graduate);
        let mut body = business("2026-12-01");
        body["evidence"] = json!("document");
        let told = world.staff.post(&path, body).await.expect(201);
        assert_eq!(told["evidence"], "self_report");
        let report = world.staff.get("/reports/absorption").await.expect(200);
        assert_eq!((&report["totals"]["verified"], &report["totals"]["reported"]), (&json!(0), &json!(1)));
    }

    async fn what_is_taken_back_stays_visible_and_counts_no_more(world: &World) {
        let seed = Seed::new(world).await;
        let class = seed.class("2026-11-02", 1).await;
        let path = format!("/graduates/{}/outcomes", class.people[0].graduate);
        let told = world.staff.post(&path, business("2026-12-01")).await.expect(201);
        let retract = format!("/outcomes/{}/retract", text(&told, "id"));
        world.staff.post(&retract, json!({"reason": "  "})).await.field("/reason", "text_required");
        world.staff.post(&retract, json!({})).await.field("/reason", "field_missing");
        world.elsewhere.post(&retract, json!({"reason": "Salah orang"})).await.refused(404, "not_found");
        let gone = world.staff.post(&retract, json!({"reason": "Salah orang"})).await.expect(200);
        assert_eq!((gone["retracted"].as_bool(), &gone["evidence"], &gone["retraction"]["reason"]), (Some(true), &Value::Null, &json!("Salah orang")));
        world.staff.post(&retract, json!({"reason": "Salah orang"})).await.refused(409, "already_retracted");
        world.colleague.post(&format!("/outcomes/{}/verify", text(&told, "id")), json!({"evidence": "document"})).await.refused(409, "already_retracted");
        let listed = world.staff.get(&path).await.expect(200);
        let acts: Vec<&str> = listed["items"].as_array().expect("items").iter().map(|item| text(item, "act")).collect();
        assert_eq!(acts, ["reported", "retracted"]);
        let report = world.staff.get("/reports/absorption").await.expect(200);
        assert_eq!((&report["totals"]["reported"], &report["totals"]["unknown"]), (&json!(0), &json!(1)));
        let back = format!("/outcomes/{}/retract", text(&gone["retraction"], "id"));
        world.staff.post(&back, json!({"reason": "Ternyata benar"})).await.expect(200);
        assert_eq!(world.staff.get("/reports/absorption").await.expect(200)["totals"]["reported"], 1);
    }

    async fn a_graduate_tells_and_takes_back_the_own_word_alone(world: &World) {
        let seed = Seed::new(world).await;
        let class = seed.class("2026-11-02", 2).await;
        let own = seed.link(class.people[0].graduate).await;
        let path = format!("/graduates/{}/outcomes", class.people[0].graduate);
        let told = own.post(&path, json!({"kind": "seeking", "on": "2026-12-01"})).await.expect(201);
        assert_eq!((text(&told, "source"), &told["recorded_by"]), ("graduate", &Value::Null));
        own.post(&format!("/graduates/{}/outcomes", class.people[1].graduate), json!({"kind": "seeking", "on": "2026-12-01"})).await.refused(404, "not_found");
        let by_staff = world.staff.post(&path, business("2026-12-01")).await.expect(201);
        own.post(&format!("/outcomes/{}/retract", text(&by_staff, "id")), json!({"reason": "Bukan"})).await.refused(403, "role_not_allowed");
        own.post(&format!("/outcomes/{}/retract", text(&told, "id")), json!({"reason": "Sudah bekerja"})).await.expect(200);
        own.post(&format!("/outcomes/{}/verify", text(&told, "id")), json!({"evidence": "document"})).await.refused(403, "role_not_allowed");
        assert_eq!(own.get(&path).await.expect(200)["items"].as_array().expect("items").len(), 3);
    }

    async fn an_outcome_is_checked_field_by_field(world: &World) {
        let seed = Seed::new(world).await;
        let class = seed.class("2026-11-02", 1).await;
        let stranger = seed.class_of(world.other_office, "2026-11-02", 1).await;
        let path = format!("/graduates/{}/outcomes", class.people[0].graduate);
        let told = async |body: Value| world.staff.post(&path, body).await;
        told(json!({"kind": "seeking", "on": "2026-12-03"})).await.field("/on", "date_future");
        told(json!({"kind": "excluded", "on": "2026-12-01"})).await.field("/reason", "reason_needed");
        told(json!({"kind": "partner", "on": "2026-12-01"})).await.field("/employer_id", "field_missing");
        told(json!({"kind": "partner", "on": "2026-12-01", "employer_id": world.office.to_string()})).await.field("/employer_id", "not_a_partner");
        told(json!({"kind": "seeking", "on": "2026-12-01", "district": "99.99.99"})).await.field("/district", "district_unknown");
        told(json!({"kind": "seeking", "on": "2026-12-01", "wage": 100})).await.field("/wage_unit", "field_missing");
        told(json!({"kind": "seeking", "on": "2026-12-01", "hours_per_week": 200})).await.field("/hours_per_week", "number_out_of_range");
        told(json!({"kind": "kerja", "on": "2026-12-01"})).await.field("/kind", "field_not_understood");
        told(json!({"kind": "seeking", "on": "2026-12-01", "verified_by": "saya"})).await.field("/verified_by", "field_unknown");
        told(json!({"kind": "seeking", "on": "2026-12-01", "file_id": world.office.to_string()})).await.refused(404, "not_found");
        world.staff.post(&format!("/graduates/{}/outcomes", stranger.people[0].graduate), business("2026-12-01")).await.refused(404, "not_found");
        world.head.post(&path, business("2026-12-01")).await.refused(403, "role_not_allowed");
        let partner = seed.partner("PT Busana Contoh").await;
        let told = told(json!({"kind": "partner", "on": "2026-12-01", "employer_id": partner.to_string(), "contract": "pkwt", "wage": 2_900_000, "wage_unit": "month"})).await.expect(201);
        assert_eq!(text(&told, "employer_name"), "PT Busana Contoh");
    }
}
