//! Personal names of one report: a surname met after a first name or a title is no town when it stands alone.

use super::wording::{is_first_name, is_title, strongly_spatial};
use crate::Words;
use crate::actors::is_capitalised;
use counterclaim_lexicon::fold;
use counterclaim_text::{Rel, Syntax, Upos};

/// Last names of the persons that a report names in full, sorted.
pub(super) struct People {
    /// After a first name or a title.
    sure: Vec<String>,
    /// After a word that only the tree joins to them.
    likely: Vec<String>,
}

impl People {
    /// Collects them: "Mary Turner", "Sheriff Turner".
    pub fn of(text: &str, syntax: &Syntax, words: &Words) -> People {
        let t = &syntax.tokens;
        let name = |i: usize| {
            i < t.len() && t[i].upos == Upos::Propn && is_capitalised(t[i].span.of(text)) && !words.is_empty(i)
        };
        let (mut sure, mut likely) = (Vec::new(), Vec::new());
        for i in 0..t.len() {
            if !is_capitalised(t[i].span.of(text)) || words.is_empty(i) {
                continue;
            }
            let word = fold(t[i].span.of(text));
            let title = is_title(&word);
            // Trees join the parts of a person's name by a relation of its own.
            let named = title || name(i) && is_first_name(&word);
            let joined = name(i) && name(i + 1) && t[i + 1].rel == Rel::Flat && t[i + 1].head as usize == i;
            let place = || i > 0 && strongly_spatial(&fold(t[i - 1].span.of(text)));
            if !named && (!joined || place()) {
                continue;
            }
            // A middle name or letter may stand between: "Mary K. Turner".
            let mut last = i;
            while last < i + 3 && name(last + 1) && t[last + 1].span.start - t[last].span.end <= 1 {
                last += 1;
            }
            if last > i && !(title && last > i + 1 && super::wording::level_word(&words.key(last, last)).is_some()) {
                if named { &mut sure } else { &mut likely }.push(words.key(last, last));
            }
        }
        sure.sort();
        likely.sort();
        People { sure, likely }
    }

    /// True if this key is the last name of a person, beyond doubt or by the tree alone.
    pub fn has(&self, key: &str, doubtful: bool) -> bool {
        let holds = |names: &[String]| names.binary_search_by(|p| p.as_str().cmp(key)).is_ok();
        holds(&self.sure) || doubtful && holds(&self.likely)
    }
}
