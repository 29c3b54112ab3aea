//! Vacancies: what they are made of, what their texts mean, who may write and read them.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::client::{send, text};
use crate::support::people::{certify, register};
use crate::support::vacancy::{MARON, OVERLOCK, SAFETY, all, at, moved, now, partner, posted, published, sewing, sewing_with};

/// The codes of a vacancy's flags.
fn flags(vacancy: &Value) -> Vec<&str> {
    all(&vacancy["flags"], "code")
}

on_both! {
    async fn case_b1_the_closing_day_is_said_in_the_offices_zone(world: &World) {
        let firm = partner(&world.staff, "PT Zona").await;
        let vacancy = published(&world.staff, sewing_with(&firm, json!({"closes_on": "2026-12-12"}))).await;
        assert_eq!(now(&world.staff, &vacancy).await["closes_on_text"], "12 Desember 2026 (WIB)");
    }

    async fn a_vacancy_holds_what_was_said(world: &World) {
        let employer = partner(&world.staff, "PT Garmen Contoh").await;
        let body = sewing_with(&employer, json!({
            "description": "Menjahit kemeja", "wage_unit": "month", "contract": "pkwt", "hours_per_week": 20, "shift": "day", "max_distance_km": 25,
            "education": "SMP", "experience_months": 6, "licences": ["SIM C"], "kbji": "7531.01", "open_to": "office", "offer_approval": "standing",
            "offers_per_seat": 3, "external_ref": "LOW-1",
            "requirements": [{"unit": "c14gmt06.010.1", "importance": "required", "weight": 60, "min_evidence": "bnsp", "min_level": 2}]
        }));
        let made = posted(&world.staff, body.clone()).await;
        for (field, said) in body.as_object().expect("an object").iter().filter(|(field, _)| *field != "requirements") {
            assert_eq!(&made[field], said, "{field}");
        }
        let line = &made["requirements"][0];
        assert_eq!(line["unit"], json!({"code": OVERLOCK, "title": "Mengoperasikan Mesin Obras/Overlock"}));
        assert_eq!((&line["status"], &line["counts"], &line["weight"], &line["min_evidence"]), (&json!("confirmed"), &json!(true), &json!(60), &json!("bnsp")));
        assert_eq!((&made["state"], &made["filled"], &made["version"], &made["employer_name"]), (&json!("draft"), &json!(0), &json!(1), &json!("PT Garmen Contoh")));
        assert_eq!((&made["is_open"], &made["office_name"]), (&json!(false), &json!("Disnaker Kabupaten Contoh")));
        assert_eq!(now(&world.colleague, &made).await, made);
        let plain = posted(&world.staff, sewing(&employer)).await;
        let defaults = json!([plain["wage_unit"], plain["hours_per_week"], plain["offer_approval"], plain["offers_per_seat"], plain["open_to"]]);
        assert_eq!(defaults, json!(["month", 40, "each", 1, "office"]));
        assert_eq!((&plain["requirements"][0]["importance"], &plain["requirements"][0]["weight"]), (&json!("required"), &json!(10)));
    }

    async fn every_fault_of_a_vacancy_is_told_at_once(world: &World) {
        let employer = partner(&world.staff, "PT Garmen Contoh").await;
        let wrong = sewing_with(&employer, json!({
            "title": "", "positions": -1, "district": "35.13.99", "closes_on": "2026-12-01", "wage_min": 4_000_000, "hours_per_week": 41,
            "offers_per_seat": 51, "kbji": "0000.99", "declared": {"max_age": 25}, "other_districts": ["35"]
        }));
        let refused = world.staff.post("/vacancies", wrong).await;
        for (pointer, code) in [
            ("/title", "text_required"),
            ("/positions", "number_out_of_range"),
            ("/district", "district_unknown"),
            ("/closes_on", "date_past"),
            ("/wage_max", "wage_order"),
            ("/hours_per_week", "number_out_of_range"),
            ("/offers_per_seat", "number_out_of_range"),
            ("/kbji", "occupation_unknown"),
            ("/declared/reason", "declaration_reason_needed"),
            ("/other_districts/0", "district_unknown"),
        ] {
            refused.clone().field(pointer, code);
        }
        let lines = json!({"requirements": [{"text": "jahit", "unit": OVERLOCK}, {}, {"unit": "C.14GMT06.999.1"}, {"text": "jahit", "weight": 101, "min_level": 6}]});
        let refused = world.staff.post("/vacancies", sewing_with(&employer, lines)).await;
        for (pointer, code) in [
            ("/requirements/0", "requirement_ambiguous"),
            ("/requirements/1", "requirement_ambiguous"),
            ("/requirements/2/unit", "unit_unknown"),
            ("/requirements/3/weight", "number_out_of_range"),
            ("/requirements/3/min_level", "number_out_of_range"),
        ] {
            refused.clone().field(pointer, code);
        }
        for field in ["title", "positions", "district", "starts_on", "closes_on", "wage_min", "wage_max", "requirements"] {
            let mut body = sewing(&employer);
            body.as_object_mut().expect("an object").remove(field);
            world.staff.post("/vacancies", body).await.field(&format!("/{field}"), "field_missing");
        }
        world.staff.post("/vacancies", sewing_with(&employer, json!({"gaji": 1}))).await.field("/gaji", "field_unknown");
        world.staff.post("/vacancies", sewing_with(&employer, json!({"filled": 1}))).await.field("/filled", "field_unknown");
    }

    async fn work_abroad_is_refused(world: &World) {
        let employer = partner(&world.staff, "PT Garmen Contoh").await;
        for place in ["Kuala Lumpur", "MY-10", "99.01.01"] {
            world.staff.post("/vacancies", sewing_with(&employer, json!({"district": place}))).await.field("/district", "abroad_refused");
        }
        world.staff.post("/vacancies", sewing_with(&employer, json!({"district": "Maron"}))).await.field("/district", "district_unknown");
        posted(&world.staff, sewing_with(&employer, json!({"district": "35.13"}))).await;
    }

    async fn a_sentence_becomes_a_line_for_each_skill_and_proposals_for_the_rest(world: &World) {
        let employer = partner(&world.staff, "PT Garmen Contoh").await;
        let sentence = "butuh 5 operator obras dan jahit, paham K3, penempatan Maron, gaji 3,2 juta, rajin";
        let made = posted(&world.staff, sewing_with(&employer, json!({"requirements": [{"text": sentence, "weight": 7}]}))).await;
        let lines = made["requirements"].as_array().expect("lines");
        let units: Vec<&str> = lines.iter().map(|line| text(&line["unit"], "code")).collect();
        assert_eq!(units, [OVERLOCK, "GAR.CM02.008.01", SAFETY]);
        assert!(lines.iter().all(|line| line["weight"] == 7 && line["importance"] == "required"));
        let proposals = made["proposals"].as_array().expect("proposals");
        let proposed = |kind: &str| proposals.iter().find(|one| one["kind"] == kind).map(|one| one["value"].clone());
        assert_eq!(proposed("positions"), Some(json!(5)));
        assert_eq!(proposed("place"), Some(json!(MARON)));
        assert_eq!(proposed("wage"), Some(json!(3_200_000)));
        assert_eq!(proposed("character"), Some(Value::Null));
        assert_eq!(now(&world.staff, &made).await["proposals"], json!([]));
        let untrained = posted(&world.staff, sewing_with(&employer, json!({"requirements": [{"text": "bisa dididik, usia maks. 25 tahun"}]}))).await;
        assert_eq!((&untrained["requirements"], flags(&untrained)), (&json!([]), vec!["wording_age"]));
    }

    async fn an_unclear_line_counts_once_somebody_settles_it(world: &World) {
        let employer = partner(&world.staff, "PT Garmen Contoh").await;
        let body = sewing_with(&employer, json!({"requirements": [{"text": "jago cungkil klambi"}]}));
        let made = posted(&world.staff, body.clone()).await;
        let line = &made["requirements"][0];
        assert_eq!((&line["text"], &line["unit"], &line["counts"]), (&json!("jago cungkil klambi"), &Value::Null, &json!(false)));
        assert_ne!(line["status"], "matched");
        moved(&world.staff, &made, "publish").await;
        let path = at(&made, &format!("/requirements/{}/confirm", text(line, "id")));
        world.staff.post(&path, json!({"unit": "C.14GMT06.999.1"})).await.field("/unit", "unit_unknown");
        world.elsewhere.post(&path, json!({"unit": OVERLOCK})).await.refused(404, "not_found");
        world.staff.post(&at(&made, &format!("/requirements/{employer}/confirm")), json!({"unit": OVERLOCK})).await.refused(404, "not_found");
        let settled = world.staff.post(&path, json!({"unit": OVERLOCK})).await.expect(200);
        let line = &settled["requirements"][0];
        assert_eq!((&line["status"], text(&line["unit"], "code"), &line["counts"]), (&json!("confirmed"), OVERLOCK, &json!(true)));
        let next = posted(&world.colleague, body.clone()).await;
        assert_eq!(next["requirements"][0]["why"], "remembered");
        assert_eq!(text(&next["requirements"][0]["unit"], "code"), OVERLOCK);
        let far = partner(&world.elsewhere, "PT Jauh Contoh").await;
        let there = posted(&world.elsewhere, sewing_with(&far, json!({"requirements": body["requirements"]}))).await;
        assert_eq!(there["requirements"][0]["unit"], Value::Null);
    }

    async fn a_partners_word_binds_its_own_vacancy_alone(world: &World) {
        let employer = partner(&world.staff, "PT Garmen Contoh").await;
        let client = world.employer("mitra", &employer).await;
        let body = sewing_with(&employer, json!({"requirements": [{"text": "jago cungkil klambi"}]}));
        let made = posted(&client, body.clone()).await;
        let path = at(&made, &format!("/requirements/{}/confirm", text(&made["requirements"][0], "id")));
        let settled = client.post(&path, json!({"unit": SAFETY})).await.expect(200);
        assert_eq!(settled["requirements"][0]["status"], "confirmed");
        assert_eq!(posted(&client, body).await["requirements"][0]["unit"], Value::Null);
        let edited = client.patch(&at(&made, ""), 2, json!({"requirements": [{"text": "Jago CUNGKIL klambi!", "weight": 3}, {"text": "obras"}]})).await.expect(200);
        let lines = edited["requirements"].as_array().expect("lines");
        assert_eq!((&lines[0]["status"], text(&lines[0]["unit"], "code"), &lines[0]["weight"]), (&json!("confirmed"), SAFETY, &json!(3)));
        assert_eq!(lines[1]["status"], "matched");
    }

    async fn a_wage_below_the_minimum_is_flagged_and_not_refused(world: &World) {
        let employer = partner(&world.staff, "PT Garmen Contoh").await;
        let with = async |fields: Value| posted(&world.staff, sewing_with(&employer, fields)).await;
        assert_eq!(flags(&with(json!({})).await), Vec::<&str>::new());
        let low = with(json!({"wage_min": 3_000_000})).await;
        assert_eq!((flags(&low), &low["flags"][0]["field"]), (vec!["wage_below_umk"], &json!("/wage_min")));
        assert!(text(&low["flags"][0], "message").contains("Rp3.164.526"), "{}", low["flags"]);
        let english = send(world.staff.request(reqwest::Method::GET, &at(&low, "")).header("Accept-Language", "en")).await.expect(200);
        assert!(text(&english["flags"][0], "message").starts_with("The wage comes to Rp3.000.000 a month"), "{}", english["flags"]);
        assert_eq!(flags(&with(json!({"wage_unit": "day", "wage_min": 126_000, "wage_max": 130_000})).await), ["wage_below_umk"]);
        assert_eq!(flags(&with(json!({"wage_unit": "day", "wage_min": 127_000, "wage_max": 130_000})).await), Vec::<&str>::new());
        assert_eq!(flags(&with(json!({"wage_unit": "hour", "wage_min": 18_000, "wage_max": 20_000})).await), ["wage_below_umk"]);
        assert_eq!(flags(&with(json!({"wage_unit": "piece", "wage_min": 900, "wage_max": 1_500})).await), ["wage_not_comparable"]);
        assert_eq!(flags(&with(json!({"starts_on": "2027-01-04"})).await), ["umk_not_filled_in"]);
        assert_eq!(flags(&with(json!({"district": "52.04.24"})).await), ["umk_not_filled_in"]);
        assert_eq!(flags(&with(json!({"hours_per_week": 20, "wage_min": 2_200_000})).await), Vec::<&str>::new());
        assert_eq!(flags(&with(json!({"hours_per_week": 20, "wage_min": 2_100_000})).await), ["wage_below_umk"]);
    }

    async fn wording_that_shuts_people_out_is_flagged_where_it_stands(world: &World) {
        let employer = partner(&world.staff, "PT Garmen Contoh").await;
        let fields = json!({
            "title": "Operator jahit wanita", "description": "Berpenampilan menarik, belum menikah. Membuat busana wanita.",
            "requirements": [{"text": "obras"}, {"text": "jahit, usia 18-25 tahun"}]
        });
        let made = posted(&world.staff, sewing_with(&employer, fields)).await;
        let found: Vec<(&str, &str)> = made["flags"].as_array().expect("flags").iter().map(|flag| (text(flag, "code"), text(flag, "field"))).collect();
        assert_eq!(found, [
            ("wording_sex", "/title"),
            ("wording_looks", "/description"),
            ("wording_marital_status", "/description"),
            ("wording_age", "/requirements/1/text"),
        ]);
        let edited = world.staff.patch(&at(&made, ""), 1, json!({"title": "Operator jahit", "description": null})).await.expect(200);
        assert_eq!(flags(&edited), ["wording_age"]);
        let settled = world.staff.patch(&at(&made, ""), 2, json!({"requirements": [{"text": "obras"}]})).await.expect(200);
        assert_eq!(flags(&settled), Vec::<&str>::new());
    }

    async fn a_declared_restriction_needs_a_reason_and_staffs_yes(world: &World) {
        let employer = partner(&world.staff, "PT Garmen Contoh").await;
        let client = world.employer("mitra", &employer).await;
        let declared = json!({"min_age": 21, "max_age": 40, "sex": "female", "reason": "Asrama khusus perempuan"});
        let made = posted(&client, sewing_with(&employer, json!({"declared": declared}))).await;
        assert_eq!((&made["declared"], &made["declared_approved"]), (&declared, &json!(false)));
        client.post(&at(&made, "/approve-declaration"), Value::Null).await.refused(403, "role_not_allowed");
        world.elsewhere.post(&at(&made, "/approve-declaration"), Value::Null).await.refused(404, "not_found");
        assert_eq!(moved(&world.staff, &made, "approve-declaration").await["declared_approved"], true);
        let same = client.patch(&at(&made, ""), 2, json!({"title": "Penjahit"})).await.expect(200);
        assert_eq!(same["declared_approved"], true);
        let other = json!({"max_age": 30, "reason": "Asrama"});
        assert_eq!(client.patch(&at(&made, ""), 3, json!({"declared": other})).await.expect(200)["declared_approved"], false);
        client.patch(&at(&made, ""), 4, json!({"declared": {"min_age": 40, "max_age": 30, "reason": "x"}})).await.field("/declared/max_age", "number_out_of_range");
        client.patch(&at(&made, ""), 4, json!({"declared": null})).await.expect(200);
        world.staff.post(&at(&made, "/approve-declaration"), Value::Null).await.refused(409, "nothing_to_approve");
    }

    async fn openness_beyond_the_office_waits_for_staff(world: &World) {
        let employer = partner(&world.staff, "PT Garmen Contoh").await;
        let made = posted(&world.staff, sewing_with(&employer, json!({"open_to": "akl"}))).await;
        assert_eq!((&made["open_to"], &made["open_to_approved"]), (&json!("akl"), &json!(false)));
        assert_eq!(moved(&world.colleague, &made, "approve-openness").await["open_to_approved"], true);
        let wider = world.staff.patch(&at(&made, ""), 2, json!({"open_to": "akad"})).await.expect(200);
        assert_eq!(wider["open_to_approved"], false);
        let own = posted(&world.staff, sewing(&employer)).await;
        world.staff.post(&at(&own, "/approve-openness"), Value::Null).await.refused(409, "nothing_to_approve");
    }

    async fn case_a12_a_vacancy_names_its_partner_by_id(world: &World) {
        partner(&world.staff, "PT Maju Jaya Garmen").await;
        partner(&world.elsewhere, "PT Maju Jaya Garmindo").await;
        let nobody = "01900000-0000-7000-8000-000000000000";
        let mut body = sewing_with(nobody, json!({"employer_name": "PT Maju Jya Garmen"}));
        let refused = world.staff.post("/vacancies", body.clone()).await.field("/employer_id", "employer_unknown");
        assert!(text(&refused["errors"][0], "message").contains("PT Maju Jaya Garmen?"), "{refused}");
        body.as_object_mut().expect("an object").remove("employer_id");
        world.staff.post("/vacancies", body.clone()).await.field("/employer_id", "employer_unknown");
        body.as_object_mut().expect("an object").remove("employer_name");
        world.staff.post("/vacancies", body).await.field("/employer_id", "field_missing");
        world.staff.post("/vacancies", sewing(nobody)).await.field("/employer_id", "employer_unknown");
        world.staff.post("/vacancies", sewing("PT Maju Jaya Garmen")).await.field("/employer_id", "field_not_understood");
    }

    async fn staff_post_for_partners_of_their_office_alone(world: &World) {
        let far = partner(&world.elsewhere, "PT Jauh Contoh").await;
        world.staff.post("/vacancies", sewing(&far)).await.refused(409, "not_a_partner");
        let employer = partner(&world.staff, "PT Garmen Contoh").await;
        let made = posted(&world.staff, sewing(&employer)).await;
        world.elsewhere.get(&at(&made, "")).await.refused(404, "not_found");
        assert_eq!(world.elsewhere.get("/vacancies").await.expect(200)["items"], json!([]));
        for stranger in [&world.viewer, &world.instructor] {
            stranger.get("/vacancies").await.refused(403, "role_not_allowed");
            stranger.post("/vacancies", sewing(&employer)).await.refused(403, "role_not_allowed");
        }
        world.head.post("/vacancies", sewing(&employer)).await.refused(403, "role_not_allowed");
        world.anonymous.post("/vacancies", sewing(&employer)).await.refused(401, "sign_in_needed");
        world.admin.post("/vacancies", sewing(&employer)).await.field("/office_id", "office_needed");
        posted(&world.admin, sewing_with(&employer, json!({"office_id": world.office.0}))).await;
    }

    async fn an_employer_with_two_offices_names_one(world: &World) {
        let employer = partner(&world.staff, "PT Garmen Contoh").await;
        let client = world.employer("mitra", &employer).await;
        let mut own = sewing(&employer);
        own.as_object_mut().expect("an object").remove("employer_id");
        assert_eq!(posted(&client, own.clone()).await["office_id"], world.office.0.to_string());
        world.elsewhere.post(&format!("/employers/{employer}/partnership"), Value::Null).await.expect(201);
        client.post("/vacancies", own.clone()).await.field("/office_id", "office_needed");
        let there = posted(&client, sewing_with(&employer, json!({"office_id": world.other_office.0}))).await;
        assert_eq!(there["office_id"], world.other_office.0.to_string());
        world.elsewhere.get(&at(&there, "")).await.expect(200);
        world.staff.get(&at(&there, "")).await.refused(404, "not_found");
        assert_eq!(client.get("/vacancies").await.expect(200)["items"].as_array().map(Vec::len), Some(2));
        let stranger = partner(&world.staff, "PT Dua Misal").await;
        client.post("/vacancies", sewing(&stranger)).await.field("/employer_id", "employer_unknown");
    }

    async fn case_f2_another_partner_gets_404_on_every_vacancy_route(world: &World) {
        let (own, other) = (partner(&world.staff, "PT Satu Contoh").await, partner(&world.staff, "PT Dua Misal").await);
        let (owner, stranger) = (world.employer("mitra", &own).await, world.employer("mitra2", &other).await);
        let made = published(&world.staff, sewing(&own)).await;
        let line = text(&made["requirements"][0], "id").to_owned();
        let document = world.anonymous.get("/openapi.json").await.expect(200);
        let mut asked = 0;
        for (path, methods) in document["paths"].as_object().expect("paths") {
            let Some(path) = path.strip_prefix("/api/v1").filter(|path| path.starts_with("/vacancies/{id}")) else { continue };
            let path = path.replace("{id}", text(&made, "id")).replace("{rid}", &line);
            for method in methods.as_object().expect("methods").keys() {
                let body = match path.rsplit('/').next() {
                    Some("confirm") => json!({"unit": OVERLOCK}),
                    Some("renew") => json!({"closes_on": "2026-12-20"}),
                    Some("return") => json!({"notes": {"title": "perbaiki"}}),
                    _ => json!({}),
                };
                let request = |client: &crate::support::client::Client| {
                    let method = reqwest::Method::from_bytes(method.to_uppercase().as_bytes()).expect("a method");
                    let plain = client.request(method.clone(), &path).header("If-Match", "\"1\"");
                    if method == reqwest::Method::GET { plain } else { plain.json(&body) }
                };
                let seen = send(request(&stranger)).await.status.as_u16();
                let expected = if send(request(&owner)).await.status.as_u16() == 403 { 403 } else { 404 };
                assert_eq!(seen, expected, "{method} {path}");
                asked += 1;
            }
        }
        assert!(asked >= 13, "{asked} routes were asked");
    }

    async fn case_g3_two_districts_are_one_vacancy(world: &World) {
        let employer = partner(&world.staff, "PT Garmen Contoh").await;
        let made = published(&world.staff, sewing_with(&employer, json!({"other_districts": ["35.13.16", MARON, "35.13.16"]}))).await;
        assert_eq!(made["other_districts"], json!(["35.13.16"]));
        let listed = world.staff.get("/vacancies").await.expect(200);
        assert_eq!(listed["items"].as_array().map(Vec::len), Some(1));
    }

    async fn vacancies_are_listed_by_state_employer_and_title(world: &World) {
        let (one, two) = (partner(&world.staff, "PT Satu Contoh").await, partner(&world.staff, "PT Dua Misal").await);
        published(&world.staff, sewing(&one)).await;
        posted(&world.staff, sewing_with(&two, json!({"title": "Juru Las 100%"}))).await;
        let titles = async |query: &str| {
            let page = world.staff.get(&format!("/vacancies{query}")).await.expect(200);
            all(&page["items"], "title").into_iter().map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(titles("").await, ["Operator jahit", "Juru Las 100%"]);
        assert_eq!(titles("?state=draft").await, ["Juru Las 100%"]);
        assert_eq!(titles(&format!("?employer_id={one}")).await, ["Operator jahit"]);
        assert_eq!(titles("?q=JURU").await, ["Juru Las 100%"]);
        assert_eq!(titles("?q=__").await, Vec::<String>::new());
        let first = world.staff.get("/vacancies?limit=1").await.expect(200);
        assert_eq!(titles(&format!("?limit=1&cursor={}", text(&first, "next_cursor"))).await, ["Juru Las 100%"]);
        world.staff.get("/vacancies?state=buka").await.refused(422, "query_unreadable");
    }

    async fn an_edit_keeps_to_its_version_and_to_seats_taken(world: &World) {
        let employer = partner(&world.staff, "PT Garmen Contoh").await;
        let made = posted(&world.staff, sewing(&employer)).await;
        let path = at(&made, "");
        send(world.staff.request(reqwest::Method::PATCH, &path).json(&json!({}))).await.refused(428, "precondition_required");
        world.staff.patch(&path, 9, json!({})).await.refused(412, "version_stale");
        let edited = world.staff.patch(&path, 1, json!({"shift": "night", "contract": "daily", "licences": ["SIM B1"], "positions": 7})).await.expect(200);
        assert_eq!((&edited["shift"], &edited["positions"], &edited["version"], &edited["requirements"]), (&json!("night"), &json!(7), &json!(2), &made["requirements"]));
        assert_eq!(world.staff.patch(&path, 2, json!({"shift": null})).await.expect(200)["shift"], Value::Null);
        world.staff.patch(&path, 3, json!({"closes_on": "2026-11-30"})).await.field("/closes_on", "date_past");
        world.staff.patch(&path, 3, json!({"state": "published"})).await.field("/state", "field_unknown");
        world.staff.patch(&path, 3, json!({"employer_id": employer})).await.field("/employer_id", "field_unknown");
        moved(&world.staff, &made, "withdraw").await;
        world.staff.patch(&path, 4, json!({"title": "x"})).await.refused(409, "vacancy_closed");
    }

    async fn an_employers_own_number_is_given_once(world: &World) {
        let (one, two) = (partner(&world.staff, "PT Satu Contoh").await, partner(&world.staff, "PT Dua Misal").await);
        let first = posted(&world.staff, sewing_with(&one, json!({"external_ref": "R-1"}))).await;
        let again = world.staff.post("/vacancies", sewing_with(&one, json!({"external_ref": "R-1"}))).await.refused(409, "external_ref_taken");
        assert_eq!(again["existing_id"], first["id"]);
        posted(&world.staff, sewing_with(&two, json!({"external_ref": "R-1"}))).await;
        let other = posted(&world.staff, sewing(&one)).await;
        world.staff.patch(&at(&other, ""), 1, json!({"external_ref": "R-1"})).await.refused(409, "external_ref_taken");
        world.staff.patch(&at(&first, ""), 1, json!({"external_ref": "R-1", "title": "Sama"})).await.expect(200);
        let keyed = sewing_with(&two, json!({"external_ref": "R-2"}));
        let once = world.staff.post_keyed("/vacancies", keyed.clone(), "k1").await;
        assert_eq!(once.bytes, world.staff.post_keyed("/vacancies", keyed, "k1").await.bytes);
    }

    async fn a_vacancy_is_part_of_its_own_employers_promise(world: &World) {
        let (one, two) = (partner(&world.staff, "PT Satu Contoh").await, partner(&world.staff, "PT Dua Misal").await);
        let promise = json!({"valid_from": "2026-11-01", "valid_until": "2027-03-31", "seats": 5});
        let made = world.staff.post(&format!("/employers/{one}/commitments"), promise).await.expect(201);
        let named = json!({"commitment_id": made["id"]});
        assert_eq!(posted(&world.staff, sewing_with(&one, named.clone())).await["commitment_id"], made["id"]);
        world.staff.post("/vacancies", sewing_with(&two, named)).await.field("/commitment_id", "reference_unknown");
    }

    async fn a_vacancy_asks_for_its_units_in_the_match_list(world: &World) {
        let employer = partner(&world.staff, "PT Garmen Contoh").await;
        let made = published(&world.staff, sewing_with(&employer, json!({"requirements": [{"text": "operator obras"}, {"text": "K3"}]}))).await;
        let skilled = register(&world.staff, json!({"name": "Siti Contoh", "district": MARON})).await;
        certify(&world.staff, &skilled, "01/2026").await;
        register(&world.staff, json!({"name": "Budi Misal", "district": MARON})).await;
        let list = world.staff.get(&at(&made, "/matches")).await.expect(200);
        assert_eq!((&list["count"], &list["items"][0]["graduate"]["id"]), (&json!(1), &skilled["id"]));
    }

    async fn an_unclear_line_is_not_asked_of_anybody(world: &World) {
        let employer = partner(&world.staff, "PT Garmen Contoh").await;
        let person = register(&world.staff, json!({"name": "Siti Contoh", "district": MARON})).await;
        certify(&world.staff, &person, "01/2026").await;
        let body = sewing_with(&employer, json!({"requirements": [{"unit": OVERLOCK}, {"text": "jago cungkil klambi"}]}));
        let made = published(&world.staff, body).await;
        assert_eq!(world.staff.get(&at(&made, "/matches")).await.expect(200)["count"], 1);
        let line = text(&made["requirements"][1], "id").to_owned();
        world.staff.post(&at(&made, &format!("/requirements/{line}/confirm")), json!({"unit": "GAR.CM02.008.01"})).await.expect(200);
        assert_eq!(world.staff.get(&at(&made, "/matches")).await.expect(200)["count"], 0);
    }

    async fn a_reviewed_link_lets_the_other_code_stand(world: &World) {
        let employer = partner(&world.staff, "PT Garmen Contoh").await;
        let person = register(&world.staff, json!({"name": "Siti Contoh", "district": MARON})).await;
        certify(&world.staff, &person, "01/2026").await;
        let made = published(&world.staff, sewing_with(&employer, json!({"requirements": [{"unit": "GAR.CM02.008.01"}]}))).await;
        assert_eq!(world.staff.get(&at(&made, "/matches")).await.expect(200)["count"], 0);
        let link = json!({"left": "GAR.CM02.008.01", "right": OVERLOCK, "factor": 90});
        world.colleague.post("/competencies/links", link).await.expect(201);
        assert_eq!(world.staff.get(&at(&made, "/matches")).await.expect(200)["count"], 1);
    }

    async fn other_offices_graduates_are_matched_once_openness_is_approved(world: &World) {
        let employer = partner(&world.staff, "PT Garmen Contoh").await;
        let person = register(&world.elsewhere, json!({"name": "Siti Contoh", "district": MARON})).await;
        certify(&world.elsewhere, &person, "01/2026").await;
        let made = published(&world.staff, sewing_with(&employer, json!({"open_to": "akl"}))).await;
        let count = async || world.staff.get(&at(&made, "/matches")).await.expect(200)["count"].clone();
        assert_eq!(count().await, 0);
        moved(&world.staff, &made, "approve-openness").await;
        assert_eq!(count().await, 1);
    }
}
