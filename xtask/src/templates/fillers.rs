//! Fillers of a report: phrases that are likely in a role, with the best stretch of words of each, brought together
//! where they name one entity.

use super::bags::{Valued, hash, level, with};
use super::linear::Linear;
use super::sheet::{Phrase, SLOTS, Sheet};

/// Types of incident that are told apart; the rest are too rare.
pub const TYPES: [&str; 5] = ["attack", "bombing", "kidnapping", "arson", "robbery"];
/// Least share of belief of a phrase that is looked at again.
const LEAST: f32 = 0.02;
/// Least share of belief of the best mention of an entity, and how many entities of a role are looked at.
const KEPT: (f32, usize) = (0.03, 12);

/// What the first models say of a report.
#[derive(Clone, Debug, Default)]
pub struct Guess {
    /// Share of belief for each phrase and role.
    pub roles: Vec<Vec<f32>>,
    /// Share of belief for each type of incident, and for any.
    pub types: Vec<f32>,
    /// Fillers by role, likeliest first.
    pub fillers: [Vec<Filler>; SLOTS],
}

/// One mention of a filler.
#[derive(Clone, Debug)]
pub struct Mention {
    /// Share of belief that its phrase has the role.
    pub role: f32,
    /// Share of belief in its stretch of words.
    pub cut: f32,
    /// Index of the phrase, and of the stretch.
    pub at: (usize, usize),
}

/// One entity in one role.
#[derive(Clone, Debug, Default)]
pub struct Filler {
    /// Its mentions; the first names it.
    pub mentions: Vec<Mention>,
    /// Its features.
    pub features: Vec<Valued>,
    /// Share of belief that it fills the role.
    pub belief: f32,
    /// Share of belief that it belongs to each type of incident.
    pub types: Vec<f32>,
}

impl Filler {
    /// The words that name it.
    pub fn text<'s>(&self, sheet: &'s Sheet) -> &'s str {
        let (p, c) = self.mentions[0].at;
        &sheet.phrases[p].cuts[c].text
    }

    /// The sentence of its first mention.
    pub fn sentence(&self, sheet: &Sheet) -> usize {
        self.mentions.iter().map(|m| sheet.phrases[m.at.0].sentence).min().unwrap_or(0)
    }
}

/// A share as log odds.
pub fn odds(p: f32) -> f32 {
    let p = p.clamp(1e-4, 1.0 - 1e-4);
    (p / (1.0 - p)).ln()
}

/// Features of a cut with the role that it would fill.
pub fn cut_features(bag: &[u32], role: usize) -> Vec<Valued> {
    bag.iter().flat_map(|f| [(*f, 1.0), (with(*f, role), 1.0)]).collect()
}

/// The first look at a report: roles of phrases, types of the whole, and the fillers that follow.
pub fn guess(sheet: &Sheet, roles: &Linear, types: &Linear, cuts: &Linear) -> Guess {
    let mut out = Guess {
        roles: sheet.phrases.iter().map(|p| roles.shares(&level(&p.around))).collect(),
        types: types.shares(&level(&sheet.whole)),
        ..Guess::default()
    };
    for role in 0..SLOTS {
        let mut mentions: Vec<Mention> = Vec::new();
        for (n, phrase) in sheet.phrases.iter().enumerate() {
            let share = out.roles[n][role];
            if share >= LEAST {
                let (cut, belief) = best_cut(phrase, role, cuts);
                mentions.push(Mention { role: share, cut: belief, at: (n, cut) });
            }
        }
        mentions.sort_by(|a, b| (b.role * b.cut).total_cmp(&(a.role * a.cut)).then(a.at.cmp(&b.at)));
        let mut fillers: Vec<Filler> = Vec::new();
        for m in mentions {
            match fillers.iter_mut().find(|f| same(sheet, role, f, &m)) {
                Some(f) => f.mentions.push(m),
                None => fillers.push(Filler { mentions: vec![m], ..Filler::default() }),
            }
        }
        fillers.retain(|f| f.mentions[0].role >= KEPT.0);
        fillers.truncate(KEPT.1);
        let best = fillers.first().map_or(0.0, |f| f.mentions[0].role);
        let count = fillers.len();
        for (rank, f) in fillers.iter_mut().enumerate() {
            f.features = features(sheet, &out, role, &f.mentions, (rank, count, best));
        }
        out.fillers[role] = fillers;
    }
    out
}

/// The likeliest stretch of a phrase in a role, and the share of belief in it.
fn best_cut(phrase: &Phrase, role: usize, cuts: &Linear) -> (usize, f32) {
    let scores: Vec<f32> = phrase.cuts.iter().map(|c| cuts.scores(&cut_features(&c.bag, role))[0]).collect();
    let best = (0..scores.len()).fold(0, |b, i| if scores[i] > scores[b] { i } else { b });
    let all: f32 = scores.iter().map(|s| (s - scores[best]).exp()).sum();
    (best, 1.0 / all)
}

/// True if a mention names an entity: by the same words, by some of its words, or an organisation by its initials.
fn same(sheet: &Sheet, role: usize, filler: &Filler, m: &Mention) -> bool {
    let text = |m: &Mention| sheet.phrases[m.at.0].cuts[m.at.1].text.as_str();
    let new = text(m);
    let alike = |a: &str, b: &str| {
        let (short, long) = if a.split(' ').count() > b.split(' ').count() { (b, a) } else { (a, b) };
        short.split(' ').all(|w| long.split(' ').any(|v| v == w))
    };
    let short_for = |a: &str, b: &str| a.len() > 1 && b.len() > 1 && a.replace(' ', "") == initials(b);
    filler.mentions.iter().any(|o| text(o) == new)
        || alike(text(&filler.mentions[0]), new)
        || role == 1 && filler.mentions.iter().any(|o| short_for(text(o), new) || short_for(new, text(o)))
}

fn initials(name: &str) -> String {
    let small = ["of", "and", "for", "de", "la", "del", "el", "y", "los", "las", "in"];
    name.split(' ').filter(|w| !small.contains(w)).filter_map(|w| w.chars().next()).collect()
}

/// What is said of an entity in a role; `place` is its rank, how many there are, and the best share of belief.
fn features(
    sheet: &Sheet,
    guess: &Guess,
    role: usize,
    mentions: &[Mention],
    place: (usize, usize, f32),
) -> Vec<Valued> {
    let (rank, count, best) = place;
    let first = &mentions[0];
    let phrase = &sheet.phrases[first.at.0];
    let cut = &phrase.cuts[first.at.1];
    let mut shares: Vec<f32> = mentions.iter().map(|m| m.role).collect();
    shares.sort_by(|a, b| b.total_cmp(a));
    let any = 1.0 - shares.iter().map(|p| 1.0 - p).product::<f32>();
    let top = odds(shares[0]);
    let relevant = odds(guess.types[TYPES.len()]);
    let ratio = top - odds(best);
    let mut f: Vec<(String, f32)> = vec![
        ("bias".into(), 1.0),
        ("top".into(), top),
        ("any".into(), odds(any)),
        ("cut".into(), odds(first.cut.min(0.999))),
        ("second".into(), shares.get(1).map_or(-6.0, |p| odds(*p))),
        ("count".into(), (mentions.len() as f32).ln()),
        ("ratio".into(), ratio),
        ("both".into(), top * relevant / 4.0),
        (format!("rank={}", rank.min(4)), 1.0),
        (format!("lem={}", phrase.lemma.0), 0.7),
        (format!("t={}", cut.text), 0.7),
        (format!("tag={}", phrase.lemma.1), 1.0),
        (format!("n={}", mentions.len().min(5)), 1.0),
        (format!("len={}", cut.longer.min(5)), 1.0),
        (format!("nall={}", count.min(8)), 1.0),
        (format!("def={}", cut.opens.1), 1.0),
        (format!("fw={}", cut.opens.0), 0.7),
        (format!("btop{}", top.floor()), 1.0),
        (format!("bany{}", odds(any).floor()), 1.0),
        (format!("bratio{}", ratio.floor()), 1.0),
        (format!("brel{}", relevant.floor()), 1.0),
    ];
    let sentence = mentions.iter().map(|m| sheet.phrases[m.at.0].sentence).min().unwrap_or(0);
    f.push((format!("first={}", (sentence / 2).min(6)), 1.0));
    f.extend(guess.types.iter().enumerate().map(|(k, p)| (format!("type{k}"), odds(*p))));
    f.extend(phrase.classes.iter().map(|c| (format!("c={c}"), 0.8)));
    for other in (0..SLOTS).filter(|o| *o != role) {
        let most = mentions.iter().map(|m| guess.roles[m.at.0][other]).fold(0.0, f32::max);
        f.push((format!("other{other}"), odds(most)));
    }
    f.into_iter().map(|(f, v)| (with(hash(&f), role), v)).collect()
}

/// What tells the type of incident that an entity belongs to.
pub fn topic(sheet: &Sheet, role: usize, filler: &Filler) -> Vec<Valued> {
    let mut bag: Vec<u32> = vec![with(hash("role"), role)];
    for m in filler.mentions.iter().take(3) {
        let p = &sheet.phrases[m.at.0];
        bag.extend(&p.topic);
        bag.extend(p.classes.iter().map(|c| with(hash(&format!("c={c}")), role)));
        bag.push(with(hash(&format!("l={}", p.lemma.0)), role));
    }
    bag.sort_unstable();
    bag.dedup();
    level(&bag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn organisations_have_initials() {
        assert_eq!(initials("army of rivers and hills"), "arh");
        assert!((odds(0.5)).abs() < 1e-6);
        assert!(odds(0.0).is_finite() && odds(1.0).is_finite());
    }
}
