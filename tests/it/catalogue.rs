//! Competency units, what texts mean, schemes, regions and occupations.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::client::{Client, text};
use crate::support::vacancy::{MARON, OVERLOCK, SAFETY, all, partner};

/// The first candidate's code for one text, with how it came out.
async fn meaning(client: &Client, asked: &str) -> (String, Option<String>) {
    let answer = client.post("/competencies/resolve", json!({"texts": [asked]})).await.expect(200);
    let result = &answer["results"][0];
    let code = result["candidates"][0]["code"].as_str().map(str::to_owned);
    (text(result, "status").to_owned(), code)
}

on_both! {
    async fn units_are_found_by_any_form_of_their_code(world: &World) {
        for written in [OVERLOCK, "c-14gmt06-010-1", "C.14GMTO6.O10.1"] {
            assert_eq!(world.viewer.get(&format!("/competencies/{written}")).await.expect(200)["code"], OVERLOCK);
        }
        let safety = world.staff.get("/competencies/LOG.0001.002.01").await.expect(200);
        assert_eq!(safety["code"], "LOG.OO01.002.01");
        assert_eq!(safety["versions"], json!([{"code": "LOG.OO01.002.01", "title": safety["title"]}]));
        world.staff.get("/competencies/C.14GMT06.999.1").await.refused(404, "not_found");
        world.anonymous.get("/competencies").await.refused(401, "sign_in_needed");
    }

    async fn units_are_searched_and_paged_without_repeating(world: &World) {
        let found = world.staff.get("/competencies?q=obras&limit=5").await.expect(200);
        assert!(all(&found["items"], "code").contains(&OVERLOCK));
        let mut seen: Vec<String> = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = world.staff.get(&format!("/competencies?limit=200{cursor}")).await.expect(200);
            seen.extend(all(&page["items"], "code").into_iter().map(str::to_owned));
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        let mut unique = seen.clone();
        unique.sort();
        unique.dedup();
        assert_eq!((unique.len(), seen.len() > 400), (seen.len(), true));
        world.staff.get("/competencies?limit=201").await.field("/limit", "number_out_of_range");
        world.staff.get("/competencies?cursor=abc").await.refused(422, "cursor_unreadable");
    }

    async fn texts_are_resolved_with_how_sure_and_why(world: &World) {
        let asked = json!({"texts": ["jahit obras", "operator overlock", "K3", "GAR.CM01.003.01", "asdf qwer"], "sector": "Garmen/menjahit"});
        let answer = world.staff.post("/competencies/resolve", asked).await.expect(200);
        let results = answer["results"].as_array().expect("results");
        assert_eq!(results[0]["candidates"][0]["code"], OVERLOCK);
        assert_eq!((results[1]["status"].as_str(), results[1]["candidates"][0]["code"].as_str()), (Some("matched"), Some(OVERLOCK)));
        assert_eq!(results[2]["candidates"][0]["code"], SAFETY);
        assert_eq!((&results[3]["candidates"][0]["confidence"], &results[3]["candidates"][0]["why"]), (&json!(100.0), &json!("code")));
        assert_eq!((&results[4]["status"], &results[4]["candidates"]), (&json!("none"), &json!([])));
        for result in results {
            let sure: Vec<f64> = result["candidates"].as_array().expect("candidates").iter().map(|one| one["confidence"].as_f64().expect("a number")).collect();
            assert!(sure.iter().all(|sure| (0.0..=100.0).contains(sure)) && sure.is_sorted_by(|left, right| left >= right), "{result}");
        }
    }

    async fn questions_have_limits(world: &World) {
        let long = "jahit ".repeat(1_667);
        world.staff.post("/competencies/resolve", json!({"texts": [long]})).await.field("/texts/0", "text_too_long");
        let most = "x".repeat(10_000);
        world.staff.post("/competencies/resolve", json!({"texts": [most, ""]})).await.expect(200);
        world.staff.post("/competencies/resolve", json!({"texts": vec!["las"; 101]})).await.field("/texts", "number_out_of_range");
        world.staff.post("/competencies/resolve", json!({"texts": []})).await.field("/texts", "number_out_of_range");
        world.staff.post("/competencies/resolve", json!({"texts": ["las"], "bahasa": "id"})).await.field("/bahasa", "field_unknown");
    }

    async fn case_h1_short_words_are_not_found_inside_longer_ones(world: &World) {
        let units = json!([
            {"code": "X.99ZZZ01.001.1", "title": "Las"}, {"code": "X.99ZZZ01.002.1", "title": "Cat"}, {"code": "X.99ZZZ01.003.1", "title": "AC"},
            {"code": "X.99ZZZ01.004.1", "title": "Jahit"}
        ]);
        world.staff.post("/competencies/units", json!({"units": units})).await.expect(201);
        for (asked, code) in [("kelas malam", "X.99ZZZ01.001.1"), ("catatan", "X.99ZZZ01.002.1"), ("acara", "X.99ZZZ01.003.1")] {
            let answer = world.staff.post("/competencies/resolve", json!({"texts": [asked]})).await.expect(200);
            let candidates = answer["results"][0]["candidates"].as_array().expect("candidates").clone();
            assert!(candidates.iter().all(|one| one["code"] != code), "{asked}: {candidates:?}");
        }
        for asked in ["menjahit", "penjahit", "jahitan"] {
            let answer = world.staff.post("/competencies/resolve", json!({"texts": [asked]})).await.expect(200);
            let candidates = answer["results"][0]["candidates"].as_array().expect("candidates").clone();
            assert!(candidates.iter().any(|one| one["code"] == "X.99ZZZ01.004.1"), "{asked}: {candidates:?}");
        }
    }

    async fn what_staff_confirm_wins_next_time_in_their_office_alone(world: &World) {
        let asked = "tukang neci kampung";
        let before = meaning(&world.staff, asked).await;
        assert_ne!(before, ("matched".to_owned(), Some(SAFETY.to_owned())));
        let body = json!({"text": asked, "code": "gar cm01 003 01"});
        world.staff.post("/competencies/confirmations", body).await.field("/code", "unit_unknown");
        let made = world.staff.post("/competencies/confirmations", json!({"text": asked, "code": SAFETY})).await.expect(201);
        assert_eq!(made["code"], SAFETY);
        let answer = world.colleague.post("/competencies/resolve", json!({"texts": ["Tukang  NECI, kampung!"]})).await.expect(200);
        let best = &answer["results"][0]["candidates"][0];
        assert_eq!((&best["code"], &best["why"], &best["confidence"]), (&json!(SAFETY), &json!("remembered"), &json!(100.0)));
        assert_eq!(meaning(&world.elsewhere, asked).await, before);
        world.staff.post("/competencies/confirmations", json!({"text": asked, "code": OVERLOCK})).await.expect(201);
        assert_eq!(meaning(&world.staff, asked).await, ("matched".to_owned(), Some(OVERLOCK.to_owned())));
        world.admin.post("/competencies/confirmations", json!({"text": asked, "code": SAFETY})).await.expect(201);
        assert_eq!(meaning(&world.staff, asked).await.1.as_deref(), Some(OVERLOCK));
        assert_eq!(meaning(&world.elsewhere, asked).await.1.as_deref(), Some(SAFETY));
        world.head.post("/competencies/confirmations", json!({"text": asked, "code": SAFETY})).await.refused(403, "role_not_allowed");
        world.staff.post("/competencies/confirmations", json!({"text": " ", "code": SAFETY})).await.field("/text", "text_required");
        world.staff.post("/competencies/confirmations", json!({"text": "?!", "code": SAFETY})).await.field("/text", "text_required");
    }

    async fn units_are_added_and_matchable_at_once(world: &World) {
        let body = json!({"units": [
            {"code": "C.99XYZ01.001.1", "title": "Merakit Mainan Kayu", "sector": "Mainan"},
            {"code": "C.99XYZ01.001.1", "title": "Merakit Mainan dari Kayu", "sector": "Mainan"},
            {"title": "Menyulam Kerancang"},
            {"code": OVERLOCK, "title": "Mengoperasikan Mesin Obras/Overlock"}
        ]});
        let added = world.staff.post("/competencies/units", body.clone()).await.expect(201);
        assert_eq!(added, json!({"created": 2, "updated": 0, "unchanged": 1}));
        assert_eq!(world.elsewhere.get("/competencies/C.99XYZ01.001.1").await.expect(200)["title"], "Merakit Mainan dari Kayu");
        assert_eq!(meaning(&world.elsewhere, "merakit mainan dari kayu").await, ("matched".to_owned(), Some("C.99XYZ01.001.1".to_owned())));
        let local = world.staff.get("/competencies/LOKAL.menyulam-kerancang").await.expect(200);
        assert_eq!((&local["official"], &local["title"]), (&json!(false), &json!("Menyulam Kerancang")));
        assert_eq!(world.staff.post("/competencies/units", body).await.expect(201)["unchanged"], 3);
        let newer = json!({"units": [{"code": "C.99XYZ01.001.2", "title": "Merakit Mainan dari Kayu dan Bambu"}]});
        world.staff.post("/competencies/units", newer).await.expect(201);
        let family = world.staff.get("/competencies/C.99XYZ01.001.1").await.expect(200);
        assert_eq!(all(&family["versions"], "code"), ["C.99XYZ01.001.1", "C.99XYZ01.001.2"]);
        let faulty = json!({"units": [{"title": "Baik"}, {"title": " "}, {"title": "?!"}]});
        let refused = world.staff.post("/competencies/units", faulty).await;
        refused.clone().field("/units/1/title", "text_required");
        refused.field("/units/2/title", "text_required");
        world.staff.get("/competencies/LOKAL.baik").await.refused(404, "not_found");
        world.head.post("/competencies/units", json!({"units": [{"title": "x"}]})).await.refused(403, "role_not_allowed");
    }

    async fn thousands_of_units_come_in_one_call(world: &World) {
        let unit = |number: u32| json!({"code": format!("Q.12ABC{:02}.{:03}.1", number / 999, number % 999 + 1), "title": format!("Unit contoh nomor {number} dengan judul yang panjang")});
        let units: Vec<Value> = (0..20_000).map(unit).collect();
        let added = world.admin.post("/competencies/units", json!({"units": units})).await.expect(201);
        assert_eq!(added["created"], 20_000);
        assert_eq!(world.staff.get("/competencies/Q.12ABC20.019.1").await.expect(200)["official"], true);
    }

    async fn links_join_codes_and_keep_both(world: &World) {
        let link = json!({"left": OVERLOCK, "right": "GAR.CM02.008.01", "factor": 80});
        let made = world.staff.post("/competencies/links", link).await.expect(201);
        assert_eq!((&made["factor"], &made["reviewed"]), (&json!(80), &json!(true)));
        let back = json!({"left": "GAR.CM02.008.01", "right": OVERLOCK, "factor": 60});
        assert_eq!(world.staff.post("/competencies/links", back).await.expect(201)["id"], made["id"]);
        let seen = world.staff.get(&format!("/competencies/{OVERLOCK}")).await.expect(200);
        assert_eq!(seen["equivalents"], json!([{"code": "GAR.CM02.008.01", "title": "Menjahit dengan Mesin (Sewing)", "factor": 60.0, "reviewed": true}]));
        world.staff.post("/competencies/links", json!({"left": OVERLOCK, "right": OVERLOCK, "factor": 80})).await.field("/right", "link_to_itself");
        world.staff.post("/competencies/links", json!({"left": OVERLOCK, "right": "A.00AAA00.000.1", "factor": 101})).await.field("/factor", "number_out_of_range");
    }

    async fn regions_are_found_by_code_and_by_the_name_people_write(world: &World) {
        let maron = world.viewer.get("/regions?q=Kec.%20Maron,%20Probolinggo").await.expect(200);
        assert_eq!((&maron["items"][0]["code"], &maron["items"][0]["level"]), (&json!(MARON), &json!("district")));
        assert_eq!(maron["items"][0]["regency"], "Kabupaten Probolinggo");
        assert_eq!(all(&world.staff.get("/regions?q=probol&level=regency").await.expect(200)["items"], "code"), ["35.13", "35.74"]);
        assert_eq!(all(&world.staff.get("/regions?q=35.13.1&level=district&limit=200").await.expect(200)["items"], "code").len(), 10);
        let provinces = world.staff.get("/regions?level=province&limit=200").await.expect(200);
        assert_eq!((all(&provinces["items"], "level").len() >= 34, &provinces["next_cursor"]), (true, &Value::Null));
        let first = world.staff.get("/regions?level=district&limit=100").await.expect(200);
        let second = world.staff.get(&format!("/regions?level=district&limit=100&cursor={}", text(&first, "next_cursor"))).await.expect(200);
        assert!(all(&first["items"], "code").iter().all(|code| !all(&second["items"], "code").contains(code)));
        world.staff.get("/regions?level=desa").await.refused(422, "query_unreadable");
    }

    async fn occupations_and_schemes_are_found(world: &World) {
        assert_eq!(world.staff.get("/occupations?q=7531.01").await.expect(200)["items"], json!([{"kbji": "7531.01", "title": "Pembuat Pakaian"}]));
        let tailors = world.staff.get("/occupations?q=pembuat%20pakaian").await.expect(200);
        assert!(all(&tailors["items"], "kbji").contains(&"7531.01"));
        let batik = world.staff.get("/schemes?q=batik").await.expect(200);
        assert!(all(&batik["items"], "title").contains(&"Pembuatan Batik Tulis"), "{batik}");
        let employer = partner(&world.staff, "PT Contoh").await;
        world.employer("mitra", &employer).await.get("/occupations?q=jahit").await.expect(200);
    }
}
