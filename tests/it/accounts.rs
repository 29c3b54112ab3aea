//! Signing in, accounts, offices, and what every request meets on its way.

use serde_json::json;

use crate::on_both;
use crate::support::client::text;

on_both! {
    async fn signs_in_with_a_password_set_by_a_one_time_link(world: &World) {
        let made = world.head.post("/accounts", json!({"login": "rina", "role": "officer", "display_name": "Rina Contoh"})).await.expect(201);
        let token = text(&made, "setup_url").rsplit('/').next().expect("a token").to_owned();
        world.anonymous.post(&format!("/api/v1/setup/{token}"), json!({"password": "pendek"})).await.field("/password", "password_weak");
        world.anonymous.post(&format!("/api/v1/setup/{token}"), json!({"password": "kata sandi rina"})).await.expect(200);
        world.anonymous.post(&format!("/api/v1/setup/{token}"), json!({"password": "kata sandi lain"})).await.refused(404, "link_invalid");
        world.anonymous.post("/sessions", json!({"login": "rina", "password": "salah sekali"})).await.refused(401, "sign_in_wrong");
        let session = world.anonymous.post("/sessions", json!({"login": "RINA", "password": "kata sandi rina"})).await.expect(201);
        assert_eq!(session["account"]["role"], "officer");
        let rina = world.anonymous.with_token(text(&session, "token"));
        rina.get("/sessions/current").await.expect(200);
        rina.delete("/sessions/current").await.expect(204);
        rina.get("/sessions/current").await.refused(401, "sign_in_needed");
    }

    async fn brute_force_is_throttled_and_ends_by_itself(world: &World) {
        for _ in 0..10 {
            world.anonymous.post("/sessions", json!({"login": "staf", "password": "bukan ini"})).await.refused(401, "sign_in_wrong");
        }
        let refused = world.anonymous.post("/sessions", json!({"login": "staf", "password": "bukan ini"})).await;
        assert_eq!(refused.headers["retry-after"], "300");
        refused.refused(429, "sign_in_throttled");
        world.clock.advance(chrono::Duration::minutes(6));
        world.anonymous.post("/sessions", json!({"login": "staf", "password": "bukan ini"})).await.refused(401, "sign_in_wrong");
    }

    async fn tries_sent_side_by_side_are_each_counted(world: &World) {
        let tries = (0..30).map(|_| world.anonymous.post("/sessions", json!({"login": "staf", "password": "bukan ini"})));
        let answers = futures_util::future::join_all(tries).await;
        let of = |status: u16| answers.iter().filter(|answer| answer.status.as_u16() == status).count();
        assert_eq!((of(401), of(429)), (10, 20));
        // Refused tries are not counted against the address that others share.
        for _ in 0..10 {
            world.anonymous.post("/sessions", json!({"login": "staf", "password": "bukan ini"})).await.refused(429, "sign_in_throttled");
        }
        world.anonymous.post("/sessions", json!({"login": "kepala", "password": "bukan ini"})).await.refused(401, "sign_in_wrong");
    }

    async fn malformed_requests_get_their_own_code(world: &World) {
        let raw = |body: &'static str, kind: &'static str| {
            crate::support::client::send(world.admin.request(reqwest::Method::POST, "/offices").header("content-type", kind).body(body))
        };
        raw("{\"name\": ", "application/json").await.refused(400, "body_unreadable");
        raw("", "application/json").await.refused(400, "body_missing");
        raw("{}", "text/plain").await.refused(415, "not_json");
        raw("{\"name\": \"a\\u0000b\"}", "application/json").await.refused(400, "body_unreadable");
        raw("{\"name\": \"a\", \"kind\": \"blk\", \"region_code\": \"35\", \"nama\": 1}", "application/json").await.field("/nama", "field_unknown");
        raw("{\"name\": \"a\"}", "application/json").await.field("/kind", "field_missing");
        raw("{\"name\": 377.0, \"kind\": \"blk\", \"region_code\": \"35\"}", "application/json").await.field("/name", "field_not_understood");
        world.admin.get("/offices/").await.refused(404, "not_found");
        world.admin.put("/offices", json!({})).await.refused(405, "method_not_allowed");
        world.admin.get("/accounts?limit=0").await.field("/limit", "number_out_of_range");
        world.admin.get("/accounts?cursor=abc").await.refused(422, "cursor_unreadable");
        world.admin.get("/accounts?banyak=1").await.refused(422, "query_unreadable");
    }

    async fn refusals_speak_the_language_asked_for(world: &World) {
        let english = crate::support::client::send(world.anonymous.request(reqwest::Method::GET, "/offices").header("Accept-Language", "en-GB,id;q=0.5")).await;
        assert_eq!(english.refused(401, "sign_in_needed")["detail"], "Please sign in first.");
        let indonesian = world.anonymous.get("/offices").await.refused(401, "sign_in_needed");
        assert_eq!(indonesian["detail"], "Silakan masuk dahulu.");
    }

    async fn the_same_key_has_one_effect_and_one_answer(world: &World) {
        let office = json!({"name": "BLK Contoh", "kind": "blk", "region_code": "35.13"});
        let first = world.admin.post_keyed("/offices", office.clone(), "k-1").await;
        let second = world.admin.post_keyed("/offices", office, "k-1").await;
        assert_eq!(first.bytes, second.bytes);
        first.expect(201);
        let other = json!({"name": "BLK Lain", "kind": "blk", "region_code": "35.13"});
        world.admin.post_keyed("/offices", other, "k-1").await.refused(422, "idempotency_key_reused");
        assert_eq!(world.admin.get("/offices").await.expect(200)["items"].as_array().expect("items").len(), 3);
    }

    async fn an_edit_names_the_version_it_read(world: &World) {
        let made = world.head.post("/accounts", json!({"login": "budi", "role": "officer", "display_name": "Budi Contoh"})).await.expect(201);
        let path = format!("/accounts/{}", text(&made["account"], "id"));
        let request = world.head.request(reqwest::Method::PATCH, &path).json(&json!({"enabled": false}));
        crate::support::client::send(request).await.refused(428, "precondition_required");
        world.head.patch(&path, 7, json!({"enabled": false})).await.refused(412, "version_stale");
        let edited = world.head.patch(&path, 1, json!({"enabled": false})).await;
        assert_eq!(edited.headers["etag"], "\"2\"");
        edited.expect(200);
        world.elsewhere.patch(&path, 2, json!({"enabled": true})).await.refused(403, "role_not_allowed");
    }
}

on_both! {
    async fn a_day_is_written_in_one_way(world: &World) {
        for wrong in ["+10000-01-01", "2026-1-1", "-0001-01-01", "9999-12-31", "kemarin"] {
            let person = json!({"name": "Ani", "available_from": wrong});
            world.staff.post("/graduates", person).await.field("/available_from", "field_not_understood");
        }
        world.staff.get("/reports/absorption?as_of=2026-1-1").await.refused(422, "query_unreadable");
        world.staff.post("/graduates", json!({"name": "Nama \\u0000 biasa"})).await.expect(201);
        let nobody = world.staff.get("/graduates?q=%25").await.expect(200);
        assert_eq!(nobody["items"], json!([]));
    }
}
