//! Runs the trained network on a group of sentences: tags, heads, relations and marks.

use super::cell::{half_tanh, tanh_parts};
use super::kernel::Matrix;
use super::layout::{Layout, Sizes};
use super::marks::{NAMES, OUTPUTS, SPEECH};
use super::rate::rate;
use super::rows::Rows;
use super::wide::wide;
use crate::bytes::{Reader, Writer};
use crate::features::Vocabulary;
use crate::tree;
use counterclaim_text::{Name, NameClass, Rel, SpeechMark, SpeechPart, Upos, Xpos};
use std::ops::Range;

/// Rows of scores are filled up to a multiple of this, the most numbers that any machine works on together.
const LANES: usize = 16;

/// The embedding table, with one scale for each row.
struct Table {
    rows: Vec<i8>,
    scale: Vec<f32>,
}

/// The trained network.
pub struct Network {
    sizes: Sizes,
    tag_layer: usize,
    /// How words are described.
    pub words: Vocabulary,
    /// The pairs of tags, in the order of the outputs.
    pub tags: Vec<(Upos, Xpos)>,
    table: Table,
    layers: Vec<(Matrix, Vec<f32>)>,
    choose: Matrix,
    form: Matrix,
    rel: Matrix,
    tag: Matrix,
    root_arc: Vec<f32>,
    root_label: Vec<f32>,
    story: (Matrix, Vec<f32>),
    mark: Matrix,
}

/// What the network says of each word.
#[derive(Default)]
pub struct Parsed {
    /// Tags.
    pub tags: Vec<(Upos, Xpos)>,
    /// Heads, counted from one within the sentence; zero for the root.
    pub heads: Vec<u16>,
    /// Relations.
    pub rels: Vec<Rel>,
    /// Names, as words of the group.
    pub names: Vec<Name>,
    /// Parts of speech, as words of the group.
    pub speech: Vec<SpeechMark>,
}

/// Buffers used again from group to group.
#[derive(Default)]
pub struct Buffers {
    /// The words' embeddings; fill with `Network::embed` before `run`.
    pub x: Vec<f32>,
    small: Rows,
    u: Vec<f32>,
    y: Vec<f32>,
    state: Vec<f32>,
    tags: Vec<f32>,
    chosen: Vec<f32>,
    q: Vec<f32>,
    heads: Vec<f32>,
    scores: Vec<f32>,
    tree: Vec<u16>,
    rows: Vec<u32>,
    chars: Vec<char>,
}

impl Network {
    /// Rounds trained weights. `p` is laid out by `layout`, `table` has one row of floats per embedding.
    pub fn quantised(words: Vocabulary, tags: Vec<(Upos, Xpos)>, layout: &Layout, p: &[f32], table: &[f32]) -> Self {
        let m = |w: super::layout::Part, b: super::layout::Part| {
            Matrix::quantise(&p[w.range()], &p[b.range()], w.rows, w.cols)
        };
        let width = layout.sizes.embedding;
        let (mut rows, mut scale) = (Vec::with_capacity(table.len()), Vec::new());
        for row in table.chunks_exact(width) {
            let s = row.iter().fold(0.0f32, |a, b| a.max(b.abs())) / 127.0 + 1e-9;
            rows.extend(row.iter().map(|w| (w / s).round() as i8));
            scale.push(s);
        }
        Network {
            sizes: layout.sizes,
            tag_layer: layout.tag_layer(),
            words,
            tags,
            table: Table { rows, scale },
            layers: layout.layers.iter().map(|l| (m(l.weights, l.bias), p[l.peep.range()].to_vec())).collect(),
            choose: m(layout.choose, layout.choose_bias),
            form: m(layout.form, layout.form_bias),
            rel: m(layout.rel, layout.rel_bias),
            tag: m(layout.tag, layout.tag_bias),
            root_arc: p[layout.root_arc.range()].to_vec(),
            root_label: p[layout.root_label.range()].to_vec(),
            story: (m(layout.story.weights, layout.story.bias), p[layout.story.peep.range()].to_vec()),
            mark: m(layout.mark, layout.mark_bias),
        }
    }

    /// Appends the embedding of one word to the group.
    pub fn embed(&self, word: &str, caps: bool, b: &mut Buffers) {
        b.rows.clear();
        self.words.describe(word, caps, &mut b.chars, &mut b.rows);
        let width = self.sizes.embedding;
        let at = b.x.len();
        b.x.resize(at + width, 0.0);
        let x = &mut b.x[at..];
        let (table, rows) = (&self.table, &b.rows);
        sum_rows_wide(table, rows, width, x);
    }

    /// Tags, parses and marks the embedded group; `sentences` and `paragraphs` are ranges of its words. Empties the group.
    pub fn run(&self, sentences: &[Range<usize>], paragraphs: &[Range<usize>], b: &mut Buffers, out: &mut Parsed) {
        let s = self.sizes;
        let n = b.x.len() / s.embedding;
        for (l, (weights, peep)) in self.layers.iter().enumerate() {
            let x = &b.x[..n * weights.inputs()];
            b.small.fill(x, weights.inputs());
            let u = weights.apply(&b.small, &mut b.u);
            let y = room(&mut b.y, n * 2 * s.hidden);
            let residual: &[f32] = if l > 0 { x } else { &[] };
            recur_wide(u, peep, sentences, s.hidden, residual, y, &mut b.state);
            std::mem::swap(&mut b.x, &mut b.y);
            if l == self.tag_layer {
                b.small.fill(&b.x[..n * self.tag.inputs()], self.tag.inputs());
                for row in self.tag.apply(&b.small, &mut b.tags).chunks_exact(self.tag.outputs()) {
                    let best = best(&row[..self.tags.len()]);
                    out.tags.push(self.tags.get(best).copied().unwrap_or((Upos::X, Xpos::Fw)));
                }
            }
        }
        b.small.fill(&b.x[..n * self.choose.inputs()], self.choose.inputs());
        self.choose.apply(&b.small, &mut b.chosen);
        self.marks(sentences, paragraphs, b, out);
        for r in sentences {
            self.sentence(r.clone(), b, out);
        }
        b.x.clear();
    }

    /// Marks names and speech; `b.small` holds the rounded vectors of the top layer.
    fn marks(&self, sentences: &[Range<usize>], paragraphs: &[Range<usize>], b: &mut Buffers, out: &mut Parsed) {
        let (weights, peep) = &self.story;
        let h = self.sizes.story;
        let u = weights.apply(&b.small, &mut b.u);
        let n = u.len() / (6 * h).max(1);
        let y = room(&mut b.y, n * 2 * h);
        recur_wide(u, peep, paragraphs, h, &[], y, &mut b.state);
        b.small.fill(y, self.mark.inputs());
        let marks = self.mark.apply(&b.small, &mut b.tags);
        for p in paragraphs {
            let rows = &marks[p.start * OUTPUTS..p.end * OUTPUTS];
            let place = |r: Range<usize>| ((p.start + r.start) as u32, (p.start + r.end) as u32);
            let first = |t: usize| sentences.binary_search_by_key(&(p.start + t), |s| s.start).is_ok();
            NAMES.decode(rows, first, |class, r| {
                let (start, end) = place(r);
                out.names.push(Name { class: NameClass::ALL[class], start, end });
            });
            SPEECH.decode(
                rows,
                |_| false,
                |part, r| {
                    let (start, end) = place(r);
                    out.speech.push(SpeechMark { part: SpeechPart::ALL[part], start, end });
                },
            );
        }
    }

    /// Chooses heads and relations in one sentence.
    fn sentence(&self, r: Range<usize>, b: &mut Buffers, out: &mut Parsed) {
        let (a, l, c) = (self.sizes.arc, self.sizes.label, self.choose.outputs());
        let n = r.len();
        let wide = (n + 1).next_multiple_of(LANES);
        let asked = room(&mut b.y, n * a);
        b.heads.clear();
        b.heads.resize(a * wide, 0.0);
        for q in 0..a {
            b.heads[q * wide] = self.root_arc[q];
        }
        for (i, t) in r.clone().enumerate() {
            let row = &b.chosen[t * c..(t + 1) * c];
            for (y, v) in asked[i * a..(i + 1) * a].iter_mut().zip(row) {
                *y = v.max(0.0);
            }
            for q in 0..a {
                b.heads[q * wide + i + 1] = row[a + q].max(0.0);
            }
        }
        b.small.fill(asked, a);
        let asked = self.form.apply(&b.small, &mut b.q);
        b.scores.resize(n * wide, 0.0);
        rate(asked, &b.heads, a, wide, &mut b.scores);
        for i in 0..n {
            b.scores[i * wide + i + 1] = f32::MIN;
        }
        tree::decode(&b.scores, n, wide, &mut b.tree);
        let pairs = room(&mut b.y, n * l);
        for (i, t) in r.clone().enumerate() {
            let dep = &b.chosen[t * c + 2 * a..t * c + 2 * a + l];
            let head = match b.tree[i] as usize {
                0 => &self.root_label[..],
                k => {
                    let t = r.start + k - 1;
                    &b.chosen[t * c + 2 * a + l..t * c + 2 * a + 2 * l]
                }
            };
            for (y, (d, h)) in pairs[i * l..(i + 1) * l].iter_mut().zip(dep.iter().zip(head)) {
                *y = (d + h).max(0.0);
            }
        }
        b.small.fill(pairs, l);
        let rels = self.rel.apply(&b.small, &mut b.q);
        for (i, row) in rels.chunks_exact(self.rel.outputs()).enumerate() {
            let rel = if b.tree[i] == 0 {
                Rel::Root
            } else {
                // The root relation belongs to the root alone.
                let row = &row[..Rel::ALL.len()];
                let top = best(row);
                if Rel::ALL[top] == Rel::Root { second(row, top) } else { Rel::ALL[top] }
            };
            out.rels.push(rel);
        }
        out.heads.extend_from_slice(&b.tree);
    }

    /// Appends the network to a model file.
    pub fn write(&self, w: &mut Writer) {
        let s = self.sizes;
        for v in [s.embedding, s.hidden, s.layers, s.arc, s.label, s.rels, s.tags, s.story, self.tag_layer] {
            w.u32(v as u32);
        }
        self.words.write(w);
        w.u8s(&self.tags.iter().flat_map(|t| [t.0 as u8, t.1 as u8]).collect::<Vec<_>>());
        w.i8s(&self.table.rows);
        w.f32s(&self.table.scale);
        for (m, peep) in &self.layers {
            m.write(w);
            w.f32s(peep);
        }
        for m in [&self.choose, &self.form, &self.rel, &self.tag] {
            m.write(w);
        }
        w.f32s(&self.root_arc);
        w.f32s(&self.root_label);
        self.story.0.write(w);
        w.f32s(&self.story.1);
        self.mark.write(w);
    }

    /// Reads a network from a model file.
    pub fn read(r: &mut Reader) -> Option<Self> {
        let mut v = [0usize; 9];
        for x in &mut v {
            *x = r.u32()? as usize;
        }
        let [embedding, hidden, layers, arc, label, rels, tags, story, tag_layer] = v;
        let sizes = Sizes { embedding, hidden, layers, arc, label, rels, tags, story };
        let words = Vocabulary::read(r)?;
        let pairs = r.u8s()?.as_chunks().0;
        let tags = pairs
            .iter()
            .map(|&[u, x]| Some((*Upos::ALL.get(u as usize)?, *Xpos::ALL.get(x as usize)?)))
            .collect::<Option<Vec<_>>>()?;
        let table = Table { rows: r.i8s()?, scale: r.f32s()? };
        if table.rows.len() != words.rows() * embedding || table.scale.len() != words.rows() {
            return None;
        }
        let layers = (0..layers).map(|_| Some((Matrix::read(r)?, r.f32s()?))).collect::<Option<Vec<_>>>()?;
        let (choose, form, rel, tag) = (Matrix::read(r)?, Matrix::read(r)?, Matrix::read(r)?, Matrix::read(r)?);
        let (root_arc, root_label) = (r.f32s()?, r.f32s()?);
        let (story, mark) = ((Matrix::read(r)?, r.f32s()?), Matrix::read(r)?);
        let read = Network {
            sizes,
            tag_layer,
            words,
            tags,
            table,
            layers,
            choose,
            form,
            rel,
            tag,
            root_arc,
            root_label,
            story,
            mark,
        };
        (read.mark.outputs() == OUTPUTS).then_some(read)
    }
}

/// Position of the largest number.
fn best(row: &[f32]) -> usize {
    let mut top = 0;
    for (i, &v) in row.iter().enumerate() {
        if v > row[top] {
            top = i;
        }
    }
    top
}

/// The best relation other than number `not`.
fn second(row: &[f32], not: usize) -> Rel {
    let mut top = usize::from(not == 0);
    for (i, &v) in row.iter().enumerate() {
        if i != not && v > row[top] {
            top = i;
        }
    }
    Rel::ALL[top]
}

/// The first `n` numbers of a buffer that only grows: what it held before is still in it.
pub(super) fn room(buffer: &mut Vec<f32>, n: usize) -> &mut [f32] {
    if buffer.len() < n {
        buffer.resize(n, 0.0);
    }
    &mut buffer[..n]
}

/// Sum of embedding rows.
#[inline(always)]
fn sum_rows(table: &Table, rows: &[u32], width: usize, x: &mut [f32]) {
    for &row in rows {
        let scale = table.scale[row as usize];
        let values = &table.rows[row as usize * width..(row as usize + 1) * width];
        for (x, &v) in x.iter_mut().zip(values) {
            *x += v as f32 * scale;
        }
    }
}

/// The recurrent part of a layer; see `train::recurrent` for the same with traces.
#[inline(always)]
fn recur(
    u: &[f32],
    peep: &[f32],
    sentences: &[Range<usize>],
    h: usize,
    residual: &[f32],
    y: &mut [f32],
    state: &mut Vec<f32>,
) {
    for s in sentences {
        for d in 0..2 {
            state.clear();
            state.resize(h, 0.0);
            let c = &mut state[..h];
            let (vf, vr) = peep[2 * d * h..(2 * d + 2) * h].split_at(h);
            for i in 0..s.len() {
                let t = if d == 0 { s.start + i } else { s.end - 1 - i };
                let row = &u[(t * 6 + 3 * d) * h..(t * 6 + 3 * d + 3) * h];
                let (z, row) = row.split_at(h);
                let (uf, ur) = row.split_at(h);
                let out = &mut y[(t * 2 + d) * h..(t * 2 + d + 1) * h];
                for q in 0..h {
                    let (f, below) = half_tanh(uf[q] + vf[q] * c[q]);
                    let f = (below + f) / (2.0 * below);
                    let s = f * c[q] + (1.0 - f) * z[q];
                    let (r, over) = half_tanh(ur[q] + vr[q] * c[q]);
                    let (y, under) = tanh_parts(s);
                    c[q] = s;
                    // The output gate times the state's tangent, with one division for both.
                    out[q] = (over + r) * y / (2.0 * over * under);
                }
            }
        }
    }
    for (y, x) in y.iter_mut().zip(residual) {
        *y += x;
    }
}

wide!(fn recur_wide = recur(
    u: &'a [f32],
    peep: &'a [f32],
    sentences: &'a [Range<usize>],
    h: usize,
    residual: &'a [f32],
    y: &'a mut [f32],
    state: &'a mut Vec<f32>,
));
wide!(fn sum_rows_wide = sum_rows(table: &'a Table, rows: &'a [u32], width: usize, x: &'a mut [f32]));
