//! Lists to take away: what is in them, who may have them, and that they come back as they went.

use calamine::{Data, Reader as _, Xlsx, open_workbook_from_rs};
use serap::engine::absorption::event::Act;
use serde_json::json;

use crate::imports::import;
use crate::on_both;
use crate::support::client::{Client, text};
use crate::support::jobs;
use crate::support::world_of_classes::Seed;

const SAMPLE: &[u8] = include_bytes!("../../data/samples/kelas-jahit-maron.xlsx");

/// The rows of the first sheet of an exported workbook, and the notes.
async fn workbook(client: &Client, path: &str) -> (Vec<Vec<Data>>, String) {
    let reply = client.get(path).await;
    assert_eq!(reply.status.as_u16(), 200, "{}", String::from_utf8_lossy(&reply.bytes));
    let mut book: Xlsx<_> = open_workbook_from_rs(std::io::Cursor::new(reply.bytes.clone())).expect("a workbook");
    let names = book.sheet_names();
    let rows: Vec<Vec<Data>> = book.worksheet_range(&names[0]).expect("a sheet").rows().map(<[Data]>::to_vec).collect();
    assert_eq!(reply.headers["serap-rows"].to_str().expect("a count"), (rows.len() - 1).to_string());
    let notes = book.worksheet_range("Catatan").expect("notes").rows().map(|row| format!("{row:?}")).collect::<Vec<_>>().join("\n");
    (rows, notes)
}

fn column(rows: &[Vec<Data>], header: &str) -> usize {
    rows[0].iter().position(|cell| *cell == Data::String(header.to_owned())).unwrap_or_else(|| panic!("no {header} in {:?}", rows[0]))
}

on_both! {
    async fn case_e1_a_class_list_goes_out_and_comes_back_unchanged_to_the_byte(world: &World) {
        import(&world.staff, &[("kind", "participants")], "kelas.xlsx", SAMPLE).await;
        let batches = world.staff.get("/batches").await.expect(200);
        let batch = text(&batches["items"][0], "id").to_owned();
        let path = format!("/exports/participants?batch_id={batch}&nik=full");
        let (rows, notes) = workbook(&world.staff, &path).await;
        assert_eq!(rows.len(), 17);
        assert!(notes.contains("Lengkap. Permintaan ini tercatat."), "{notes}");
        let nik = column(&rows, "NIK");
        for row in rows.iter().skip(1) {
            assert!(matches!(&row[nik], Data::String(digits) if digits.len() == 16 && digits.bytes().all(|b| b.is_ascii_digit())), "{:?}", row[nik]);
        }
        assert!(matches!(rows[1][column(&rows, "Tanggal Lahir")], Data::DateTime(_)), "a date is a date");
        for format in ["xlsx", "csv"] {
            let file = world.staff.get(&format!("{path}&format={format}")).await;
            let again = import(&world.staff, &[("kind", "participants")], &format!("kembali.{format}"), &file.bytes).await;
            let counts = ["total", "created", "updated", "unchanged", "rejected"].map(|count| again["rows"][count].as_u64().expect("a count"));
            assert_eq!(counts, [16, 0, 0, 16, 0], "{format}: {again}");
        }
        let audit = world.head.get("/audit?limit=200").await.expect(200);
        let exported = audit["items"].as_array().expect("items").iter().find(|line| line["action"] == "export").expect("an audit row");
        assert_eq!((&exported["detail"]["list"], &exported["detail"]["full_nik"]), (&json!("participants"), &json!(true)));
        let (masked, notes) = workbook(&world.head, &format!("/exports/participants?batch_id={batch}")).await;
        assert!(matches!(&masked[1][nik], Data::String(shown) if shown.starts_with("************")), "{:?}", masked[1][nik]);
        assert!(notes.contains("Disamarkan"));
        let mut whole: Vec<String> = rows.iter().skip(1).map(|row| row[nik].to_string()).collect();
        let people = workbook(&world.staff, "/exports/graduates?nik=full").await.0;
        let mut listed: Vec<String> = people.iter().skip(1).map(|row| row[column(&people, "NIK")].to_string()).collect();
        whole.sort_unstable();
        listed.sort_unstable();
        assert_eq!(whole, listed);
    }

    async fn case_e11_outcomes_have_real_dates(world: &World) {
        let seed = Seed::new(world).await;
        let class = seed.class("2026-11-02", 1).await;
        let body = json!({"kind": "self_employed", "on": "2026-12-01", "job_text": "=HYPERLINK(\"http://x\")"});
        world.staff.post(&format!("/graduates/{}/outcomes", class.people[0].graduate), body).await.expect(201);
        let (rows, _) = workbook(&world.staff, "/exports/outcomes").await;
        let cell = &rows[1][column(&rows, "Tanggal")];
        let Data::DateTime(date) = cell else { panic!("{cell:?}") };
        assert_eq!(date.as_datetime().expect("a day").date().to_string(), "2026-12-01");
        assert_eq!(rows[1][column(&rows, "Pekerjaan")], Data::String("=HYPERLINK(\"http://x\")".to_owned()), "text, not a formula");
        let csv = String::from_utf8(world.staff.get("/exports/outcomes?format=csv").await.bytes).expect("text");
        assert!(csv.contains("2026-12-01") && csv.contains("'=HYPERLINK"), "{csv}");
    }

    async fn case_e12_an_employer_takes_away_what_it_sees_and_a_graduate_nothing(world: &World) {
        let partner = jobs::partner(world, "busana").await;
        let rival = jobs::partner(world, "sandang").await;
        let vacancy = jobs::vacancy(world, &partner, 2, json!({"offer_approval": "each"})).await;
        let graduate = jobs::graduate(world, "Siti Aminah").await;
        let referral = jobs::referred(world, &vacancy, &graduate).await;
        let (rows, _) = workbook(&partner.client, "/exports/referrals").await;
        assert_eq!(rows[1][column(&rows, "Nama")], Data::String("S.A.".to_owned()));
        assert_eq!(rows[1][column(&rows, "No. HP")], Data::Empty);
        assert_eq!(workbook(&rival.client, "/exports/referrals").await.0.len(), 1, "another partner's referrals are not in it");
        jobs::link(world, &graduate).await.post(&format!("/referrals/{referral}/consent"), json!(null)).await.expect(200);
        let (rows, _) = workbook(&partner.client, "/exports/referrals").await;
        assert_eq!(rows[1][column(&rows, "Nama")], Data::String("Siti Aminah".to_owned()));
        for list in ["graduates", "participants", "outcomes", "absorption"] {
            partner.client.get(&format!("/exports/{list}")).await.refused(403, "role_not_allowed");
        }
        partner.client.get("/exports/offers?nik=full").await.refused(403, "role_not_allowed");
        world.head.get("/exports/graduates?nik=full").await.refused(403, "role_not_allowed");
        jobs::link(world, &graduate).await.get("/exports/graduates").await.refused(403, "role_not_allowed");
        world.viewer.get("/exports/graduates").await.refused(403, "role_not_allowed");
        world.staff.get("/exports/rahasia").await.refused(404, "not_found");
        world.staff.get("/exports/offers?format=pdf").await.field("/format", "code_unknown");
    }

    async fn case_b4_a_start_early_in_the_morning_of_december_is_december_everywhere(world: &World) {
        // 06:30 WIB on 1 December is 23:30 UTC on 30 November.
        world.clock.advance(chrono::Duration::minutes(-(26 * 60 + 30)));
        let seed = Seed::new(world).await;
        let class = seed.class("2026-11-02", 1).await;
        let partner = jobs::partner(world, "busana").await;
        let vacancy = jobs::vacancy(world, &partner, 2, json!({"starts_on": "2026-12-01"})).await;
        let graduate = jobs::graduate(world, "Siti Aminah").await;
        seed.place(&class, serap::engine::id::GraduateId::parse(&graduate).expect("an id")).await;
        let offer = jobs::sent(world, &vacancy, &graduate).await;
        let accepted = jobs::link(world, &graduate).await.post(&format!("/offers/{offer}/accept"), json!(null)).await.expect(200);
        let start = format!("/placements/{}/start", text(&accepted, "placement_id"));
        partner.client.post(&start, json!({"started_on": "2026-12-01", "wage": 3_000_000, "wage_unit": "month", "contract": "pkwt"})).await.expect(200);
        let starts = world.staff.get("/reports/starts").await.expect(200);
        assert_eq!(starts["items"], json!([{"month": "2026-12", "people": 1}]));
        let report = world.staff.get("/reports/absorption").await.expect(200);
        assert_eq!((&report["as_of"], &report["totals"]["reported"]), (&json!("2026-12-01"), &json!(1)));
        let (rows, _) = workbook(&world.staff, "/exports/placements").await;
        let cell = &rows[1][column(&rows, "Mulai Sebenarnya")];
        let Data::DateTime(date) = cell else { panic!("{cell:?}") };
        assert_eq!(date.as_datetime().expect("a day").date().to_string(), "2026-12-01");
    }

    async fn the_report_goes_out_with_its_meaning(world: &World) {
        let seed = Seed::new(world).await;
        let class = seed.class("2026-11-02", 3).await;
        seed.event(class.people[0], None, Act::Reported, "2026-12-01", |event| event.kind = serap::engine::kinds::OutcomeKind::OtherEmployer).await;
        let (rows, notes) = workbook(&world.staff, "/exports/absorption?group_by=fund").await;
        assert_eq!(rows[1][0], Data::String("APBD & DBHCHT".to_owned()));
        assert_eq!(rows[1][column(&rows, "Penyebut")], Data::Float(3.0));
        assert_eq!(rows[1][column(&rows, "Dilaporkan")], Data::Float(1.0));
        assert_eq!(rows[2][0], Data::String("Seluruhnya".to_owned()));
        assert!(notes.contains("Tingkat penyerapan"), "{notes}");
    }

    async fn case_e13_a_person_without_nik_is_in_the_file_and_the_notes_say_so(world: &World) {
        jobs::graduates(world, 2).await;
        let known = json!({"name": "Siti Aminah", "nik": "3513015204980001"});
        crate::support::people::register(&world.staff, known).await;
        let (rows, notes) = workbook(&world.staff, "/exports/graduates").await;
        let nik = column(&rows, "NIK");
        assert_eq!(rows.iter().skip(1).filter(|row| row[nik] == Data::Empty).count(), 2);
        assert!(notes.contains("Baris tanpa NIK\"), String(\"2\")"), "{notes}");
    }

    async fn case_f3_another_offices_lists_hold_nothing_of_ours(world: &World) {
        let partner = jobs::partner(world, "busana").await;
        let vacancy = jobs::vacancy(world, &partner, 2, json!({})).await;
        let graduate = jobs::graduate(world, "Siti Aminah").await;
        jobs::referred(world, &vacancy, &graduate).await;
        jobs::sent(world, &vacancy, &graduate).await;
        for list in ["graduates", "participants", "vacancies", "referrals", "offers", "placements", "outcomes"] {
            assert_eq!(workbook(&world.elsewhere, &format!("/exports/{list}")).await.0.len(), 1, "{list}");
        }
        assert_eq!(workbook(&world.staff, "/exports/referrals").await.0.len(), 2);
        world.elsewhere.get("/exports/participants?batch_id=0195f0f0-0000-7000-8000-000000000000").await.refused(404, "not_found");
    }
}
