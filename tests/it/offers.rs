//! Offers over HTTP.

use chrono::Duration;
use serde_json::json;

use crate::on_both;
use crate::support::client::text;
use crate::support::jobs::{draft, graduate, graduates, items, link, partner, referred, sent, vacancy};

on_both! {
    async fn an_offer_goes_from_draft_to_a_planned_placement(world: &World) {
        let sewing = partner(world, "mitra").await;
        let job = vacancy(world, &sewing, 1, json!({})).await;
        let siti = graduate(world, "Siti Aminah").await;
        let offer = draft(world, &job, &siti).await;
        let mine = link(world, &siti).await;
        mine.get(&format!("/offers/{offer}")).await.refused(404, "not_found");
        mine.post(&format!("/offers/{offer}/accept"), json!(null)).await.refused(404, "not_found");
        let shown = sewing.client.get(&format!("/offers/{offer}")).await.expect(200);
        assert_eq!(shown["graduate"]["display_name"], "S.A.");
        assert!(shown["graduate"]["phone"].is_null());
        let answer = world.staff.post(&format!("/offers/{offer}/send"), json!(null)).await.expect(200);
        assert_eq!(answer["state"], "sent");
        assert!(text(&answer, "link").contains("/o/"));
        let live = mine.get(&format!("/offers/{offer}")).await.expect(200);
        assert_eq!(live["graduate"]["display_name"], "Siti Aminah");
        assert!(live["link"].is_null() && live["whatsapp_url"].is_null());
        let accepted = mine.post(&format!("/offers/{offer}/accept"), json!(null)).await.expect(200);
        assert_eq!(accepted["offer"]["state"], "accepted");
        assert_eq!(accepted["offer"]["answered_channel"], "link");
        mine.post(&format!("/offers/{offer}/accept"), json!(null)).await.refused(409, "wrong_state");
        let placement = sewing.client.get(&format!("/placements/{}", text(&accepted, "placement_id"))).await.expect(200);
        assert_eq!((placement["state"].as_str(), placement["starts_on"].as_str()), (Some("planned"), Some("2026-12-14")));
        assert_eq!(placement["graduate"]["display_name"], "Siti Aminah");
        assert_eq!(placement["graduate"]["phone"], "+6281234567890");
        let full = world.staff.get(&format!("/vacancies/{job}")).await.expect(200);
        assert_eq!((full["state"].as_str(), full["filled"].as_i64()), (Some("filled"), Some(1)));
        world.elsewhere.get(&format!("/offers/{offer}")).await.refused(404, "not_found");
        world.viewer.get("/offers").await.refused(403, "role_not_allowed");
        let other = partner(world, "mitra2").await;
        other.client.get(&format!("/offers/{offer}")).await.refused(404, "not_found");
        assert!(items(&other.client, "/offers").await.is_empty());
    }

    async fn an_acceptance_under_one_key_has_one_answer(world: &World) {
        let sewing = partner(world, "mitra").await;
        let job = vacancy(world, &sewing, 1, json!({})).await;
        let siti = graduate(world, "Siti Aminah").await;
        let offer = sent(world, &job, &siti).await;
        let mine = link(world, &siti).await;
        let path = format!("/offers/{offer}/accept");
        let first = mine.post_keyed(&path, json!(null), "yes-1").await;
        let second = mine.post_keyed(&path, json!(null), "yes-1").await;
        assert_eq!(first.bytes, second.bytes);
        first.expect(200);
        mine.post_keyed(&path, json!(null), "yes-2").await.refused(409, "wrong_state");
    }

    async fn case_a9_live_offers_never_outnumber_free_seats(world: &World) {
        let sewing = partner(world, "mitra").await;
        let people = graduates(world, 3).await;
        for (seats, sendable) in [(1, 1), (3, 3)] {
            let job = vacancy(world, &sewing, 1, json!({"offers_per_seat": seats})).await;
            let mut statuses = Vec::new();
            for person in &people {
                let offer = draft(world, &job, person).await;
                let reply = world.staff.post(&format!("/offers/{offer}/send"), json!(null)).await;
                if reply.status != 200 {
                    reply.clone().refused(409, "no_free_seat");
                }
                statuses.push(reply.status.as_u16());
            }
            assert_eq!(statuses.iter().filter(|status| **status == 200).count(), sendable);
            assert_eq!(world.staff.get(&format!("/vacancies/{job}")).await.expect(200)["offers_per_seat"], seats);
        }
    }

    async fn case_a15_message_and_answer_name_this_offers_own_deadline(world: &World) {
        let sewing = partner(world, "mitra").await;
        let siti = graduate(world, "Siti Aminah").await;
        for (expires_on, words) in [("2026-12-05", "5%20Desember%202026%20pukul%2023.59%20WIB"), ("2026-12-09", "9%20Desember%202026%20pukul%2023.59%20WIB")] {
            let job = vacancy(world, &sewing, 1, json!({})).await;
            let body = json!({"vacancy_id": job, "graduate_id": siti, "expires_on": expires_on});
            let offer = text(&world.staff.post("/offers", body).await.expect(201), "id").to_owned();
            let answer = world.staff.post(&format!("/offers/{offer}/send"), json!(null)).await.expect(200);
            assert_eq!(answer["expires_on"], expires_on);
            assert_eq!(text(&answer, "expires_at"), format!("{expires_on}T16:59:59Z"));
            let url = text(&answer, "whatsapp_url");
            assert!(url.starts_with("https://wa.me/6281234567890?text=Halo%20Siti%20Aminah"), "{url}");
            assert!(url.contains(words), "{url}");
            assert!(url.is_ascii() && !url.contains(' '));
        }
    }

    async fn case_a19_a_vacancy_that_closed_meanwhile_refuses_the_sending(world: &World) {
        let sewing = partner(world, "mitra").await;
        let job = vacancy(world, &sewing, 1, json!({"closes_on": "2026-12-02"})).await;
        let siti = graduate(world, "Siti Aminah").await;
        let offer = draft(world, &job, &siti).await;
        // 16:58Z is 23:58 WIB on the last day; 17:01Z is the day after.
        world.clock.advance(Duration::minutes(14 * 60 + 58));
        let other = graduate(world, "Dewi Lestari").await;
        let late = draft(world, &job, &other).await;
        world.clock.advance(Duration::minutes(3));
        world.staff.post(&format!("/offers/{offer}/send"), json!(null)).await.refused(409, "vacancy_closed");
        world.staff.post(&format!("/offers/{late}/send"), json!(null)).await.refused(409, "vacancy_closed");
        let body = json!({"vacancy_id": job, "graduate_id": siti, "expires_on": "2026-12-10"});
        world.staff.post(&format!("/offers/{late}/withdraw"), json!({"reason": "other"})).await.expect(200);
        world.staff.post("/offers", {
            let mut body = body;
            body["graduate_id"] = json!(other);
            body
        }).await.refused(409, "vacancy_closed");
    }

    async fn case_g6_a_closed_vacancy_is_not_offered(world: &World) {
        let sewing = partner(world, "mitra").await;
        let job = vacancy(world, &sewing, 2, json!({})).await;
        let people = graduates(world, 2).await;
        let live = sent(world, &job, &people[0]).await;
        world.staff.post(&format!("/vacancies/{job}/close"), json!({"reason": "cukup"})).await.expect(200);
        link(world, &people[0]).await.post(&format!("/offers/{live}/accept"), json!(null)).await.refused(409, "vacancy_closed");
        let body = json!({"vacancy_id": job, "graduate_id": people[1], "expires_on": "2026-12-10"});
        world.staff.post("/offers", body).await.refused(409, "vacancy_closed");
    }

    async fn case_b3_a_deadline_on_the_closing_day_is_accepted(world: &World) {
        let sewing = partner(world, "mitra").await;
        let job = vacancy(world, &sewing, 1, json!({"closes_on": "2026-12-05"})).await;
        let siti = graduate(world, "Siti Aminah").await;
        let body = json!({"vacancy_id": job, "graduate_id": siti, "expires_on": "2026-12-05"});
        let offer = text(&world.staff.post("/offers", body).await.expect(201), "id").to_owned();
        world.staff.post(&format!("/offers/{offer}/send"), json!(null)).await.expect(200);
        // 23:59 WIB of that day is still in time.
        world.clock.advance(Duration::minutes(3 * 24 * 60 + 14 * 60 + 59));
        link(world, &siti).await.post(&format!("/offers/{offer}/accept"), json!(null)).await.expect(200);
    }

    async fn a_deadline_ends_at_midnight_and_an_expired_offer_is_no_refusal(world: &World) {
        let sewing = partner(world, "mitra").await;
        let job = vacancy(world, &sewing, 1, json!({})).await;
        let siti = graduate(world, "Siti Aminah").await;
        let past = json!({"vacancy_id": job, "graduate_id": siti, "expires_on": "2026-12-01"});
        world.staff.post("/offers", past).await.field("/expires_on", "date_past");
        let offer = sent(world, &job, &siti).await;
        let mine = link(world, &siti).await;
        world.clock.advance(Duration::days(8) + Duration::hours(15));
        mine.post(&format!("/offers/{offer}/accept"), json!(null)).await.refused(409, "offer_expired");
        mine.post(&format!("/offers/{offer}/decline"), json!({})).await.refused(409, "offer_expired");
    }

    async fn an_offer_needs_a_yes_and_the_employers_approval(world: &World) {
        let sewing = partner(world, "mitra").await;
        let job = vacancy(world, &sewing, 2, json!({"offer_approval": "each"})).await;
        let siti = graduate(world, "Siti Aminah").await;
        let body = json!({"vacancy_id": job, "graduate_id": siti, "expires_on": "2026-12-10"});
        world.staff.post("/offers", body.clone()).await.refused(409, "consent_needed");
        let referral = referred(world, &job, &siti).await;
        world.staff.post("/offers", body.clone()).await.refused(409, "consent_needed");
        link(world, &siti).await.post(&format!("/referrals/{referral}/consent"), json!(null)).await.expect(200);
        let made = world.staff.post("/offers", body.clone()).await.expect(201);
        assert_eq!(made["referral_id"], referral);
        let known = world.staff.post("/offers", body).await.refused(409, "offer_known");
        assert_eq!(known["existing_id"], made["id"]);
        let offer = text(&made, "id");
        world.staff.post(&format!("/offers/{offer}/send"), json!(null)).await.refused(409, "offer_not_approved");
        world.staff.post(&format!("/offers/{offer}/approve"), json!(null)).await.refused(403, "role_not_allowed");
        let other = partner(world, "mitra2").await;
        other.client.post(&format!("/offers/{offer}/approve"), json!(null)).await.refused(404, "not_found");
        let approved = sewing.client.post(&format!("/offers/{offer}/approve"), json!(null)).await.expect(200);
        assert!(approved["approved_at"].is_string() && approved["link"].is_null());
        world.staff.post(&format!("/offers/{offer}/send"), json!(null)).await.expect(200);
        sewing.client.post(&format!("/offers/{offer}/approve"), json!(null)).await.refused(409, "wrong_state");
        let dewi = graduate(world, "Dewi Lestari").await;
        let direct = json!({"vacancy_id": job, "graduate_id": dewi, "expires_on": "2026-12-10", "override_reason": "diminta mitra lewat telepon"});
        world.staff.post("/offers", direct).await.expect(201);
    }

    async fn case_a6_an_acceptance_closes_everything_else_and_tells_each_employer_once(world: &World) {
        let siti = graduate(world, "Siti Aminah").await;
        let mine = link(world, &siti).await;
        let mut partners = Vec::new();
        for login in ["satu", "dua", "tiga", "empat", "lima", "enam", "tujuh"] {
            let partner = partner(world, login).await;
            let job = vacancy(world, &partner, 1, json!({})).await;
            partners.push((partner, job));
        }
        let chosen = sent(world, &partners[0].1, &siti).await;
        let draft_offer = draft(world, &partners[1].1, &siti).await;
        let live = sent(world, &partners[2].1, &siti).await;
        let mut referrals = Vec::new();
        for (steps, (partner, job)) in partners.iter().skip(2).enumerate() {
            let id = referred(world, job, &siti).await;
            if steps >= 1 {
                mine.post(&format!("/referrals/{id}/consent"), json!({})).await.expect(200);
            }
            if steps >= 2 {
                let body = json!({"at": "2026-12-04T02:00:00Z", "place": "Pabrik"});
                partner.client.post(&format!("/referrals/{id}/invite"), body).await.expect(200);
            }
            if steps >= 3 {
                partner.client.post(&format!("/referrals/{id}/attend"), json!(null)).await.expect(200);
            }
            if steps >= 4 {
                partner.client.post(&format!("/referrals/{id}/result"), json!({"passed": true})).await.expect(200);
            }
            referrals.push(id);
        }
        let accepted = mine.post(&format!("/offers/{chosen}/accept"), json!(null)).await.expect(200);
        for id in [&draft_offer, &live] {
            let closed = world.staff.get(&format!("/offers/{id}")).await.expect(200);
            assert_eq!((closed["state"].as_str(), closed["reason"].as_str()), (Some("closed"), Some("placed_elsewhere")));
        }
        for id in &referrals {
            let closed = world.staff.get(&format!("/referrals/{id}")).await.expect(200);
            assert_eq!((closed["state"].as_str(), closed["reason"].as_str()), (Some("withdrawn"), Some("placed_elsewhere")));
        }
        let told = messages(world, text(&accepted, "placement_id"), "placed_elsewhere").await;
        assert_eq!(told.len(), 6, "one message for each of the six others");
        let later = world.clock.now() + Duration::minutes(15);
        assert!(told.iter().all(|row| row.due_at == later && row.recipient_kind == "employer"));
        mine.post(&format!("/offers/{live}/accept"), json!(null)).await.refused(409, "already_placed");

        // Undone within the window, everything is as it was, and nobody hears of it.
        world.clock.advance(Duration::minutes(14));
        let undone = mine.post(&format!("/offers/{chosen}/undo"), json!(null)).await.expect(200);
        assert_eq!(undone["state"], "sent");
        assert!(messages(world, text(&accepted, "placement_id"), "placed_elsewhere").await.is_empty());
        assert_eq!(world.staff.get(&format!("/offers/{draft_offer}")).await.expect(200)["state"], "draft");
        assert_eq!(world.staff.get(&format!("/offers/{live}")).await.expect(200)["state"], "sent");
        let mut states = Vec::new();
        for id in &referrals {
            states.push(text(&world.staff.get(&format!("/referrals/{id}")).await.expect(200), "state").to_owned());
        }
        assert_eq!(states, ["proposed", "consented", "invited", "attended", "passed"]);
        let seat = world.staff.get(&format!("/placements/{}", text(&accepted, "placement_id"))).await.expect(200);
        assert_eq!(seat["state"], "voided");
        let open = world.staff.get(&format!("/vacancies/{}", partners[0].1)).await.expect(200);
        assert_eq!((open["state"].as_str(), open["filled"].as_i64()), (Some("published"), Some(0)));
        mine.post(&format!("/offers/{live}/accept"), json!(null)).await.expect(200);
    }

    async fn an_answer_can_be_undone_for_a_quarter_of_an_hour(world: &World) {
        let sewing = partner(world, "mitra").await;
        let job = vacancy(world, &sewing, 1, json!({})).await;
        let people = graduates(world, 2).await;
        let offer = sent(world, &job, &people[0]).await;
        let mine = link(world, &people[0]).await;
        mine.post(&format!("/offers/{offer}/undo"), json!(null)).await.refused(409, "wrong_state");
        let declined = mine.post(&format!("/offers/{offer}/decline"), json!({"reason": "distance", "text": "jauh"})).await.expect(200);
        assert_eq!((declined["state"].as_str(), declined["reason"].as_str()), (Some("declined"), Some("distance")));
        assert_eq!(mine.post(&format!("/offers/{offer}/undo"), json!(null)).await.expect(200)["state"], "sent");
        mine.post(&format!("/offers/{offer}/decline"), json!({"reason": "upahnya kurang"})).await.expect(200);
        let seen = sewing.client.get(&format!("/offers/{offer}")).await.expect(200);
        assert_eq!((seen["reason"].as_str(), seen["reason_text"].as_str()), (Some("other"), None));
        // Another offer took its place, or the seat went to somebody else meanwhile: the refusal stands.
        let second = draft(world, &job, &people[0]).await;
        assert_eq!(mine.post(&format!("/offers/{offer}/undo"), json!(null)).await.refused(409, "offer_known")["existing_id"], json!(second));
        world.staff.post(&format!("/offers/{second}/withdraw"), json!({"reason": "other"})).await.expect(200);
        sent(world, &job, &people[1]).await;
        mine.post(&format!("/offers/{offer}/undo"), json!(null)).await.refused(409, "no_free_seat");
        world.clock.advance(Duration::minutes(16));
        mine.post(&format!("/offers/{offer}/undo"), json!(null)).await.refused(409, "undo_over");
    }

    async fn many_are_offered_at_once_and_each_has_its_own_outcome(world: &World) {
        let sewing = partner(world, "mitra").await;
        let job = vacancy(world, &sewing, 2, json!({})).await;
        let people = graduates(world, 3).await;
        let stranger = "0197a000-0000-7000-8000-000000000000";
        let body = json!({"vacancy_id": job, "graduate_ids": [people[0], people[1], people[2], people[0], stranger], "expires_on": "2026-12-10", "send": true});
        let answer = world.staff.post("/offers/bulk", body).await.expect(201);
        let seen: Vec<_> = answer["items"].as_array().expect("items").iter().map(|item| (text(item, "status"), item["code"].as_str())).collect();
        assert_eq!(seen, [("sent", None), ("sent", None), ("refused", Some("no_free_seat")), ("refused", Some("offer_known")), ("refused", Some("not_found"))]);
        assert_eq!(answer["items"][2]["offer"]["state"], "draft");
        assert!(text(&answer["items"][0]["offer"], "link").contains("/o/"));
        assert_eq!(items(&world.staff, &format!("/offers?vacancy_id={job}&state=sent")).await.len(), 2);
        world.staff.post("/offers/bulk", json!({"vacancy_id": job, "graduate_ids": [], "expires_on": "2026-12-10", "send": false})).await.field("/graduate_ids", "field_missing");
    }

    async fn an_overdue_offer_expires_once_and_the_next_in_reserve_becomes_a_draft(world: &World) {
        let sewing = partner(world, "mitra").await;
        let job = vacancy(world, &sewing, 1, json!({})).await;
        let people = graduates(world, 3).await;
        let offer = sent(world, &job, &people[0]).await;
        crate::support::jobs::reserve(world, &job, &people).await;
        assert_eq!(world.app.round("satu").await.expect("a round").expect("the lease").expired, 0);
        assert!(world.app.round("dua").await.expect("a round").is_none(), "one process alone does the round");
        world.clock.advance(Duration::days(9));
        let round = world.app.round("dua").await.expect("a round").expect("the lease");
        assert_eq!((round.expired, round.drafted), (1, 1));
        let seen = world.staff.get(&format!("/offers/{offer}")).await.expect(200);
        assert_eq!((text(&seen, "state"), seen["reason"].as_str()), ("expired", None));
        let drafts = items(&world.staff, &format!("/offers?vacancy_id={job}&state=draft")).await;
        assert_eq!(drafts.len(), 1);
        assert_eq!((text(&drafts[0], "graduate_id"), text(&drafts[0], "expires_on")), (people[1].as_str(), "2026-12-19"));
        world.clock.advance(Duration::minutes(1));
        assert_eq!(world.app.round("satu").await.expect("a round").expect("the lease").expired, 0);
        assert_eq!(items(&world.staff, &format!("/offers?vacancy_id={job}")).await.len(), 2);
    }

    async fn case_f4_nobody_decides_on_their_own_offer(world: &World) {
        let sewing = partner(world, "mitra").await;
        let job = vacancy(world, &sewing, 1, json!({})).await;
        let siti = graduate(world, "Siti Aminah").await;
        let offer = sent(world, &job, &siti).await;
        let own = crate::support::jobs::officer_who_is(world, &siti).await;
        own.post(&format!("/offers/{offer}/accept"), json!(null)).await.refused(403, "conflict_of_interest");
        own.post(&format!("/offers/{offer}/withdraw"), json!({"reason": "other"})).await.refused(403, "conflict_of_interest");
        let body = json!({"vacancy_id": job, "graduate_id": siti, "starts_on": "2026-12-14"});
        own.post("/placements", body).await.refused(403, "conflict_of_interest");
    }
}

async fn messages(world: &crate::support::world::World, thing: &str, kind: &str) -> Vec<serap::store::entity::outbox::Model> {
    let store = crate::support::jobs::store(world).await;
    let thing = thing.parse().expect("an id");
    serap::store::audit::waiting_about(store.reader(), thing, &[kind]).await.expect("the outbox reads")
}
