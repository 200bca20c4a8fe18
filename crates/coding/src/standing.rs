//! Standing questions: claims that belong to no single incident meet under one slug (`data/claims/standing.tsv`).

use crate::tree::Tree;
use crate::who::Resolver;
use counterclaim_lexicon::Lexicon;
use counterclaim_text::ActorKind;

/// The slug of the standing question that tokens `a..=b` speak of, if any.
pub fn slug(tree: &Tree, who: &Resolver, lexicon: &Lexicon, a: usize, b: usize, speaker: &str) -> Option<String> {
    let lemmas: Vec<&str> = (a..=b.min(tree.len() - 1)).map(|i| tree.lemma(i)).collect();
    let question =
        lexicon.standing.iter().find(|q| q.groups.iter().all(|g| g.iter().any(|w| lemmas.contains(&w.as_str()))))?;
    if !question.slug.contains("{country}") {
        return Some(question.slug.clone());
    }
    // Own soil ("our soil", "their land"): the speaker's country; else the last country that the words name.
    let own = (a..=b.min(tree.len() - 1))
        .any(|i| matches!(tree.word(i).to_lowercase().as_str(), "our" | "their" | "its" | "own"));
    let named = (a..=b.min(tree.len() - 1)).rev().find_map(|i| {
        who.entities.place(i).map(|p| p.place.country.clone()).or_else(|| {
            who.entities
                .actor(i)
                .filter(|m| m.kind == ActorKind::State)
                .and_then(|m| lexicon.actors.get(&m.actor))
                .map(|x| x.country.clone())
        })
    });
    let speaker_country = lexicon.actors.get(speaker).map(|x| x.country.clone());
    let country = if own { speaker_country.or(named) } else { named.or(speaker_country) }?;
    let name = lexicon.actors.state_of_country(&country).map(|s| s.name.to_lowercase().replace(' ', "-"))?;
    Some(question.slug.replace("{country}", &name))
}
