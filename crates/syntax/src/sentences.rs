//! Decides between which words a sentence ends.

use crate::chars::{Class, class, hash_word, mix, shape};
use crate::linear::{Linear, address};
use crate::tokenize::{Gap, Piece};

/// Longest sentence in words; a longer one is cut, so that the work per word stays bounded.
pub const LONGEST: usize = 250;

/// A word as the classifier sees it.
#[derive(Clone, Copy, Default)]
pub struct Look {
    hash: u64,
    shape: u64,
    first: u8,
    length: u8,
    touching: bool,
}

/// What the classifier sees of a word. `touching`: no white space before it.
pub fn look(word: &str, touching: bool, caps: bool) -> Look {
    let first = word.chars().next().map_or(Class::Other, class);
    Look {
        hash: hash_word(word),
        shape: shape(word, caps) as u64,
        first: if caps && first == Class::Upper { Class::Lower as u8 } else { first as u8 },
        length: word.len().min(255) as u8,
        touching,
    }
}

/// Running state of the sentence at hand.
#[derive(Clone, Copy, Default)]
pub struct State {
    words: usize,
    quotes: usize,
    brackets: usize,
}

impl State {
    /// Takes in one more word.
    pub fn step(&mut self, word: &str) {
        self.words += 1;
        match word {
            "\"" | "“" | "”" => self.quotes += 1,
            "(" | "[" => self.brackets += 1,
            ")" | "]" => self.brackets = self.brackets.saturating_sub(1),
            _ => {}
        }
    }
}

/// True if a sentence could end between these two words; letters on both sides with the second in lower case, or
/// text in capitals, never end one.
pub fn is_candidate(a: Look, b: Look) -> bool {
    let letter = |x: u8| x == Class::Lower as u8 || x == Class::Upper as u8;
    !(letter(a.first) && b.first == Class::Lower as u8)
}

/// The features of the place between `w[2]` and `w[3]` of a window of six words.
pub fn features(w: &[Look; 6], state: State, caps: bool, out: &mut Vec<u32>) {
    out.clear();
    let [_, y, a, b, c, d] = *w;
    let gap = u64::from(b.touching);
    let open = (state.quotes % 2) as u64 * 2 + (state.brackets > 0) as u64;
    let words = match state.words {
        n @ 0..=4 => n as u64,
        5..=9 => 5,
        10..=19 => 6,
        20..=39 => 7,
        _ => 8,
    };
    let mut add = |t: u64, v: u64| out.push(address(100 + t, v));
    add(0, u64::from(caps));
    add(1, a.hash);
    add(2, b.hash);
    add(3, mix(a.hash, b.hash));
    add(4, mix(y.hash, a.hash));
    add(5, mix(a.shape, b.shape));
    add(6, mix(a.hash, b.shape * 2 + gap));
    add(7, mix(a.shape, b.hash));
    add(8, mix(mix(y.shape, a.hash), b.shape));
    add(9, mix(b.hash, b.shape));
    add(10, mix(b.hash, c.hash));
    add(11, mix(mix(a.hash, b.shape), c.shape));
    add(12, mix(a.hash, gap * 16 + open * 64 + u64::from(b.first)));
    add(13, mix(a.hash, words * 8 + u64::from(b.first)));
    add(14, mix(a.hash, mix(u64::from(y.length.min(20)), y.shape)));
    add(15, mix(a.shape, y.shape));
    add(16, mix(b.shape, c.shape));
    add(17, mix(mix(a.hash, b.shape), mix(c.shape, d.shape)));
    add(18, mix(w[0].hash, mix(y.hash, a.hash)));
    add(19, mix(a.hash, mix(words, mix(open, gap))));
    add(20, mix(mix(a.hash, b.hash), mix(gap, open)));
    add(21, mix(y.hash, mix(a.hash, b.shape)));
    add(22, mix(a.hash, mix(b.hash, b.shape)));
    add(23, mix(b.shape, words));
    add(24, mix(c.hash, mix(a.hash, b.shape)));
}

/// Cuts `pieces` into sentences and calls `each` with every range of word indices.
pub fn run(
    model: &Linear,
    text: &str,
    pieces: &[Piece],
    caps: bool,
    buffer: &mut Vec<u32>,
    mut each: impl FnMut(std::ops::Range<usize>),
) {
    let word = |i: usize| &text[pieces[i].start..pieces[i].end];
    let see = |i: usize| match pieces.get(i) {
        Some(p) => look(&text[p.start..p.end], p.gap == Gap::None, caps),
        None => Look::default(),
    };
    let mut w = [Look::default(), Look::default(), Look::default(), see(0), see(1), see(2)];
    let mut state = State::default();
    let mut start = 0;
    for i in 0..pieces.len() {
        w.rotate_left(1);
        w[5] = see(i + 3);
        state.step(word(i));
        let end = i + 1;
        let cut = end == pieces.len() || end - start >= LONGEST || pieces[end].gap == Gap::Break || {
            is_candidate(w[2], w[3]) && {
                features(&w, state, caps, buffer);
                model.score(buffer) > 0
            }
        };
        if cut {
            each(start..end);
            start = end;
            state = State::default();
        }
    }
}
