//! CAMEO triples as a PETRARCH user knows them: date, source, target, code, report; parted by tabs.

use super::day;
use counterclaim_coding::{Act, Party};
use counterclaim_text::Report;

/// One line for each pair of parties: `YYYYMMDD TAB source TAB target TAB code TAB report`.
///
/// Actors are a country or body and a sector (`PAKMIL`, `IGOUNO`); a party without either is `---`, as in PETRARCH's
/// output. A reciprocal event gives a line each way. A date that nobody gives is `00000000`.
///
/// # Example
/// ```
/// use counterclaim_reader::{Reader, codes, text::Report};
/// let report = Report { id: "r1".into(), text: "Kenya condemned Uganda on Monday.".into(), ..Report::default() };
/// let lines = codes::cameo(&report, &Reader::new().acts(&report));
/// assert_eq!(lines, "00000000\tKENGOV\tUGAGOV\t111\tr1\n");
/// ```
pub fn cameo(report: &Report, acts: &[Act]) -> String {
    let mut out = String::new();
    let id: String = report.id.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    for act in acts.iter().filter(|a| !a.cameo.is_empty()) {
        let date = day(report, act).map_or_else(|| "00000000".to_owned(), |d| d.strftime("%Y%m%d").to_string());
        for (source, target) in pairs(act) {
            out.push_str(&format!("{date}\t{source}\t{target}\t{}\t{id}\n", act.cameo));
        }
    }
    out
}

/// Source and target codes: everybody on one side with everybody on the other.
fn pairs(act: &Act) -> Vec<(String, String)> {
    let mut sources: Vec<String> = act.actors.iter().map(code).collect();
    let mut targets: Vec<String> = act.recipients.iter().map(code).collect();
    let mut out: Vec<(String, String)> = Vec::new();
    if act.reciprocal {
        for (i, a) in sources.iter().enumerate() {
            for b in sources.iter().skip(i + 1) {
                out.push((a.clone(), b.clone()));
                out.push((b.clone(), a.clone()));
            }
        }
        return out;
    }
    for side in [&mut sources, &mut targets] {
        if side.is_empty() {
            side.push("---".into());
        }
    }
    for s in &sources {
        out.extend(targets.iter().map(|t| (s.clone(), t.clone())));
    }
    out.dedup();
    out
}

/// A party in CAMEO's letters: its media are MED and its medics HLH, and bodies of states stand under IGO.
fn code(p: &Party) -> String {
    let country = match p.country.as_str() {
        "UNO" => "IGOUNO",
        "EUR" => "IGOEEC",
        other => other,
    };
    let sector = match p.sectors.first().map_or("", String::as_str) {
        "IGO" | "NGO" | "IMG" if !country.is_empty() => "",
        "JRN" => "MED",
        "MED" => "HLH",
        "UNK" => "",
        other => other,
    };
    let code = format!("{country}{sector}");
    if code.is_empty() { "---".to_owned() } else { code }
}
