//! The graduate's page.

use chrono::Duration;
use reqwest::Method;
use serde_json::json;

use crate::on_both;
use crate::support::client::{Client, Reply, send, text};
use crate::support::jobs::{draft, graduate, items, link, partner, referred, sent, token, vacancy};

async fn form(client: &Client, token: &str, fields: &[(&str, &str)]) -> Reply {
    // Ids and single words need no escaping.
    let body = fields.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&");
    let kind = "application/x-www-form-urlencoded";
    send(client.request(Method::POST, &format!("/o/{token}")).header("Content-Type", kind).body(body)).await
}

fn html(reply: &Reply) -> String {
    String::from_utf8(reply.bytes.clone()).expect("text")
}

on_both! {
    async fn the_page_shows_after_a_check_and_takes_the_answer(world: &World) {
        let sewing = partner(world, "mitra").await;
        let job = vacancy(world, &sewing, 1, json!({"title": "Operator <Jahit>"})).await;
        let siti = graduate(world, "Siti Aminah").await;
        let offer = sent(world, &job, &siti).await;
        let token = token(world, &siti).await;
        let page = format!("/o/{token}");
        let phone = world.anonymous.with_jar();
        let door = phone.get(&page).await;
        assert_eq!(door.status, 200);
        assert!(html(&door).contains("tanggal dan bulan lahir") && !html(&door).contains("Operator"), "{}", html(&door));
        form(&phone, &token, &[("answer", "accept"), ("offer_id", &offer)]).await.expect(403);
        form(&phone, &token, &[("answer", "check"), ("day", "18"), ("month", "8")]).await.expect(403);
        let checked = form(&phone, &token, &[("answer", "check"), ("day", "17"), ("month", "08")]).await;
        assert_eq!((checked.status.as_u16(), checked.headers["location"].to_str().expect("text")), (303, page.as_str()));
        assert!(world.staff.get(&format!("/offers/{offer}")).await.expect(200)["opened_at"].is_string());

        let elsewhere = html(&world.anonymous.with_jar().get(&page).await);
        assert!(elsewhere.contains("tanggal dan bulan lahir") && !elsewhere.contains("Siti"), "a forwarded link asks again");
        let shown = phone.get(&page).await;
        let body = html(&shown);
        for word in ["Halo Siti Aminah", "Operator &#60;Jahit&#62;", "PT mitra Contoh", "Rp3.000.000 sampai Rp3.200.000 per bulan", "40 jam per minggu",
            "14 Desember 2026", "10 Desember 2026 pukul 23.59 WIB", "Terima", "Tolak"] {
            assert!(body.contains(word), "no {word} in {body}");
        }
        assert!(body.len() < 50_000 && !body.contains("<script") && !body.contains("http://") && !body.contains("https://"), "{body}");
        assert_eq!(shown.headers["cache-control"], "no-store");
        assert_eq!(shown.headers["referrer-policy"], "no-referrer");
        assert!(shown.headers["content-security-policy"].to_str().expect("text").starts_with("default-src 'none'"));
        assert!(body.contains("noindex"));

        let accepted = form(&phone, &token, &[("answer", "accept"), ("offer_id", &offer)]).await;
        assert_eq!(accepted.status, 303);
        let body = html(&phone.get(&page).await);
        assert!(body.contains("Anda menerima penawaran ini") && body.contains("sampai pukul 09.15 WIB"), "{body}");
        assert_eq!(world.staff.get(&format!("/offers/{offer}")).await.expect(200)["answered_channel"], "link");
        form(&phone, &token, &[("answer", "accept"), ("offer_id", &offer)]).await.expect(409);
        assert_eq!(form(&phone, &token, &[("answer", "undo"), ("offer_id", &offer)]).await.status, 303);
        assert_eq!(form(&phone, &token, &[("answer", "decline"), ("reason", "distance")]).await.status, 303);
        let declined = world.staff.get(&format!("/offers/{offer}")).await.expect(200);
        assert_eq!((declined["state"].as_str(), declined["reason"].as_str()), (Some("declined"), Some("distance")));
        world.clock.advance(Duration::minutes(16));
        let body = html(&phone.get(&page).await);
        assert!(body.contains("Tidak ada yang menunggu jawaban Anda"), "{body}");
        let english = send(phone.request(Method::GET, &page).header("Accept-Language", "en")).await;
        assert!(html(&english).contains("Nothing waits for your answer"));
    }

    async fn case_t19_robots_change_nothing_and_a_wrong_link_is_just_gone(world: &World) {
        let sewing = partner(world, "mitra").await;
        let job = vacancy(world, &sewing, 1, json!({})).await;
        let siti = graduate(world, "Siti Aminah").await;
        let offer = sent(world, &job, &siti).await;
        let token = token(world, &siti).await;
        let before = world.staff.get(&format!("/offers/{offer}")).await.expect(200);
        for _ in 0..20 {
            assert_eq!(world.anonymous.get(&format!("/o/{token}")).await.status, 200);
            assert_eq!(send(world.anonymous.request(Method::HEAD, &format!("/o/{token}"))).await.status, 200);
        }
        assert_eq!(world.staff.get(&format!("/offers/{offer}")).await.expect(200), before);
        let flipped: String = token.chars().map(|c| if c == 'a' { 'b' } else if c == 'b' { 'a' } else { c }).rev().collect();
        for wrong in [flipped.as_str(), "tidak-ada", &"x".repeat(3_000)] {
            assert_eq!(world.anonymous.get(&format!("/o/{wrong}")).await.status, 404);
            assert_eq!(form(&world.anonymous, wrong, &[("answer", "accept")]).await.status, 404);
        }
        // A staff member's token opens no personal page.
        assert_eq!(form(&world.staff, &token, &[("jawab", "ya")]).await.status, 422);
        crate::support::jobs::token(world, &siti).await;
        assert_eq!(world.anonymous.get(&format!("/o/{token}")).await.status, 404, "the older link has ended");
    }

    async fn guessing_a_birthday_is_throttled(world: &World) {
        let siti = graduate(world, "Siti Aminah").await;
        let token = token(world, &siti).await;
        for day in 1..=5 {
            form(&world.anonymous, &token, &[("answer", "check"), ("day", &day.to_string()), ("month", "8")]).await.expect(403);
        }
        form(&world.anonymous, &token, &[("answer", "check"), ("day", "17"), ("month", "8")]).await.expect(429);
        world.clock.advance(Duration::minutes(61));
        assert_eq!(form(&world.anonymous, &token, &[("answer", "check"), ("day", "17"), ("month", "8")]).await.status, 303);
    }

    async fn case_f9_a_graduate_sees_what_was_sent_and_nobody_elses(world: &World) {
        let sewing = partner(world, "mitra").await;
        let job = vacancy(world, &sewing, 2, json!({})).await;
        let (siti, dewi) = (graduate(world, "Siti Aminah").await, graduate(world, "Dewi Lestari").await);
        draft(world, &job, &siti).await;
        let others = sent(world, &job, &dewi).await;
        let mine = link(world, &siti).await;
        assert!(items(&mine, "/offers").await.is_empty());
        assert!(items(&mine, &format!("/offers?vacancy_id={job}&graduate_id={dewi}")).await.is_empty());
        mine.get(&format!("/offers/{others}")).await.refused(404, "not_found");
        mine.post(&format!("/offers/{others}/accept"), json!(null)).await.refused(404, "not_found");
    }

    async fn case_f7_a_graduates_link_opens_no_list_of_a_vacancy(world: &World) {
        let sewing = partner(world, "mitra").await;
        let job = vacancy(world, &sewing, 2, json!({})).await;
        let (siti, dewi) = (graduate(world, "Siti Aminah").await, graduate(world, "Dewi Lestari").await);
        referred(world, &job, &dewi).await;
        let mine = link(world, &siti).await;
        let refused = mine.get(&format!("/vacancies/{job}")).await;
        assert!(!html(&refused).contains("Dewi"));
        refused.refused(403, "role_not_allowed");
        assert!(items(&mine, &format!("/referrals?vacancy_id={job}")).await.is_empty());
        let body = json!({"vacancy_id": job, "graduate_ids": [siti]});
        mine.post("/referrals", body).await.refused(403, "role_not_allowed");
    }

    async fn permission_and_start_of_work_are_answered_on_the_page_too(world: &World) {
        let sewing = partner(world, "mitra").await;
        let job = vacancy(world, &sewing, 1, json!({})).await;
        let siti = graduate(world, "Siti Aminah").await;
        let referral = referred(world, &job, &siti).await;
        let token = token(world, &siti).await;
        let phone = world.anonymous.with_jar();
        form(&phone, &token, &[("answer", "check"), ("day", "17"), ("month", "8")]).await;
        let page = html(&phone.get(&format!("/o/{token}")).await);
        assert!(page.contains("Bolehkah nama dan nomor telepon Anda diberikan kepada PT mitra Contoh?"), "{page}");
        assert_eq!(form(&phone, &token, &[("answer", "agree"), ("referral_id", &referral)]).await.status, 303);
        let seen = sewing.client.get(&format!("/referrals/{referral}")).await.expect(200);
        assert_eq!((text(&seen, "state"), text(&seen["graduate"], "display_name")), ("consented", "Siti Aminah"));
        let hired = world.staff.post("/placements", json!({"vacancy_id": job, "graduate_id": siti, "starts_on": "2026-12-02"})).await.expect(201);
        let placement = text(&hired, "id");
        sewing.client.post(&format!("/placements/{placement}/start"), json!({"started_on": "2026-12-02"})).await.expect(200);
        let page = html(&phone.get(&format!("/o/{token}")).await);
        assert!(page.contains("Anda mulai bekerja 2 Desember 2026. Benar?"), "{page}");
        assert_eq!(form(&phone, &token, &[("answer", "confirm"), ("placement_id", placement)]).await.status, 303);
        let seen = world.staff.get(&format!("/placements/{placement}")).await.expect(200);
        assert_eq!((seen["confirmed_by_employer"].as_bool(), seen["confirmed_by_graduate"].as_bool()), (Some(true), Some(true)));
    }
}
