//! What the register asks of the reading of several reports: sightings, where to look for neighbours, groups, and what a
//! group tells. All of it is a function of the sightings alone.

use counterclaim_coding::ClaimDraft;
use counterclaim_copies as copies;
use counterclaim_incidents::{self as incidents, Part, Said, compare};
use counterclaim_lexicon::{Lexicon, words_of};
use counterclaim_text::{Claim, Commitment, Incident};
use std::collections::BTreeSet;

pub(crate) use counterclaim_incidents::{Decided, Sighting, cluster, sightings};

/// A sighting that may be anywhere.
const ANYWHERE: &str = "*";
/// Every sighting, for those that may be anywhere themselves.
const ALL: &str = "all";

/// Countries of a sighting's places; [`ANYWHERE`] if it names none.
fn countries(s: &Sighting) -> BTreeSet<&str> {
    let mut out: BTreeSet<&str> = s.places.iter().map(|p| p.country.as_str()).collect();
    if out.is_empty() || out.remove("") {
        out.insert(ANYWHERE);
    }
    out
}

/// Squares of one degree that hold the places, or that reach to within `reach` degrees of latitude of them: places on both
/// sides of a border are near each other.
fn squares(s: &Sighting, reach: f64) -> BTreeSet<String> {
    const MOST: i32 = 8;
    let mut out = BTreeSet::new();
    for (lat, lon) in s.places.iter().filter_map(|p| p.lat_lon) {
        let wide = reach / lat.abs().min(80.0).to_radians().cos();
        let (south, north) = ((lat - reach).floor() as i32, (lat + reach).floor() as i32);
        let (west, east) = ((lon - wide).floor() as i32, (lon + wide).floor() as i32);
        for y in (south..=north).take(MOST as usize) {
            out.extend((west..=east).take(MOST as usize).map(|x| format!("{y},{x}")));
        }
    }
    out
}

/// Keys of time are narrowed by country and square, so that a day of the whole world stays cheap. Without any time, only a
/// place of one name holds sightings together: all undated reports of a large archive would otherwise be compared.
fn narrowed(times: Vec<String>, s: &Sighting, places: &BTreeSet<String>) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for time in times {
        if time.starts_with('u') {
            out.extend(s.places.iter().map(|p| format!("{time}/{}", words_of(&p.name).join(" "))));
        } else {
            out.extend(places.iter().map(|c| format!("{time}/{c}")));
        }
    }
    out
}

/// Keys under which a sighting is found.
pub(crate) fn keys(lexicon: &Lexicon, s: &Sighting) -> BTreeSet<String> {
    let mut places: BTreeSet<String> = countries(s).into_iter().map(str::to_owned).collect();
    places.extend(squares(s, 0.0));
    places.insert(ALL.to_owned());
    narrowed(incidents::keys(lexicon, s), s, &places)
}

/// Keys under which its neighbours are looked for. Two sightings are found from either of them, or from neither.
pub(crate) fn lookups(lexicon: &Lexicon, s: &Sighting) -> BTreeSet<String> {
    // A third of a degree is 37 km: what the comparison calls near, and more.
    const NEAR: f64 = 0.33;
    let countries = countries(s);
    let mut places: BTreeSet<String> = BTreeSet::from([ALL.to_owned()]);
    if !countries.contains(ANYWHERE) {
        places = countries.into_iter().map(str::to_owned).collect();
        places.insert(ANYWHERE.to_owned());
        places.extend(squares(s, NEAR));
    }
    narrowed(incidents::lookups(lexicon, s), s, &places)
}

/// True if the two are more likely than not one occurrence. Clustering links such pairs and no others, and the keys find
/// all of them: so a group never reaches beyond the sightings that are linked with it, directly or through others.
pub(crate) fn linked(lexicon: &Lexicon, a: &Sighting, b: &Sighting) -> bool {
    (a.real || b.real) && compare(lexicon, a, b).is_some_and(|l| l.score > 0.0)
}

/// A copy of a reading with some of its claims, and without its commitments.
fn with_claims(part: &Part, keep: impl Fn(&ClaimDraft) -> bool) -> Part {
    let mut out = part.clone();
    out.coded.claims.retain(keep);
    out.coded.commitments.clear();
    out
}

/// What one group tells: its incident, and the claims about it. `parts` are the readings of its reports, `recorded` what people
/// recorded besides.
pub(crate) fn assemble(
    lexicon: &Lexicon,
    parts: &[&Part],
    group: &[&Sighting],
    recorded: &[Said],
) -> (Option<Incident>, Vec<Claim>) {
    let about = |part: &Part, e: usize| {
        let mut own = group.iter().filter(|s| s.report == part.reading.report.id);
        own.any(|s| s.members.contains(&e) || s.answers.contains(&e))
    };
    let mine: Vec<Part> = parts.iter().map(|p| with_claims(p, |d| d.event.is_some_and(|e| about(p, e)))).collect();
    let at = |s: &Sighting| mine.iter().position(|p| p.reading.report.id == s.report);
    let grouped: Vec<(usize, &Sighting)> = group.iter().filter_map(|s| Some((at(s)?, *s))).collect();
    let mut brief = incidents::assemble_with(lexicon, &mine.iter().collect::<Vec<_>>(), &[grouped], recorded);
    (brief.incidents.pop(), brief.claims)
}

/// Claims of a report that are about none of the incidents that its sightings are part of.
pub(crate) fn beside(lexicon: &Lexicon, part: &Part, grouped: &[Sighting]) -> Vec<Claim> {
    let taken = |e: usize| grouped.iter().any(|s| s.members.contains(&e) || s.answers.contains(&e));
    let rest = with_claims(part, |d| d.event.is_none_or(|e| !taken(e)));
    incidents::assemble(lexicon, &[&rest], &[]).claims
}

/// What a report promises.
pub(crate) fn commitments(part: &Part) -> Vec<Commitment> {
    part.coded.commitments.clone()
}

/// How many independent texts these reports are: near-copies of agency text are one, and a part of another text is none.
pub(crate) fn origins(parts: &[&Part]) -> usize {
    let start = jiff::civil::date(1, 1, 1);
    let day = |p: &Part| Some(i64::from(start.until(p.reading.report.published?).ok()?.get_days()));
    let signatures: Vec<copies::Signature> =
        parts.iter().map(|p| copies::signature(&copies::runs(&p.reading.report.text))).collect();
    let items: Vec<copies::Item<'_>> = parts
        .iter()
        .zip(&signatures)
        .map(|(p, signature)| copies::Item { id: &p.reading.report.id, published: day(p), signature })
        .collect();
    copies::independent(&copies::origins(&items))
}

/// Why sightings are taken for one occurrence: for each but the first, what ties it to the one before it that it fits best.
pub(crate) fn reasons(lexicon: &Lexicon, all: &[Sighting]) -> Vec<String> {
    let mut out = Vec::new();
    for (k, s) in all.iter().enumerate().skip(1) {
        let links = all[..k].iter().filter_map(|o| Some((o, compare(lexicon, o, s)?)));
        let best = links.max_by(|a, b| a.1.score.total_cmp(&b.1.score).then_with(|| b.0.id.cmp(&a.0.id)));
        let Some((other, link)) = best else { continue };
        let reasons = link.reasons(lexicon);
        let some = |sign: f64| {
            let list = reasons.iter().filter(|(_, w)| w * sign > 0.0).take(4).map(|(words, _)| words.as_str());
            list.collect::<Vec<_>>().join(", ")
        };
        let (for_it, against) = (some(1.0), some(-1.0));
        let against = if against.is_empty() { String::new() } else { format!("; against it: {against}") };
        out.push(format!("{} with {}: {for_it}{against}", s.report, other.report));
    }
    out
}
