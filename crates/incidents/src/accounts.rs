//! Accounts: what speakers contradict each other on, and how well the doer is known.
//! Nothing is averaged and nothing is resolved.

mod disputes;
mod places;

pub use disputes::{Hit, Told, disputes};
pub use places::contested;

use crate::assemble::Part;
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{Aspect, Claim, Stance, Status};

fn owns(c: &Claim) -> bool {
    matches!(c.stance, Stance::Admits | Stance::ClaimsResponsibility) && c.aspect == Aspect::Responsibility
}

/// True for a denial that rejects what somebody else has said: its rule names the word of speech.
fn rejects(lexicon: &Lexicon, rule: &str) -> bool {
    let word = rule.strip_prefix("claims/").and_then(|r| r.split('/').next()).unwrap_or("");
    rule.contains("/false") || lexicon.classes.has(word, "rejection")
}

/// What a denial denies, seen beside what the same office says next to it.
///
/// Whoever calls a claim of dead villagers slander and goes on to say that the dead were fighters does not deny that they
/// died: it contests who was hit.
pub fn settle(lexicon: &Lexicon, claims: &mut [Claim], parts: &[&Part]) {
    let sentence = |c: &Claim| {
        let part = parts.iter().find(|p| p.reading.report.id == c.report)?;
        let before = part.reading.report.text.get(..c.span.start as usize)?;
        Some(before.matches(['.', '?', '!']).count())
    };
    for k in 0..claims.len() {
        let d = &claims[k];
        if d.stance != Stance::Denies || d.aspect != Aspect::Occurrence || !rejects(lexicon, &d.rule) {
            continue;
        }
        let at = sentence(d);
        let instead = |c: &Claim| {
            c.about == d.about
                && c.speaker == d.speaker
                && c.report == d.report
                && (c.stance, c.aspect) == (Stance::Asserts, Aspect::Target)
                && sentence(c).zip(at).is_some_and(|(a, b)| a == b || a == b + 1)
        };
        if claims.iter().any(instead) {
            claims[k].aspect = Aspect::Target;
        }
    }
}

/// How well the doer is known.
pub fn status(
    claims: &[&Claim],
    perpetrators: &[String],
    violent: bool,
    own_voice: bool,
    disputed: &[Aspect],
) -> Status {
    let named: Vec<&String> = perpetrators.iter().filter(|p| !p.starts_with("unidentified")).collect();
    let denies = claims.iter().any(|c| {
        c.stance == Stance::Denies
            && matches!(c.aspect, Aspect::Perpetrator | Aspect::Occurrence | Aspect::Responsibility)
            && named.iter().any(|p| **p == c.speaker)
    });
    let admits = claims.iter().any(|c| {
        c.stance == Stance::Admits && c.aspect == Aspect::Responsibility && named.iter().any(|p| **p == c.speaker)
    });
    // Whoever speaks of an act without violence as a party to it does not hide it.
    let told = claims.iter().any(|c| c.stance != Stance::Denies && named.iter().any(|p| **p == c.speaker));
    let claimed = claims.iter().any(|c| c.stance == Stance::ClaimsResponsibility && c.aspect == Aspect::Responsibility);
    if denies && !admits || disputed.contains(&Aspect::Perpetrator) {
        Status::Disputed
    } else if claimed {
        Status::Claimed
    } else if admits || !violent && (own_voice || told) && !named.is_empty() {
        Status::Admitted
    } else if named.is_empty() {
        Status::Unknown
    } else {
        Status::Attributed
    }
}
