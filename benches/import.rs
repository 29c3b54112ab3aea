//! How long a class list of 1,000 rows takes from its bytes to matchable graduates, on embedded SQLite.
//!
//! The aim is 2 s; run it with `cargo bench --bench import`.

#![allow(clippy::expect_used, clippy::allow_attributes, reason = "a bench that cannot begin should stop there")]

use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use criterion::{Criterion, criterion_group, criterion_main};
use serap::app::accounts::NewOffice;
use serap::app::actor::Actor;
use serap::app::clock::Clock;
use serap::app::imports::job::{ImportKind, ImportRequest, Progress};
use serap::app::installation::{App, Place};
use serap::store::database::Database;

const ROWS: usize = 1_000;

/// A class list as offices have it: identity number, birth date, district, unit results, certificate.
fn class_list() -> Vec<u8> {
    let mut text = String::from(
        "Nama;NIK;No. HP;Jenis Kelamin;Kecamatan;Tanggal Lahir;Judul Program Pelatihan;Angkatan;Tanggal Mulai Pelatihan;Tanggal Selesai Pelatihan;\
         Status Kelulusan;GAR.CM01.003.01;C.14GMT06.010.1;No. Sertifikat\n",
    );
    for row in 0..ROWS {
        let (day, month) = (1 + row % 28, 1 + row % 12);
        text.push_str(&format!(
            "Rekaan Orang {};351317{day:02}{month:02}95{:04};0812-0000-{:04};L;Maron;{day:02}/{month:02}/1995;Menjahit;Angkatan Besar;01/09/2026;30/09/2026;Lulus;K;K;{row}/REKAAN/2026\n",
            letters(row),
            row % 10_000,
            row
        ));
    }
    text.into_bytes()
}

fn letters(number: usize) -> String {
    number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'A')).collect()
}

async fn import_once(bytes: Vec<u8>) -> Duration {
    let folder = tempfile::tempdir().expect("a folder");
    let place = Place {
        database_url: Database::url_in(folder.path()),
        key_file: folder.path().join("serap.key"),
        public_url: "http://localhost".to_owned(),
        snapshot_file: None,
    };
    let now = DateTime::parse_from_rfc3339("2026-12-02T02:00:00Z").expect("a moment").with_timezone(&Utc);
    let app = App::open(&place, Clock::standing_at(now)).await.expect("an installation");
    let office =
        NewOffice { name: "Kantor".to_owned(), kind: "disnaker".to_owned(), region_code: "35.13".to_owned(), zone: None, phone: None };
    let office = app.work(&Actor::cli(None), async |work| work.found_office(&office).await).await.expect("an office").id;
    let actor = Actor::cli(Some(office));
    let request = ImportRequest {
        kind: ImportKind::Participants,
        file_name: "kelas.csv".to_owned(),
        dry_run: false,
        partial: false,
        apply_differences: false,
        batch: None,
        office: Some(office),
    };
    let began = Instant::now();
    let job = app.begin_import(&actor, request, bytes).await.expect("the file is read");
    let view = app.run_import(&actor, &job, &Progress::default()).await.expect("the file is stored");
    let took = began.elapsed();
    assert_eq!((view.counts.created, app.index().len()), (ROWS, ROWS), "{:?}", view.report.problems.first());
    app.close().await.expect("the installation closes");
    took
}

fn import(criterion: &mut Criterion) {
    let bytes = class_list();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let mut group = criterion.benchmark_group("import");
    group.sample_size(10);
    group.bench_function("1000_rows_sqlite", |bencher| {
        bencher.iter_custom(|times| (0..times).map(|_| runtime.block_on(import_once(bytes.clone()))).sum());
    });
    group.finish();
}

criterion_group!(benches, import);
criterion_main!(benches);
