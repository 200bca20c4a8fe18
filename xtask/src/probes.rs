//! `cargo xtask probes`: sentences that parts of speech and grammar make hard, and whether each is coded as it should be.
//!
//! `evaluation/probes.tsv` has 120 synthetic sentences in 12 families: negated, modal, future and so on. `coded` lists the PLOVER
//! types that must be found, `not_coded` those that must not; `*` there stands for any. Incidents are PLOVER events
//! too, so both channels of the reader are probed.

use anyhow::{Context, Result, bail};
use counterclaim_reader::Reader;
use counterclaim_text::Report;
use std::path::Path;

/// One sentence and what must come of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Probe {
    family: String,
    sentence: String,
    coded: Vec<String>,
    not_coded: Vec<String>,
}

/// Reads every probe, prints what went wrong and a count by family.
pub fn run(root: &Path) -> Result<()> {
    let probes = load(&root.join("evaluation/probes.tsv"))?;
    let reader = Reader::new();
    let mut families: Vec<(String, usize, usize)> = Vec::new();
    for p in &probes {
        let fault = fault(&reader, p);
        if !families.iter().any(|f| f.0 == p.family) {
            families.push((p.family.clone(), 0, 0));
        }
        for f in families.iter_mut().filter(|f| f.0 == p.family) {
            f.1 += usize::from(fault.is_none());
            f.2 += 1;
        }
        if let Some(fault) = fault {
            println!("{}: \"{}\": {fault}", p.family, p.sentence);
        }
    }
    for (family, right, of) in &families {
        println!("{family:16} {right} of {of}");
    }
    let right: usize = families.iter().map(|f| f.1).sum();
    println!("{right} of {} probes in {} families are coded as they should be", probes.len(), families.len());
    Ok(())
}

fn load(path: &Path) -> Result<Vec<Probe>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let list = |s: &str| s.split('|').filter(|w| !w.is_empty()).map(str::to_owned).collect();
    let mut out = Vec::new();
    for (n, line) in text.lines().enumerate().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [family, sentence, coded, not_coded] = cells[..] else {
            bail!("{}:{}: {} cells where 4 belong", path.display(), n + 1, cells.len());
        };
        out.push(Probe {
            family: family.into(),
            sentence: sentence.into(),
            coded: list(coded),
            not_coded: list(not_coded),
        });
    }
    Ok(out)
}

/// What is wrong with the reading of a probe.
fn fault(reader: &Reader, p: &Probe) -> Option<String> {
    let report = Report {
        id: "probe".into(),
        source: "Probe (synthetic)".into(),
        published: Some(jiff::civil::date(2024, 3, 20)),
        text: p.sentence.clone(),
        ..Report::default()
    };
    let kinds: Vec<String> = reader.acts(&report).into_iter().map(|a| a.kind).collect();
    let missing = p.coded.iter().find(|k| !kinds.contains(k));
    let any = p.not_coded.iter().any(|k| k == "*");
    let wrong = kinds.iter().find(|k| any || p.not_coded.contains(k));
    let read = if kinds.is_empty() { "nothing".to_owned() } else { kinds.join(", ") };
    match (missing, wrong) {
        (Some(m), _) => Some(format!("{m} is missing (read: {read})")),
        (None, Some(w)) => Some(format!("{w} must not be there (read: {read})")),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_probe_is_coded_as_it_should_be() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let probes = load(&root.join("evaluation/probes.tsv")).unwrap_or_default();
        let mut families: Vec<&str> = probes.iter().map(|p| p.family.as_str()).collect();
        families.dedup();
        assert_eq!((probes.len(), families.len()), (120, 12));
        let reader = Reader::new();
        let faults: Vec<String> =
            probes.iter().filter_map(|p| fault(&reader, p).map(|f| format!("{}: {f}", p.sentence))).collect();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    #[test]
    fn a_wrong_reading_is_a_fault() {
        let reader = Reader::new();
        let probe = |coded: &str, not: &str| Probe {
            sentence: "Kenya condemned Uganda on Monday.".into(),
            coded: vec![coded.into()],
            not_coded: vec![not.into()],
            ..Probe::default()
        };
        assert!(fault(&reader, &probe("AID", "")).is_some());
        assert!(fault(&reader, &probe("ACCUSE", "*")).is_some());
        assert!(fault(&reader, &probe("ACCUSE", "AID")).is_none());
    }
}
