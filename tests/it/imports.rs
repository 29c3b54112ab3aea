//! Class lists and facts from files, over HTTP.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::client::{Client, text};

const SAMPLE: &[u8] = include_bytes!("../../data/samples/kelas-jahit-maron.xlsx");
const SAMPLE_CSV: &[u8] = include_bytes!("../../data/samples/kelas-jahit-maron.csv");
const BROKEN: &[u8] = include_bytes!("../../data/samples/kelas-rusak.xlsx");

/// Uploads a file and waits until its job has ended.
pub async fn import(client: &Client, fields: &[(&str, &str)], name: &str, bytes: &[u8]) -> Value {
    let begun = client.upload("/imports", fields, name, bytes.to_vec()).await.expect(202);
    let path = format!("/imports/{}", text(&begun, "id"));
    for _ in 0..2_000 {
        let job = client.get(&path).await.expect(200);
        if job["status"] != "running" {
            return job;
        }
        actix_web::rt::task::yield_now().await;
    }
    panic!("the import never ended");
}

fn rows(job: &Value) -> [u64; 5] {
    ["total", "created", "updated", "unchanged", "rejected"].map(|count| job["rows"][count].as_u64().expect("a count"))
}

on_both! {
    async fn a_class_list_is_tried_then_stored_then_found_unchanged(world: &World) {
        let tried = import(&world.staff, &[("kind", "participants"), ("dry_run", "true")], "kelas.xlsx", SAMPLE).await;
        assert_eq!((tried["status"].as_str(), rows(&tried)), (Some("done"), [16, 16, 0, 0, 0]), "{tried}");
        let stored = import(&world.staff, &[("kind", "participants")], "kelas.xlsx", SAMPLE).await;
        assert_eq!((stored["status"].as_str(), rows(&stored)), (Some("done"), [16, 16, 0, 0, 0]), "{stored}");
        let again = import(&world.staff, &[("kind", "participants")], "kelas.csv", SAMPLE_CSV).await;
        assert_eq!((stored["status"].as_str(), rows(&again)), (Some("done"), [16, 0, 0, 16, 0]), "{again}");
        assert_eq!(again["differences"], json!([]));
    }

    async fn case_e8_one_bad_row_and_nothing_is_stored(world: &World) {
        let job = import(&world.staff, &[("kind", "participants")], "kelas-rusak.xlsx", BROKEN).await;
        assert_eq!(job["status"], "rejected");
        assert_eq!(job["rows"]["created"], 0);
        let codes: Vec<&str> = job["problems"].as_array().expect("problems").iter().filter_map(|line| line["code"].as_str()).collect();
        assert!(codes.contains(&"nik_read_as_number"), "{codes:?}");
        let corrected = import(&world.staff, &[("kind", "participants")], "kelas.xlsx", SAMPLE).await;
        assert_eq!(rows(&corrected), [16, 16, 0, 0, 0]);
    }

    async fn a_file_that_is_no_table_is_refused_at_once(world: &World) {
        let kind = [("kind", "participants")];
        world.staff.upload("/imports", &kind, "a.xlsx", b"%PDF-1.4".to_vec()).await.refused(422, "file_not_a_spreadsheet");
        world.staff.upload("/imports", &kind, "a.csv", Vec::new()).await.expect(422);
        world.staff.upload("/imports", &[("kind", "orang")], "a.csv", b"Nama".to_vec()).await.field("/kind", "code_unknown");
        world.staff.upload("/imports", &[("kind", "units"), ("warna", "biru")], "a.csv", b"Nama".to_vec()).await.field("/warna", "field_unknown");
        world.staff.upload("/imports", &kind, "a.csv", vec![b'x'; 11 * 1024 * 1024]).await.refused(413, "body_too_large");
        world.viewer.upload("/imports", &kind, "a.csv", b"Nama".to_vec()).await.refused(403, "role_not_allowed");
    }

    async fn twenty_thousand_units_come_in_at_once(world: &World) {
        let mut file = String::from("kode,judul,sektor\n");
        for number in 0..20_000 {
            file.push_str(&format!("X.99ABC{:02}.{:03}.1,Mengerjakan tugas rekaan nomor {number},Rekaan\n", number / 1000, number % 1000));
        }
        let job = import(&world.admin, &[("kind", "units")], "unit.csv", file.as_bytes()).await;
        assert_eq!((job["status"].as_str(), rows(&job)), (Some("done"), [20_000, 20_000, 0, 0, 0]), "{}", job["problems"]);
        let again = import(&world.admin, &[("kind", "units")], "unit.csv", file.as_bytes()).await;
        assert_eq!(rows(&again), [20_000, 0, 0, 20_000, 0]);
    }

    async fn case_e7_an_unknown_partner_is_a_row_error_with_a_suggestion(world: &World) {
        world.staff.post("/employers", json!({"name": "PT Garmen Maron Jaya", "district": "35.13.17"})).await.expect(201);
        let head = "Perusahaan;Judul;Jumlah;Mulai;Tutup;Upah Min;Upah Max;Persyaratan\n";
        let wrong = format!("{head}PT Garmen Maron Jaja;Operator;5;15/12/2026;12/12/2026;3200000;3400000;jahit obras; K3\n");
        let job = import(&world.staff, &[("kind", "vacancies")], "lowongan.csv", wrong.as_bytes()).await;
        assert_eq!((job["status"].as_str(), job["problems"][0]["code"].as_str()), (Some("rejected"), Some("employer_unknown")), "{job}");
        assert!(text(&job["problems"][0], "message").contains("PT Garmen Maron Jaya"));
        let right = format!("{head}pt garmen maron jaya;Operator;5;15/12/2026;12/12/2026;3200000;3400000;jahit obras\n");
        let job = import(&world.staff, &[("kind", "vacancies")], "lowongan.csv", right.as_bytes()).await;
        assert_eq!(rows(&job), [1, 1, 0, 0, 0], "{job}");
        let again = import(&world.staff, &[("kind", "vacancies")], "lowongan.csv", right.as_bytes()).await;
        assert_eq!(rows(&again), [1, 0, 0, 1, 0], "{again}");
        let list = world.staff.get("/vacancies?state=draft").await.expect(200);
        assert_eq!(list["items"][0]["requirements"][0]["unit"]["code"], "C.14GMT06.010.1");
    }

    async fn an_offices_own_words_come_by_file_and_are_remembered_like_a_confirmation(world: &World) {
        let file = "Istilah;Kode Unit\nneci kampung;C.14GMT06.010.1\njahit campur;C.14GMT06.010.1|GAR.CM02.008.01\n\
                    Jahit  Campur!;GAR.CM01.003.01\nNECI kampung;c-14gmt06-010-1\n";
        let kind = [("kind", "lexicon")];
        let tried = import(&world.staff, &[("kind", "lexicon"), ("dry_run", "true")], "istilah.csv", file.as_bytes()).await;
        assert_eq!((tried["status"].as_str(), rows(&tried)), (Some("done"), [2, 2, 0, 0, 0]), "{tried}");
        let asked = json!({"texts": ["Neci Kampung", "jahit campur"]});
        let before = world.staff.post("/competencies/resolve", asked.clone()).await.expect(200);
        assert_ne!(before["results"][0]["candidates"][0]["why"], "remembered", "a dry run stores nothing");
        let stored = import(&world.staff, &kind, "istilah.csv", file.as_bytes()).await;
        assert_eq!(rows(&stored), [2, 2, 0, 0, 0], "{stored}");
        let after = world.colleague.post("/competencies/resolve", asked.clone()).await.expect(200);
        let codes = |place: usize| crate::support::vacancy::all(&after["results"][place]["candidates"], "code").join(" ");
        assert_eq!((after["results"][0]["status"].as_str(), codes(0)), (Some("matched"), "C.14GMT06.010.1".to_owned()));
        let three = "C.14GMT06.010.1 GAR.CM02.008.01 GAR.CM01.003.01".to_owned();
        assert_eq!((after["results"][1]["status"].as_str(), codes(1)), (Some("ambiguous"), three), "several codes leave somebody to choose");
        assert_eq!(world.elsewhere.post("/competencies/resolve", asked.clone()).await.expect(200), before, "another office hears nothing");
        assert_eq!(rows(&import(&world.staff, &kind, "istilah.csv", file.as_bytes()).await), [2, 0, 0, 2, 0]);
        world.staff.post("/competencies/confirmations", json!({"text": "jahit campur", "code": "GAR.CM02.008.01"})).await.expect(201);
        let decided = world.staff.post("/competencies/resolve", asked).await.expect(200);
        assert_eq!(decided["results"][1]["status"], "matched");
        assert_eq!(rows(&import(&world.staff, &kind, "istilah.csv", file.as_bytes()).await), [2, 0, 1, 1, 0], "the later word wins");
    }

    async fn words_for_units_that_nobody_knows_are_row_problems_with_a_suggestion(world: &World) {
        let file = "teks,kode\nobras meja,C.14GMT06.010.9\nneci,GAR.CM02.008.O1\n?!,GAR.CM02.008.01\nsulam,\n";
        let job = import(&world.staff, &[("kind", "lexicon")], "istilah.csv", file.as_bytes()).await;
        assert_eq!((job["status"].as_str(), rows(&job)), (Some("rejected"), [4, 0, 0, 0, 3]), "{job}");
        let told: Vec<(u64, &str)> =
            job["problems"].as_array().expect("problems").iter().map(|line| (line["row"].as_u64().expect("a row"), text(line, "code"))).collect();
        assert_eq!(told, [(2, "unit_unknown"), (4, "no_words"), (5, "value_missing")]);
        assert!(text(&job["problems"][0], "message").contains("C.14GMT06.010.1"), "{job}");
        let partial = import(&world.staff, &[("kind", "lexicon"), ("partial", "true")], "istilah.csv", file.as_bytes()).await;
        assert_eq!((partial["status"].as_str(), rows(&partial)), (Some("done"), [4, 1, 0, 0, 3]), "{partial}");
        let nowhere = world.admin.upload("/imports", &[("kind", "lexicon")], "istilah.csv", file.as_bytes().to_vec()).await;
        nowhere.field("/office_id", "office_needed");
        world.viewer.upload("/imports", &[("kind", "lexicon")], "istilah.csv", file.as_bytes().to_vec()).await.refused(403, "role_not_allowed");
    }

    async fn case_e7_required_columns_alone_are_enough(world: &World) {
        let file = "Nama;Judul Program Pelatihan;Angkatan;Tanggal Mulai Pelatihan;Tanggal Selesai Pelatihan\n\
                    Suparman;Menjahit;Angkatan I;02/11/2026;01/12/2026\n";
        let job = import(&world.staff, &[("kind", "participants")], "kelas.csv", file.as_bytes()).await;
        assert_eq!((job["status"].as_str(), rows(&job)), (Some("done"), [1, 1, 0, 0, 0]), "{job}");
    }

    async fn case_e9_a_second_import_overwrites_nothing_unasked(world: &World) {
        import(&world.staff, &[("kind", "participants")], "kelas.xlsx", SAMPLE).await;
        let batch = world.staff.get("/batches").await.expect(200)["items"][0]["id"].as_str().expect("a batch").to_owned();
        let roll = world.staff.get(&format!("/batches/{batch}/participants")).await.expect(200);
        let passed: Vec<&str> = roll["items"].as_array().expect("roll").iter().filter(|place| place["result"] == "passed").map(|place| text(place, "id")).collect();
        let failed: Vec<Value> = passed[..2].iter().map(|id| json!({"participant_id": id, "result": "failed"})).collect();
        world.staff.post(&format!("/batches/{batch}/results"), json!({"results": failed})).await.expect(200);
        let again = import(&world.staff, &[("kind", "participants")], "kelas.xlsx", SAMPLE).await;
        assert_eq!(rows(&again), [16, 0, 0, 16, 0], "{again}");
        let fields: Vec<&str> = again["differences"].as_array().expect("a list").iter().map(|line| text(line, "field")).collect();
        assert_eq!(fields, ["result", "result"]);
        let asked = import(&world.staff, &[("kind", "participants"), ("apply_differences", "true")], "kelas.xlsx", SAMPLE).await;
        assert_eq!(rows(&asked), [16, 0, 2, 14, 0], "{asked}");
        let settled = import(&world.staff, &[("kind", "participants")], "kelas.xlsx", SAMPLE).await;
        assert_eq!(settled["differences"], json!([]));
    }

    async fn an_import_that_its_process_left_is_told_so_and_stored_nothing(world: &World) {
        use serap::app::imports::job::{ImportKind, ImportRequest};
        let request = ImportRequest {
            kind: ImportKind::Participants,
            file_name: "kelas.xlsx".to_owned(),
            dry_run: false,
            partial: false,
            apply_differences: false,
            batch: None,
            office: Some(world.office),
        };
        let actor = serap::app::actor::Actor::cli(Some(world.office));
        let job = world.app.begin_import(&actor, request, SAMPLE.to_vec()).await.expect("a job");
        let path = format!("/imports/{}", job.id());
        world.app.round("satu").await.expect("a round");
        assert_eq!(world.staff.get(&path).await.expect(200)["status"], "running");
        world.clock.advance(chrono::Duration::minutes(31));
        world.app.round("satu").await.expect("a round");
        assert_eq!(world.staff.get(&path).await.expect(200)["status"], "interrupted");
        assert_eq!(world.staff.get("/graduates").await.expect(200)["items"], json!([]));
    }

    async fn reports_of_imports_forget_an_erased_person_and_old_files(world: &World) {
        let job = import(&world.staff, &[("kind", "participants"), ("partial", "true")], "kelas-rusak.xlsx", BROKEN).await;
        let path = format!("/imports/{}", text(&job, "id"));
        assert_ne!(job["problems"], json!([]));
        let people = world.staff.get("/graduates").await.expect(200);
        world.staff.post(&format!("/graduates/{}/erase", text(&people["items"][0], "id")), json!(null)).await.expect(200);
        let kept = world.staff.get(&path).await.expect(200);
        assert_eq!((kept["problems"].clone(), kept["rows"]["created"].clone()), (json!([]), job["rows"]["created"].clone()));
        let other = import(&world.staff, &[("kind", "units"), ("partial", "true")], "unit.csv", b"kode,judul\nX,\n").await;
        assert_ne!(other["problems"], json!([]), "{other}");
        world.clock.advance(chrono::Duration::days(91));
        world.app.round("satu").await.expect("a round");
        let imports = serap::engine::id::ImportId::parse(text(&other, "id")).expect("an id");
        let actor = serap::app::actor::Actor::cli(None);
        assert!(world.app.look(&actor).import(imports).await.expect("an import").report.problems.is_empty());
    }

    async fn districts_come_by_name_or_by_code(world: &World) {
        let head = "Nama;Kecamatan;Judul Program Pelatihan;Angkatan;Tanggal Mulai Pelatihan;Tanggal Selesai Pelatihan\n";
        let row = |name: &str, district: &str| format!("{name};{district};Menjahit;Angkatan I;02/11/2026;01/12/2026\n");
        let file = [head.to_owned(), row("Ani", "35.13.06"), row("Budi", "351318"), row("Cici", "Maron, Probolinggo")].concat();
        let job = import(&world.staff, &[("kind", "participants")], "kelas.csv", file.as_bytes()).await;
        assert_eq!((rows(&job), job["problems"].clone()), ([3, 3, 0, 0, 0], json!([])));
        for (district, name) in [("35.13.06", "Ani"), ("35.13.18", "Budi"), ("35.13.17", "Cici")] {
            let found = world.staff.get(&format!("/graduates?district={district}")).await.expect(200);
            assert_eq!(found["items"][0]["display_name"], name);
        }
    }

    async fn a_dry_run_knows_that_the_class_is_full(world: &World) {
        let class = crate::support::people::batch(&world.staff, 4, 0).await;
        let fields = [("kind", "participants"), ("batch_id", text(&class, "id")), ("dry_run", "true")];
        let tried = import(&world.staff, &fields, "kelas.xlsx", SAMPLE).await;
        assert_eq!((tried["status"].as_str(), tried["failure"]["code"].as_str()), (Some("failed"), Some("batch_full")), "{tried}");
    }

    async fn somebody_like_a_known_person_is_proposed_never_merged(world: &World) {
        world.staff.post("/graduates", json!({"name": "SUPARMAN", "birth_date": "1991-08-17"})).await.expect(201);
        let job = import(&world.staff, &[("kind", "participants")], "kelas.xlsx", SAMPLE).await;
        assert_eq!(rows(&job), [16, 16, 0, 0, 0]);
        let proposed = world.staff.get("/duplicates").await.expect(200);
        assert_eq!(proposed["items"].as_array().expect("pairs").len(), 1, "{proposed}");
        assert_eq!(proposed["items"][0]["confidence"], "high");
    }

    async fn case_e2_a_numeric_nik_is_refused_and_not_stored(world: &World) {
        let job = import(&world.staff, &[("kind", "participants"), ("partial", "true")], "kelas-rusak.xlsx", BROKEN).await;
        let refused: Vec<u64> = job["problems"].as_array().expect("problems").iter().filter(|line| line["code"] == "nik_read_as_number").map(|line| line["row"].as_u64().expect("a row")).collect();
        assert!(!refused.is_empty() && job["rows"]["created"].as_u64().expect("a count") > 0, "{job}");
        let sentence = job["problems"].as_array().expect("problems").iter().find(|line| line["code"] == "nik_read_as_number").expect("one");
        assert!(text(sentence, "message").starts_with("NIK terbaca sebagai angka, digit bisa hilang"));
    }

    async fn another_office_does_not_see_the_import(world: &World) {
        let job = import(&world.staff, &[("kind", "participants")], "kelas.xlsx", SAMPLE).await;
        world.elsewhere.get(&format!("/imports/{}", text(&job, "id"))).await.refused(404, "not_found");
        assert_eq!(world.elsewhere.get("/imports").await.expect(200)["items"], json!([]));
    }

    async fn somebody_known_elsewhere_becomes_a_graduate_here_too(world: &World) {
        import(&world.elsewhere, &[("kind", "participants")], "kelas.xlsx", SAMPLE).await;
        let here = import(&world.staff, &[("kind", "participants")], "kelas.xlsx", SAMPLE).await;
        assert_eq!(rows(&here), [16, 16, 0, 0, 0]);
        let known = here["known_elsewhere"].as_array().expect("a list");
        assert_eq!((known.len(), known[0]["office"].as_str()), (16, Some("Disnaker Kota Misal")));
    }
}
