//! Loads every gold set and scores gold against itself: `gold-self GOLD`. Every figure that is not 1 says something
//! about the set (annotations that count neither way, records that cannot be predicted) or about the scorer.

use std::path::PathBuf;

use anyhow::{Context, Result};
use counterclaim_evaluation::table::{Measured, SETS, text};
use counterclaim_evaluation::{
    Aliases, Figure, attribution, conll, dates, incidents, load_cases, muc4, names, places, plover, score_desk,
};
use counterclaim_text::{Rel, Sentence, Span, Syntax, Token, Upos, Xpos};

fn main() -> Result<()> {
    let gold = PathBuf::from(std::env::args().nth(1).context("a gold folder is needed")?);
    let mut all = Vec::new();
    for set in SETS {
        let figures = match set.locate(&gold) {
            Some(path) => figures(set.id, &path).with_context(|| set.title)?,
            None => None,
        };
        all.push(Measured { set, figures });
    }
    print!("{}", text(&all));
    Ok(())
}

fn figures(id: &str, path: &std::path::Path) -> Result<Option<Vec<Figure>>> {
    Ok(Some(match id {
        "desk" => {
            let aliases = Aliases::load(&path.join("../aliases.tsv"))?;
            score_desk(&load_cases(path)?, &aliases, |case| case.gold().clone()).figures()
        }
        "ewt" | "gum" => {
            let bank = conll::Treebank::load(path)?;
            conll::score_raw(&bank, &syntax(&bank)).figures()
        }
        "ewt-words" => {
            let bank = conll::Treebank::load(path)?;
            conll::score_gold_words(&bank, &syntax(&bank))?.figures()
        }
        "ewt-upper" => {
            let bank = conll::Treebank::parse_upper(&std::fs::read_to_string(path)?)?;
            conll::score_raw(&bank, &syntax(&bank)).figures()
        }
        "lgl" | "gwn" => {
            let docs = places::load(path)?;
            let one = |d: &places::PlaceDoc| d.toponyms.iter().map(|t| (t.span, t.at)).collect();
            places::score(&docs, &docs.iter().map(one).collect::<Vec<_>>())?.figures()
        }
        "lgl-given" | "gwn-given" => {
            let docs = places::load(path)?;
            let s = places::score_given(&docs, |d, span| {
                d.toponyms.iter().find(|t| t.counts && t.span == span).and_then(|t| t.at)
            });
            vec![Figure::new("accuracy@161 km", s.value(), s.of)]
        }
        "dates" => {
            let docs = dates::load(path)?;
            let pred: Vec<_> = docs.iter().map(|d| d.timexes.clone()).collect();
            dates::score(&docs, &pred)?.figures()
        }
        "attribution" => {
            let docs = attribution::load(path)?;
            let pred: Vec<_> = docs.iter().map(|d| d.attributions.clone()).collect();
            attribution::score(&docs, &pred)?.figures()
        }
        "plover" | "plover-no-appeals" => {
            let records = plover::load(path)?;
            let pred: Vec<_> = records.iter().map(|r| vec![event(r)]).collect();
            plover::score(&records, &pred)?.without_appeals.figures()
        }
        "plv" => {
            let rows = plover::load_plv(path)?;
            let pred: Vec<_> = rows.iter().map(|r| Some(r.gold_root.clone())).collect();
            plover::score_plv(&rows, &pred)?.figures()
        }
        "muc4" => {
            let mut docs = Vec::new();
            for part in ["dev", "tst1", "tst2"] {
                docs.extend(muc4::load(&path.join(format!("{part}.jsonl")))?);
            }
            let pred: Vec<_> = docs.iter().map(|d| d.templates.clone()).collect();
            muc4::score(&docs, &pred)?.figures()
        }
        "names" => {
            let docs = names::load(path)?;
            let pred: Vec<_> = docs.iter().map(|d| d.names.clone()).collect();
            names::score(&docs, &pred)?.figures()
        }
        "incidents" => {
            let events = incidents::load(path)?;
            let one = |e: &incidents::GedEvent| vec![Some((e.deaths.1, e.deaths.2)); e.headlines.len()];
            incidents::score(&events, &events.iter().map(one).collect::<Vec<_>>())?.figures()
        }
        _ => return Ok(None),
    }))
}

fn event(r: &plover::PloverRecord) -> plover::PloverEvent {
    let countries = |l: &[plover::PloverActor]| l.iter().map(|a| a.country.clone()).collect();
    let sectors = |l: &[plover::PloverActor]| l.iter().filter_map(|a| a.sector.clone()).collect();
    plover::PloverEvent {
        root: r.root.clone(),
        source_countries: countries(&r.sources),
        source_sectors: sectors(&r.sources),
        target_countries: countries(&r.targets),
        target_sectors: sectors(&r.targets),
        appeal: false,
    }
}

fn syntax(bank: &conll::Treebank) -> Syntax {
    let mut s = Syntax::default();
    for (i, w) in bank.words.iter().enumerate() {
        let at = s.lemmas.len();
        s.lemmas.push_str(&w.lemma);
        s.tokens.push(Token {
            span: w.span,
            upos: Upos::parse(&w.upos).unwrap_or(Upos::X),
            xpos: Xpos::parse(&w.xpos).unwrap_or(Xpos::Xx),
            head: w.head.unwrap_or(i) as u32,
            rel: Rel::parse(&w.rel).unwrap_or(Rel::Dep),
            lemma: Span::new(at, s.lemmas.len()),
        });
    }
    s.sentences = bank.sentences.iter().map(|x| Sentence { start: x.start, end: x.end }).collect();
    s
}
