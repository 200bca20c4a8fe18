//! On which aspects speakers contradict each other: only where two of them speak, never from silence.

use super::owns;
use crate::totals::{Total, differ};
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{ActorKind, Aspect, Claim, Stance};

/// Whom a speaker counts as killed or hurt, without saying in so many words who they were.
pub struct Hit {
    /// Who counts.
    pub speaker: String,
    /// True if those counted are civilians, by this account or by the only victims that are told of.
    pub civilians: bool,
    /// The highest figure.
    pub high: u64,
}

/// What the mentions of an incident add up to.
pub struct Told<'a> {
    /// Each speaker's dead.
    pub killed: &'a [Total],
    /// Each speaker's wounded.
    pub injured: &'a [Total],
    /// Who is said to have done it.
    pub perpetrators: &'a [String],
    /// Who is said to have been hit.
    pub targets: &'a [String],
    /// Who both did and suffered it.
    pub sides: &'a [String],
}

/// Aspects on which speakers contradict each other.
pub fn disputes(lexicon: &Lexicon, claims: &[&Claim], told: &Told, hits: &[Hit]) -> Vec<Aspect> {
    let mut out = denied(claims, told);
    if perpetrators(lexicon, claims, told) {
        out.push(Aspect::Perpetrator);
    }
    if targets(lexicon, claims, told, hits) {
        out.push(Aspect::Target);
    }
    if place(claims) {
        out.push(Aspect::Place);
    }
    if legality(claims) {
        out.push(Aspect::Legality);
    }
    if counts(told.killed, claims, told) {
        out.push(Aspect::Killed);
    }
    if counts(told.injured, claims, told) {
        out.push(Aspect::Injured);
    }
    out.sort();
    out.dedup();
    out
}

fn accused(c: &Claim) -> bool {
    c.stance == Stance::Accuses && c.aspect == Aspect::Perpetrator
}

/// What a speaker denies and somebody else tells.
fn denied(claims: &[&Claim], told: &Told) -> Vec<Aspect> {
    let mut out = Vec::new();
    let owned = |s: &str| claims.iter().any(|c| c.speaker == s && owns(c));
    // Somebody else who tells of it; who only condemns or warns says nothing of what happened.
    let tells = |d: &Claim| {
        claims.iter().any(|c| {
            let stance = matches!(
                c.stance,
                Stance::Asserts | Stance::Accuses | Stance::Admits | Stance::ClaimsResponsibility | Stance::Confirms
            );
            stance && c.speaker != d.speaker
        })
    };
    for d in claims.iter().filter(|c| c.stance == Stance::Denies) {
        match d.aspect {
            // The report itself tells that it happened.
            Aspect::Occurrence if !owned(&d.speaker) => out.push(d.aspect),
            Aspect::Target | Aspect::Place | Aspect::Time | Aspect::Killed | Aspect::Injured if tells(d) => {
                out.push(d.aspect);
            }
            Aspect::Perpetrator | Aspect::Responsibility
                if claims.iter().any(|c| c.speaker != d.speaker && accused(c))
                    || told.perpetrators.contains(&d.speaker) =>
            {
                out.push(Aspect::Perpetrator);
            }
            _ => {}
        }
    }
    out
}

/// Two speakers name different doers, or two groups claim what only one can have done.
fn perpetrators(lexicon: &Lexicon, claims: &[&Claim], told: &Told) -> bool {
    let owned = |name: &str| claims.iter().any(|c| c.speaker == name && c.value == name && owns(c));
    let accusations = claims.iter().filter(|c| accused(c)).any(|a| {
        claims.iter().filter(|c| accused(c) || owns(c)).any(|b| {
            a.speaker != b.speaker
                && a.value != b.value
                && !b.value.is_empty()
                // Who is accused and owns up is one account; who accuses back is another.
                && (a.value != b.speaker || accused(b))
                && !owned(&a.value)
        })
    });
    let parent = |n: &str| lexicon.actors.get(n).map_or("", |a| a.parent.as_str());
    let kin = |a: &str, b: &str| {
        a == b || parent(a) == b || parent(b) == a || !parent(a).is_empty() && parent(a) == parent(b)
    };
    let hit = |n: &str| told.targets.iter().any(|t| t == n);
    let group = |n: &str| {
        // "rebels", "unidentified gunmen" name nobody.
        lexicon.actors.get(n).is_some_and(|a| a.kind == ActorKind::ArmedGroup) && n.starts_with(char::is_uppercase)
    };
    let claimants: Vec<&&Claim> =
        claims.iter().filter(|c| c.stance == Stance::ClaimsResponsibility && owns(c) && !hit(&c.speaker)).collect();
    let rivals = claimants.iter().any(|a| {
        // Another claims it too, or the reports blame another group for it.
        let claimed = claimants.iter().any(|b| !kin(&a.speaker, &b.speaker));
        let blamed = told.perpetrators.iter().any(|p| group(p) && group(&a.speaker) && !hit(p) && !kin(p, &a.speaker));
        // "police had put it down to a quarrel": a cause that is no doer.
        let caused =
            |c: &&&Claim| (c.stance, c.aspect) == (Stance::Asserts, Aspect::Perpetrator) && c.speaker != a.speaker;
        claimed || blamed || claims.iter().any(|c| caused(&c))
    });
    accusations || rivals
}

/// Who was hit, as far as it can be contested.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Victim {
    Civilian,
    Armed,
}

fn victim(lexicon: &Lexicon, c: &Claim) -> Option<Victim> {
    let armed = || lexicon.actors.get(&c.value).is_some_and(|a| a.kind == ActorKind::ArmedGroup);
    if c.value == "civilians" {
        Some(Victim::Civilian)
    } else if armed()
        || c.value.starts_with("unidentified")
        || ["/object", "/identity"].iter().any(|r| c.rule.ends_with(r))
    {
        Some(Victim::Armed)
    } else {
        None
    }
}

/// One says civilians were hit, another a group or its base.
fn targets(lexicon: &Lexicon, claims: &[&Claim], told: &Told, hits: &[Hit]) -> bool {
    let said: Vec<(&str, Victim)> = claims
        .iter()
        .filter(|c| c.stance == Stance::Asserts && c.aspect == Aspect::Target)
        .filter_map(|c| victim(lexicon, c).map(|v| (c.speaker.as_str(), v)))
        .collect();
    // Who says both has nothing to contradict.
    let only = |s: &str, v: Victim| said.iter().filter(|(o, _)| *o == s).all(|(_, w)| *w == v);
    let armed: Vec<&str> = said.iter().filter(|(s, v)| *v == Victim::Armed && only(s, *v)).map(|(s, _)| *s).collect();
    let claimed = armed.iter().any(|a| said.iter().any(|(s, v)| s != a && *v == Victim::Civilian && only(s, *v)));
    // A doer's armed target against somebody who counts the same dead as civilians.
    let figure = |s: &str| told.killed.iter().filter(|t| t.speaker == s).map(|t| t.high).max().unwrap_or(0);
    let counted = armed.iter().filter(|a| told.perpetrators.iter().any(|p| p == *a)).any(|a| {
        hits.iter().any(|h| h.civilians && h.speaker != *a && only(&h.speaker, Victim::Civilian) && h.high >= figure(a))
    });
    claimed || counted
}

/// Two speakers put it in two places; such claims are made only where the places exclude each other.
fn place(claims: &[&Claim]) -> bool {
    let of = |c: &&&Claim| (c.stance, c.aspect) == (Stance::Asserts, Aspect::Place);
    claims.iter().filter(of).any(|a| claims.iter().filter(of).any(|b| a.speaker != b.speaker && a.value != b.value))
}

/// One invokes the law against it, another for it.
fn legality(claims: &[&Claim]) -> bool {
    let of = |c: &&&Claim| c.aspect == Aspect::Legality;
    claims.iter().filter(of).filter(|c| c.stance == Stance::Asserts).any(|a| {
        claims
            .iter()
            .filter(of)
            .any(|c| matches!(c.stance, Stance::Condemns | Stance::Denies | Stance::Accuses) && c.speaker != a.speaker)
    })
}

/// Figures that cannot both hold. Who counts its own men and says that the other dead were somebody else counts only a
/// part.
fn counts(totals: &[Total], claims: &[&Claim], told: &Told) -> bool {
    let others = |s: &str| {
        claims.iter().any(|c| {
            c.speaker == s && (c.stance, c.aspect) == (Stance::Asserts, Aspect::Target) && c.rule.ends_with("/identity")
        })
    };
    let partly = |t: &Total| t.who == t.speaker && others(&t.speaker);
    let kept: Vec<Total> = totals.iter().filter(|t| !partly(t)).cloned().collect();
    differ(&kept, told.sides)
}
