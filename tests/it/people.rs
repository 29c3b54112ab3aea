//! People: entering them, who may see and change what, duplicates, consents, hand-overs, erasure.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::client::text;
use crate::support::people::{audited, batch, by_link, certify, partner, register};

/// The file of a person.
fn file(graduate: &Value) -> String {
    format!("/graduates/{}", text(graduate, "id"))
}

/// How many items a list holds.
fn count(list: &Value) -> usize {
    list["items"].as_array().expect("items").len()
}

on_both! {
    async fn case_c8_one_word_is_a_name(world: &World) {
        let made = register(&world.staff, json!({"name": "  Suparman "})).await;
        assert_eq!(made["display_name"], "Suparman");
        let class = batch(&world.staff, 4, 0).await;
        let path = format!("/batches/{}/participants", text(&class, "id"));
        let place = world.staff.post(&path, json!({"graduate_id": made["id"]})).await.expect(201);
        assert_eq!(place["graduate"]["display_name"], "Suparman");
        let certificate = certify(&world.staff, &made, "1/C8").await;
        let shown = world.anonymous.get(&format!("/verify/{}", text(&certificate, "verify_code"))).await;
        assert!(String::from_utf8_lossy(&shown.bytes).contains("<dd>S***</dd>"), "{}", String::from_utf8_lossy(&shown.bytes));
        world.staff.post("/graduates", json!({"name": " - "})).await.field("/name", "name_malformed");
    }

    async fn case_d1_a_name_is_found_however_it_is_written(world: &World) {
        let written = ["Nur'aini", "Nur\u{2019}aini", "Nuraini", "NUR AINI"];
        let mut last = Value::Null;
        for name in written {
            last = register(&world.staff, json!({"name": name, "birth_date": "2001-05-04"})).await;
        }
        register(&world.staff, json!({"name": "Aini Rahma", "birth_date": "2001-05-04"})).await;
        for query in written {
            let path = format!("/graduates?q={}", query.replace(' ', "%20").replace('\u{2019}', "%E2%80%99").replace('\'', "%27"));
            assert_eq!(count(&world.staff.get(&path).await.expect(200)), 4, "{query}");
        }
        let likely = last["possible_duplicates"].as_array().expect("likenesses");
        assert_eq!(likely.len(), 3, "{last}");
        assert!(likely.iter().all(|one| one["confidence"] == "high"));
        assert_eq!(count(&world.staff.get("/duplicates").await.expect(200)), 6);
    }

    async fn case_d3_likenesses_are_flagged_and_nothing_is_merged(world: &World) {
        let first = register(&world.staff, json!({"name": "Siti Aminah", "birth_date": "1999-02-01"})).await;
        assert_eq!(first["possible_duplicates"], json!([]));
        let second = register(&world.staff, json!({"name": "SITI AMINAH", "birth_date": "1999-02-01"})).await;
        let reasons = json!([{"graduate_id": first["id"], "confidence": "high", "reasons": ["same_name", "same_birth_date"]}]);
        assert_eq!(second["possible_duplicates"], reasons);
        let third = register(&world.staff, json!({"name": "Siti Aminah"})).await;
        let likely = third["possible_duplicates"].as_array().expect("likenesses");
        assert_eq!(likely.len(), 2);
        assert!(likely.iter().all(|one| one["confidence"] == "low"));
        assert_eq!(count(&world.staff.get("/graduates").await.expect(200)), 3);
        let pairs = world.staff.get("/duplicates").await.expect(200);
        let pair = pairs["items"].as_array().expect("items").iter().find(|pair| pair["confidence"] == "high").expect("a sure pair").clone();
        let path = format!("/duplicates/{}/decide", text(&pair, "id"));
        world.elsewhere.post(&path, json!({"decision": "same"})).await.refused(404, "not_found");
        world.head.post(&path, json!({"decision": "same"})).await.refused(403, "role_not_allowed");
        world.staff.post(&path, json!({"decision": "mungkin"})).await.field("/decision", "code_unknown");
        assert_eq!(world.staff.post(&path, json!({"decision": "same"})).await.expect(200)["decision"], "same");
        world.staff.post(&path, json!({"decision": "different"})).await.refused(409, "wrong_state");
        assert_eq!(count(&world.staff.get("/duplicates").await.expect(200)), 2);
        assert_eq!(count(&world.staff.get("/duplicates?state=decided").await.expect(200)), 1);
        assert_eq!(count(&world.staff.get("/graduates").await.expect(200)), 3);
    }

    async fn case_d4_other_people_are_not_flagged(world: &World) {
        register(&world.staff, json!({"name": "Sri Wahyuni", "nik": "3513015203980001", "birth_date": "1998-03-12"})).await;
        let other = register(&world.staff, json!({"name": "Sari Wahyuni", "nik": "3513015203030002", "birth_date": "2003-03-12"})).await;
        assert_eq!(other["possible_duplicates"], json!([]));
        let namesake = register(&world.staff, json!({"name": "Sri Wahyuni", "nik": "3513015203030003"})).await;
        assert_eq!(namesake["possible_duplicates"], json!([]));
        assert_eq!(count(&world.staff.get("/duplicates").await.expect(200)), 0);
    }

    async fn case_d5_a_second_class_is_allowed_and_a_near_name_suggested(world: &World) {
        let person = json!({"name": "Ahmad Fauzi", "nik": "3513011203990001", "birth_date": "1999-03-12"});
        let first = batch(&world.staff, 4, 0).await;
        let second = batch(&world.staff, 4, 0).await;
        let join = async |class: &Value| {
            let path = format!("/batches/{}/participants", text(class, "id"));
            world.staff.post(&path, json!({"graduate": person})).await.expect(201)
        };
        let (one, two) = (join(&first).await, join(&second).await);
        assert_eq!(one["graduate"]["id"], two["graduate"]["id"]);
        assert_eq!(two["graduate"]["nik_masked"], "************0001");
        let near = register(&world.staff, json!({"name": "Ahmad N. Fauzi", "birth_date": "1999-03-12"})).await;
        let likely = &near["possible_duplicates"][0];
        assert_eq!((likely["graduate_id"].clone(), likely["confidence"].clone()), (one["graduate"]["id"].clone(), json!("medium")));
    }

    async fn case_d10_a_known_nik_names_its_record_and_whom_to_ask(world: &World) {
        let person = json!({"name": "Rina Contoh", "nik": "3513-0152-0398-0001"});
        let first = register(&world.staff, person.clone()).await;
        assert_eq!(first["nik_masked"], "************0001");
        let refused = world.colleague.post("/graduates", person.clone()).await.refused(409, "nik_known");
        assert_eq!(refused["existing_id"], first["id"]);
        assert!(text(&refused, "detail").contains("Akun staf"), "{refused}");
        let other = register(&world.elsewhere, person).await;
        assert_eq!(other["known_elsewhere"], "Disnaker Kabupaten Contoh");
        assert_eq!(other["person_id"], first["person_id"]);
        assert_ne!(other["id"], first["id"]);
        world.elsewhere.get(&file(&first)).await.refused(404, "not_found");
        let third = register(&world.elsewhere, json!({"name": "Tini", "nik": "3513015203980009"})).await;
        world.elsewhere.patch(&file(&third), 1, json!({"nik": "3513015203980001"})).await.refused(409, "nik_known");
        let fourth = register(&world.staff, json!({"name": "Tina"})).await;
        let elsewhere = world.staff.patch(&file(&fourth), 1, json!({"nik": "3513015203980009"})).await.refused(409, "nik_known_elsewhere");
        assert!(text(&elsewhere, "detail").contains("Disnaker Kota Misal"), "{elsewhere}");
        world.staff.post("/graduates", json!({"name": "Tono", "nik": "3.51301234567E+15"})).await.field("/nik", "nik_read_as_number");
        world.staff.post("/graduates",
            json!({"name": "Tono", "nik": 3_513_015_203_980_001_i64}))
            .await.field("/nik", "field_not_understood");
    }

    async fn the_same_nik_entered_at_once_makes_one_record(world: &World) {
        let enter = |client: crate::support::client::Client, nik: &'static str| async move {
            client.post("/graduates", json!({"name": "Rina Contoh", "nik": nik})).await.status.as_u16()
        };
        for nik in ["3513015203980001", "3513015203980002", "3513015203980003"] {
            let both = futures_util::future::join_all((0..6).map(|_| enter(world.staff.clone(), nik))).await;
            assert_eq!(both.iter().filter(|status| **status == 201).count(), 1, "{both:?}");
            assert_eq!(both.iter().filter(|status| **status == 409).count(), 5, "{both:?}");
        }
    }

    async fn case_d11_four_ways_to_write_one_number(world: &World) {
        for written in ["0812-3456-7890", "6281234567890", "+62 812 3456 7890", "81234567890"] {
            let made = register(&world.staff, json!({"name": "Ani Contoh", "phone": written})).await;
            assert_eq!(made["phone"], "+6281234567890", "{written}");
            assert_eq!(made["whatsapp_url"], "https://wa.me/6281234567890");
        }
        let landline = register(&world.staff, json!({"name": "Kantor Desa", "phone": "(0335) 421000"})).await;
        assert_eq!(landline["phone"], "+62335421000");
        assert!(landline["whatsapp_url"].is_null());
        world.staff.post("/graduates", json!({"name": "Ani", "phone": "12"})).await.field("/phone", "phone_not_understood");
    }

    async fn case_d12_a_graduate_changes_contact_and_wishes_alone(world: &World) {
        let made = register(&world.staff, json!({"name": "Ani Contoh", "nik": "3513015203980001", "phone": "081234567890"})).await;
        let ani = by_link(world, &made).await;
        for (field, value) in [("nik", json!("3513015203980002")), ("name", json!("Ani Baru")), ("birth_date", json!("1998-03-12"))] {
            let mut body = json!({"phone": "0811111111"});
            body[field] = value;
            ani.patch(&file(&made), 1, body).await.refused(403, "field_not_yours");
        }
        let edited =
            ani.patch(&file(&made), 1, json!({"phone": "0811 222 3333", "email": "ani@contoh.id", "radius_km": 30})).await.expect(200);
        assert_eq!((edited["phone"].clone(), edited["radius_km"].clone()), (json!("+628112223333"), json!(30)));
        assert_eq!(edited["version"], 2);
        assert_eq!(edited["nik_masked"], "************0001");
        let wished = ani.put(&format!("{}/wishes", file(&made)),
            json!({"available": false, "refused_shifts": ["night"], "radius_km": null}))
            .await.expect(200);
        assert_eq!((wished["available"].clone(), wished["refused_shifts"].clone()), (json!(false), json!(["night"])));
        assert!(wished["radius_km"].is_null());
        let other = register(&world.staff, json!({"name": "Budi Contoh"})).await;
        ani.get(&file(&other)).await.refused(404, "not_found");
        ani.put(&format!("{}/wishes", file(&other)), json!({"available": true})).await.refused(404, "not_found");
        assert_eq!(count(&ani.get("/graduates").await.expect(200)), 1);
        ani.post("/graduates", json!({"name": "Adik"})).await.refused(403, "role_not_allowed");
        ani.post(&format!("{}/erase", file(&made)), json!(null)).await.refused(403, "role_not_allowed");
        world.staff.delete(&format!("{}/links", file(&made))).await.expect(204);
        ani.get(&file(&made)).await.refused(401, "sign_in_needed");
    }

    async fn a_file_keeps_to_its_rules(world: &World) {
        let whole = json!({
            "name": "Budi Contoh", "sex": "male", "birth_date": "2009-06-01", "birth_place": "Probolinggo", "address": "Jl. Contoh 1",
            "district": "35.13.17", "education": "SMK", "email": "budi@contoh.id", "disability": "tuna daksa ringan",
            "wage_wish": 2_500_000, "wage_wish_unit": "month", "available_from": "2026-12-10", "wished_kbji": ["7531"],
            "claimed": ["menjahit kebaya", "gar cm01 003 01", "GAR.CM01.003.01"]
        });
        let made = register(&world.staff, whole).await;
        assert_eq!(made["district_name"], "Maron");
        assert_eq!(made["parent_consent_missing"], true);
        let claims = made["claimed"].as_array().expect("claims");
        assert_eq!(claims.len(), 3, "{claims:?}");
        for unit in ["GAR.CM01.003.01", "LOKAL.menjahit-kebaya"] {
            assert!(claims.iter().any(|claim| claim["unit"] == unit), "{unit}");
        }
        let young = world.staff.post(&format!("{}/parent-consent", file(&made)), json!({"given_on": "2026-12-01"})).await.expect(200);
        assert_eq!(young["parent_consent_missing"], false);
        let read = world.head.get(&file(&made)).await.expect(200);
        assert_eq!((read["address"].clone(), read["birth_date"].clone()), (json!("Jl. Contoh 1"), json!("2009-06-01")));
        let faults = json!({
            "name": "B", "birth_date": "2013-06-01", "district": "99.99.99", "email": "x", "radius_km": -1, "wished_kbji": ["99"], "wage_wish": -5
        });
        let refused = world.staff.post("/graduates", faults).await.field("/birth_date", "age_out_of_range");
        assert_eq!(refused["errors"].as_array().expect("errors").len(), 6, "{refused}");
        world.staff.post("/graduates", json!({"name": "B", "agama": "x"})).await.field("/agama", "field_unknown");
        world.staff.post("/graduates", json!({})).await.field("/name", "field_missing");
        world.viewer.get("/graduates").await.refused(403, "role_not_allowed");
        world.staff.patch(&file(&made), 1, json!({"address": null})).await.refused(412, "version_stale");
        let cleared = world.staff.patch(&file(&made), 2, json!({"address": null, "claimed": []})).await.expect(200);
        assert!(cleared["address"].is_null() && cleared["claimed"] == json!([]));
        world.staff.get("/graduates?district=%25").await.field("/district", "district_unknown");
        let district = world.staff.get("/graduates?district=35.13&limit=1").await.expect(200);
        assert_eq!((count(&district), district["next_cursor"].clone()), (1, Value::Null));
        let limited = world.staff.post(&format!("{}/limit", file(&made)), json!({"limited": true})).await.expect(200);
        let objecting = world.staff.post(&format!("{}/object-to-ranking", file(&made)), json!({"objects": true})).await.expect(200);
        assert!(limited["limited"] == true && objecting["objects_to_ranking"] == true);
    }

    async fn an_instructor_sees_the_people_of_own_classes(world: &World) {
        let class = batch(&world.staff, 4, 0).await;
        let path = format!("/batches/{}", text(&class, "id"));
        let person = json!({"name": "Ani Contoh", "phone": "081234567890", "address": "Jl. Contoh 1", "birth_date": "2000-01-01"});
        let place = world.staff.post(&format!("{path}/participants"), json!({"graduate": person})).await.expect(201);
        let stranger = register(&world.staff, json!({"name": "Budi Contoh"})).await;
        world.instructor.get(&path).await.refused(404, "not_found");
        let accounts = world.head.get("/accounts").await.expect(200);
        let instructor =
            accounts["items"].as_array().expect("items").iter().find(|row| row["role"] == "instructor").expect("the instructor").clone();
        world.staff.patch(&path, 1, json!({"instructor_id": instructor["id"]})).await.expect(200);
        assert_eq!(count(&world.instructor.get(&format!("{path}/participants")).await.expect(200)), 1);
        let seen = world.instructor.get(&file(&place["graduate"])).await.expect(200);
        assert_eq!(seen["phone"], "+6281234567890");
        assert!(seen["address"].is_null() && seen["birth_date"].is_null());
        world.instructor.get(&file(&stranger)).await.refused(404, "not_found");
        world.instructor.post("/graduates", json!({"name": "X"})).await.refused(403, "role_not_allowed");
        let results = json!({"results": [{"participant_id": place["id"], "result": "passed"}]});
        let recorded = world.instructor.post(&format!("{path}/results"), results).await.expect(200);
        assert_eq!((recorded["items"][0]["result"].clone(), recorded["items"][0]["status"].clone()), (json!("passed"), json!("completed")));
        let roll = json!({"held_on": "2026-11-03", "marks": [{"participant_id": place["id"], "mark": "present"}]});
        world.instructor.post(&format!("{path}/attendance"), roll).await.expect(200);
        let certificates = json!({"kind": "training", "issuer": "BLK Contoh", "issued_on": "2026-12-01"});
        world.instructor.post(&format!("{path}/certificates"), certificates).await.refused(403, "role_not_allowed");
    }

    async fn consents_are_recorded_and_withdrawn(world: &World) {
        let made = register(&world.staff, json!({"name": "Ani Contoh"})).await;
        let employer = partner(world, "PT Garmen Contoh").await;
        let path = format!("{}/consents", file(&made));
        world.staff.post(&path, json!({"purpose": "referral", "given_on": "2026-12-01"})).await.field("/employer_id", "field_missing");
        world.staff.post(&path, json!({"purpose": "processing", "given_on": "2026-12-09"})).await.field("/given_on", "date_future");
        let by_staff = world.staff.post(&path, json!({"purpose": "processing", "given_on": "2026-12-01"})).await.expect(201);
        assert_eq!(by_staff["channel"], "staff");
        let ani = by_link(world, &made).await;
        let own = ani.post(&path, json!({"purpose": "referral", "employer_id": employer})).await.expect(201);
        assert_eq!((own["channel"].clone(), own["given_on"].clone()), (json!("link"), json!("2026-12-02")));
        let withdraw = format!("/consents/{}/withdraw", text(&own, "id"));
        world.elsewhere.post(&withdraw, json!(null)).await.refused(404, "not_found");
        assert!(ani.post(&withdraw, json!(null)).await.expect(200)["withdrawn_at"].is_string());
        ani.post(&withdraw, json!(null)).await.refused(409, "wrong_state");
        assert_eq!(count(&world.staff.get(&path).await.expect(200)), 2);
        world.elsewhere.get(&path).await.refused(404, "not_found");
    }

    async fn wishes_name_employers_that_exist(world: &World) {
        let made = register(&world.staff, json!({"name": "Ani Contoh"})).await;
        let (first, second) = (partner(world, "PT Satu").await, partner(world, "PT Dua").await);
        let path = format!("{}/wishes", file(&made));
        let wished =
            world.staff.put(&path, json!({"ranked_employers": [second, first, second], "blocked_employers": [first]})).await.expect(200);
        assert_eq!(wished["ranked_employers"], json!([second, first]));
        assert_eq!(wished["blocked_employers"], json!([first]));
        let unknown = json!({"blocked_employers": [first, "01900000-0000-7000-8000-000000000000"]});
        world.staff.put(&path, unknown).await.field("/blocked_employers/1", "not_found");
        let kept = world.staff.put(&path, json!({"transport": "motor"})).await.expect(200);
        assert_eq!((kept["ranked_employers"].clone(), kept["transport"].clone()), (json!([second, first]), json!("motor")));
    }

    async fn a_person_goes_into_other_hands(world: &World) {
        let made = register(&world.staff, json!({"name": "Ani Contoh", "phone": "081234567890"})).await;
        let path = format!("{}/hand-over", file(&made));
        world.staff.post(&path, json!({"reason": "pindah"})).await.field("/officer_id", "field_missing");
        let moved = world.staff.post(&path, json!({"office_id": world.other_office.0, "reason": "pindah alamat"})).await.expect(201);
        assert_eq!(moved["to_office_id"], json!(world.other_office.0));
        world.staff.get(&file(&made)).await.refused(404, "not_found");
        assert_eq!(world.elsewhere.get(&file(&made)).await.expect(200)["phone"], "+6281234567890");
        assert_eq!(count(&world.elsewhere.get(&format!("{}/hand-overs", file(&made))).await.expect(200)), 1);
    }

    async fn case_f12_an_erased_person_leaves_no_trace_but_the_counts(world: &World) {
        let class = batch(&world.staff, 4, 0).await;
        let roll = format!("/batches/{}/participants", text(&class, "id"));
        let person = json!({"name": "Siti Aminah", "nik": "3513015203980001", "phone": "081234567890", "district": "35.13.17"});
        let place = world.staff.post(&roll, json!({"graduate": person})).await.expect(201);
        world.staff.post(&format!("/batches/{}/results", text(&class, "id")), json!({"all": "passed"})).await.expect(200);
        let made = place["graduate"].clone();
        let certificate = certify(&world.staff, &made, "7/F12").await;
        world.staff.post("/notes", json!({"entity": "graduate", "entity_id": made["id"], "text": "Rahasia sekali"})).await.expect(201);
        let siti = by_link(world, &made).await;
        siti.get(&file(&made)).await.expect(200);
        world.elsewhere.post(&format!("{}/erase", file(&made)), json!(null)).await.refused(404, "not_found");
        let erased = world.staff.post(&format!("{}/erase", file(&made)), json!(null)).await.expect(200);
        assert!(erased["erased"] == true && erased["phone"].is_null() && erased["nik_masked"].is_null() && erased["district"].is_null());
        siti.get(&file(&made)).await.refused(401, "sign_in_needed");
        assert_eq!(count(&world.staff.get("/graduates?q=siti").await.expect(200)), 0);
        assert_eq!(count(&world.staff.get("/graduates").await.expect(200)), 0);
        assert_eq!(count(&world.staff.get(&format!("/notes?entity_id={}", text(&made, "id"))).await.expect(200)), 0);
        assert_eq!(world.staff.get(&format!("/batches/{}", text(&class, "id"))).await.expect(200)["passed"], 1);
        let listed = world.staff.get(&roll).await.expect(200);
        assert!(!listed.to_string().contains("Siti") && count(&listed) == 1);
        let verify = world.anonymous.request(reqwest::Method::GET, &format!("/verify/{}", text(&certificate, "verify_code")));
        let verified = crate::support::client::send(verify.header("Accept", "application/json")).await.expect(200);
        assert_eq!((verified["valid"].clone(), verified["holder"].clone()), (json!(true), json!("data pribadi dihapus")));
        world.staff.patch(&file(&made), 9, json!({"phone": "0811111111"})).await.refused(409, "person_erased");
        world.staff.post(&format!("{}/link", file(&made)), json!(null)).await.refused(409, "person_erased");
        assert!(audited(world, text(&made, "id")).await.contains(&"erase".to_owned()));
        let again = register(&world.staff, json!({"name": "Siti Aminah", "nik": "3513015203980001"})).await;
        assert_ne!(again["person_id"], erased["person_id"]);
    }

    async fn one_office_erases_no_other_offices_record(world: &World) {
        let person = json!({"name": "Siti Aminah", "nik": "3513015203980001", "phone": "081234567890"});
        let here = register(&world.staff, person.clone()).await;
        let there = register(&world.elsewhere, person).await;
        world.staff.post(&format!("{}/erase", file(&here)), json!(null)).await.expect(200);
        assert_eq!(world.elsewhere.get(&file(&there)).await.expect(200)["phone"], "+6281234567890");
        assert_eq!(count(&world.staff.get("/graduates").await.expect(200)), 0);
        world.elsewhere.post(&format!("{}/erase", file(&there)), json!(null)).await.expect(200);
        assert_eq!(world.elsewhere.get(&file(&there)).await.expect(200)["erased"], true);
    }
}
