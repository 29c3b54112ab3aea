//! Placements over HTTP.

use chrono::Duration;
use serde_json::json;

use crate::on_both;
use crate::support::client::text;
use crate::support::jobs::{graduate, items, link, partner, sent, vacancy};

on_both! {
    async fn case_a2_the_same_hire_twice_is_one_row(world: &World) {
        let sewing = partner(world, "mitra").await;
        let job = vacancy(world, &sewing, 2, json!({})).await;
        let (siti, dewi) = (graduate(world, "Siti Aminah").await, graduate(world, "Dewi Lestari").await);
        let body = json!({"vacancy_id": job, "graduate_id": siti, "starts_on": "2026-12-14"});
        let (first, second) = futures_util::future::join(
            world.staff.post_keyed("/placements", body.clone(), "k-1"),
            world.staff.post_keyed("/placements", body.clone(), "k-1"),
        ).await;
        let created = [&first, &second].into_iter().find(|reply| reply.status == 201).expect("one is created").clone();
        for reply in [&first, &second] {
            assert!(reply.bytes == created.bytes || reply.body["code"] == "in_flight", "{}", reply.body);
        }
        let again = world.staff.post_keyed("/placements", body.clone(), "k-1").await;
        assert_eq!((again.status.as_u16(), &again.bytes), (201, &created.bytes));
        let other = json!({"vacancy_id": job, "graduate_id": dewi, "starts_on": "2026-12-14"});
        let made = world.staff.post("/placements", other.clone()).await.expect(201);
        world.clock.advance(Duration::seconds(11));
        let known = world.staff.post("/placements", other).await.refused(409, "placement_known");
        assert_eq!(known["existing_id"], made["id"]);
        assert_eq!(items(&world.staff, &format!("/placements?vacancy_id={job}")).await.len(), 2);
        sewing.client.post("/placements", body).await.refused(403, "role_not_allowed");
    }

    async fn case_a4_full_time_work_is_taken_once(world: &World) {
        let (one, two) = (partner(world, "mitra").await, partner(world, "mitra2").await);
        let (first, second) = (vacancy(world, &one, 1, json!({})).await, vacancy(world, &two, 1, json!({})).await);
        let siti = graduate(world, "Siti Aminah").await;
        let offer = sent(world, &first, &siti).await;
        let later = sent(world, &second, &siti).await;
        let mine = link(world, &siti).await;
        mine.post(&format!("/offers/{offer}/accept"), json!(null)).await.expect(200);
        mine.post(&format!("/offers/{later}/accept"), json!(null)).await.refused(409, "already_placed");
        let body = json!({"vacancy_id": second, "graduate_id": siti, "starts_on": "2026-12-14"});
        world.staff.post("/placements", body).await.refused(409, "already_placed");
        let offered = json!({"vacancy_id": second, "graduate_id": siti, "expires_on": "2026-12-10"});
        world.staff.post("/offers", offered).await.refused(409, "already_placed");
        let empty = json!({"vacancy_id": second, "graduate_id": siti, "starts_on": "2026-12-14", "override_reason": "  "});
        world.staff.post("/placements", empty).await.refused(409, "already_placed");
        let reasoned = json!({"vacancy_id": second, "graduate_id": siti, "starts_on": "2026-12-14", "override_reason": "kerja malam, disetujui kepala dinas"});
        let made = world.staff.post("/placements", reasoned).await.expect(201);
        assert_eq!(made["override_reason"], "kerja malam, disetujui kepala dinas");
        let seen = two.client.get(&format!("/placements/{}", text(&made, "id"))).await.expect(200);
        assert!(seen["override_reason"].is_null());
    }

    async fn case_a5_part_time_work_fits_while_the_hours_last(world: &World) {
        let mut offers = Vec::new();
        let siti = graduate(world, "Siti Aminah").await;
        let mut jobs = Vec::new();
        for (login, hours) in [("satu", 20), ("dua", 18), ("tiga", 10), ("empat", 40)] {
            let partner = partner(world, login).await;
            let job = vacancy(world, &partner, 1, json!({"hours_per_week": hours})).await;
            offers.push(sent(world, &job, &siti).await);
            jobs.push(job);
        }
        let mine = link(world, &siti).await;
        mine.post(&format!("/offers/{}/accept", offers[0]), json!(null)).await.expect(200);
        assert_eq!(mine.get(&format!("/offers/{}", offers[1])).await.expect(200)["state"], "sent");
        assert_eq!(mine.get(&format!("/offers/{}", offers[2])).await.expect(200)["state"], "sent");
        assert_eq!(mine.get(&format!("/offers/{}", offers[3])).await.expect(200)["state"], "closed");
        mine.post(&format!("/offers/{}/accept", offers[1]), json!(null)).await.expect(200);
        mine.post(&format!("/offers/{}/accept", offers[2]), json!(null)).await.refused(409, "hours_exceeded");
        let direct = json!({"vacancy_id": jobs[2], "graduate_id": siti, "starts_on": "2026-12-14"});
        world.staff.post("/placements", direct).await.refused(409, "hours_exceeded");
        assert_eq!(items(&world.staff, &format!("/placements?graduate_id={siti}")).await.len(), 2);
    }

    async fn case_a7_a_cancelled_placement_frees_seat_and_person_and_keeps_the_history(world: &World) {
        let (one, two) = (partner(world, "mitra").await, partner(world, "mitra2").await);
        let (first, second) = (vacancy(world, &one, 1, json!({})).await, vacancy(world, &two, 1, json!({})).await);
        let siti = graduate(world, "Siti Aminah").await;
        let offer = sent(world, &first, &siti).await;
        let mine = link(world, &siti).await;
        let accepted = mine.post(&format!("/offers/{offer}/accept"), json!(null)).await.expect(200);
        let placement = text(&accepted, "placement_id").to_owned();
        world.clock.advance(Duration::minutes(20));
        one.client.post(&format!("/placements/{placement}/cancel"), json!({})).await.field("/reason", "reason_needed");
        two.client.post(&format!("/placements/{placement}/cancel"), json!({"reason": "seat_withdrawn"})).await.refused(404, "not_found");
        let cancelled = one.client.post(&format!("/placements/{placement}/cancel"), json!({"reason": "seat_withdrawn"})).await.expect(200);
        assert_eq!((text(&cancelled, "state"), text(&cancelled, "reason")), ("cancelled", "seat_withdrawn"));
        one.client.post(&format!("/placements/{placement}/cancel"), json!({"reason": "seat_withdrawn"})).await.refused(409, "wrong_state");
        let open = world.staff.get(&format!("/vacancies/{first}")).await.expect(200);
        assert_eq!((text(&open, "state"), open["filled"].as_i64()), ("published", Some(0)));
        let history = world.staff.get(&format!("/offers/{offer}")).await.expect(200);
        assert_eq!(text(&history, "state"), "closed");
        assert!(history["answered_at"].is_string());
        assert!(items(&world.staff, &format!("/offers?vacancy_id={first}&state=accepted")).await.is_empty());
        // Available again: another job can be offered and taken at once, and the same one too.
        let elsewhere = sent(world, &second, &siti).await;
        let taken = mine.post(&format!("/offers/{elsewhere}/accept"), json!(null)).await.expect(200);
        world.staff.post(&format!("/placements/{}/cancel", text(&taken, "placement_id")), json!({"reason": "other"})).await.expect(200);
        let again = sent(world, &first, &siti).await;
        mine.post(&format!("/offers/{again}/accept"), json!(null)).await.expect(200);
        assert_eq!(items(&world.staff, &format!("/placements?graduate_id={siti}")).await.len(), 3);
    }

    async fn case_a13_an_overlap_is_refused_by_the_server(world: &World) {
        let sewing = partner(world, "mitra").await;
        let (day, evening) = (vacancy(world, &sewing, 1, json!({})).await, vacancy(world, &sewing, 1, json!({"hours_per_week": 35})).await);
        let siti = graduate(world, "Siti Aminah").await;
        let hire = |job: &str, starts_on: &str| json!({"vacancy_id": job, "graduate_id": siti, "starts_on": starts_on});
        let made = world.staff.post("/placements", hire(&day, "2026-12-02")).await.expect(201);
        world.staff.post("/placements", hire(&evening, "2027-03-01")).await.refused(409, "already_placed");
        sewing.client.post(&format!("/placements/{}/start", text(&made, "id")), json!({"started_on": "2026-12-02"})).await.expect(200);
        world.staff.post("/placements", hire(&evening, "2027-03-01")).await.refused(409, "already_placed");
        let ended = json!({"ended_on": "2026-12-02", "reason": "contract_ended"});
        sewing.client.post(&format!("/placements/{}/end", text(&made, "id")), ended).await.expect(200);
        world.staff.post("/placements", hire(&evening, "2027-03-01")).await.expect(201);
    }

    async fn case_a20_a_start_changes_state_seats_and_counts_at_once(world: &World) {
        let sewing = partner(world, "mitra").await;
        let job = vacancy(world, &sewing, 1, json!({})).await;
        let siti = graduate(world, "Siti Aminah").await;
        let offer = sent(world, &job, &siti).await;
        let accepted = link(world, &siti).await.post(&format!("/offers/{offer}/accept"), json!(null)).await.expect(200);
        let path = format!("/placements/{}", text(&accepted, "placement_id"));
        let start = json!({"started_on": "2026-12-02", "wage": 3_100_000, "wage_unit": "month", "contract": "pkwt", "kbji": "8153"});
        sewing.client.post(&format!("{path}/start"), json!({"started_on": "2026-12-03"})).await.field("/started_on", "date_future");
        link(world, &siti).await.post(&format!("{path}/start"), start.clone()).await.refused(403, "role_not_allowed");
        let started = sewing.client.post(&format!("{path}/start"), start.clone()).await.expect(200);
        assert_eq!((text(&started, "state"), text(&started, "started_on"), started["wage"].as_i64()), ("started", "2026-12-02", Some(3_100_000)));
        assert_eq!((started["confirmed_by_employer"].as_bool(), started["confirmed_by_graduate"].as_bool()), (Some(true), Some(false)));
        sewing.client.post(&format!("{path}/start"), start).await.refused(409, "wrong_state");
        let vacancy = world.staff.get(&format!("/vacancies/{job}")).await.expect(200);
        assert_eq!((text(&vacancy, "state"), vacancy["filled"].as_i64()), ("filled", Some(1)));
        sewing.client.post(&format!("{path}/cancel"), json!({"reason": "other"})).await.refused(409, "wrong_state");
        sewing.client.post(&format!("{path}/no-show"), json!(null)).await.refused(409, "wrong_state");
    }

    async fn case_b4_a_start_before_dawn_counts_on_its_own_day(world: &World) {
        let sewing = partner(world, "mitra").await;
        let job = vacancy(world, &sewing, 1, json!({})).await;
        let siti = graduate(world, "Siti Aminah").await;
        let body = json!({"vacancy_id": job, "graduate_id": siti, "starts_on": "2026-12-31"});
        let made = world.staff.post("/placements", body).await.expect(201);
        // 31 December 23:30Z is 1 January 06:30 WIB.
        world.clock.advance(Duration::days(29) + Duration::hours(21) + Duration::minutes(30));
        let path = format!("/placements/{}", text(&made, "id"));
        let started = sewing.client.post(&format!("{path}/start"), json!({"started_on": "2027-01-01"})).await.expect(200);
        assert_eq!(text(&started, "started_on"), "2027-01-01");
        let told = crate::support::jobs::events(world, text(&made, "id")).await;
        assert_eq!(told.iter().map(|event| event.happened_on.to_string()).collect::<Vec<_>>(), ["2027-01-01"]);
    }

    async fn case_i9_each_side_speaks_for_itself(world: &World) {
        let sewing = partner(world, "mitra").await;
        let job = vacancy(world, &sewing, 2, json!({})).await;
        let siti = graduate(world, "Siti Aminah").await;
        let made = world.staff.post("/placements", json!({"vacancy_id": job, "graduate_id": siti, "starts_on": "2026-12-02"})).await.expect(201);
        let path = format!("/placements/{}", text(&made, "id"));
        let mine = link(world, &siti).await;
        mine.post(&format!("{path}/confirm"), json!(null)).await.refused(409, "wrong_state");
        world.staff.post(&format!("{path}/start"), json!({"started_on": "2026-12-02"})).await.expect(200);
        let seen = world.staff.get(&path).await.expect(200);
        assert_eq!((seen["confirmed_by_employer"].as_bool(), seen["confirmed_by_graduate"].as_bool()), (Some(false), Some(false)));
        sewing.client.post(&format!("{path}/confirm"), json!({"on": "2026-12-05"})).await.field("/on", "date_future");
        sewing.client.post(&format!("{path}/confirm"), json!({"side": "graduate"})).await.field("/side", "field_unknown");
        assert_eq!(sewing.client.post(&format!("{path}/confirm"), json!(null)).await.expect(200)["confirmed_by_employer"], true);
        let denied = mine.post(&format!("{path}/dispute"), json!({"reason": "belum dipanggil"})).await.expect(200);
        assert_eq!((denied["disputed"].as_bool(), denied["confirmed_by_graduate"].as_bool()), (Some(true), Some(false)));
        world.clock.advance(Duration::hours(1));
        let agreed = mine.post(&format!("{path}/confirm"), json!(null)).await.expect(200);
        assert_eq!((agreed["disputed"].as_bool(), agreed["confirmed_by_graduate"].as_bool()), (Some(false), Some(true)));
        let told = json!({"side": "graduate", "told_by": "Siti, lewat telepon"});
        world.staff.post(&format!("{path}/confirm"), told).await.expect(200);
        let events = crate::support::jobs::events(world, text(&made, "id")).await;
        assert!(events.iter().skip(1).all(|event| event.about_id == Some(events[0].id)));
        assert_eq!(events.last().expect("an event").source.code(), "staff");
    }

    async fn case_i16_nobody_verifies_what_they_recorded(world: &World) {
        let sewing = partner(world, "mitra").await;
        let job = vacancy(world, &sewing, 2, json!({})).await;
        let siti = graduate(world, "Siti Aminah").await;
        let made = world.staff.post("/placements", json!({"vacancy_id": job, "graduate_id": siti, "starts_on": "2026-12-02"})).await.expect(201);
        let path = format!("/placements/{}", text(&made, "id"));
        world.staff.post(&format!("{path}/start"), json!({"started_on": "2026-12-02"})).await.expect(200);
        let check = json!({"evidence": "second_officer"});
        world.staff.post(&format!("{path}/verify"), check.clone()).await.refused(403, "same_person");
        sewing.client.post(&format!("{path}/verify"), check.clone()).await.refused(403, "role_not_allowed");
        world.colleague.post(&format!("{path}/verify"), json!({"evidence": "self_report"})).await.field("/evidence", "code_unknown");
        assert_eq!(world.colleague.post(&format!("{path}/verify"), check).await.expect(200)["verified"], true);
    }

    async fn no_show_void_and_reschedule_give_seats_back_or_move_them(world: &World) {
        let sewing = partner(world, "mitra").await;
        let job = vacancy(world, &sewing, 1, json!({})).await;
        let siti = graduate(world, "Siti Aminah").await;
        let hire = json!({"vacancy_id": job, "graduate_id": siti, "starts_on": "2026-12-14"});
        let filled = async || world.staff.get(&format!("/vacancies/{job}")).await.expect(200)["filled"].as_i64();
        let first = text(&world.staff.post("/placements", hire.clone()).await.expect(201), "id").to_owned();
        world.staff.post(&format!("/placements/{first}/reschedule"), json!({"starts_on": "2026-12-01"})).await.field("/starts_on", "date_past");
        sewing.client.post(&format!("/placements/{first}/reschedule"), json!({"starts_on": "2026-12-20"})).await.refused(403, "role_not_allowed");
        assert_eq!(world.staff.post(&format!("/placements/{first}/reschedule"), json!({"starts_on": "2026-12-20"})).await.expect(200)["starts_on"], "2026-12-20");
        assert_eq!(sewing.client.post(&format!("/placements/{first}/no-show"), json!(null)).await.expect(200)["state"], "no_show");
        assert_eq!(filled().await, Some(0));
        let second = text(&world.staff.post("/placements", hire.clone()).await.expect(201), "id").to_owned();
        sewing.client.post(&format!("/placements/{second}/start"), json!({"started_on": "2026-12-02"})).await.expect(200);
        sewing.client.post(&format!("/placements/{second}/end"), json!({"ended_on": "2026-12-01", "reason": "resigned"})).await.field("/ended_on", "date_order");
        sewing.client.post(&format!("/placements/{second}/end"), json!({"ended_on": "2026-12-02", "reason": "resigned"})).await.expect(200);
        assert_eq!(filled().await, Some(1), "an ended placement keeps its seat");
        world.staff.post("/placements", hire.clone()).await.refused(409, "slot_full");
        world.staff.post(&format!("/placements/{second}/void"), json!({"reason": "salah_input"})).await.expect(200);
        assert_eq!(filled().await, Some(0));
        world.staff.post("/placements", hire).await.expect(201);
    }
}
