//! Whom to ask how it went, and when asking is over.

use serap::engine::kinds::{ParticipantStatus, TrainingResult};
use serde_json::{Value, json};

use crate::on_both;
use crate::support::client::{Client, text};
use crate::support::jobs;
use crate::support::world_of_classes::Seed;

async fn tasks(client: &Client, due: &str) -> Vec<Value> {
    client.get(&format!("/follow-ups?due={due}")).await.expect(200)["items"].as_array().expect("items").clone()
}

on_both! {
    async fn case_i11_a_finished_class_has_tasks_on_each_checkpoint_and_an_overdue_list(world: &World) {
        let seed = Seed::new(world).await;
        let class = seed.class("2026-08-20", 2).await;
        let today = seed.class("2026-11-02", 1).await;
        let planned = world.staff.post(&format!("/batches/{}/follow-ups", class.batch), json!(null)).await.expect(201);
        let days: Vec<i64> = planned["items"].as_array().expect("items").iter().filter_map(|task| task["day_number"].as_i64()).collect();
        assert_eq!(days, [30, 30, 90, 90, 180, 180, 365, 365]);
        let again = world.staff.post(&format!("/batches/{}/follow-ups", class.batch), json!(null)).await.expect(201);
        assert_eq!(again["items"], planned["items"], "a person and day has one task");
        assert_eq!(tasks(&world.staff, "today").await.len(), 1, "the class nobody planned for has its tasks too");
        assert_eq!(tasks(&world.staff, "today").await[0]["graduate"]["id"], today.people[0].graduate.to_string());
        assert_eq!(tasks(&world.head, "overdue").await.len(), 4);
        assert_eq!(tasks(&world.staff, "all").await.len(), 12);
        let path = format!("/graduates/{}/outcomes", class.people[0].graduate);
        let told = world.staff.post(&path, json!({"kind": "seeking", "on": "2026-11-25"})).await.expect(201);
        let left = tasks(&world.staff, "overdue").await;
        let of_first = |task: &&Value| task["graduate"]["id"] == class.people[0].graduate.to_string();
        let still: Vec<&Value> = left.iter().filter(of_first).map(|task| &task["day_number"]).collect();
        assert_eq!(still, [&json!(30)], "a word of November answers day 90, not day 30");
        world.staff.post(&format!("/outcomes/{}/retract", text(&told, "id")), json!({"reason": "Salah orang"})).await.expect(200);
        assert_eq!(tasks(&world.staff, "overdue").await.len(), 4, "a word taken back answers nothing");
        world.elsewhere.post(&format!("/batches/{}/follow-ups", class.batch), json!(null)).await.refused(404, "not_found");
        assert!(tasks(&world.elsewhere, "all").await.is_empty());
        world.viewer.get("/follow-ups").await.refused(403, "role_not_allowed");
        world.staff.get("/follow-ups?due=kapan").await.field("/due", "code_unknown");
    }

    async fn the_queue_is_read_page_by_page_in_the_order_it_falls_due(world: &World) {
        let seed = Seed::new(world).await;
        seed.class("2026-08-20", 3).await;
        seed.class("2026-07-01", 2).await;
        let mut seen = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = world.staff.get(&format!("/follow-ups?due=all&limit=3{cursor}")).await.expect(200);
            seen.extend(page["items"].as_array().expect("items").iter().map(|task| (text(task, "due_on").to_owned(), text(task, "id").to_owned())));
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(seen.len(), 20);
        assert!(seen.is_sorted() && seen.windows(2).all(|two| two[0] != two[1]));
        world.staff.get("/follow-ups?cursor=abc").await.refused(422, "cursor_unreadable");
    }

    async fn who_left_or_failed_is_not_asked_and_a_moved_result_moves_the_day(world: &World) {
        let seed = Seed::new(world).await;
        let class = seed.class("2026-08-20", 4).await;
        seed.change(class.people[0], |row| row.status = ParticipantStatus::Removed).await;
        seed.change(class.people[1], |row| row.result = Some(TrainingResult::Failed)).await;
        assert_eq!(tasks(&world.staff, "all").await.len(), 8);
        seed.change(class.people[2], |row| row.result_on = Some("2026-09-01".parse().expect("a day"))).await;
        let planned = world.staff.post(&format!("/batches/{}/follow-ups", class.batch), json!(null)).await.expect(201);
        let moved = planned["items"].as_array().expect("items").iter().find(|task| task["participant_id"] == class.people[2].participant.to_string());
        assert_eq!(moved.expect("a task")["due_on"], "2026-10-01");
        let empty = seed.class("2026-12-20", 1).await;
        seed.change(empty.people[0], |row| row.result = None).await;
        world.staff.post(&format!("/batches/{}/follow-ups", empty.batch), json!(null)).await.refused(409, "not_yet_passed");
    }

    async fn an_attempt_is_kept_and_its_note_is_for_staff_alone(world: &World) {
        let seed = Seed::new(world).await;
        let class = seed.class("2026-08-20", 0).await;
        let graduate = jobs::graduate(world, "Siti Contoh").await;
        seed.place(&class, serap::engine::id::GraduateId::parse(&graduate).expect("an id")).await;
        let task = tasks(&world.staff, "overdue").await[0].clone();
        let path = format!("/follow-ups/{}/attempt", text(&task, "id"));
        let tried = world.staff.post(&path, json!({"reached": false, "note": "Nomor tidak aktif, tanya tetangga"})).await.expect(200);
        assert_eq!((&tried["attempts"][0]["reached"], &tried["attempts"][0]["has_note"], &tried["state"]), (&json!(false), &json!(true), &json!("open")));
        world.head.post(&path, json!({"reached": true})).await.refused(403, "role_not_allowed");
        world.elsewhere.post(&path, json!({"reached": true})).await.refused(404, "not_found");
        let timeline = world.staff.get(&format!("/graduates/{graduate}/timeline")).await.expect(200);
        let noted = timeline["items"].as_array().expect("items").iter().find(|moment| moment["what"] == "follow_up_attempt").expect("the attempt");
        assert_eq!((&noted["note"], &noted["state"]), (&json!("Nomor tidak aktif, tanya tetangga"), &json!("not_reached")));
        let own = jobs::link(world, &graduate).await.get(&format!("/graduates/{graduate}/timeline")).await.expect(200);
        assert!(!own.to_string().contains("tetangga"));
    }
}
