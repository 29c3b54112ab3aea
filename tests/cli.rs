//! The command line as a program: what it prints, and its exit codes.

#![allow(clippy::expect_used, clippy::allow_attributes, reason = "a test that meets a surprise should stop there")]

use std::path::Path;
use std::process::{Command, Output};

fn serap(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_serap")).args(arguments).output().expect("the program starts")
}

fn written(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("a file");
    path.display().to_string()
}

fn shown(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn wrong_usage_is_two_and_failure_is_one() {
    assert_eq!(serap(&["tidak-ada"]).status.code(), Some(2));
    assert_eq!(serap(&["import", "--kind", "orang", "x.csv"]).status.code(), Some(2));
    let folder = tempfile::tempdir().expect("a folder");
    let missing = serap(&["import", "--kind", "units", "tidak-ada.csv", "--data", &folder.path().display().to_string()]);
    assert_eq!((missing.status.code(), shown(&missing.stdout)), (Some(1), String::new()));
    assert!(shown(&missing.stderr).contains("tidak-ada.csv"));
}

#[test]
fn a_mistyped_folder_is_an_error_and_no_new_installation() {
    let folder = tempfile::tempdir().expect("a folder");
    let nowhere = folder.path().join("salah-ketik");
    for command in [["doctor", "--data"].as_slice(), &["report", "absorption", "--data"], &["backup", "b.db", "--data"]] {
        let done = serap(&[command, &[&nowhere.display().to_string()]].concat());
        assert_eq!(done.status.code(), Some(1), "{command:?}");
        assert!(!nowhere.exists());
    }
}

#[test]
fn an_open_door_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let served = serap(&["serve", "--data", &folder.path().display().to_string(), "--listen", "0.0.0.0:0"]);
    assert_eq!(served.status.code(), Some(1));
    assert!(shown(&served.stderr).contains("--public-url"));
}

#[test]
fn rank_echoes_queries_and_answers_nothing_for_noise() {
    let folder = tempfile::tempdir().expect("a folder");
    let units = "C.14GMT06.010.1\tMengoperasikan Mesin Obras/Overlock\nLOG.OO01.002.01\tMenerapkan K3\nMemotong Bahan\tMemotong Bahan\n";
    let catalogue = written(folder.path(), "units.tsv", units);
    let queries = written(folder.path(), "queries.tsv", "tukang  obras\tC.14GMT06.010.1\nmemotong bahan\tx\nberpenampilan menarik\t-\n");
    let ranked = serap(&["rank", "--catalogue", &catalogue, "--queries", &queries, "--top", "5"]);
    assert_eq!(ranked.status.code(), Some(0), "{}", shown(&ranked.stderr));
    let lines: Vec<Vec<String>> = shown(&ranked.stdout).lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect();
    let of = |query: &str| {
        lines
            .iter()
            .filter(|line| line.first().is_some_and(|text| text == query))
            .filter_map(|line| line.get(1).cloned())
            .collect::<Vec<_>>()
    };
    assert_eq!(of("tukang  obras").first().map(String::as_str), Some("C.14GMT06.010.1"));
    assert_eq!(of("memotong bahan").first().map(String::as_str), Some("Memotong Bahan"));
    assert_eq!(of("berpenampilan menarik"), Vec::<String>::new());
    let words = written(folder.path(), "words.tsv", "menjahit\npenjahit\n");
    assert_eq!(shown(&serap(&["rank", "--stem", &words]).stdout), "menjahit\tjahit\npenjahit\tjahit\n");
}

#[test]
fn units_are_tried_then_imported_and_the_doctor_is_content() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data").display().to_string();
    let file = written(folder.path(), "unit.csv", "kode,judul,sektor\nC.14XYZ01.001.1,Mengerjakan tugas rekaan,Rekaan\n");
    let import = |dry: &[&str]| {
        let arguments = [&["import", "--kind", "units", &file, "--json", "--data", &data], dry].concat();
        let done = serap(&arguments);
        assert_eq!(done.status.code(), Some(0), "{}", shown(&done.stderr));
        let report: serde_json::Value = serde_json::from_slice(&done.stdout).expect("JSON");
        report["rows"]["created"].as_u64()
    };
    assert_eq!((import(&["--dry-run"]), import(&[]), import(&[])), (Some(1), Some(1), Some(0)));
    assert_eq!(serap(&["doctor", "--data", &data]).status.code(), Some(0));
}

#[test]
fn several_files_are_imported_in_order_and_the_first_refused_ends_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data").display().to_string();
    let skills = written(folder.path(), "skills.csv", "conceptUri,skillType,preferredLabel\nskill/x1,knowledge,cloth\n");
    let broader = written(folder.path(), "broader.csv", "conceptUri,broaderUri\nskill/x1,skill/S1\nskill/x2,skill/S1\n");
    let wrong = written(folder.path(), "wrong.csv", "conceptUri,broaderUri\nskill/x1,S1\n");
    let import = |files: &[&str]| {
        let done = serap(&[&["import", "--kind", "esco", "--json", "--data", &data], files].concat());
        let report: serde_json::Value = serde_json::from_slice(&done.stdout).expect("JSON");
        let counts = |name: &str| report.as_array().expect("a list").iter().map(|file| file["rows"][name].as_u64()).collect::<Vec<_>>();
        (done.status.code(), counts("created"), counts("unchanged"), shown(&done.stderr))
    };
    let (code, created, ..) = import(&[&skills, &broader]);
    assert_eq!((code, created), (Some(0), vec![Some(1), Some(2)]));
    let (code, created, unchanged, told) = import(&[&skills, &wrong, &broader]);
    assert_eq!((code, created, unchanged), (Some(1), vec![Some(0), Some(0)], vec![Some(1), Some(0)]));
    assert!(told.contains("wrong.csv"), "{told}");
}

#[test]
fn a_policy_is_shown_checked_and_set_and_a_bad_one_is_refused_by_field() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data").display().to_string();
    let file = written(folder.path(), "unit.csv", "kode,judul,sektor\nC.14XYZ01.001.1,Mengerjakan tugas rekaan,Rekaan\n");
    assert_eq!(serap(&["import", "--kind", "units", &file, "--data", &data]).status.code(), Some(0));
    let shipped = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/policies/default.toml")).expect("the policy");
    let own = shipped.replace("\"serap\"", "\"kantor\"").replace("\nversion = 1\n", "\n").replace("late_days = 30", "late_days = 14");
    let good = written(folder.path(), "kantor.toml", &own);
    let bad = written(folder.path(), "salah.toml", &own.replace("units_weight = 7000", "units_weight = nan").replace("late_days", "hari"));
    let asked = |action: &[&str]| serap(&[&["policy"], action, &["--data", &data]].concat());
    for action in ["check", "set"] {
        let refused = asked(&[action, &bad]);
        let told = shown(&refused.stderr);
        assert_eq!((refused.status.code(), shown(&refused.stdout)), (Some(1), String::new()));
        assert!(["units_weight", "late_days", "hari"].iter().all(|field| told.contains(field)), "{told}");
    }
    let checked = asked(&["check", &good, "--json"]);
    let report: serde_json::Value = serde_json::from_slice(&checked.stdout).expect("JSON");
    assert_eq!((checked.status.code(), &report["policy"], &report["vacancies"]), (Some(0), &"kantor v1".into(), &serde_json::json!([])));
    assert!(shown(&asked(&["check", &good]).stdout).contains("habis bila terlambat 14 hari"));
    assert!(shown(&asked(&["show"]).stdout).starts_with("# serap v1\n"));
    assert_eq!(asked(&["set", &good]).status.code(), Some(0));
    let again = asked(&["set", &good]);
    assert_eq!((again.status.code(), shown(&again.stderr).contains("sudah berlaku")), (Some(1), true));
    let now: serde_json::Value = serde_json::from_slice(&asked(&["show", "--json"]).stdout).expect("JSON");
    assert_eq!((&now["in_force"]["policy"], now["items"].as_array().map(Vec::len)), (&"kantor v1".into(), Some(1)));
    let next = shown(&asked(&["show"]).stdout).replace("version = 1\n", "").replace("late_days = 14", "late_days = 21");
    assert_eq!(asked(&["set", &written(folder.path(), "lanjut.toml", &next)]).status.code(), Some(0), "what is shown is a file");
    assert!(shown(&asked(&["show"]).stdout).starts_with("# kantor v2\n"));
    assert_eq!(asked(&["show", "--office", "tidak ada"]).status.code(), Some(1));
}

#[test]
fn an_advert_is_read_from_a_file_and_nothing_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data").display().to_string();
    let file = written(folder.path(), "unit.csv", "kode,judul,sektor\nC.14XYZ01.001.1,Mengerjakan tugas rekaan,Rekaan\n");
    assert_eq!(serap(&["import", "--kind", "units", &file, "--data", &data]).status.code(), Some(0));
    let advert = written(folder.path(), "iklan.txt", "Butuh 2 tukang las, penempatan Kec. Maron, gaji 3jt/bln, usia maks 35 th");
    let read = serap(&["vacancy", "read", &advert, "--json", "--data", &data]);
    assert_eq!(read.status.code(), Some(0), "{}", shown(&read.stderr));
    let told: serde_json::Value = serde_json::from_slice(&read.stdout).expect("JSON");
    let value = |field: &str| told["fields"][field]["value"].clone();
    assert_eq!(
        (value("positions"), value("district"), value("wage_min"), value("kbji")),
        (2.into(), "35.13.17".into(), 3_000_000.into(), "7212.01".into())
    );
    assert_eq!(told["flags"][0]["code"], "wording_age");
    assert!(shown(&serap(&["vacancy", "read", &advert, "--data", &data]).stdout).contains("Kec. Maron"));
    let long = written(folder.path(), "panjang.txt", &"a".repeat(10_001));
    assert_eq!(serap(&["vacancy", "read", &long, "--data", &data]).status.code(), Some(1));
    assert_eq!(serap(&["vacancy", "read", "tidak-ada.txt", "--data", &data]).status.code(), Some(1));
}
