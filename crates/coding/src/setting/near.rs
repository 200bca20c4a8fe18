//! How far from a place something is told to have happened: "near X", "outside X", "60 km south of X".

use crate::tree::Tree;
use counterclaim_entities::number_word;

/// Kilometres between what is told and the place whose name begins at `first`; 0 for a bare "near", `None` at the place.
pub(super) fn away(tree: &Tree, first: usize) -> Option<u32> {
    let start = tree.syntax.sentences[tree.sentence(first)].start as usize;
    let word = |t: usize| tree.word(t).to_lowercase();
    // "near the town of X": the preposition stands before the description.
    let mut at = first;
    while at > start && (word(at - 1) == "the" || word(at - 1) == "of" && at >= start + 2 && settlement(&word(at - 2)))
    {
        at -= if word(at - 1) == "of" { 2 } else { 1 };
    }
    let lead = at.checked_sub(1).filter(|t| *t >= start)?;
    match word(lead).as_str() {
        "near" | "outside" | "around" | "nearby" => Some(0),
        "to" if lead > start && word(lead - 1) == "close" => Some(0),
        "of" if lead > start && outskirts(&word(lead - 1)) => Some(0),
        "of" => {
            let mut t = lead;
            // "south-west", "north and east".
            while t > start
                && (direction(&word(t - 1)) || matches!(word(t - 1).as_str(), "-" | "and" | "the" | "to" | "just"))
            {
                t -= 1;
            }
            let told = (t..lead).any(|k| direction(&word(k)));
            if told { Some(distance(tree, t, start).unwrap_or(0)) } else { None }
        }
        "from" => {
            let t = if lead > start && word(lead - 1) == "away" { lead - 1 } else { lead };
            distance(tree, t, start)
        }
        _ => None,
    }
}

fn settlement(w: &str) -> bool {
    matches!(w, "town" | "city" | "village" | "capital" | "settlement" | "hamlet")
}

/// Words for what lies around a place.
pub(super) fn outskirts(w: &str) -> bool {
    matches!(w, "outskirts" | "outskirt" | "edge" | "vicinity" | "surroundings" | "suburbs" | "environs")
}

fn direction(w: &str) -> bool {
    const POINTS: [&str; 4] = ["north", "south", "east", "west"];
    w.split('-').all(|part| POINTS.contains(&part))
        || matches!(w, "northeast" | "northwest" | "southeast" | "southwest")
}

/// The distance whose unit ends right before `end`, in kilometres: "60 km", "some 40 miles", "60km".
fn distance(tree: &Tree, end: usize, start: usize) -> Option<u32> {
    let unit = end.checked_sub(1).filter(|t| *t >= start)?;
    let text = tree.word(unit).to_lowercase();
    let text = text.trim_end_matches('.');
    let glued = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let (figure, name) = match glued.len() < text.len() {
        true => (text[..text.len() - glued.len()].to_string(), glued),
        false => (unit.checked_sub(1).filter(|t| *t >= start).map(|t| tree.word(t).to_lowercase())?, text),
    };
    let n = figure.parse::<f64>().ok().or_else(|| number_word(&figure).map(|n| n as f64))?;
    let km = match name {
        "km" | "kms" | "kilometre" | "kilometres" | "kilometer" | "kilometers" => n,
        "mile" | "miles" | "mi" => n * 1.609,
        _ => return None,
    };
    (km.is_finite() && km < 2000.0).then(|| km.round().max(1.0) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterclaim_lexicon::Lexicon;
    use counterclaim_syntax::Model;

    /// What is told of the name `X` in a text.
    fn read(text: &str) -> Option<u32> {
        let syntax = Model::embedded().parse(text);
        let tree = Tree::new(text, &syntax, &Lexicon::embedded().forms);
        let at = (0..tree.len()).find(|t| tree.word(*t) == "Bannu").unwrap();
        away(&tree, at)
    }

    #[test]
    fn near_is_not_in() {
        assert_eq!(read("A bomb went off in Bannu on Monday."), None);
        assert_eq!(read("A bomb went off near Bannu on Monday."), Some(0));
        assert_eq!(read("A bomb went off near the town of Bannu."), Some(0));
        assert_eq!(read("A bomb went off in the town of Bannu."), None);
        assert_eq!(read("A bomb went off on the outskirts of Bannu."), Some(0));
    }

    #[test]
    fn distances_are_kilometres() {
        assert_eq!(read("A bomb went off 60 km south of Bannu."), Some(60));
        assert_eq!(read("A bomb went off about ten miles north-west of Bannu."), Some(16));
        assert_eq!(read("A bomb went off at a post 12km from Bannu."), Some(12));
        assert_eq!(read("A bomb went off just east of Bannu."), Some(0));
        assert_eq!(read("The guard came from Bannu."), None);
    }
}
