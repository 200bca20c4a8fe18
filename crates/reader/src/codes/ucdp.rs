//! UCDP's types of violence, by who the parties are.

use counterclaim_lexicon::Lexicon;
use counterclaim_text::{ActorKind, Incident};

/// UCDP's type of organised violence: 1 state-based, 2 non-state, 3 one-sided; `None` for what is no organised violence.
///
/// A state against an organised group or another state is state-based, two groups without a state non-state, an
/// organised party against civilians one-sided. When nothing is known of the parties, the kind's usual type counts
/// (`data/kinds.tsv`). Source: UCDP GED codebook 23.1. UCDP counts only events with a death; that is left to the user.
pub fn ucdp(lexicon: &Lexicon, incident: &Incident) -> Option<u8> {
    let usual = match lexicon.kinds.get(&incident.kind)?.ucdp.as_str() {
        "state-based" => 1,
        "non-state" => 2,
        "one-sided" => 3,
        _ => return None,
    };
    let party = |name: &String| -> Option<Party> {
        let actor = lexicon.actors.get(name)?;
        Some(match actor.kind {
            ActorKind::State | ActorKind::Organ => Party::State,
            ActorKind::ArmedGroup => Party::Group,
            ActorKind::Community | ActorKind::Role | ActorKind::Person | ActorKind::Media | ActorKind::Ngo => {
                Party::Civilians
            }
            _ => return None,
        })
    };
    let doers: Vec<Party> = incident.perpetrators.iter().filter_map(party).collect();
    let hit: Vec<Party> = incident.targets.iter().filter_map(party).collect();
    let any = |p: Party| doers.contains(&p) || hit.contains(&p);
    let armed = hit.iter().chain(&doers).filter(|p| **p != Party::Civilians).count();
    Some(match () {
        _ if !hit.is_empty() && hit.iter().all(|p| *p == Party::Civilians) => 3,
        _ if armed >= 2 && any(Party::State) => 1,
        _ if armed >= 2 => 2,
        _ => usual,
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Party {
    State,
    Group,
    Civilians,
}
