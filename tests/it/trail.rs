//! Who did what, who read whose file, and the change feed.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::client::text;
use crate::support::jobs;
use crate::support::world_of_classes::Seed;

on_both! {
    async fn the_audit_tells_who_did_what_to_a_thing_without_personal_data(world: &World) {
        let seed = Seed::new(world).await;
        let class = seed.class("2026-11-02", 1).await;
        let told = world.staff.post(&format!("/graduates/{}/outcomes", class.people[0].graduate), json!({"kind": "seeking", "on": "2026-12-01"})).await.expect(201);
        let lines = world.head.get(&format!("/audit?entity_id={}", text(&told, "id"))).await.expect(200);
        let line = &lines["items"][0];
        assert_eq!((text(line, "action"), text(line, "entity"), text(&line["actor"], "kind")), ("reported", "outcome_event", "officer"));
        assert!(line["request_id"].is_string());
        assert!(!lines.to_string().contains("Peserta Contoh"));
        let all = world.head.get("/audit?limit=1").await.expect(200);
        let next = world.head.get(&format!("/audit?limit=1&cursor={}", text(&all, "next_cursor"))).await.expect(200);
        assert_ne!(all["items"][0]["id"], next["items"][0]["id"]);
        let office = world.office.to_string();
        let mine = |line: &Value| line["office_id"] == office;
        assert!(world.head.get("/audit?limit=200").await.expect(200)["items"].as_array().expect("items").iter().all(mine));
        world.staff.get("/audit").await.refused(403, "role_not_allowed");
        world.viewer.get("/audit").await.refused(403, "role_not_allowed");
    }

    async fn a_person_sees_who_read_the_own_file(world: &World) {
        let graduate = jobs::graduate(world, "Siti Contoh").await;
        world.staff.get(&format!("/graduates/{graduate}/timeline")).await.expect(200);
        world.colleague.get(&format!("/graduates/{graduate}/outcomes")).await.expect(200);
        world.clock.advance(chrono::Duration::seconds(1));
        let own = jobs::link(world, &graduate).await;
        own.get(&format!("/graduates/{graduate}/timeline")).await.expect(200);
        let readings = own.get(&format!("/graduates/{graduate}/readings")).await.expect(200);
        let read: Vec<(&str, &str)> = readings["items"].as_array().expect("items").iter().map(|line| (text(&line["reader"], "display_name"), text(line, "purpose"))).collect();
        assert!(read.contains(&("Akun staf", "timeline")) && read.contains(&("Akun rekan", "outcomes")), "{read:?}");
        let other = jobs::graduate(world, "Budi Contoh").await;
        own.get(&format!("/graduates/{other}/readings")).await.refused(404, "not_found");
        world.elsewhere.get(&format!("/graduates/{graduate}/readings")).await.refused(404, "not_found");
        world.instructor.get(&format!("/graduates/{graduate}/readings")).await.refused(403, "role_not_allowed");
    }

    async fn the_feed_goes_on_where_it_stopped_and_an_old_place_is_gone(world: &World) {
        let seed = Seed::new(world).await;
        let class = seed.class("2026-11-02", 1).await;
        let mut place = text(&world.staff.get("/changes?limit=200").await.expect(200), "next_cursor").to_owned();
        let path = format!("/graduates/{}/outcomes", class.people[0].graduate);
        let told = world.staff.post(&path, json!({"kind": "seeking", "on": "2026-12-01"})).await.expect(201);
        let mut seen: Vec<Value> = Vec::new();
        // On PostgreSQL a change shows once every older transaction has ended.
        for _ in 0..200 {
            let page = world.staff.get(&format!("/changes?cursor={place}")).await.expect(200);
            seen.extend(page["items"].as_array().expect("items").iter().cloned());
            place = text(&page, "next_cursor").to_owned();
            if !seen.is_empty() {
                break;
            }
        }
        let entities: Vec<&str> = seen.iter().map(|change| text(change, "entity_id")).collect();
        assert_eq!(entities, [text(&told, "id")], "one change, once");
        assert!(world.staff.get(&format!("/changes?cursor={place}")).await.expect(200)["items"].as_array().expect("items").is_empty());
        let elsewhere = world.elsewhere.get("/changes?limit=200").await.expect(200);
        assert!(!elsewhere.to_string().contains(text(&told, "id")), "another office's changes are not told");
        world.staff.get("/changes?cursor=abc").await.refused(422, "cursor_unreadable");
        world.viewer.get("/changes").await.refused(403, "role_not_allowed");
        world.clock.advance(chrono::Duration::days(31));
        world.staff.get(&format!("/changes?cursor={place}")).await.refused(410, "cursor_expired");
        let earlier = [0_i64, 0, 0, world.clock.now().timestamp_millis()].map(i64::to_be_bytes).concat();
        let restored = world.app.seal_cursor(&earlier);
        world.staff.get(&format!("/changes?cursor={restored}")).await.refused(410, "cursor_expired");
    }

    async fn a_timeline_holds_what_is_dated_and_no_draft_for_the_person(world: &World) {
        let partner = jobs::partner(world, "busana").await;
        let vacancy = jobs::vacancy(world, &partner, 2, json!({})).await;
        let graduate = jobs::graduate(world, "Siti Contoh").await;
        jobs::draft(world, &vacancy, &graduate).await;
        let path = format!("/graduates/{graduate}/timeline");
        let what = |answer: &Value| -> Vec<String> { answer["items"].as_array().expect("items").iter().map(|item| text(item, "what").to_owned()).collect() };
        let by_staff = what(&world.staff.get(&path).await.expect(200));
        assert!(by_staff.contains(&"offer_written".to_owned()) && by_staff.contains(&"certificate_issued".to_owned()), "{by_staff:?}");
        let own = what(&jobs::link(world, &graduate).await.get(&path).await.expect(200));
        assert!(!own.contains(&"offer_written".to_owned()), "{own:?}");
        world.elsewhere.get(&path).await.refused(404, "not_found");
        partner.client.get(&path).await.refused(403, "role_not_allowed");
    }
}
