//! A million rows in bounded memory, in and out.

#![allow(clippy::unwrap_used)]

use counterclaim_exchange::{Format, Source, export, import};
use counterclaim_lexicon::Lexicon;
use std::io::{BufReader, Read};

/// A table that is made while it is read.
struct Made {
    rows: u64,
    made: u64,
    left: Vec<u8>,
    at: usize,
    row: fn(u64) -> String,
}

impl Read for Made {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.at == self.left.len() {
            if self.made == self.rows {
                return Ok(0);
            }
            (self.left, self.at) = ((self.row)(self.made).into_bytes(), 0);
            self.made += 1;
        }
        let n = buffer.len().min(self.left.len() - self.at);
        buffer[..n].copy_from_slice(&self.left[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}

fn made(rows: u64, row: fn(u64) -> String) -> BufReader<Made> {
    BufReader::new(Made { rows, made: 0, left: Vec::new(), at: 0, row })
}

/// Megabytes in memory; 0 where the system does not say.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:")).unwrap_or("0");
    line.trim().trim_end_matches(" kB").trim().parse::<u64>().unwrap_or(0) / 1024
}

fn acled(n: u64) -> String {
    match n {
        0 => "event_id_cnty,event_date,time_precision,sub_event_type,actor1,actor2,country,location,latitude,longitude,geo_precision,fatalities,notes\n".into(),
        _ if n % 10 == 7 => format!("X{n},nodate,1,Attack,A,B,Kenya,Lamu,-2.2,40.9,1,{n},Synthetic.\n"),
        _ => format!("X{n},2024-03-18,1,Armed clash,Military Forces of Kenya (2022-),Clan {n},Kenya,Lamu,-2.2,40.9,1,{},Synthetic.\n", n % 9),
    }
}

fn geojson(n: u64) -> String {
    match n {
        0 => "{\"type\":\"FeatureCollection\",\"features\":[".into(),
        1_000_001 => "]}".into(),
        _ => format!(
            "{}{{\"type\":\"Feature\",\"id\":{n},\"geometry\":null,\"properties\":{{\"kind\":\"riot\"}}}}\n",
            if n > 1 { "," } else { "" }
        ),
    }
}

#[test]
fn a_million_rows() {
    let lexicon = Lexicon::embedded();
    let source = Source { lexicon, file: "big", data_set: "" };
    let before = resident();
    for (format, input, rows, faults) in [
        (Format::Acled, made(1_000_001, acled), 900_000, 100_000),
        (Format::GeoJson, made(1_000_002, geojson), 1_000_000, 0),
    ] {
        let (mut good, mut bad, mut most) = (0u64, 0u64, 0);
        import(format, &source, input, &mut |row| {
            good += u64::from(row.coded.is_some());
            bad += row.faults.len() as u64;
            if (good + bad) % 100_000 == 0 {
                most = most.max(resident().saturating_sub(before));
            }
            // Each row can be written at once; the sink forgets it.
            if good % 1000 == 0 && row.coded.is_some() {
                export(Format::Acled, lexicon, row.coded.iter(), &mut std::io::sink()).unwrap();
            }
        });
        assert_eq!((good, bad), (rows, faults), "{format:?}");
        assert!(most < 64, "{format:?}: memory grew by {most} MB");
    }
}
