//! Whether a name of the gazetteer is a place where it stands, or a part of a longer name, a person, a common word.

use super::candidates::Scene;
use super::wording::{is_first_name, is_title, level_word, listing, spatial, strongly_spatial};
use crate::actors::{head_of, is_capitalised};
use counterclaim_lexicon::{PlaceEntry, words_of};
use counterclaim_text::{Level, Rel, Syntax, Upos};

/// What the place of a name in its sentence says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is a place.
    Yes,
    /// It is one if the same name is one elsewhere in the report.
    Weak,
    /// It is none.
    No,
}

/// Judges the name `first..=last` in the run of capitalised words that ends at `run`.
pub(super) fn judge(
    scene: &Scene,
    first: usize,
    last: usize,
    run: usize,
    entries: &[PlaceEntry],
    follows_place: bool,
) -> Verdict {
    let t = &scene.syntax.tokens;
    let curated = entries.iter().any(|e| e.curated);
    let large = entries.iter().any(|e| e.curated && e.level != Level::Town);
    if let Some(sure) = abbreviation(scene, first, last, entries, follows_place) {
        return if sure { Verdict::Yes } else { Verdict::No };
    }
    let tag_ok = (first..=last).any(|i| {
        matches!(t[i].upos, Upos::Propn) || (curated && matches!(t[i].upos, Upos::Noun | Upos::Adj | Upos::X))
    });
    if !tag_ok {
        return Verdict::No;
    }
    if follows_place && large && last == run {
        return Verdict::Yes;
    }
    let sentence = scene.syntax.sentences[scene.syntax.sentence_of(first)];
    let initial = first == sentence.start as usize;
    let prev = if initial { String::new() } else { scene.before(first, 1) };
    let spatial_before = spatial(&prev) && (!listing(&prev) || curated || follows_place);
    let single = first == last;
    let divided = !single && level_word(&scene.folded(last)).is_some();
    if single && scene.people.has(&scene.words.key(first, last), !large) && !strongly_spatial(&prev) && !follows_place {
        return Verdict::No;
    }
    if last < run
        && !divided
        && let Some(verdict) = piece(scene, first, last, curated, large, spatial_before)
    {
        return verdict;
    }
    let before_proper = first > 0
        && !initial
        && t[first - 1].upos == Upos::Propn
        && is_capitalised(scene.surface(first - 1))
        && t[first].rel != Rel::List;
    let same_phrase = before_proper && {
        let (a, b) = (t[first - 1].head as usize, t[first].head as usize);
        a == first || b == first - 1 || a == last || (a == b && matches!(t[first - 1].rel, Rel::Compound | Rel::Flat))
    };
    if single && !curated && scene.lexicon.places.is_common_word(&scene.words.key(first, last)) && !follows_place {
        return if level_word(&scene.folded(last + 1)).is_some() { Verdict::Weak } else { Verdict::No };
    }
    if before_proper && !curated || same_phrase && !prev_is_actor(scene.syntax, first) {
        return Verdict::No;
    }
    if person_like(scene.text, scene.syntax, first, last) && !large {
        return Verdict::No;
    }
    // A town of the large list needs a sign that a place is meant.
    let sign = curated || spatial_before || divided || level_word(&scene.folded(last + 1)).is_some();
    if sign { Verdict::Yes } else { Verdict::Weak }
}

/// A piece of a longer capitalised run is more likely a person or an organisation; `None` if nothing speaks against a
/// place.
fn piece(scene: &Scene, first: usize, last: usize, curated: bool, large: bool, spatial: bool) -> Option<Verdict> {
    let t = &scene.syntax.tokens;
    let level = level_word(&scene.folded(last + 1)).is_some();
    let separated = t[last + 1].upos == Upos::Punct;
    let larger = large && scene.syntax.head(last + 1) != Some(last);
    let owned = curated && matches!(t[first].rel, Rel::Compound | Rel::NmodPoss);
    if level || separated || spatial && larger || owned {
        return None;
    }
    let name = first == last && is_first_name(&scene.folded(first));
    Some(if name { Verdict::No } else { Verdict::Weak })
}

/// "Ga.", "N.J.", "NSW", "Athens, GA": `Some(true)` if the key is an abbreviation and stands like one, `Some(false)` if
/// it does not, `None` if the name is no abbreviation.
fn abbreviation(scene: &Scene, first: usize, last: usize, entries: &[PlaceEntry], follows_place: bool) -> Option<bool> {
    if first != last {
        return None;
    }
    let key = scene.words.key(first, last);
    if key.len() > 5 {
        return None;
    }
    // "Calif." begins the name, "NSW" and "Ga." are too short for another spelling of it.
    let short = |e: &PlaceEntry| {
        e.level == Level::Admin1
            && e.curated
            && (key.len() <= 3 || counterclaim_lexicon::fold(&e.name).starts_with(&key))
            && !words_of(&e.name).contains(&key)
    };
    if !entries.iter().any(short) || entries.iter().any(|e| e.curated && words_of(&e.name).join(" ") == key) {
        return None;
    }
    let surface = scene.surface(first);
    let end = scene.syntax.tokens[first].span.end as usize;
    let dotted = surface.ends_with('.') || scene.text[end..].starts_with('.');
    let dots = surface.matches('.').count();
    if follows_place {
        let upper = surface.chars().all(char::is_uppercase);
        return Some(dotted || upper);
    }
    let upper = surface.len() >= 3 && surface.chars().all(char::is_uppercase);
    let goes_on = || scene.text[end..].trim_start_matches(['.', ' ']).starts_with(char::is_lowercase);
    Some(
        dotted && key.len() > 2 && goes_on()
            || dots >= 2
            || upper
            || dotted && spatial(&scene.before(first, 1)) && key.len() > 2,
    )
}

/// A person's name: next to a title, a verb of speech, an age or a role.
pub(super) fn person_like(text: &str, syntax: &Syntax, first: usize, last: usize) -> bool {
    let t = &syntax.tokens;
    let head = head_of(syntax, first, last);
    if t[head].rel == Rel::Appos
        || matches!(t[head].rel, Rel::Nsubj)
            && matches!(syntax.head(head).map(|h| syntax.lemma(h)), Some("say" | "tell" | "add" | "state"))
    {
        return true;
    }
    first > 0 && is_title(&counterclaim_lexicon::fold(t[first - 1].span.of(text)))
}

/// "Pakistan's Bannu", "Monday Khost": a genitive or date before the name does not belong to it.
fn prev_is_actor(syntax: &Syntax, first: usize) -> bool {
    matches!(syntax.tokens[first - 1].rel, Rel::NmodPoss | Rel::Case | Rel::OblUnmarked | Rel::NmodUnmarked)
}
