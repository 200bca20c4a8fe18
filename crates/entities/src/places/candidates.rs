//! Names that may be places: the longest names of the gazetteer in each run of capitalised words, and names that only
//! the wording shows to be places ("in Xville", "Xville district").

use super::accept::{Verdict, judge, person_like};
use super::groups::Groups;
use super::people::People;
use super::wording::{is_first_name, is_title, level_word, makes_place};
use crate::Words;
use crate::actors::is_capitalised;
use counterclaim_lexicon::{Lexicon, fold};
use counterclaim_text::{Level, NameClass, Rel, Syntax, Token, Upos, Xpos};

/// A name that may be a place.
pub(super) struct Candidate {
    pub first: usize,
    pub last: usize,
    /// Its places; `None` if nothing but the wording says that it is one.
    pub group: Option<usize>,
    /// Level asked for by a neighbouring word.
    pub wanted: Option<Level>,
    /// It is a place only if the same name is one elsewhere in the report.
    pub weak: bool,
}

/// What the search looks at.
pub(super) struct Scene<'a> {
    pub text: &'a str,
    pub syntax: &'a Syntax,
    pub words: &'a Words,
    /// Tokens of actors' names that are no places.
    pub taken: &'a [bool],
    pub date_at: &'a [u32],
    pub people: &'a People,
    pub lexicon: &'a Lexicon,
}

impl Scene<'_> {
    /// The words of token `i`.
    pub fn surface(&self, i: usize) -> &str {
        self.syntax.tokens[i].span.of(self.text)
    }

    /// The token at `i` in lower case, empty beyond the text.
    pub fn folded(&self, i: usize) -> String {
        if i < self.syntax.tokens.len() { fold(self.surface(i)) } else { String::new() }
    }

    /// The `k`-th token before `i` in lower case, empty before the text.
    pub fn before(&self, i: usize, k: usize) -> String {
        if i >= k { fold(self.surface(i - k)) } else { String::new() }
    }

    fn proper(&self, i: usize) -> bool {
        i < self.syntax.tokens.len()
            && !self.taken[i]
            && self.date_at[i] == u32::MAX
            && is_capitalised(self.surface(i))
            && !self.words.is_empty(i)
    }

    /// True if the network reads these tokens as one name of a place.
    fn marked_place(&self, first: usize, last: usize) -> bool {
        let names = &self.syntax.names;
        let at = names.partition_point(|n| (n.start as usize) < first);
        names
            .get(at)
            .is_some_and(|n| n.class == NameClass::Place && n.start as usize == first && n.end as usize == last + 1)
    }

    /// The level that the words around a name ask for.
    pub fn wanted(&self, first: usize, last: usize) -> Option<Level> {
        // "Niger state radio" is no province.
        let owned = self.folded(last + 1) == "state"
            && self.syntax.tokens.get(last + 2).is_some_and(|t| matches!(t.upos, Upos::Noun | Upos::Propn));
        level_word(&self.folded(last + 1))
            .filter(|_| !owned)
            .or_else(|| (self.before(first, 1) == "of").then(|| level_word(&self.before(first, 2))).flatten())
            .or_else(|| level_word(&self.before(first, 1)))
    }
}

/// Finds them, left to right.
pub(super) fn candidates(scene: &Scene, groups: &mut Groups) -> Vec<Candidate> {
    let t = &scene.syntax.tokens;
    let mut out: Vec<Candidate> = Vec::new();
    let mut i = 0;
    while i < t.len() {
        let little = matches!(t[i].upos, Upos::Pron | Upos::Det | Upos::Aux | Upos::Sconj | Upos::Cconj);
        if !scene.proper(i) || little && t[i].xpos != Xpos::Nnp {
            i += 1;
            continue;
        }
        let run = end_of_run(scene, i);
        if let Some((end, group)) = longest(scene, groups, i, run) {
            let follows_place =
                out.last().is_some_and(|c| c.group.is_some() && c.last + 2 == i && scene.folded(i - 1) == ",");
            let verdict = judge(scene, i, end, run, groups.entries(group), follows_place);
            let weak = verdict == Verdict::Weak;
            // "on Kuro Jahro hill" is one unknown name, though a town Kuro is known somewhere.
            let longer = weak.then(|| unknown(scene, i, run)).flatten().filter(|c| c.last > end);
            if let Some(c) = longer {
                i = c.last + 1;
                out.push(c);
                continue;
            }
            if verdict != Verdict::No {
                out.push(Candidate { first: i, last: end, group: Some(group), wanted: scene.wanted(i, end), weak });
                i = end + 1;
                continue;
            }
        }
        // The rest of the run may still hold a known name ("Rescue 1122 Bannu").
        match unknown(scene, i, run) {
            Some(c) => {
                i = c.last + 1;
                out.push(c);
            }
            None => i += 1,
        }
    }
    keep_named_elsewhere(&mut out);
    out
}

/// The last token of the run of capitalised words that starts at `i`.
fn end_of_run(scene: &Scene, i: usize) -> usize {
    let mut run = i;
    while run < i + 5 {
        let link = |j: usize| {
            j < scene.syntax.tokens.len()
                && matches!(scene.surface(j), "-" | "al" | "de" | "of" | "da" | "el" | "e")
                && scene.proper(j + 1)
                && glued(&scene.syntax.tokens, scene.text, run)
        };
        if !scene.proper(run + 1) && !link(run + 1) {
            break;
        }
        run += 1;
    }
    run
}

/// A hyphen links only words that it touches.
fn glued(t: &[Token], text: &str, run: usize) -> bool {
    let w = t[run + 1].span.of(text);
    w != "-" || (t[run].span.end == t[run + 1].span.start && t[run + 1].span.end == t[run + 2].span.start)
}

/// The longest known name that starts at `i` and ends within the run.
fn longest(scene: &Scene, groups: &mut Groups, i: usize, run: usize) -> Option<(usize, usize)> {
    (i..=run).rev().filter(|end| scene.proper(*end)).find_map(|end| {
        let group = groups.find(&scene.words.key(i, end))?;
        Some((end, group))
    })
}

/// A name that the gazetteer lacks: only after a preposition of place, or with a level word.
fn unknown(scene: &Scene, i: usize, run: usize) -> Option<Candidate> {
    let t = &scene.syntax.tokens;
    let mut last = run;
    while last > i && level_word(&scene.folded(last)).is_some() {
        last -= 1;
    }
    // A level word in capitals names an office: "Department of Transportation".
    let office = scene.before(i, 1) == "of" && i >= 2 && is_capitalised(scene.surface(i - 2));
    let wanted = scene.wanted(i, last).filter(|_| !office);
    let prep = scene.before(i, 1);
    let spatial =
        matches!(prep.as_str(), "in" | "at" | "near") || matches!(prep.as_str(), "of" | "the") && wanted.is_some();
    // What the network takes for a place, after a preposition that may lead to one or right after a verb ("raided X").
    let marked = scene.marked_place(i, last)
        && (matches!(
            prep.as_str(),
            "on" | "outside"
                | "inside"
                | "around"
                | "from"
                | "to"
                | "into"
                | "through"
                | "of"
                | "between"
                | "across"
                | "toward"
                | "towards"
                | "above"
                | "below"
                | "over"
                | "along"
                | "beyond"
                | "opposite"
        ) || matches!(t[i].rel, Rel::Obj)
            || matches!(t[last].rel, Rel::Obj));
    // "raided Bariire, about 40 kilometres west of X": only a place has a distance.
    let distanced = scene.folded(last + 1) == ","
        && (last + 2..last + 6).any(|k| {
            matches!(scene.folded(k).as_str(), "km" | "kilometres" | "kilometers" | "kilometre" | "kilometer" | "miles")
        });
    // "attacked Xville, Bannu and Tank": what is listed with places is one.
    let listed = t[i].rel == Rel::Obj
        && (last + 1..(last + 7).min(t.len())).any(|k| {
            t[k].rel == Rel::Conj
                && (i..=last).contains(&(t[k].head as usize))
                && t[k].upos == Upos::Propn
                && scene.lexicon.places.contains(&scene.words.key(k, k))
        });
    let spatial = spatial || marked || distanced || listed;
    let level_after = makes_place(&scene.folded(last + 1)) || last < run;
    let name_like =
        t[i].upos == Upos::Propn && !matches!(t[i].xpos, Xpos::Nns) && t[i].span.join(t[last].span).len() > 2;
    // "the Kyrgyz-Tajik border" names two states.
    let whole = t[i].span.join(t[last].span).of(scene.text);
    let states = whole.contains(['-', '\u{2013}'])
        && whole.split(['-', '\u{2013}']).all(|part| scene.lexicon.actors.state_of_word(part).is_some());
    if !name_like
        || states
        || !(spatial || level_after && i > 0)
        || last - i >= 3
        || is_title(&scene.folded(i))
        || last > i && is_first_name(&scene.folded(i))
        || (i..=last).all(|k| level_word(&scene.folded(k)).is_some() || scene.surface(k).ends_with('-'))
        || scene.lexicon.places.is_common_word(&scene.words.key(last, last))
        || scene.people.has(&scene.words.key(last, last), wanted.is_none())
        || person_like(scene.text, scene.syntax, i, last) && !distanced && !listed
    {
        return None;
    }
    let wanted = wanted.or_else(|| (last < run).then(|| level_word(&scene.folded(last + 1))).flatten());
    Some(Candidate { first: i, last, group: None, wanted, weak: false })
}

/// A weak candidate stays if the same name is a place beyond doubt elsewhere in the report.
fn keep_named_elsewhere(candidates: &mut Vec<Candidate>) {
    let mut sure: Vec<usize> = candidates.iter().filter(|c| !c.weak).filter_map(|c| c.group).collect();
    sure.sort_unstable();
    candidates.retain(|c| !c.weak || c.group.is_some_and(|g| sure.binary_search(&g).is_ok()));
}
