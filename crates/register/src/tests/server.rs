//! A throw-away PostgreSQL for tests, from the binaries of this machine: its own folder, its own socket, no network.
//!
//! It ends with the process that started it: a shell holds the other end of a pipe and stops the server when it closes.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What to do when there is no PostgreSQL.
const REMEDY: &str =
    "these tests need PostgreSQL's server binaries: on Debian `apt-get install postgresql`, or `make needs`";

/// The address of a new, empty database.
pub fn database() -> String {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let name = format!("desk{}", NEXT.fetch_add(1, Ordering::Relaxed));
    let socket = socket();
    let mut client = connect(&address(socket, "postgres"));
    client.batch_execute(&format!("CREATE DATABASE {name} TEMPLATE template0")).unwrap();
    address(socket, &name)
}

fn connect(url: &str) -> postgres::Client {
    // Starting takes a second or two.
    for _ in 0..300 {
        if let Ok(client) = postgres::Client::connect(url, postgres::NoTls) {
            return client;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    panic!("the test server does not answer at {url}; {REMEDY}");
}

fn address(socket: &Path, database: &str) -> String {
    format!("postgres://postgres@{}/{database}", socket.to_string_lossy().replace('/', "%2F"))
}

fn binaries() -> PathBuf {
    let found = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = found.map(|e| e.path().join("bin")).collect();
    folders.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    folders.extend(std::env::split_paths(&path));
    let whole = |f: &PathBuf| f.join("initdb").is_file() && f.join("postgres").is_file();
    folders.into_iter().rev().find(whole).unwrap_or_else(|| panic!("{REMEDY}"))
}

/// The folder of the socket of the one server of this process.
fn socket() -> &'static Path {
    static SOCKET: OnceLock<PathBuf> = OnceLock::new();
    SOCKET.get_or_init(|| {
        // A short path: sockets have a limit of about a hundred characters.
        let folder = tempfile::Builder::new().prefix("ccpg").tempdir_in("/tmp").unwrap().keep();
        let bin = binaries();
        let script = format!(
            "set -e; trap 'rm -rf {folder}' EXIT; {bin}/initdb -D {folder}/data -U postgres --auth=trust -E UTF8 --locale=C.UTF-8 >{folder}/log 2>&1; \
             {bin}/postgres -D {folder}/data -k {folder} -c listen_addresses= -c max_connections=60 -c fsync=off >>{folder}/log 2>&1 & \
             server=$!; cat >/dev/null; kill -INT $server; wait $server || true",
            folder = folder.display(),
            bin = bin.display()
        );
        // PostgreSQL refuses to run as root.
        let root = std::fs::metadata("/proc/self").is_ok_and(|m| std::os::unix::fs::MetadataExt::uid(&m) == 0);
        let mut command = if root {
            let owned = Command::new("chown").arg("postgres").arg(&folder).status();
            assert!(owned.is_ok_and(|s| s.success()), "there is no user postgres; {REMEDY}");
            let mut as_user = Command::new("runuser");
            as_user.args(["-u", "postgres", "--", "bash", "-c", &script]);
            as_user
        } else {
            let mut own = Command::new("bash");
            own.args(["-c", &script]);
            own
        };
        let child = command.current_dir("/").stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // Never closed: the pipe ends with this process.
        std::mem::forget(child);
        folder
    })
}
