//! `cargo xtask gazetteer`: writes the sorted lists of GeoNames towns and divisions that the lexicon searches.
//!
//! The `reverse_geocoder` crate carries 144,000 towns of GeoNames (CC BY 4.0) but shows them only by nearest
//! coordinates; the reader needs them by name. This command finds the crate's own `cities.csv` through
//! `cargo metadata` and sorts it by look-up key into `geonames-towns.tsv`. The list has no row for a division: each
//! division that its towns name goes to `geonames-divisions.tsv`, at the middle of those towns.

use anyhow::{Context, Result};
use counterclaim_lexicon::{division_names, words_of};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Writes the sorted lists under `root`/data/places.
pub fn run(root: &Path) -> Result<()> {
    let csv = cities_csv(root)?;
    let text = std::fs::read_to_string(&csv).with_context(|| format!("cannot read {}", csv.display()))?;
    let names = names(&root.join("data/places/admin1-names.tsv"))?;
    let (mut towns, mut divisions) = (Vec::new(), BTreeMap::new());
    for record in text.lines().skip(1) {
        let cells = split_csv(record.trim_end());
        let [lat, lon, name, admin1, admin2, country] = cells.as_slice() else { continue };
        let admin1 = names.get(&(country.clone(), admin1.clone())).unwrap_or(admin1);
        let (Ok(lat), Ok(lon)) = (lat.parse::<f64>(), lon.parse::<f64>()) else { continue };
        for (level, admin2) in [("admin1", ""), ("admin2", admin2.as_str())] {
            if !admin1.is_empty() && (level == "admin1" || !admin2.is_empty()) {
                let at: &mut Middle =
                    divisions.entry((country.clone(), admin1.clone(), admin2.to_owned())).or_default();
                at.add(lat, lon);
            }
        }
        if let Some(key) = key(name) {
            towns.push((key, format!("{name}\ttown\t{country}\t{admin1}\t{admin2}\t{lat:.3}\t{lon:.3}\t1")));
        }
    }
    let folder = root.join("data/places");
    write(&folder.join("geonames-towns.tsv"), towns)?;
    let mut lines = Vec::new();
    for ((country, admin1, admin2), at) in &divisions {
        let (level, name) = if admin2.is_empty() { ("admin1", admin1) } else { ("admin2", admin2) };
        let (lat, lon) = at.middle();
        let keys: BTreeSet<String> = division_names(name).iter().filter_map(|n| key(n)).collect();
        for key in keys {
            lines.push((
                key,
                format!("{name}\t{level}\t{country}\t{admin1}\t{admin2}\t{lat:.3}\t{lon:.3}\t{}", at.towns),
            ));
        }
    }
    write(&folder.join("geonames-divisions.tsv"), lines)
}

/// What our tables call the provinces that the list has under older or other spellings.
fn names(path: &Path) -> Result<BTreeMap<(String, String), String>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let cells = |line: &str| line.split('\t').map(str::to_owned).collect::<Vec<String>>();
    Ok(text
        .lines()
        .skip(1)
        .filter_map(|l| <[String; 4]>::try_from(cells(l)).ok())
        .map(|[country, theirs, ours, _]| ((country, theirs), ours))
        .collect())
}

/// The look-up key of a name; none for names so short that every text would be full of them.
fn key(name: &str) -> Option<String> {
    let key = words_of(name).join(" ");
    (key.len() >= 3 && !key.bytes().all(|b| b.is_ascii_digit())).then_some(key)
}

fn write(path: &Path, mut lines: Vec<(String, String)>) -> Result<()> {
    lines.sort();
    lines.dedup();
    let text: String = lines.iter().map(|(key, rest)| format!("{key}\t{rest}\n")).collect();
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))?;
    println!("{}: {} lines", path.display(), lines.len());
    Ok(())
}

/// The middle of the towns of a division: the mean of their directions from the centre of the Earth, so that
/// divisions on the 180th meridian stay there.
#[derive(Default)]
struct Middle {
    sum: [f64; 3],
    towns: u32,
}

impl Middle {
    fn add(&mut self, lat: f64, lon: f64) {
        let (lat, lon) = (lat.to_radians(), lon.to_radians());
        self.sum[0] += lat.cos() * lon.cos();
        self.sum[1] += lat.cos() * lon.sin();
        self.sum[2] += lat.sin();
        self.towns += 1;
    }

    fn middle(&self) -> (f64, f64) {
        let [x, y, z] = self.sum;
        (z.atan2(x.hypot(y)).to_degrees(), y.atan2(x).to_degrees())
    }
}

fn cities_csv(root: &Path) -> Result<PathBuf> {
    let output = Command::new("cargo")
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root)
        .output()
        .context("cannot run cargo metadata")?;
    let metadata: serde_json::Value =
        serde_json::from_slice(&output.stdout).context("cargo metadata printed no JSON")?;
    let packages = metadata["packages"].as_array().context("no packages in cargo metadata")?;
    let manifest = packages
        .iter()
        .find(|p| p["name"] == "reverse_geocoder")
        .and_then(|p| p["manifest_path"].as_str())
        .context("the crate reverse_geocoder is not among the dependencies")?;
    Ok(Path::new(manifest).with_file_name("cities.csv"))
}

/// Splits one CSV line; cells may be quoted.
fn split_csv(line: &str) -> Vec<String> {
    let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(std::mem::take(&mut cell)),
            c => cell.push(c),
        }
    }
    cells.push(cell);
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_cells_keep_their_commas() {
        assert_eq!(split_csv("1,\"a, b\",c"), ["1", "a, b", "c"]);
    }

    #[test]
    fn the_middle_of_towns_on_the_date_line_is_there_too() {
        let mut at = Middle::default();
        at.add(-17.0, 179.0);
        at.add(-17.0, -179.0);
        let (lat, lon) = at.middle();
        assert!((lat + 17.0).abs() < 0.1 && (lon.abs() - 180.0).abs() < 1e-9, "{lat} {lon}");
    }
}
