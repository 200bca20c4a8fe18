//! Places: names in the gazetteer and names that only the wording shows to be places; rivals settled by what the
//! report talks about, by containment, by level words ("district"), by size.

use crate::actors::{Name, What, head_of, is_capitalised};
use crate::{Context, Words};
use counterclaim_lexicon::{Lexicon, PlaceEntry, fold};
use counterclaim_text::{ActorKind, Level, PlaceMention, PlaceRef, Rel, Report, Syntax, Upos, Xpos};

/// Words after or before a name that tell its level.
fn level_word(w: &str) -> Option<(Level, &'static str)> {
    Some(match w {
        "province" | "provinces" | "region" | "oblast" | "governorate" | "state" | "department" | "vilayat" => {
            (Level::Admin1, "admin1")
        }
        "district" | "districts" | "county" | "agency" | "municipality" => (Level::Admin2, "admin2"),
        "city" | "town" | "village" | "villages" | "hamlet" | "tehsil" | "bazaar" | "settlement" | "crossing"
        | "post" | "checkpost" | "camp" | "suburb" | "base" | "cantonment" => (Level::Town, "town"),
        "valley" | "river" | "road" | "hill" | "hills" | "mountains" | "range" | "sector" | "sectors" | "area"
        | "border" | "forest" | "park" | "highway" | "ridge" | "pass" | "island" | "islands" | "camps" | "zone"
        | "front" | "lake" | "gulf" | "sea" => (Level::Area, "area"),
        _ => return None,
    })
}

struct Candidate {
    first: usize,
    last: usize,
    entries: Vec<PlaceEntry>,
    /// Level asked for by a neighbouring word.
    wanted: Option<Level>,
    /// Nothing but the wording says that it is a place.
    unknown: bool,
}

/// Finds and resolves places; fills the context's list of countries.
pub(crate) fn find(
    report: &Report,
    syntax: &Syntax,
    words: &Words,
    lexicon: &Lexicon,
    names: &[Name],
    date_at: &[u32],
    context: &mut Context,
) -> Vec<PlaceMention> {
    let text = report.text.as_str();
    let n = syntax.tokens.len();
    let mut taken = vec![false; n];
    let mut counts: Vec<(String, u32)> = Vec::new();
    let mut demonyms: Vec<PlaceMention> = Vec::new();
    let mut count = |cc: &str, by: u32| match counts.iter_mut().find(|(c, _)| c == cc) {
        Some((_, k)) => *k += by,
        None if cc.len() == 2 => counts.push((cc.to_string(), by)),
        None => {}
    };
    for name in names {
        if let What::Actor { actor, capital, demonym } = &name.what {
            match actor.kind {
                ActorKind::State if *capital => count(&actor.country, 2),
                ActorKind::State if *demonym => {
                    count(&actor.country, 2);
                    for flag in &mut taken[name.first..=name.last] {
                        *flag = true;
                    }
                    demonyms.push(PlaceMention {
                        span: syntax.tokens[name.first].span.join(syntax.tokens[name.last].span),
                        tokens: (name.first as u32, name.last as u32),
                        demonym: true,
                        place: PlaceRef {
                            name: actor.name.clone(),
                            country: actor.country.clone(),
                            admin1: String::new(),
                            admin2: String::new(),
                            level: Level::Country,
                            lat_lon: None,
                            gazetteer_id: String::new(),
                            rivals: 0,
                        },
                    });
                }
                ActorKind::State => count(&actor.country, 3),
                // A group's name is no place, even if it holds one ("Balochistan Liberation Army").
                _ if name.last > name.first || !matches!(actor.kind, ActorKind::Community | ActorKind::Role) => {
                    if matches!(actor.kind, ActorKind::ArmedGroup | ActorKind::Organ | ActorKind::Party)
                        && actor.country.len() == 2
                    {
                        count(&actor.country, 1);
                    }
                    for flag in &mut taken[name.first..=name.last] {
                        *flag = true;
                    }
                }
                _ => {}
            }
        }
    }
    let candidates = candidates(text, syntax, words, lexicon, &taken, date_at);
    // Names that can only lie in one country tell what the report is about.
    for c in candidates.iter().filter(|c| !c.unknown) {
        let first = &c.entries[0].country;
        if c.entries.iter().all(|e| e.country == *first) && c.entries[0].curated {
            count(first, 1);
        }
    }
    // A paper may write about other countries: its own home counts only if the text names it.
    let names_state = |cc: &str| {
        names.iter().any(|n| matches!(&n.what, What::Actor { actor, .. } if matches!(actor.kind, ActorKind::State | ActorKind::Organ) && (actor.country == cc || lexicon.actors.get(&actor.parent).is_some_and(|p| p.country == cc))))
    };
    let told = |cc: &str| {
        names_state(cc) || candidates.iter().any(|c| !c.unknown && c.entries[0].curated && c.entries[0].country == cc)
    };
    if context.home.is_empty() || context.issuer.is_none() && !told(&context.home) {
        let home = home_of(text, syntax, names, &candidates);
        if !home.is_empty() {
            context.home = home;
        }
    }
    if !context.home.is_empty() {
        let home = context.home.clone();
        count(&home, 2);
    }
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    context.countries = counts;

    let mut out: Vec<PlaceMention> = Vec::new();
    for c in candidates.iter().filter(|c| !dateline(text, syntax, c)) {
        let span = syntax.tokens[c.first].span.join(syntax.tokens[c.last].span);
        let place = match choose(c, syntax, text, &out, context) {
            Some((e, rivals)) => PlaceRef {
                name: shown(e, span.of(text)),
                country: e.country.clone(),
                admin1: if e.level == Level::Admin1 { e.name.clone() } else { e.admin1.clone() },
                admin2: if e.level == Level::Admin2 { e.name.clone() } else { e.admin2.clone() },
                level: e.level,
                lat_lon: Some((e.lat, e.lon)),
                gazetteer_id: e.id(),
                rivals,
            },
            None => PlaceRef {
                name: span.of(text).to_string(),
                country: String::new(),
                admin1: String::new(),
                admin2: String::new(),
                level: c.wanted.unwrap_or(Level::Town),
                lat_lon: None,
                gazetteer_id: String::new(),
                rivals: 0,
            },
        };
        out.push(PlaceMention { span, tokens: (c.first as u32, c.last as u32), place, demonym: false });
    }
    contain_unknown(&mut out, context);
    out.extend(demonyms);
    out.sort_by_key(|p| p.span);
    out
}

/// The country that a report most likely writes from: it names its own districts and towns, and the state by its
/// name; adjectives mark the others.
fn home_of(text: &str, syntax: &Syntax, names: &[Name], candidates: &[Candidate]) -> String {
    let mut counts: Vec<(&str, u32)> = Vec::new();
    for name in names {
        if let What::Actor { actor, capital, demonym } = &name.what
            && actor.kind == ActorKind::State
            && !demonym
        {
            bump(&mut counts, &actor.country, if *capital { 1 } else { 2 });
        }
    }
    // A dateline says where the report was filed.
    if let Some(c) = candidates.iter().find(|c| !c.unknown && c.entries[0].curated && dateline(text, syntax, c)) {
        bump(&mut counts, &c.entries[0].country, 6);
    }
    for c in candidates.iter().filter(|c| !c.unknown) {
        let first = &c.entries[0];
        if first.curated && first.level != Level::Country && c.entries.iter().all(|e| e.country == first.country) {
            bump(&mut counts, &first.country, 2);
        }
    }
    counts.iter().rev().max_by_key(|c| c.1).map(|c| c.0.to_string()).unwrap_or_default()
}

fn bump<'a>(counts: &mut Vec<(&'a str, u32)>, country: &'a str, by: u32) {
    if country.len() != 2 {
        return;
    }
    match counts.iter_mut().find(|(c, _)| *c == country) {
        Some((_, k)) => *k += by,
        None => counts.push((country, by)),
    }
}

/// Small places keep the report's own spelling; provinces, countries and names in capitals take the gazetteer's.
fn shown(e: &PlaceEntry, surface: &str) -> String {
    let written = surface.chars().any(char::is_lowercase) && surface.chars().count() > 3 && is_capitalised(surface);
    let small = matches!(e.level, Level::Town | Level::Admin2 | Level::Area);
    if small && written { surface.split_whitespace().collect::<Vec<_>>().join(" ") } else { e.name.clone() }
}

/// An unknown name takes country and province from the nearest known place after it, else before it.
fn contain_unknown(places: &mut [PlaceMention], context: &Context) {
    for i in 0..places.len() {
        if !places[i].place.country.is_empty() {
            continue;
        }
        let near = |p: &&PlaceMention| !p.place.country.is_empty() && !p.demonym;
        let at = places[i].span;
        let after = places[i + 1..].iter().find(near).filter(|p| p.span.start - at.end < 80);
        let before = places[..i].iter().rev().find(near).filter(|p| at.start - p.span.end < 400);
        let from = after.or(before).map(|p| (p.place.country.clone(), p.place.admin1.clone()));
        let (country, admin1) = from.unwrap_or_else(|| (context.home.clone(), String::new()));
        places[i].place.country = country;
        places[i].place.admin1 = admin1;
    }
}

fn candidates(
    text: &str,
    syntax: &Syntax,
    words: &Words,
    lexicon: &Lexicon,
    taken: &[bool],
    date_at: &[u32],
) -> Vec<Candidate> {
    let n = syntax.tokens.len();
    let t = &syntax.tokens;
    let surface = |i: usize| t[i].span.of(text);
    let mut out: Vec<Candidate> = Vec::new();
    let mut i = 0;
    while i < n {
        let proper =
            |i: usize| i < n && !taken[i] && date_at[i] == u32::MAX && is_capitalised(surface(i)) && !words.is_empty(i);
        if !proper(i)
            || matches!(t[i].upos, Upos::Pron | Upos::Det | Upos::Aux | Upos::Sconj | Upos::Cconj)
                && t[i].xpos != Xpos::Nnp
        {
            i += 1;
            continue;
        }
        // The run of capitalised tokens that this one starts.
        let mut run = i;
        while run + 1 < n
            && run < i + 5
            && (proper(run + 1)
                || matches!(surface(run + 1), "-" | "al" | "de" | "of" | "da" | "el" | "e")
                    && proper(run + 2)
                    && glued(t, text, run))
        {
            run += 1;
        }
        let mut hit = None;
        let mut end = run;
        loop {
            if proper(end) {
                let key = words.key(i, end);
                let entries = lexicon.places.lookup(&key);
                if !entries.is_empty() {
                    hit = Some((end, entries));
                    break;
                }
            }
            if end == i {
                break;
            }
            end -= 1;
        }
        let next_word = |last: usize| t.get(last + 1).map(|t| fold(t.span.of(text))).unwrap_or_default();
        let prev_word = |k: usize| if i >= k { fold(surface(i - k)) } else { String::new() };
        let wanted_of = |last: usize| {
            level_word(&next_word(last))
                .or_else(|| (prev_word(1) == "of").then(|| level_word(&prev_word(2))).flatten())
                .or_else(|| level_word(&prev_word(1)))
                .map(|(l, _)| l)
        };
        if let Some((end, entries)) = hit {
            let curated = entries.iter().any(|e| e.curated);
            if acceptable(text, syntax, i, end, run, curated, &entries) {
                out.push(Candidate { first: i, last: end, entries, wanted: wanted_of(end), unknown: false });
                i = end + 1;
                continue;
            }
        }
        // Unknown: only after a preposition of place, or with a level word.
        let mut last = run;
        while last > i && level_word(&fold(surface(last))).is_some() {
            last -= 1;
        }
        let prep = prev_word(1);
        let spatial = matches!(prep.as_str(), "in" | "at" | "near")
            || matches!(prep.as_str(), "of" | "the") && wanted_of(last).is_some();
        let level_after = matches!(
            next_word(last).as_str(),
            "district"
                | "valley"
                | "area"
                | "village"
                | "tehsil"
                | "sector"
                | "province"
                | "hill"
                | "crossing"
                | "road"
        ) || last < run;
        let name_like =
            t[i].upos == Upos::Propn && !matches!(t[i].xpos, Xpos::Nns) && t[i].span.join(t[last].span).len() > 2;
        if name_like && (spatial || level_after && i > 0) && last - i < 3 && !person_like(text, syntax, i, last) {
            out.push(Candidate {
                first: i,
                last,
                entries: Vec::new(),
                wanted: wanted_of(last)
                    .or_else(|| (last < run).then(|| level_word(&fold(surface(last + 1)))).flatten().map(|l| l.0)),
                unknown: true,
            });
        }
        // The rest of the run may still hold a known name ("Rescue 1122 Bannu").
        i += if i < run && out.last().is_none_or(|c| c.first != i) { 1 } else { (last.max(i) + 1) - i };
    }
    out
}

fn glued(t: &[counterclaim_text::Token], text: &str, run: usize) -> bool {
    let w = t[run + 1].span.of(text);
    w != "-" || (t[run].span.end == t[run + 1].span.start && t[run + 1].span.end == t[run + 2].span.start)
}

/// A person's name: next to a title, a verb of speech, an age or a role.
fn person_like(text: &str, syntax: &Syntax, first: usize, last: usize) -> bool {
    let t = &syntax.tokens;
    let head = head_of(syntax, first, last);
    if t[head].rel == Rel::Appos
        || matches!(t[head].rel, Rel::Nsubj)
            && matches!(syntax.head(head).map(|h| syntax.lemma(h)), Some("say" | "tell" | "add" | "state"))
    {
        return true;
    }
    const TITLES: &[&str] = &[
        "mr",
        "mrs",
        "ms",
        "dr",
        "haji",
        "malik",
        "colonel",
        "major",
        "general",
        "captain",
        "president",
        "minister",
        "sheikh",
        "sepoy",
        "mullah",
        "mufti",
        "maulana",
        "commander",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "director",
        "governor",
        "mayor",
    ];
    first > 0 && TITLES.contains(&fold(t[first - 1].span.of(text)).trim_end_matches('.'))
}

/// False for words that only look like a known place: parts of longer names, sentence-initial common words.
fn acceptable(
    text: &str,
    syntax: &Syntax,
    first: usize,
    last: usize,
    run: usize,
    curated: bool,
    entries: &[PlaceEntry],
) -> bool {
    let t = &syntax.tokens;
    let tag_ok = (first..=last).any(|i| {
        matches!(t[i].upos, Upos::Propn) || (curated && matches!(t[i].upos, Upos::Noun | Upos::Adj | Upos::X))
    });
    if !tag_ok {
        return false;
    }
    let sentence = syntax.sentences[syntax.sentence_of(first)];
    let initial = first == sentence.start as usize;
    let prev = if first > 0 && !initial { fold(t[first - 1].span.of(text)) } else { String::new() };
    let spatial = matches!(
        prev.as_str(),
        "in" | "at"
            | "near"
            | "from"
            | "to"
            | "of"
            | "around"
            | "outside"
            | "inside"
            | "towards"
            | "into"
            | "between"
            | "and"
            | ","
            | "over"
            | "on"
            | "against"
            | "across"
            | "through"
            | "via"
            | "toward"
            | "hit"
            | "struck"
            | "("
            | "for"
            | "is"
            | "both"
    );
    // A piece of a longer capitalised run is more likely a person or an organisation.
    if last < run {
        let next = fold(t[last + 1].span.of(text));
        let level = level_word(&next).is_some();
        let separated = t[last + 1].upos == Upos::Punct;
        let larger = entries.iter().any(|e| e.curated && e.level != Level::Town) && syntax.head(last + 1) != Some(last);
        let owned = curated && matches!(t[first].rel, Rel::Compound | Rel::NmodPoss);
        if !(level || separated || spatial && larger || owned) {
            return false;
        }
    }
    let before_proper = first > 0
        && !initial
        && t[first - 1].upos == Upos::Propn
        && is_capitalised(&text[t[first - 1].span.start as usize..])
        && t[first].rel != Rel::List;
    let same_phrase = before_proper && {
        let (a, b) = (t[first - 1].head as usize, t[first].head as usize);
        a == first || b == first - 1 || a == last || (a == b && matches!(t[first - 1].rel, Rel::Compound | Rel::Flat))
    };
    if before_proper && !curated || same_phrase && !prev_is_actor(syntax, first) {
        return false;
    }
    if person_like(text, syntax, first, last) && !entries.iter().any(|e| e.curated && e.level != Level::Town) {
        return false;
    }
    // A town of the large list needs a sign that a place is meant.
    curated
        || spatial
        || level_word(&t.get(last + 1).map(|t| fold(t.span.of(text))).unwrap_or_default()).is_some()
        || (!initial && t[first].rel == Rel::NmodPoss)
}

/// "Pakistan's Bannu", "Monday Khost": a genitive or date before the name does not belong to it.
fn prev_is_actor(syntax: &Syntax, first: usize) -> bool {
    matches!(syntax.tokens[first - 1].rel, Rel::NmodPoss | Rel::Case | Rel::OblUnmarked | Rel::NmodUnmarked)
}

/// True for the name that opens a dateline ("SRINAGAR: …", "KABUL, Dec 11 (AFP) -"): where the report was filed.
fn dateline(text: &str, syntax: &Syntax, c: &Candidate) -> bool {
    let t = &syntax.tokens;
    let start = t[c.first].span.start as usize;
    if start > 0 && !text[..start].trim_end_matches([' ', '\t']).ends_with('\n') {
        return false;
    }
    let line = text[start..].lines().next().unwrap_or("");
    let head: String = line.chars().take(60).collect();
    let after = &head[(t[c.last].span.end as usize - start).min(head.len())..];
    let upper = t[c.first].span.of(text).chars().all(|c| !c.is_lowercase());
    let mark = after.find([':', '-', '–', '—']);
    let stop = after.find(". ").unwrap_or(usize::MAX);
    match mark {
        Some(at) if upper && at < stop => {
            !after[..at].chars().any(char::is_lowercase) || after[..at].contains(',') || after[..at].contains('(')
        }
        Some(at) if at < stop => {
            after.starts_with(',') && after[..at].chars().any(|c| c.is_ascii_digit())
                || after.starts_with(':') && start == 0
        }
        _ => false,
    }
}

/// The best entry and the number of its rivals.
fn choose<'a>(
    c: &'a Candidate,
    syntax: &Syntax,
    text: &str,
    before: &[PlaceMention],
    context: &Context,
) -> Option<(&'a PlaceEntry, u32)> {
    // "X in/of Y": a container named right after settles the choice.
    let follows = syntax.tokens.get(c.last + 1..(c.last + 9).min(syntax.tokens.len())).unwrap_or(&[]);
    let after: String = follows.iter().map(|t| t.span.of(text)).collect::<Vec<_>>().join(" ");
    let total: u32 = context.countries.iter().map(|c| c.1).sum::<u32>().max(1);
    let score = |e: &PlaceEntry| {
        let mut s = 0.0;
        let share = context
            .countries
            .iter()
            .find(|(k, _)| *k == e.country)
            .map_or(0.0, |(_, k)| f64::from(*k) / f64::from(total));
        s += 4.0 * share.sqrt();
        if e.country == context.home {
            s += 0.5;
        }
        if e.curated {
            s += 1.0;
        }
        s += (e.population.max(1) as f64).log10() * 0.25;
        s += match e.level {
            Level::Country => 2.0,
            Level::Admin1 => 0.9,
            Level::Admin2 => 0.5,
            Level::Town => 0.3,
            Level::Area => 0.2,
        };
        match c.wanted {
            Some(l) if l == e.level => s += 3.0,
            Some(Level::Area) if e.level != Level::Country => {}
            Some(_) => s -= 0.8,
            None => {}
        }
        if !e.admin1.is_empty() && e.admin1 != e.name && after.contains(e.admin1.as_str()) {
            s += 3.0;
        }
        if !e.admin2.is_empty() && e.admin2 != e.name && after.contains(e.admin2.as_str()) {
            s += 3.0;
        }
        for b in before.iter().rev().take(6).filter(|b| !b.demonym) {
            if b.place.country == e.country && !e.country.is_empty() {
                s += 0.15;
                if !e.admin1.is_empty() && b.place.admin1 == e.admin1 {
                    s += 0.3;
                }
            }
        }
        s
    };
    let best = c.entries.iter().enumerate().max_by(|(i, a), (j, b)| score(a).total_cmp(&score(b)).then(j.cmp(i)))?.1;
    Some((best, c.entries.len() as u32 - 1))
}
