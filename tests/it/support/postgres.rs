//! A throw-away PostgreSQL cluster, started by the first test that needs it and ended with the test process.
//!
//! `SERAP_TEST_POSTGRES` names an existing server (`postgres://user@host:port`) to use instead.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

static SERVER: OnceLock<String> = OnceLock::new();

/// The address of the server, without a database name.
pub fn server() -> &'static str {
    SERVER.get_or_init(|| std::env::var("SERAP_TEST_POSTGRES").unwrap_or_else(|_unset| start()))
}

/// Clusters that an earlier test process left behind.
fn sweep() {
    for folder in std::fs::read_dir("/tmp").into_iter().flatten().flatten().map(|entry| entry.path()) {
        let ours = folder.file_name().is_some_and(|name| name.to_string_lossy().starts_with("serap-pg-"));
        let lock = std::fs::read_to_string(folder.join("postmaster.pid")).unwrap_or_default();
        let alive = lock.lines().next().is_some_and(|pid| Path::new("/proc").join(pid.trim()).exists());
        if ours && folder.join("PG_VERSION").exists() && !alive {
            std::fs::remove_dir_all(&folder).ok();
        }
    }
}

fn start() -> String {
    sweep();
    let programs = programs();
    let folder = tempfile::Builder::new().prefix("serap-pg-").tempdir_in("/tmp").expect("a folder for PostgreSQL").keep();
    let as_root = Command::new("id").arg("-u").output().is_ok_and(|out| out.stdout.starts_with(b"0\n"));
    if as_root {
        run(Command::new("chown").arg("-R").arg("postgres").arg(&folder));
    }
    let mut initdb = as_postgres(as_root, &programs.join("initdb"));
    run(initdb.arg("-D").arg(&folder).args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]));
    let port = TcpListener::bind("127.0.0.1:0").and_then(|probe| probe.local_addr()).expect("a free port").port();
    let settings = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=400", "listen_addresses=127.0.0.1"];
    let (program, data) = (programs.join("postgres"), folder.clone());
    // The kernel signals the child when the thread that started it ends, so that thread must last as long as the process.
    std::thread::spawn(move || {
        let mut postgres = as_postgres(as_root, &program);
        postgres.arg("-D").arg(&data).arg("-p").arg(port.to_string()).arg("-k").arg(&data);
        for setting in settings {
            postgres.arg("-c").arg(setting);
        }
        let log = std::fs::File::create(std::env::temp_dir().join(format!("serap-pg-{port}.log"))).expect("a log file");
        let mut child = postgres.stdout(Stdio::null()).stderr(log).spawn().expect("PostgreSQL starts");
        child.wait().ok();
        std::fs::remove_dir_all(&data).ok();
    });
    wait_for(&programs, port);
    format!("postgres://postgres@127.0.0.1:{port}")
}

fn wait_for(programs: &Path, port: u16) {
    let patience = Instant::now() + Duration::from_secs(180);
    loop {
        let ready = Command::new(programs.join("pg_isready")).args(["-q", "-h", "127.0.0.1", "-p", &port.to_string()]).status();
        if ready.is_ok_and(|status| status.success()) {
            return;
        }
        assert!(Instant::now() < patience, "PostgreSQL did not start within a minute");
        std::thread::park_timeout(Duration::from_millis(30));
    }
}

/// A command run as the user `postgres` (who must not be root), told to end when its parent thread ends.
fn as_postgres(as_root: bool, program: &Path) -> Command {
    let mut command = Command::new("setpriv");
    if as_root {
        command.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]);
    }
    command.args(["--pdeathsig=INT", "--"]).arg(program).current_dir("/tmp");
    command
}

fn programs() -> PathBuf {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|versions| {
            versions.filter_map(Result::ok).map(|version| version.path().join("bin")).filter(|bin| bin.join("initdb").exists()).collect()
        })
        .unwrap_or_default();
    found.sort();
    found.pop().expect("PostgreSQL is not installed: apt-get install postgresql, or set SERAP_TEST_POSTGRES")
}

fn run(command: &mut Command) {
    let output = command.output().expect("the command starts");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}
