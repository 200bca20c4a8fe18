//! `counterclaim gazetteer` from outside; every place of the dump is invented (synthetic).

#![allow(clippy::unwrap_used)]

mod common;

use common::{counterclaim, folder, stderr, stdout};
use serde_json::Value;
use std::io::Write;

const DUMP: &str = "1\tNorthmark\tNorthmark\t\t34.0\t70.0\tA\tADM1\tPK\t\t99\t\t\t\t700000\t\t12\tAsia/Karachi\t2020-01-01\n\
2\tZarqelabad\tZarqelabad\tZarkelabad\t34.25\t70.15\tP\tPPL\tPK\t\t99\t\t\t\t5000\t\t12\tAsia/Karachi\t2020-01-01\n\
3\tBroken\tBroken\t\tnorth\t70.15\tP\tPPL\tPK\t\t99\t\t\t\t5000\t\t12\tAsia/Karachi\t2020-01-01\n";

#[test]
fn a_zipped_dump_is_imported_shown_and_read_with() {
    let dir = folder();
    let (archive, pack) = (dir.path().join("PK.zip"), dir.path().join("pk.pack"));
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&archive).unwrap());
    for (name, text) in [("readme.txt", "not a table"), ("PK.txt", DUMP)] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
    let output = counterclaim().args(["gazetteer", "import"]).arg(&archive).arg("--out").arg(&pack).output().unwrap();
    let said = stdout(&output);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(said.contains("2 places under 3 names") && said.contains("PK.txt:3: the latitude \"north\""), "{said}");
    let plain = dir.path().join("plain.txt");
    std::fs::write(&plain, DUMP).unwrap();
    let again = dir.path().join("again.pack");
    counterclaim().args(["gazetteer", "import"]).arg(&plain).arg("--out").arg(&again).assert().success();
    assert_eq!(std::fs::read(&pack).unwrap(), std::fs::read(&again).unwrap(), "zipped or plain, the same bytes");

    let output = counterclaim().args(["gazetteer", "show", "Zarkelabad", "--gazetteer"]).arg(&pack).output().unwrap();
    assert!(stdout(&output).contains("Zarqelabad (town, PPL) in Northmark, PK; 34.250 70.150; 5000 people; gn:2"));

    let text = "Militants attacked a police post in Zarqelabad on Monday, killing two guards.";
    let read = |with: &[&std::ffi::OsStr]| -> Value {
        let mut command = counterclaim();
        command.args(["read", "--format", "json", "--published", "2024-03-19"]).args(with);
        serde_json::from_slice(&command.arg("-").write_stdin(text).output().unwrap().stdout).unwrap()
    };
    let known = &read(&["--gazetteer".as_ref(), pack.as_os_str()])["incidents"][0]["where"][0];
    assert_eq!(
        (known["admin1"].as_str(), known["gazetteer_id"].as_str()),
        (Some("Northmark"), Some("gn:2")),
        "{known}"
    );
    assert_eq!((known["acled_geo_precision"].as_u64(), known["ucdp_where_prec"].as_u64()), (Some(1), Some(1)));
    let unknown = &read(&[])["incidents"][0]["where"][0];
    assert_eq!((unknown["name"].as_str(), unknown.get("lat")), (Some("Zarqelabad"), None), "{unknown}");
}

#[test]
fn what_is_no_pack_or_no_dump_is_said_so() {
    let dir = folder();
    let file = dir.path().join("notes.txt");
    std::fs::write(&file, "some words\nand more\n").unwrap();
    let output = counterclaim().args(["read", "--gazetteer"]).arg(&file).arg("-").write_stdin("x").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("this is no gazetteer pack"), "{}", stderr(&output));
    let out = dir.path().join("none.pack");
    let output = counterclaim().args(["gazetteer", "import", "no-such-file", "--out"]).arg(&out).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(!out.exists() && stderr(&output).contains("no-such-file"), "{}", stderr(&output));
    let output = counterclaim().args(["gazetteer", "import"]).arg(&file).arg("--out").arg(&out).output().unwrap();
    assert!(stdout(&output).contains("0 places") && stdout(&output).contains("the table has no column"));
}
