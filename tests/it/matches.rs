//! Match lists, near misses, frozen lists and the other direction, over HTTP.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::client::{Client, text};
use crate::support::jobs::{self, items, partner};
use crate::support::people::register;
use crate::support::vacancy::{OVERLOCK, SAFETY, at, moved, posted, published, sewing_with};

/// A person of Maron with one certificate of some units. Answers the id.
async fn holder(client: &Client, name: &str, units: &[&str], other: Value) -> String {
    let mut person = json!({"name": name, "district": "35.13.17"});
    for (field, value) in other.as_object().expect("fields") {
        person[field] = value.clone();
    }
    let made = register(client, person).await;
    let units: Vec<Value> = units.iter().map(|unit| json!({"unit": unit})).collect();
    let body = json!({"kind": "bnsp", "issuer": "LSP Garmen", "number": format!("{name}/2026"), "issued_on": "2026-11-01", "valid_until": "2029-11-01", "units": units});
    client.post(&format!("/graduates/{}/certificates", text(&made, "id")), body).await.expect(201);
    text(&made, "id").to_owned()
}

fn ids(page: &Value) -> Vec<&str> {
    page["items"].as_array().expect("items").iter().map(|line| text(&line["graduate"], "id")).collect()
}

/// Every id of a list, page by page.
async fn paged(client: &Client, path: &str, limit: usize) -> Vec<String> {
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = client.get(&format!("{path}?limit={limit}{cursor}")).await.expect(200);
        for (at, line) in page["items"].as_array().expect("items").iter().enumerate() {
            assert_eq!(line["rank"].as_u64().expect("a rank"), u64::try_from(all.len() + 1).expect("small"), "line {at}");
            all.push(text(&line["graduate"], "id").to_owned());
        }
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return all,
        }
    }
}

on_both! {
    async fn case_h5_contributions_add_up_and_say_why(world: &World) {
        let firm = partner(world, "mitra").await;
        holder(&world.staff, "Ani", &[OVERLOCK, SAFETY], json!({"wage_wish": 3_100_000, "wage_wish_unit": "month"})).await;
        holder(&world.staff, "Budi", &[OVERLOCK], json!({})).await;
        let wanted = json!([{"unit": OVERLOCK}, {"unit": SAFETY, "importance": "preferred"}]);
        let vacancy = published(&world.staff, sewing_with(&firm.id, json!({"requirements": wanted}))).await;
        let page = world.staff.get(&at(&vacancy, "/matches")).await.expect(200);
        assert_eq!((page["count"].as_u64(), page["assessable"].as_bool()), (Some(2), Some(true)));
        for line in page["items"].as_array().expect("items") {
            let parts = line["contributions"].as_array().expect("parts");
            let sum: f64 = parts.iter().map(|part| part["points"].as_f64().expect("points")).sum();
            let most: f64 = parts.iter().map(|part| part["max_points"].as_f64().expect("points")).sum();
            let score = line["score"].as_f64().expect("a score");
            assert!((sum - score).abs() < 0.005 && (most - 100.0).abs() < 0.005 && score <= 100.0, "{line}");
            assert!(parts.iter().all(|part| !text(part, "detail").is_empty()));
        }
        assert_eq!(page["items"][0]["graduate"]["display_name"], "Ani");
        assert_eq!(page["items"][1]["missing"][0]["code"], SAFETY);
        let english = crate::support::client::send(world.staff.request(reqwest::Method::GET, &at(&vacancy, "/matches")).header("Accept-Language", "en")).await;
        assert!(english.expect(200)["items"][0]["contributions"][0]["detail"].as_str().expect("a detail").contains("certificate"));
    }

    async fn case_c2_placed_and_expired_are_in_neither_list_nor_count(world: &World) {
        let firm = partner(world, "mitra").await;
        let placed = holder(&world.staff, "Gita", &[OVERLOCK], json!({})).await;
        let expired = register(&world.staff, json!({"name": "Galih", "district": "35.13.17"})).await;
        let body = json!({"kind": "bnsp", "issuer": "LSP", "number": "lama", "issued_on": "2023-12-01", "valid_until": "2026-12-01", "units": [{"unit": OVERLOCK}]});
        world.staff.post(&format!("/graduates/{}/certificates", text(&expired, "id")), body).await.expect(201);
        let fine = holder(&world.staff, "Gilang", &[OVERLOCK], json!({})).await;
        let other = published(&world.staff, sewing_with(&firm.id, json!({"title": "Lain"}))).await;
        world.staff.post("/placements", json!({"vacancy_id": other["id"], "graduate_id": placed, "starts_on": "2026-12-15"})).await.expect(201);
        let vacancy = published(&world.staff, sewing_with(&firm.id, json!({}))).await;
        let page = world.staff.get(&at(&vacancy, "/matches")).await.expect(200);
        assert_eq!((page["count"].as_u64(), ids(&page)), (Some(1), vec![fine.as_str()]));
    }

    async fn case_h3_a_missing_required_unit_is_never_bought(world: &World) {
        let firm = partner(world, "mitra").await;
        let near = holder(&world.staff, "Hana", &[OVERLOCK, "GAR.CM02.008.01", "GAR.CM01.004.01"], json!({})).await;
        let vacancy = published(&world.staff, sewing_with(&firm.id, json!({"requirements": [{"unit": OVERLOCK}, {"unit": SAFETY}]}))).await;
        let page = world.staff.get(&at(&vacancy, "/matches")).await.expect(200);
        assert_eq!((page["count"].as_u64(), ids(&page).len()), (Some(0), 0));
        let misses = world.staff.get(&at(&vacancy, "/near-misses")).await.expect(200);
        assert_eq!(ids(&misses), [near.as_str()]);
        assert_eq!(misses["items"][0]["missing"][0]["code"], SAFETY);
        assert!(misses["items"][0]["score"].as_f64().expect("a score") < 100.0);
    }

    async fn case_h4_without_a_unit_there_is_no_score_and_it_says_so(world: &World) {
        let firm = partner(world, "mitra").await;
        holder(&world.staff, "Hesti", &[OVERLOCK], json!({})).await;
        let asked = json!({"requirements": [{"text": "bisa dididik"}]});
        let vacancy = published(&world.staff, sewing_with(&firm.id, asked)).await;
        let page = world.staff.get(&at(&vacancy, "/matches")).await.expect(200);
        assert_eq!((page["assessable"].as_bool(), page["count"].as_u64()), (Some(false), Some(1)));
        assert!(text(&page, "note").starts_with("belum dapat dinilai"));
        assert_eq!((page["items"][0]["score"].clone(), page["items"][0]["contributions"].clone()), (Value::Null, json!([])));
    }

    async fn case_h4_who_will_be_taught_is_not_asked_for_a_unit(world: &World) {
        let firm = partner(world, "mitra").await;
        holder(&world.staff, "Hesti", &["GAR.CM02.008.01"], json!({})).await;
        register(&world.staff, json!({"name": "Belajar", "district": "35.13.17"})).await;
        let asked = json!({"requirements": [{"text": "Butuh 5 tukang jahit, bisa dididik"}]});
        let vacancy = published(&world.staff, sewing_with(&firm.id, asked)).await;
        let page = world.staff.get(&at(&vacancy, "/matches")).await.expect(200);
        assert_eq!((page["assessable"].as_bool(), page["items"][0]["score"].clone()), (Some(false), Value::Null), "{vacancy}");
        let waived = json!({"requirements": [{"text": "tidak harus bisa jahit"}, {"unit": SAFETY}]});
        let vacancy = posted(&world.staff, sewing_with(&firm.id, waived)).await;
        assert_eq!(vacancy["requirements"].as_array().expect("lines").len(), 1, "{vacancy}");
    }

    async fn case_h6_claimed_stands_apart_and_never_counts(world: &World) {
        let firm = partner(world, "mitra").await;
        let id = holder(&world.staff, "Heru", &[OVERLOCK, "GAR.CM02.008.01"], json!({"claimed": ["GAR.CM01.004.01"]})).await;
        let wanted = json!([{"unit": OVERLOCK}, {"unit": "GAR.CM02.008.01"}, {"unit": "GAR.CM01.004.01", "importance": "preferred"}, {"unit": SAFETY, "importance": "preferred"}]);
        let vacancy = published(&world.staff, sewing_with(&firm.id, json!({"requirements": wanted}))).await;
        let page = world.staff.get(&at(&vacancy, "/matches")).await.expect(200);
        assert_eq!(ids(&page), [id.as_str()]);
        let line = &page["items"][0];
        let counts = ["met", "claimed", "missing"].map(|list| line[list].as_array().expect("units").len());
        assert_eq!(counts, [2, 1, 1], "{line}");
    }

    async fn case_h7_and_h15_count_equals_list_and_pages_never_repeat(world: &World) {
        let firm = partner(world, "mitra").await;
        for number in 0..23 {
            holder(&world.staff, &format!("Orang {}", char::from(b'A' + number)), &[OVERLOCK], json!({})).await;
        }
        let vacancy = published(&world.staff, sewing_with(&firm.id, json!({}))).await;
        let path = at(&vacancy, "/matches");
        let whole = world.staff.get(&format!("{path}?limit=200")).await.expect(200);
        assert_eq!(whole["count"].as_u64(), Some(23));
        let all: Vec<String> = ids(&whole).into_iter().map(str::to_owned).collect();
        for limit in [1, 5, 22, 23] {
            assert_eq!(paged(&world.staff, &path, limit).await, all, "limit {limit}");
        }
        let first = world.staff.get(&format!("{path}?limit=10")).await.expect(200);
        holder(&world.staff, "Penyela", &[OVERLOCK], json!({})).await;
        let rest = world.staff.get(&format!("{path}?limit=200&cursor={}", text(&first, "next_cursor"))).await.expect(200);
        let mut seen: Vec<&str> = ids(&first);
        seen.extend(ids(&rest));
        assert!(all.iter().all(|id| seen.iter().filter(|other| *other == id).count() == 1));
        world.staff.get(&format!("{path}?cursor=palsu")).await.refused(422, "cursor_unreadable");
    }

    async fn case_h8_three_of_four_come_first_with_the_missing_one_named(world: &World) {
        let firm = partner(world, "mitra").await;
        let four = [OVERLOCK, SAFETY, "GAR.CM02.008.01", "GAR.CM01.004.01"];
        let two = holder(&world.staff, "Dua", &four[..2], json!({})).await;
        let three = holder(&world.staff, "Tiga", &four[..3], json!({})).await;
        let wanted: Vec<Value> = four.iter().map(|unit| json!({"unit": unit})).collect();
        let vacancy = published(&world.staff, sewing_with(&firm.id, json!({"requirements": wanted}))).await;
        let misses = world.staff.get(&at(&vacancy, "/near-misses")).await.expect(200);
        assert_eq!(ids(&misses), [three.as_str(), two.as_str()]);
        assert_eq!(misses["items"][0]["missing"], json!([{"code": "GAR.CM01.004.01", "title": "Memelihara Alat Jahit", "next_class": null}]));
    }

    async fn a_new_certificate_is_matchable_in_the_next_query(world: &World) {
        let firm = partner(world, "mitra").await;
        let vacancy = published(&world.staff, sewing_with(&firm.id, json!({}))).await;
        let path = at(&vacancy, "/matches");
        assert_eq!(world.staff.get(&path).await.expect(200)["count"], 0);
        let id = holder(&world.staff, "Baru", &[OVERLOCK], json!({})).await;
        assert_eq!(ids(&world.staff.get(&path).await.expect(200)), [id.as_str()]);
        let held = items(&world.staff, &format!("/graduates/{id}/certificates")).await;
        world.staff.post(&format!("/certificates/{}/revoke", text(&held[0], "id")), json!({"reason": "salah cetak"})).await.expect(200);
        assert_eq!(world.staff.get(&path).await.expect(200)["count"], 0);
    }

    async fn case_g6_and_b2_a_closed_vacancy_has_no_list(world: &World) {
        let firm = partner(world, "mitra").await;
        let vacancy = published(&world.staff, sewing_with(&firm.id, json!({"closes_on": "2026-12-02"}))).await;
        world.staff.get(&at(&vacancy, "/matches")).await.expect(200);
        // 23:59:59 WIB is 16:59:59 UTC; the story begins at 02:00 UTC.
        world.clock.advance(chrono::Duration::minutes(14 * 60 + 59));
        world.staff.get(&at(&vacancy, "/matches")).await.expect(200);
        world.clock.advance(chrono::Duration::minutes(1));
        world.staff.get(&at(&vacancy, "/matches")).await.refused(409, "vacancy_closed");
        let other = published(&world.staff, sewing_with(&firm.id, json!({}))).await;
        moved(&world.staff, &other, "close").await;
        world.staff.get(&at(&other, "/matches")).await.refused(409, "vacancy_closed");
    }

    async fn who_sees_which_names(world: &World) {
        let firm = partner(world, "mitra").await;
        let rival = partner(world, "saingan").await;
        let wish = json!({"wage_wish": 2_750_000, "wage_wish_unit": "month"});
        let id = holder(&world.staff, "Siti Aminah", &[OVERLOCK], wish).await;
        let vacancy = published(&world.staff, sewing_with(&firm.id, json!({}))).await;
        let path = at(&vacancy, "/matches");
        let seen = firm.client.get(&path).await.expect(200);
        assert_eq!(seen["items"][0]["graduate"]["display_name"], "S.A.");
        let told: Vec<&str> = seen["items"][0]["contributions"].as_array().expect("parts").iter().map(|part| text(part, "detail")).collect();
        assert!(!told.iter().any(|detail| detail.contains("Rp2.750.000") || detail.contains("diharapkan")), "{told:?}");
        let whole = world.staff.get(&path).await.expect(200);
        assert!(whole["items"][0]["contributions"].to_string().contains("Rp2.750.000"));
        assert_eq!(world.head.get(&path).await.expect(200)["items"][0]["graduate"]["display_name"], "Siti Aminah");
        for other in [&rival.client, &world.elsewhere] {
            other.get(&path).await.refused(404, "not_found");
        }
        let own = jobs::link(world, &id).await;
        own.get(&path).await.refused(403, "role_not_allowed");
        assert_eq!(items(&own, &format!("/graduates/{id}/matches")).await[0]["vacancy_id"], vacancy["id"]);
        world.anonymous.get(&path).await.refused(401, "sign_in_needed");
    }

    async fn a_frozen_list_keeps_order_reasons_and_inputs(world: &World) {
        let firm = partner(world, "mitra").await;
        let first = holder(&world.staff, "Satu", &[OVERLOCK, SAFETY], json!({})).await;
        let second = holder(&world.staff, "Dua", &[OVERLOCK], json!({})).await;
        let wanted = json!([{"unit": OVERLOCK}, {"unit": SAFETY, "importance": "preferred"}]);
        let vacancy = published(&world.staff, sewing_with(&firm.id, json!({"requirements": wanted}))).await;
        let frozen = world.staff.post(&at(&vacancy, "/match-lists"), Value::Null).await.expect(201);
        let list = format!("/match-lists/{}", text(&frozen, "id"));
        let entry = |id: &str| format!("{list}/entries/{id}");
        world.staff.patch(&entry(&first), 1, json!({"decision": "reject"})).await.field("/reason", "reason_needed");
        world.staff.patch(&entry(&first), 1, json!({"decision": "reject", "reason": "distance"})).await.expect(200);
        world.staff.patch(&entry(&first), 1, json!({"decision": "shortlist"})).await.refused(412, "version_stale");
        let moved = json!({"decisions": [
            {"graduate_id": second, "decision": "shortlist", "place": 1, "reason": "rumahnya dekat"},
            {"graduate_id": uuid::Uuid::nil(), "decision": "shortlist"},
        ]});
        let results = world.staff.post(&format!("{list}/decisions"), moved).await.expect(200);
        assert_eq!(results["items"].as_array().expect("rows").iter().map(|row| row["status"].as_str().expect("a status")).collect::<Vec<_>>(), ["decided", "refused"]);
        holder(&world.staff, "Belakangan", &[OVERLOCK, SAFETY], json!({})).await;
        let kept = world.staff.get(&list).await.expect(200);
        let entries = kept["entries"].as_array().expect("entries");
        assert_eq!(entries.len(), 2);
        assert!(entries.iter().all(|entry| entry["recomputes"] == true), "{kept}");
        let moved = entries.iter().find(|entry| entry["graduate_id"] == second.as_str()).expect("an entry");
        assert_eq!((moved["place"].as_i64(), moved["rank"].as_i64(), moved["reason_text"].as_str()), (Some(1), Some(2), Some("rumahnya dekat")));
        world.elsewhere.get(&list).await.refused(404, "not_found");
        firm.client.get(&list).await.refused(403, "role_not_allowed");
    }

    async fn doctor_finds_nothing_after_all_of_this(world: &World) {
        let firm = partner(world, "mitra").await;
        let id = jobs::graduate(world, "Sehat").await;
        let vacancy = jobs::vacancy(world, &firm, 2, json!({})).await;
        let offer = jobs::sent(world, &vacancy, &id).await;
        world.staff.post(&format!("/offers/{offer}/accept"), Value::Null).await.expect(200);
        let other = jobs::vacancy(world, &firm, 1, json!({})).await;
        let hired = json!({"vacancy_id": other, "graduate_id": id, "starts_on": "2026-12-15", "override_reason": "dua paruh hari, disetujui"});
        world.staff.post("/placements", hired).await.expect(201);
        assert_eq!(world.app.examine().await.expect("an examination"), []);
        posted(&world.staff, sewing_with(&firm.id, json!({}))).await;
    }
}
