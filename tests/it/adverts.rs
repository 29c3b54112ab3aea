//! Reading a whole advert into the fields of a vacancy, and posting it as one.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::vacancy::{MARON, OVERLOCK, all, partner, posted, sewing_with};

const ADVERT: &str = "Lowongan!! PT Rekaan Garmen butuh 5 operator obras & jahit utk pabrik di Kec. Maron, shift pagi, gaji 3,2jt/bln + lembur, \
    wanita max 35th, jujur rajin, SIM C, mulai 1 Jan 2027, min lulusan SMP, pengalaman 1 th, lamaran ke WA 081200000001 paling lambat 20 Des 2026";

async fn read(client: &crate::support::client::Client, text: &str) -> Value {
    client.post("/vacancies/read", json!({ "text": text })).await.expect(200)
}

on_both! {
    async fn a_message_is_read_into_fields_with_the_words_they_were_read_from(world: &World) {
        let read = read(&world.staff, ADVERT).await;
        let expected = json!({
            "title": {"value": "Operator obras & jahit", "text": "operator obras & jahit"},
            "positions": {"value": 5, "text": "5"},
            "district": {"value": MARON, "text": "Kec. Maron"},
            "wage_min": {"value": 3_200_000, "text": "3,2jt"},
            "wage_max": {"value": 3_200_000, "text": "3,2jt"},
            "wage_unit": {"value": "month", "text": "bln"},
            "shift": {"value": "day", "text": "shift pagi"},
            "starts_on": {"value": "2027-01-01", "text": "mulai 1 Jan 2027"},
            "closes_on": {"value": "2026-12-20", "text": "paling lambat 20 Des 2026"},
            "education": {"value": "SMP", "text": "min lulusan SMP"},
            "experience_months": {"value": 12, "text": "pengalaman 1 th"},
            "licences": {"value": ["SIM C"], "text": "SIM C"},
        });
        for (field, value) in expected.as_object().expect("fields") {
            assert_eq!(&read["fields"][field], value, "{field}");
        }
        assert_eq!(read["fields"]["contract"], Value::Null);
        let codes: Vec<&Value> = read["requirements"].as_array().expect("lines").iter().map(|line| &line["candidates"][0]["code"]).collect();
        assert_eq!(codes, [OVERLOCK, "GAR.CM02.008.01"]);
        let kinds = all(&read["not_skills"], "kind");
        for kind in ["employer", "positions", "place", "shift", "wage", "sex", "age", "character", "licence", "start", "education", "experience", "papers", "closing"] {
            assert!(kinds.contains(&kind), "{kind} in {kinds:?}");
        }
        assert_eq!(all(&read["flags"], "code"), ["wording_sex", "wording_age"]);
    }

    async fn reading_writes_nothing(world: &World) {
        let before = world.staff.get("/vacancies").await.expect(200);
        read(&world.staff, ADVERT).await;
        assert_eq!(world.staff.get("/vacancies").await.expect(200), before);
    }

    async fn several_jobs_are_told_apart(world: &World) {
        let read = read(&world.staff, "Dibutuhkan segera:\n- Penjahit (5 org)\n- Cutting (2 org)\nPenempatan Maron").await;
        let roles: Vec<_> = read["roles"].as_array().expect("roles").iter().map(|role| (&role["title"], &role["positions"], &role["text"])).collect();
        let (five, two, sewing, cutting) = (json!(5), json!(2), json!("Penjahit"), json!("Cutting"));
        assert_eq!(roles, [(&sewing, &five, &sewing), (&cutting, &two, &cutting)]);
        assert_eq!(read["fields"]["positions"]["value"], 7);
    }

    async fn who_teaches_the_work_asks_for_no_unit(world: &World) {
        let read = read(&world.staff, "butuh 5 tukang jahit, bisa dididik").await;
        assert_eq!(read["requirements"], json!([{"text": "tukang jahit", "status": "none", "level": null, "candidates": []}]));
    }

    async fn a_partner_reads_with_the_memory_of_its_office(world: &World) {
        let firm = partner(&world.staff, "PT Rekaan Garmen").await;
        let client = world.employer("mitra", &firm).await;
        world.staff.post("/competencies/confirmations", json!({"text": "cungkil klambi", "code": OVERLOCK})).await.expect(201);
        let graded = read(&client, "butuh 2 orang, jahit obras tingkat lanjut").await;
        assert_eq!((&graded["requirements"][0]["level"], &graded["requirements"][0]["candidates"][0]["code"]), (&json!(4), &json!(OVERLOCK)));
        let told = read(&client, "butuh 2 orang bisa cungkil klambi").await;
        assert_eq!((&told["requirements"][0]["status"], &told["requirements"][0]["candidates"][0]["code"]), (&json!("matched"), &json!(OVERLOCK)));
        let office = json!(world.office.0);
        let elsewhere = json!(world.other_office.0);
        client.post("/vacancies/read", json!({"text": "jahit", "office_id": office})).await.expect(200);
        client.post("/vacancies/read", json!({"text": "jahit", "office_id": elsewhere})).await.refused(409, "not_a_partner");
        world.staff.post("/vacancies/read", json!({"text": "jahit", "office_id": elsewhere})).await.refused(404, "not_found");
        world.admin.post("/vacancies/read", json!({"text": "jahit", "office_id": office})).await.expect(200);
        world.admin.post("/vacancies/read", json!({"text": "jahit"})).await.expect(200);
        world.viewer.post("/vacancies/read", json!({"text": "jahit"})).await.refused(403, "role_not_allowed");
        world.instructor.post("/vacancies/read", json!({"text": "jahit"})).await.refused(403, "role_not_allowed");
    }

    async fn bad_texts_are_answered(world: &World) {
        world.staff.post("/vacancies/read", json!({"text": " "})).await.field("/text", "text_required");
        world.staff.post("/vacancies/read", json!({})).await.field("/text", "field_missing");
        world.staff.post("/vacancies/read", json!({"text": "a".repeat(10_001)})).await.field("/text", "text_too_long");
        for text in ["a".to_owned(), "🧵🪡".to_owned(), "مرحبا بالعالم".to_owned(), "yang dan di ke".to_owned(), "\u{1}\u{7f}\u{202e}".to_owned(), "jahit, ".chars().cycle().take(10_000).collect()] {
            let told = read(&world.staff, &text).await;
            assert_eq!(told["fields"]["positions"], Value::Null, "{text}");
        }
    }

    async fn an_advert_posted_as_a_requirement_gives_lines_and_proposals(world: &World) {
        let firm = partner(&world.staff, "PT Rekaan Garmen").await;
        let made = posted(&world.staff, sewing_with(&firm, json!({"requirements": [{"text": ADVERT}]}))).await;
        let units: Vec<&Value> = made["requirements"].as_array().expect("lines").iter().map(|line| &line["unit"]["code"]).collect();
        assert_eq!(units, [OVERLOCK, "GAR.CM02.008.01"]);
        let proposals = made["proposals"].as_array().expect("proposals");
        let proposed = |kind: &str| proposals.iter().find(|one| one["kind"] == kind).map(|one| one["value"].clone());
        for (kind, value) in [
            ("positions", json!(5)), ("place", json!(MARON)), ("wage", json!(3_200_000)), ("shift", json!("day")), ("start", json!("2027-01-01")),
            ("closing", json!("2026-12-20")), ("education", json!("SMP")), ("experience", json!(12)), ("licence", json!(["SIM C"])), ("age", Value::Null),
        ] {
            assert_eq!(proposed(kind), Some(value), "{kind}");
        }
        assert_eq!(all(&made["flags"], "code"), ["wording_sex", "wording_age"]);
    }
}
