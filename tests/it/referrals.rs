//! Referrals over HTTP.

use serde_json::json;

use crate::on_both;
use crate::support::client::text;
use crate::support::jobs::{graduate, graduates, items, link, partner, referred, vacancy};
use crate::support::people::register;

on_both! {
    async fn a_referral_goes_from_proposed_to_passed(world: &World) {
        let sewing = partner(world, "mitra").await;
        let job = vacancy(world, &sewing, 1, json!({})).await;
        let siti = graduate(world, "Siti Aminah").await;
        let id = referred(world, &job, &siti).await;
        let path = format!("/referrals/{id}");
        let before = sewing.client.get(&path).await.expect(200);
        assert_eq!((text(&before, "state"), text(&before["graduate"], "display_name")), ("proposed", "S.A."));
        assert!(before["graduate"]["phone"].is_null());
        assert_eq!(before["graduate"]["district"], "35.13.17");
        assert_eq!(before["graduate"]["competencies"][0]["code"], "C.14GMT06.010.1");
        let invitation = json!({"at": "2026-12-04T02:00:00Z", "place": "Pabrik, pos satpam"});
        sewing.client.post(&format!("{path}/invite"), invitation.clone()).await.refused(409, "wrong_state");

        let mine = link(world, &siti).await;
        let yes = mine.post(&format!("{path}/consent"), json!({"adaptation": "juru bahasa isyarat"})).await.expect(200);
        assert_eq!((text(&yes, "state"), text(&yes, "answered_channel")), ("consented", "link"));
        mine.post(&format!("{path}/consent"), json!({})).await.refused(409, "wrong_state");
        let after = sewing.client.get(&path).await.expect(200);
        assert_eq!((text(&after["graduate"], "display_name"), text(&after["graduate"], "phone")), ("Siti Aminah", "+6281234567890"));
        assert_eq!(after["adaptation"], "juru bahasa isyarat");

        mine.post(&format!("{path}/invite"), invitation.clone()).await.refused(403, "role_not_allowed");
        sewing.client.post(&format!("{path}/invite"), json!({"at": "2026-12-01T02:00:00Z", "place": " "})).await.field("/at", "date_past");
        let invited = sewing.client.post(&format!("{path}/invite"), invitation).await.expect(200);
        assert_eq!((text(&invited, "state"), text(&invited, "invited_place")), ("invited", "Pabrik, pos satpam"));
        sewing.client.post(&format!("{path}/attend"), json!(null)).await.expect(200);
        sewing.client.post(&format!("{path}/result"), json!({"passed": false})).await.field("/reason", "reason_needed");
        assert_eq!(sewing.client.post(&format!("{path}/result"), json!({"passed": true})).await.expect(200)["state"], "passed");
        let made = world.staff.post("/offers", json!({"vacancy_id": job, "graduate_id": siti, "expires_on": "2026-12-10"})).await.expect(201);
        assert_eq!(made["referral_id"], json!(id));
    }

    async fn a_no_ends_it_and_the_reason_is_read_only_by_whom_it_was_meant_for(world: &World) {
        let sewing = partner(world, "mitra").await;
        let job = vacancy(world, &sewing, 2, json!({})).await;
        let people = graduates(world, 3).await;
        let (told, untold) = (referred(world, &job, &people[0]).await, referred(world, &job, &people[1]).await);
        for (person, id, shown) in [(&people[0], &told, true), (&people[1], &untold, false)] {
            let mine = link(world, person).await;
            mine.post(&format!("/referrals/{id}/consent"), json!({})).await.expect(200);
            let body = json!({"passed": false, "reason": "competence", "text": "jahitan belum rapi", "shown_to_graduate": shown});
            sewing.client.post(&format!("/referrals/{id}/result"), body).await.expect(200);
            let seen = mine.get(&format!("/referrals/{id}")).await.expect(200);
            assert_eq!(seen["reason_text"].as_str(), shown.then_some("jahitan belum rapi"));
        }
        // A withdrawn yes hides the name again.
        let third = referred(world, &job, &people[2]).await;
        let mine = link(world, &people[2]).await;
        mine.post(&format!("/referrals/{third}/consent"), json!({})).await.expect(200);
        mine.post(&format!("/referrals/{third}/decline"), json!({"reason": "distance"})).await.expect(200);
        let seen = sewing.client.get(&format!("/referrals/{third}")).await.expect(200);
        assert_eq!((text(&seen, "state"), text(&seen["graduate"], "display_name")), ("declined", "P.C."));
        assert!(seen["graduate"]["phone"].is_null());
    }

    async fn case_a18_the_same_referral_twice_is_one_row(world: &World) {
        let sewing = partner(world, "mitra").await;
        let job = vacancy(world, &sewing, 1, json!({})).await;
        let siti = graduate(world, "Siti Aminah").await;
        let body = json!({"vacancy_id": job, "graduate_ids": [siti]});
        let answers = futures_util::future::join_all((0..4).map(|_| world.staff.post("/referrals", body.clone()))).await;
        let answers: Vec<_> = answers.into_iter().map(|reply| reply.expect(201)["items"][0].clone()).collect();
        let created = answers.iter().filter(|item| item["status"] == "created").count();
        assert_eq!(created, 1, "{answers:?}");
        assert!(answers.iter().all(|item| item["referral"]["id"] == answers[0]["referral"]["id"]));
        assert_eq!(items(&world.staff, &format!("/referrals?vacancy_id={job}")).await.len(), 1);
    }

    async fn one_predicate_refuses_each_graduate_by_name(world: &World) {
        let sewing = partner(world, "mitra").await;
        let job = vacancy(world, &sewing, 9, json!({"requirements": [{"unit": "C.14GMT06.010.1", "importance": "required", "weight": 1}]})).await;
        let fit = graduate(world, "Siti Aminah").await;
        let paused = graduate(world, "Dewi Lestari").await;
        let patch = world.staff.get(&format!("/graduates/{paused}")).await.expect(200)["version"].as_i64().expect("a version");
        world.staff.patch(&format!("/graduates/{paused}"), patch, json!({"paused_until": "2026-12-20"})).await.expect(200);
        let untrained = text(&register(&world.staff, json!({"name": "Budi Contoh"})).await, "id").to_owned();
        let stranger = text(&register(&world.elsewhere, json!({"name": "Orang Lain"})).await, "id").to_owned();
        let body = json!({"vacancy_id": job, "graduate_ids": [fit, paused, untrained, stranger]});
        let answer = world.staff.post("/referrals", body).await.expect(201);
        let seen: Vec<_> = answer["items"].as_array().expect("items").iter().map(|item| (text(item, "status"), item["code"].as_str())).collect();
        assert_eq!(seen, [("created", None), ("refused", Some("not_eligible")), ("refused", Some("not_eligible")), ("refused", Some("not_found"))]);
        assert!(text(&answer["items"][1], "message").contains("paused"));
        world.elsewhere.post("/referrals", json!({"vacancy_id": job, "graduate_ids": [stranger]})).await.refused(404, "not_found");
        sewing.client.post("/referrals", json!({"vacancy_id": job, "graduate_ids": [fit]})).await.refused(403, "role_not_allowed");
        world.staff.post("/referrals", json!({"vacancy_id": job, "graduate_ids": []})).await.field("/graduate_ids", "field_missing");
        world.staff.post("/referrals", json!({"vacancy_id": job, "graduate_ids": [fit], "nama": 1})).await.field("/nama", "field_unknown");
    }

    async fn staff_record_what_they_were_told_and_the_record_says_so(world: &World) {
        let sewing = partner(world, "mitra").await;
        let other = partner(world, "mitra2").await;
        let job = vacancy(world, &sewing, 1, json!({})).await;
        let siti = graduate(world, "Siti Aminah").await;
        let id = referred(world, &job, &siti).await;
        other.client.get(&format!("/referrals/{id}")).await.refused(404, "not_found");
        world.elsewhere.post(&format!("/referrals/{id}/consent"), json!({})).await.refused(404, "not_found");
        sewing.client.post(&format!("/referrals/{id}/consent"), json!({})).await.refused(403, "role_not_allowed");
        let told = world.staff.post(&format!("/referrals/{id}/consent"), json!({})).await.expect(200);
        assert_eq!(told["answered_channel"], "staff");
        world.staff.post(&format!("/referrals/{id}/withdraw"), json!({})).await.field("/reason", "reason_needed");
        let gone = world.staff.post(&format!("/referrals/{id}/withdraw"), json!({"reason": "salah_input"})).await.expect(200);
        assert_eq!((text(&gone, "state"), text(&gone, "reason")), ("withdrawn", "salah_input"));
        assert_eq!(text(&sewing.client.get(&format!("/referrals/{id}")).await.expect(200)["graduate"], "display_name"), "S.A.");
    }
}
