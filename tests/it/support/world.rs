//! One installation, served on a loopback port, with two offices, two partners and an account for every role.

use std::net::TcpListener;
use std::path::Path;
use std::sync::OnceLock;

use chrono::{DateTime, Utc};
use serap::app::accounts::{NewAccount, NewOffice};
use serap::app::actor::Actor;
use serap::app::clock::Clock;
use serap::app::installation::{App, Place};
use serap::engine::id::OfficeId;
use serap::server::{self, Running};
use serap::store::database::Database;

use crate::support::client::Client;
use crate::support::postgres;

/// A running installation.
pub struct World {
    /// The installation itself, for the few things no door shows.
    pub app: App,
    /// Its clock: stands still until moved. It begins on Wednesday 2 December 2026, 09:00 WIB.
    pub clock: Clock,
    /// A client that is not signed in.
    pub anonymous: Client,
    /// The administrator.
    pub admin: Client,
    /// Head of the first office.
    pub head: Client,
    /// Officer of the first office.
    pub staff: Client,
    /// Another officer of the first office.
    pub colleague: Client,
    /// Instructor of the first office.
    pub instructor: Client,
    /// Officer of the second office.
    pub elsewhere: Client,
    /// Viewer of East Java.
    pub viewer: Client,
    /// The first office.
    pub office: OfficeId,
    /// The second office.
    pub other_office: OfficeId,
    /// Where its rows are, for tests that write rows themselves.
    pub database_url: String,
    _folder: tempfile::TempDir,
}

/// 2 December 2026, 09:00 WIB.
pub fn beginning() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2026-12-02T02:00:00Z").expect("a moment").with_timezone(&Utc)
}

/// Runs a story against an installation on SQLite.
pub fn on_sqlite(story: impl AsyncFn(&World)) {
    run(&story, |folder| {
        static TEMPLATE: OnceLock<Vec<u8>> = OnceLock::new();
        let template = TEMPLATE.get_or_init(|| {
            let made = tempfile::tempdir().expect("a folder");
            let url = Database::url_in(made.path());
            std::thread::spawn(move || migrate(&url)).join().expect("the schema is made");
            std::fs::read(made.path().join("serap.db")).expect("the template is there")
        });
        std::fs::write(folder.join("serap.db"), template).expect("the template is copied");
        Database::url_in(folder)
    });
}

/// Runs a story against an installation on PostgreSQL.
pub fn on_postgres(story: impl AsyncFn(&World)) {
    run(&story, |_folder| {
        static TEMPLATE: OnceLock<String> = OnceLock::new();
        let template = TEMPLATE.get_or_init(|| {
            let name = format!("serap_template_{}", std::process::id());
            let url = format!("{}/{name}", postgres::server());
            let made = name.clone();
            std::thread::spawn(move || {
                sql(&format!("DROP DATABASE IF EXISTS {made}"));
                sql(&format!("CREATE DATABASE {made}"));
                migrate(&url);
            })
            .join()
            .expect("the schema is made");
            name
        });
        let name = format!("serap_{}", uuid::Uuid::new_v4().simple());
        let (made, template) = (name.clone(), template.clone());
        std::thread::spawn(move || sql(&format!("CREATE DATABASE {made} TEMPLATE {template} STRATEGY FILE_COPY")))
            .join()
            .expect("the database is made");
        format!("{}/{name}", postgres::server())
    });
}

fn migrate(url: &str) {
    let runtime = actix_web::rt::System::new();
    runtime.block_on(async {
        let database = Database::open(url).await.expect("the schema is made");
        database.close().await.expect("the database closes");
    });
}

/// One statement against the server's own database; one at a time, since a template in use cannot be copied.
fn sql(statement: &str) {
    static ONE: std::sync::Mutex<()> = std::sync::Mutex::new(());
    let _one = ONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let output = std::process::Command::new("psql")
        .arg(format!("{}/postgres", postgres::server()))
        .args(["-qc", statement])
        .output()
        .expect("psql runs");
    assert!(output.status.success(), "{statement}: {}", String::from_utf8_lossy(&output.stderr));
}

fn run(story: &impl AsyncFn(&World), url_in: impl Fn(&Path) -> String) {
    let folder = tempfile::tempdir().expect("a folder");
    let url = url_in(folder.path());
    actix_web::rt::System::new().block_on(async {
        let world = World::begin(folder, url).await;
        story(&world).await;
        world.app.close().await.expect("the installation closes");
    });
}

impl World {
    async fn begin(folder: tempfile::TempDir, database_url: String) -> Self {
        let clock = Clock::standing_at(beginning());
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let place = Place {
            database_url: database_url.clone(),
            key_file: folder.path().join("serap.key"),
            public_url: base.clone(),
            snapshot_file: None,
        };
        let app = App::open(&place, clock.clone()).await.expect("the installation opens");
        let server = server::start(app.clone(), listener, Running { workers: 2, shutdown_seconds: 1 }).expect("the server starts");
        actix_web::rt::spawn(server);
        let anonymous = Client::new(&base);
        let office = found_office(&app, "Disnaker Kabupaten Contoh", "35.13").await;
        let other_office = found_office(&app, "Disnaker Kota Misal", "35.74").await;
        let open = async |login: &str, role: &str, office: Option<OfficeId>| {
            let token = open_account(&app, login, role, office, None, (role == "viewer").then(|| "35".to_owned())).await;
            anonymous.with_token(&token)
        };
        Self {
            admin: open("admin", "admin", None).await,
            head: open("pimpinan", "head", Some(office)).await,
            staff: open("staf", "officer", Some(office)).await,
            colleague: open("rekan", "officer", Some(office)).await,
            instructor: open("instruktur", "instructor", Some(office)).await,
            elsewhere: open("staf2", "officer", Some(other_office)).await,
            viewer: open("provinsi", "viewer", None).await,
            app,
            clock,
            anonymous,
            office,
            other_office,
            database_url,
            _folder: folder,
        }
    }

    /// The key file of the installation.
    pub fn key_file(&self) -> std::path::PathBuf {
        self._folder.path().join("serap.key")
    }

    /// A client for a new account of an employer.
    pub async fn employer(&self, login: &str, employer: &str) -> Client {
        let employer = serap::engine::id::EmployerId::parse(employer).expect("an employer's id");
        let token = open_account(&self.app, login, "employer", None, Some(employer), None).await;
        self.anonymous.with_token(&token)
    }
}

async fn found_office(app: &App, name: &str, region: &str) -> OfficeId {
    let new = NewOffice {
        name: name.to_owned(),
        kind: "disnaker".to_owned(),
        region_code: region.to_owned(),
        zone: None,
        phone: Some("0335421000".to_owned()),
    };
    app.work(&Actor::cli(None), async |work| work.found_office(&new).await).await.expect("the office is founded").id
}

/// Opens an account and gives it a token, without the slow password.
pub async fn open_account(
    app: &App,
    login: &str,
    role: &str,
    office: Option<OfficeId>,
    employer: Option<serap::engine::id::EmployerId>,
    region: Option<String>,
) -> String {
    let new = NewAccount {
        login: login.to_owned(),
        role: role.to_owned(),
        display_name: format!("Akun {login}"),
        office_id: office,
        employer_id: employer,
        region_code: region,
        password: None,
    };
    app.work(&Actor::cli(None), async |work| {
        let made = work.open_account(&new).await?;
        work.issue_api_key(made.account.id).await
    })
    .await
    .expect("the account is opened")
}
