//! Accounts: what speakers contradict each other on, and how well the doer is known.
//! Nothing is averaged and nothing is resolved.

use crate::totals::{Total, differ};
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{ActorKind, Aspect, Claim, Stance, Status};

fn accused(c: &Claim) -> bool {
    c.stance == Stance::Accuses && c.aspect == Aspect::Perpetrator
}

/// Aspects on which speakers contradict each other.
pub fn disputes(
    lexicon: &Lexicon,
    claims: &[&Claim],
    killed: &[Total],
    injured: &[Total],
    perpetrators: &[String],
    sides: &[String],
) -> Vec<Aspect> {
    let mut out: Vec<Aspect> = Vec::new();
    let owned = |s: &str| {
        claims.iter().any(|c| c.speaker == s && matches!(c.stance, Stance::Admits | Stance::ClaimsResponsibility))
    };
    // Somebody else who tells of it; who only condemns or warns says nothing of what happened.
    let told = |d: &Claim| {
        claims.iter().any(|c| {
            c.speaker != d.speaker
                && matches!(
                    c.stance,
                    Stance::Asserts
                        | Stance::Accuses
                        | Stance::Admits
                        | Stance::ClaimsResponsibility
                        | Stance::Confirms
                )
        })
    };
    for d in claims.iter().filter(|c| c.stance == Stance::Denies) {
        match d.aspect {
            // The report itself tells that it happened.
            Aspect::Occurrence if !owned(&d.speaker) => out.push(d.aspect),
            Aspect::Target | Aspect::Place | Aspect::Time | Aspect::Killed | Aspect::Injured if told(d) => {
                out.push(d.aspect);
            }
            Aspect::Perpetrator | Aspect::Responsibility
                if (claims
                    .iter()
                    .any(|c| c.speaker != d.speaker && (accused(c) && c.value == d.speaker || accused(c)))
                    || perpetrators.contains(&d.speaker)) =>
            {
                out.push(Aspect::Perpetrator);
            }
            _ => {}
        }
    }
    // Two speakers name different doers.
    for a in claims.iter().filter(|c| accused(c)) {
        for b in
            claims.iter().filter(|c| accused(c) || matches!(c.stance, Stance::Admits | Stance::ClaimsResponsibility))
        {
            if a.speaker != b.speaker
                && a.value != b.value
                && !b.value.is_empty()
                // Who is accused and owns up is one account; who accuses back is another.
                && (a.value != b.speaker || accused(b))
                && !claims.iter().any(|c| {
                    c.value == a.value
                        && c.speaker == a.value
                        && matches!(c.stance, Stance::Admits | Stance::ClaimsResponsibility)
                })
            {
                out.push(Aspect::Perpetrator);
            }
        }
    }
    // One says civilians were hit, another a group.
    let targets: Vec<&&Claim> =
        claims.iter().filter(|c| c.stance == Stance::Asserts && c.aspect == Aspect::Target).collect();
    let class = |v: &str| {
        if v == "civilians" {
            1
        } else if lexicon.actors.get(v).is_some_and(|a| a.kind == ActorKind::ArmedGroup)
            || v.starts_with("unidentified")
        {
            2
        } else {
            0
        }
    };
    for a in &targets {
        for b in &targets {
            let (x, y) = (class(&a.value), class(&b.value));
            let both = claims
                .iter()
                .any(|c| c.speaker == a.speaker && c.aspect == Aspect::Target && c.value == b.value)
                || claims.iter().any(|c| c.speaker == b.speaker && c.aspect == Aspect::Target && c.value == a.value);
            if a.speaker != b.speaker && x != 0 && y != 0 && x != y && !both {
                out.push(Aspect::Target);
            }
        }
    }
    if differ(killed, sides) {
        out.push(Aspect::Killed);
    }
    if differ(injured, sides) {
        out.push(Aspect::Injured);
    }
    out.sort();
    out.dedup();
    out
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
