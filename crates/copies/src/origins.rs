//! Articles by origin: "7 articles, 2 origins".

use crate::{Likeness, Signature, keys, likeness};
use std::collections::BTreeMap;

/// One article.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    /// Identifier, unique among the items.
    pub id: &'a str,
    /// When it was published, in any unit that grows with time; `None` sorts last.
    pub published: Option<i64>,
    /// Signature of its text.
    pub signature: &'a Signature,
}

/// Articles of one origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Index of the item that was published first.
    pub origin: usize,
    /// Indices of all items, in order of publication and identifier.
    pub members: Vec<usize>,
    /// Origins (indices of items) of groups whose longer text has most of the text of a member.
    pub part_of: Vec<usize>,
}

/// Under a key that more items have, each is compared with so many before it, in order of publication.
const WIDEST: usize = 64;

/// Groups the items that are copies of each other, directly or by way of others. The order of the items changes only the
/// indices. Groups stand in order of the publication of their origins.
///
/// A short text inside a longer one joins no group, as a round-up would join all that it takes up; its group says of which it
/// is a part. [`independent`] counts what is left.
///
/// # Example
/// ```
/// use counterclaim_copies::{Item, independent, origins, runs, signature};
/// let story = "The bridge over the river was closed on Monday after a blast, the district office said.";
/// let texts = [story.to_owned(), format!("{story} Traffic was diverted."), "Drivers waited for hours at the old ford while soldiers searched cars.".to_owned()];
/// let signatures: Vec<_> = texts.iter().map(|t| signature(&runs(t))).collect();
/// let ids = ["a", "b", "c"];
/// let items: Vec<_> = signatures.iter().zip(ids).map(|(signature, id)| Item { id, published: None, signature }).collect();
/// let groups = origins(&items);
/// assert_eq!((groups.len(), independent(&groups)), (2, 2));
/// assert_eq!(groups[0].members, [0, 1]);
/// ```
pub fn origins(items: &[Item]) -> Vec<Group> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    let rank = |i: &usize| (items[*i].published.is_none(), items[*i].published, items[*i].id);
    order.sort_by(|a, b| rank(a).cmp(&rank(b)));
    // From here on, items are called by their place in this order: nothing depends on the order given.
    let item = |place: usize| items[order[place]].signature;

    // Texts with one signature are compared once.
    let mut first_with: BTreeMap<&Signature, usize> = BTreeMap::new();
    let mut sets = Sets::new(items.len());
    let mut distinct = Vec::new();
    for place in 0..items.len() {
        if item(place).runs() == 0 {
            continue;
        }
        match first_with.get(item(place)) {
            Some(first) => sets.join(*first, place),
            None => {
                first_with.insert(item(place), place);
                distinct.push(place);
            }
        }
    }
    let mut by_key: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for place in distinct {
        keys(item(place)).into_iter().for_each(|k| by_key.entry(k).or_default().push(place));
    }
    let mut seen: BTreeMap<(usize, usize), ()> = BTreeMap::new();
    let mut parts: Vec<(usize, usize)> = Vec::new();
    for places in by_key.values().filter(|p| p.len() > 1) {
        for (n, b) in places.iter().enumerate() {
            for a in &places[n.saturating_sub(WIDEST)..n] {
                if seen.insert((*a, *b), ()).is_some() {
                    continue;
                }
                match likeness(item(*a), item(*b)) {
                    Likeness::Copies => sets.join(*a, *b),
                    Likeness::FirstInSecond => parts.push((*a, *b)),
                    Likeness::SecondInFirst => parts.push((*b, *a)),
                    Likeness::Apart => {}
                }
            }
        }
    }
    let mut groups: BTreeMap<usize, Group> = BTreeMap::new();
    for place in 0..items.len() {
        let first = sets.first(place);
        let group = groups.entry(first).or_insert_with(|| Group {
            origin: order[first],
            members: Vec::new(),
            part_of: Vec::new(),
        });
        group.members.push(order[place]);
    }
    parts.sort_unstable();
    for (part, whole) in parts {
        let (part, whole) = (sets.first(part), sets.first(whole));
        if let Some(group) = groups.get_mut(&part).filter(|g| part != whole && !g.part_of.contains(&order[whole])) {
            group.part_of.push(order[whole]);
        }
    }
    groups.into_values().collect()
}

/// How many origins there are, not counting those that are part of another: a copy is no corroboration, nor is a short
/// version of a longer text. Where groups are parts of each other in a circle, one of them counts.
pub fn independent(groups: &[Group]) -> usize {
    let whole = groups.iter().filter(|g| g.part_of.is_empty()).count();
    if groups.is_empty() { 0 } else { whole.max(1) }
}

/// Disjoint sets; the least member stands for each.
struct Sets {
    parents: Vec<usize>,
}

impl Sets {
    fn new(n: usize) -> Sets {
        Sets { parents: (0..n).collect() }
    }

    fn first(&mut self, mut at: usize) -> usize {
        while self.parents[at] != at {
            self.parents[at] = self.parents[self.parents[at]];
            at = self.parents[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.first(a), self.first(b));
        self.parents[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{runs, signature};

    fn words(from: usize, to: usize) -> String {
        (from..to).map(|n| format!("w{n} ")).collect()
    }

    /// Groups by identifiers, so that runs in another order can be compared.
    fn named(texts: &[(&str, Option<i64>, String)]) -> Vec<(String, Vec<String>, Vec<String>)> {
        let signatures: Vec<_> = texts.iter().map(|t| signature(&runs(&t.2))).collect();
        let items: Vec<Item> = texts
            .iter()
            .zip(&signatures)
            .map(|((id, published, _), signature)| Item { id, published: *published, signature })
            .collect();
        let name = |i: &usize| items[*i].id.to_owned();
        let groups = origins(&items);
        groups
            .iter()
            .map(|g| (name(&g.origin), g.members.iter().map(name).collect(), g.part_of.iter().map(name).collect()))
            .collect()
    }

    #[test]
    fn the_first_published_is_the_origin_whatever_the_order() {
        let mut texts = vec![
            ("d", Some(4), words(0, 110)),
            ("b", Some(2), words(0, 100)),
            ("a", None, words(0, 90)),
            ("c", Some(2), words(500, 800)),
            ("short", Some(9), words(530, 560)),
            ("empty", Some(0), String::new()),
            ("empty too", Some(0), "…".to_owned()),
        ];
        let wanted = named(&texts);
        let names = |list: &[&str]| list.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
        assert_eq!(wanted[2], ("b".to_owned(), names(&["b", "d", "a"]), vec![]));
        assert_eq!(wanted.iter().find(|g| g.0 == "short").unwrap().2, ["c"]);
        assert_eq!(wanted.len(), 5);
        for turn in 0..texts.len() {
            texts.rotate_left(1);
            texts.swap(0, turn / 2);
            assert_eq!(named(&texts), wanted);
        }
    }

    #[test]
    fn a_round_up_joins_nothing() {
        let texts = [
            ("a", Some(1), words(0, 100)),
            ("b", Some(2), words(500, 600)),
            ("all", Some(3), words(0, 100) + &words(500, 600) + &words(900, 1400)),
        ];
        let groups = named(&texts);
        assert_eq!(
            (groups.len(), groups[0].2.clone(), groups[1].2.clone()),
            (3, vec!["all".into()], vec!["all".into()])
        );
    }

    #[test]
    fn a_hundred_thousand_copies_are_cheap() {
        let one = signature(&runs(&words(0, 50)));
        let ids: Vec<String> = (0..100_000).map(|n| n.to_string()).collect();
        let items: Vec<Item> = ids.iter().map(|id| Item { id, published: None, signature: &one }).collect();
        let groups = origins(&items);
        assert_eq!((groups.len(), groups[0].members.len(), independent(&groups)), (1, 100_000, 1));
    }
}
