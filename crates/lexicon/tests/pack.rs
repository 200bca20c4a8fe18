//! Packs: built from dumps that have the shape of GeoNames', of tables with headers, and of hostile files. Every place
//! in these tables is invented (synthetic).

#![allow(clippy::unwrap_used)]

use counterclaim_lexicon::gazetteer::import::{Imported, Options, Source, import};
use counterclaim_lexicon::{Gazetteer, Pack};
use counterclaim_text::Level;
use std::io::{BufRead, Cursor, Write};

/// A row of a dump: nineteen cells.
fn row(id: u32, name: &str, others: &str, at: (f64, f64), class: &str, code: [&str; 4], people: u64) -> String {
    let [feature, cc, a1, a2] = code;
    format!(
        "{id}\t{name}\t{name}\t{others}\t{}\t{}\t{class}\t{feature}\t{cc}\t\t{a1}\t{a2}\t\t\t{people}\t\t12\tAsia/Kabul\t2020-01-01\n",
        at.0, at.1
    )
}

fn dump() -> String {
    [
        row(1, "Synthland", "", (30.0, 60.0), "A", ["PCLI", "PK", "00", ""], 9_000_000),
        row(2, "Northmark", "", (34.0, 70.0), "A", ["ADM1", "PK", "03", ""], 700_000),
        row(3, "Upper Northmark District", "", (34.2, 70.1), "A", ["ADM2", "PK", "03", "77"], 90_000),
        row(4, "Zarqel", "Zarkel,زرقل", (34.25, 70.15), "P", ["PPL", "PK", "03", "77"], 5_000),
        row(5, "Zarqel", "", (10.0, 20.0), "P", ["PPL", "NG", "01", ""], 80_000),
        row(6, "Zarqel Grand Hotel", "", (34.25, 70.15), "S", ["HTL", "PK", "03", "77"], 0),
    ]
    .concat()
}

fn build(files: &[(&str, &[u8])], options: Options) -> (Vec<u8>, Imported) {
    let folder = tempfile::tempdir().unwrap();
    let sources: Vec<Source> = files
        .iter()
        .map(|(name, bytes)| Source {
            name: (*name).to_owned(),
            open: Box::new(move || Ok(Box::new(Cursor::new(bytes.to_vec())) as Box<dyn BufRead>)),
        })
        .collect();
    let mut out = Vec::new();
    let done = import(&sources, Gazetteer::embedded(), folder.path(), options, &mut out, &mut |_| {}).unwrap();
    (out, done)
}

fn open(bytes: &[u8]) -> std::io::Result<Pack> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    Pack::open(file.path())
}

#[test]
fn a_dump_becomes_places_with_their_divisions() {
    let (bytes, done) = build(&[("dump.txt", dump().as_bytes())], Options::default());
    assert_eq!((done.places, done.left_out, done.bad), (5, 1, 0));
    let pack = open(&bytes).unwrap();
    let found = pack.lookup("zarqel");
    assert_eq!(found.iter().map(|p| p.country.as_str()).collect::<Vec<_>>(), ["NG", "PK"], "most people first");
    let here = &found[1];
    assert_eq!(
        (here.level, here.admin1.as_str(), here.admin2.as_str()),
        (Level::Town, "Northmark", "Upper Northmark District")
    );
    assert_eq!((here.code.as_str(), here.population, here.lat), ("gn:4", 5_000, 34.25));
    for other in ["zarkel", "زرقل"] {
        assert_eq!(pack.lookup(other).len(), 1, "{other}");
    }
    assert_eq!(pack.lookup("upper northmark")[0].level, Level::Admin2, "without its level word");
    assert!(pack.lookup("zarqel grand hotel").is_empty());
    assert!(!pack.contains("zarq") && !pack.contains("zzz") && !pack.contains(""));
    let every = Options { every_feature: true, ..Options::default() };
    assert_eq!(build(&[("dump.txt", dump().as_bytes())], every).1.places, 6);
}

#[test]
fn many_rows_through_many_runs_give_the_same_bytes_in_any_order_of_files() {
    let town = |i: u32| {
        row(i, &format!("Testtown {}", i % 3000), "", (1.0, f64::from(i % 90)), "P", ["PPL", "PK", "03", ""], 0)
    };
    let (one, two): (String, String) = ((1..4000).map(town).collect(), (4000..8000).map(town).collect());
    let (a, done) = build(&[("a", one.as_bytes()), ("b", two.as_bytes())], Options::default());
    let small = Options { memory: 1, ..Options::default() };
    let (b, again) = build(&[("b", two.as_bytes()), ("a", one.as_bytes())], small);
    assert_eq!((done.names, &done), (7999, &again));
    assert!(a == b, "the packs differ");
    let pack = open(&a).unwrap();
    assert_eq!(pack.names(), 7999);
    for i in 0..3000 {
        let found = pack.lookup(&format!("testtown {i}"));
        assert!((2..=3).contains(&found.len()), "{i}: {}", found.len());
    }
}

#[test]
fn bad_rows_are_named_skipped_and_counted() {
    let good = row(9, "Fairtown", "", (1.0, 2.0), "P", ["PPL", "PK", "", ""], 1);
    let mut bytes = good.clone().into_bytes();
    bytes.extend(row(10, "Far", "", (91.0, 2.0), "P", ["PPL", "PK", "", ""], 1).bytes());
    bytes.extend(row(11, " ", "", (1.0, 2.0), "P", ["PPL", "PK", "", ""], 1).bytes());
    bytes.extend(b"12\tshort\n\n\xff\xfe\tbroken\n");
    bytes.extend(good.replace("\n", "").replacen("2", "east", 1).bytes());
    bytes.extend(format!("\n{}\n", "x".repeat(3 << 20)).bytes());
    bytes.extend(good.replace("Fairtown", "Lasttown").trim_end().bytes());
    let (pack, done) = build(&[("bad.txt", &bytes)], Options::default());
    assert_eq!((done.places, done.bad), (2, 6), "{:?}", done.faults);
    let faults = done.faults.join("\n");
    for part in [
        "bad.txt:2: the latitude \"91\" lies beyond 90 degrees",
        "bad.txt:3: the name is empty",
        "bad.txt:4: 2 cells where a GeoNames dump has 19",
        "bad.txt:6: the line is not UTF-8",
        "bad.txt:7: the longitude \"east\" is no number",
        "bad.txt:8: the line is longer than a megabyte",
    ] {
        assert!(faults.contains(part), "{part} is not in {faults}");
    }
    assert!(open(&pack).unwrap().contains("lasttown"));
}

#[test]
fn event_tables_are_read_by_the_names_of_their_columns() {
    let ged = "id,where_coordinates,adm_1,adm_2,latitude,longitude,country\n\
               1,Oldfort town,Northmark province,\"Upper, East district\",34.5,70.5,Pakistan\n\
               2,Oldfort town,Northmark province,\"Upper, East district\",34.5,70.5,Pakistan\n\
               3,Nowhere town,,,1.0,2.0,Atlantis\n";
    let acled = "event_date\tlocation\tadmin1\tadmin2\tlatitude\tlongitude\tcountry\n\
                 2024-01-01\tNewfort\tSouthmark\tLower\t33.5\t71.5\tAfghanistan\n";
    let odd = "name,y,x\nNo columns,1,2\n";
    let files = [("ged.csv", ged.as_bytes()), ("acled.tsv", acled.as_bytes()), ("odd.csv", odd.as_bytes())];
    let (bytes, done) = build(&files, Options::default());
    assert_eq!((done.places, done.bad), (3, 2));
    assert!(done.faults[0].contains("ged.csv:4: no country is called \"Atlantis\""), "{:?}", done.faults);
    assert!(done.faults[1].contains("odd.csv:2: the table has no column \"latitude\""), "{:?}", done.faults);
    let pack = open(&bytes).unwrap();
    let old = pack.lookup("oldfort");
    assert_eq!(old.len(), 1, "equal rows are one place");
    assert_eq!(
        (old[0].country.as_str(), old[0].admin1.as_str(), old[0].admin2.as_str()),
        ("PK", "Northmark", "Upper, East")
    );
    assert_eq!(pack.lookup("oldfort town").len(), 1);
    assert_eq!(pack.lookup("newfort")[0].country, "AF");
}

#[test]
fn tables_of_codes_name_the_divisions_that_a_list_of_towns_lacks() {
    let codes = "PK.03\tNorthmark\tNorthmark\t2\n";
    let town = row(4, "Zarqel", "", (34.25, 70.15), "P", ["PPL", "PK", "03", ""], 5_000);
    let (bytes, _) =
        build(&[("cities.txt", town.as_bytes()), ("admin1CodesASCII.txt", codes.as_bytes())], Options::default());
    assert_eq!(open(&bytes).unwrap().lookup("zarqel")[0].admin1, "Northmark");
}

#[test]
fn damaged_packs_are_refused_or_hold_nothing() {
    let (bytes, _) = build(&[("dump.txt", dump().as_bytes())], Options::default());
    for cut in [0, 10, bytes.len() / 2, bytes.len() - 1] {
        assert!(open(&bytes[..cut]).is_err(), "cut at {cut}");
    }
    // Any byte may be wrong: opening fails or looking up finds what it can, and neither panics.
    for at in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0xff;
        if let Ok(pack) = open(&damaged) {
            pack.lookup("zarqel");
            pack.contains("northmark");
        }
    }
    let (empty, done) = build(&[("empty.txt", b"")], Options::default());
    assert_eq!(done, Imported::default());
    assert!(open(&empty).unwrap().lookup("zarqel").is_empty());
}
