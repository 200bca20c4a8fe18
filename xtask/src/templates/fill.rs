//! From a report to its templates: which types of incident it tells of, how often, and who goes where.

use super::bags::{Valued, hash, with};
use super::fillers::{Guess, TYPES, odds};
use super::linear::Linear;
use super::sheet::{SLOTS, Sheet};
use counterclaim_evaluation::muc4::Template;

/// Least shares of belief, chosen by folds of the development reports: for a filler, for a type, and for a second
/// incident of a type.
const LEAST: (f32, f32, f32) = (0.25, 0.3, 0.3);
/// A filler goes into a further template if it is this likely there.
const SHARED: f32 = 0.5;
/// So many sentences without a filler part two incidents of one type.
const GAP: usize = 5;
/// The types of which second incidents are told apart; of the others there are too few.
pub const TWICE: usize = 2;

/// Features of a report that tell whether it speaks of a type of incident; `kind` counts first the types, then the
/// types told twice.
pub fn type_features(sheet: &Sheet, guess: &Guess, kind: usize) -> Vec<Valued> {
    let mut f: Vec<(String, f32)> = vec![("bias".into(), 1.0)];
    for (k, p) in guess.types.iter().enumerate() {
        f.push((format!("t{k}"), odds(*p)));
        f.push((format!("t{k}b{}", odds(*p).floor()), 0.5));
    }
    for role in 0..SLOTS {
        let list = &guess.fillers[role];
        let most = list.iter().map(|x| x.belief).fold(0.0, f32::max);
        f.push((format!("e{role}"), if list.is_empty() { -5.0 } else { odds(most) }));
        f.push((format!("es{role}"), list.iter().map(|x| x.belief).sum::<f32>().min(3.0)));
        for k in 0..TYPES.len() {
            f.push((format!("x{role}{k}"), list.iter().map(|x| x.belief * x.types[k]).fold(0.0, f32::max)));
        }
    }
    let own = f.into_iter().map(|(f, v)| (with(hash(&f), kind), v));
    own.chain(sheet.marks.iter().map(|(f, v)| (with(*f, kind), *v))).collect()
}

/// The templates of a report.
pub fn templates(sheet: &Sheet, guess: &Guess, kinds: &Linear) -> Vec<Template> {
    let share = |kind: usize| kinds.shares(&type_features(sheet, guess, kind))[0];
    let mut told: Vec<(usize, f32)> = (0..TYPES.len()).map(|k| (k, share(k))).filter(|t| t.1 >= LEAST.1).collect();
    told.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut placed: Vec<Vec<(usize, usize, &str)>> = vec![Vec::new(); told.len()];
    for (role, list) in guess.fillers.iter().enumerate() {
        for filler in list.iter().filter(|f| f.belief >= LEAST.0) {
            let fit = |t: &(usize, f32)| filler.types[t.0] * (0.5 + 0.5 * t.1);
            let best = (0..told.len()).fold(0, |b, i| if fit(&told[i]) > fit(&told[b]) { i } else { b });
            for (i, t) in told.iter().enumerate() {
                if i == best || filler.belief * filler.types[t.0] >= SHARED {
                    placed[i].push((filler.sentence(sheet), role, filler.text(sheet)));
                }
            }
        }
    }
    let mut out = Vec::new();
    for ((kind, _), mut fillers) in told.into_iter().zip(placed) {
        fillers.sort_by_key(|f| (f.0, f.1));
        let twice = kind < TWICE && share(TYPES.len() + kind) >= LEAST.2;
        let gap = |i: &usize| fillers[*i].0 - fillers[*i - 1].0;
        let widest = (1..fillers.len()).max_by(|a, b| gap(a).cmp(&gap(b)).then(b.cmp(a)));
        let split = widest.filter(|i| twice && gap(i) >= GAP).unwrap_or(fillers.len());
        let parts = [&fillers[..split], &fillers[split..]];
        for part in &parts[..if twice { 2 } else { 1 }] {
            let mut t = Template { incident_type: TYPES[kind].to_owned(), ..Template::default() };
            part.iter().for_each(|(_, role, text)| t.roles[*role].push([(*text).to_owned()].into()));
            out.push(t);
        }
    }
    out
}
