//! The picture of the pipeline: sentences and trees, entities, events and claims, then incidents over all reports.

use crate::language;
use crate::windows::{cut, windows};
use crate::{Explanation, Trace};
use counterclaim_coding as coding;
use counterclaim_entities as entities;
use counterclaim_incidents as incidents;
use counterclaim_lexicon::Lexicon;
use counterclaim_syntax::Model;
use counterclaim_text::{ActorKind, Brief, Level, Note, PlaceMention, Reading, Report, Span, Syntax};
use rayon::prelude::*;

/// The layers of one report.
#[derive(Clone, Debug)]
pub struct Layers {
    /// The language; only English has further layers.
    pub language: language::Found,
    /// Sentences, words and trees.
    pub syntax: Syntax,
    /// Actors, places, dates and quantities.
    pub entities: entities::Entities,
    /// Events, statements, claims and commitments.
    pub coded: coding::Coded,
}

/// Reads reports with the embedded models and tables.
pub struct Reader {
    model: &'static Model,
    lexicon: &'static Lexicon,
}

impl Default for Reader {
    fn default() -> Self {
        Reader::new()
    }
}

impl Reader {
    /// A reader with the embedded models and tables; they are decoded once per process.
    pub fn new() -> Reader {
        Reader { model: Model::embedded(), lexicon: Lexicon::embedded() }
    }

    /// A reader that uses a pack of places instead of the built-in towns; the tables of `data/places` stay.
    ///
    /// The tables are loaded anew and kept until the program ends: make one such reader, not one for each report.
    ///
    /// # Errors
    /// If the file cannot be read or is no pack.
    ///
    /// # Example
    /// ```
    /// assert!(counterclaim_reader::Reader::with_gazetteer("no such file".as_ref()).is_err());
    /// ```
    pub fn with_gazetteer(path: &std::path::Path) -> std::io::Result<Reader> {
        let pack = crate::gazetteer::pack(path)?;
        let mut lexicon = Lexicon::load().0;
        lexicon.places.use_pack(pack);
        Ok(Reader { model: Model::embedded(), lexicon: Box::leak(Box::new(lexicon)) })
    }

    /// Reads the reports together. Reading cannot fail; what is doubtful becomes a note.
    ///
    /// Reports are read in parallel on the current rayon pool and put together in the order given, so that the result
    /// does not depend on the number of threads.
    ///
    /// # Example
    /// ```
    /// use counterclaim_reader::{Reader, text::Report};
    /// let report = Report {
    ///     id: "r1".into(),
    ///     source: "Example Wire (synthetic)".into(),
    ///     published: Some(jiff::civil::date(2024, 3, 19)),
    ///     text: "Militants attacked a police post in Bannu on Monday, killing two guards.".into(),
    ///     ..Report::default()
    /// };
    /// let brief = Reader::new().read(&[report]);
    /// assert_eq!(brief.incidents.len(), 1);
    /// assert_eq!(brief.incidents[0].killed, Some((2, 2)));
    /// ```
    pub fn read(&self, reports: &[Report]) -> Brief {
        incidents::brief(self.lexicon, self.parts(reports))
    }

    /// Each report by itself, before any linking: what a register stores. In parallel, in the order given.
    pub fn parts(&self, reports: &[Report]) -> Vec<incidents::Part> {
        reports.par_iter().map(|r| self.part(r)).collect()
    }

    /// All layers of one report, for tools that look below the brief (measuring, explaining).
    pub fn layers(&self, report: &Report) -> Layers {
        let language = language::find(report, &self.lexicon.languages);
        if !language.read {
            let (syntax, entities, coded) = Default::default();
            return Layers { language, syntax, entities, coded };
        }
        let mut syntax = self.model.parse(&report.text);
        coding::mend(&report.text, &mut syntax, &self.lexicon.forms);
        let ranges = windows(&report.text, &syntax);
        if ranges.len() <= 1 {
            let entities = entities::find(report, &syntax, self.lexicon);
            let coded = coding::code(report, &syntax, &entities, self.lexicon);
            return Layers { language, syntax, entities, coded };
        }
        let parts: Vec<(entities::Entities, coding::Coded)> = ranges
            .par_iter()
            .map(|r| {
                let part = cut(&syntax, r);
                let entities = entities::find(report, &part, self.lexicon);
                let coded = coding::code(report, &part, &entities, self.lexicon);
                (entities, coded)
            })
            .collect();
        let (mut entities, mut coded) = (entities::Entities::default(), coding::Coded::default());
        for (range, (e, c)) in ranges.iter().zip(parts) {
            entities.append(e, syntax.sentences[range.start].start);
            coded.append(c, syntax.sentences[range.start].start, range.start as u32);
        }
        Layers { language, syntax, entities, coded }
    }

    /// The PLOVER events of one report: acts of speech, cooperation and conflict, with the incidents among them.
    ///
    /// # Example
    /// ```
    /// use counterclaim_reader::{Reader, text::Report};
    /// let report = Report { text: "Kenya condemned Uganda on Monday.".into(), ..Report::default() };
    /// let acts = Reader::new().acts(&report);
    /// assert_eq!(acts[0].kind, "ACCUSE");
    /// assert_eq!(acts[0].recipients[0].country, "UGA");
    /// ```
    pub fn acts(&self, report: &Report) -> Vec<coding::Act> {
        let Layers { syntax, entities, coded, .. } = self.layers(report);
        coding::acts(report, &syntax, &entities, &coded, self.lexicon)
    }

    /// The tables and rules that it reads with.
    pub fn lexicon(&self) -> &'static Lexicon {
        self.lexicon
    }

    /// Explains what was done with one report.
    pub fn explain(&self, report: &Report) -> Explanation {
        let Layers { language, syntax, entities, coded } = self.layers(report);
        let mut traces: Vec<Trace> = coded
            .fired
            .into_iter()
            .map(|f| Trace { trigger: f.trigger, rule: f.rule, bound: f.bound, dropped: f.dropped })
            .collect();
        for s in &coded.speeches.all {
            let span = syntax.tokens[s.tokens.0].span.join(syntax.tokens[s.tokens.1].span);
            traces.push(Trace {
                trigger: s.cue as u32,
                rule: s.rule.clone(),
                bound: vec![
                    ("speaker".into(), syntax.tokens[s.cue].span, s.speaker.actor.clone()),
                    (s.stance.as_str().into(), span, String::new()),
                ],
                dropped: None,
            });
        }
        traces.extend(entities.places.iter().chain(&entities.datelines).filter_map(|p| self.choice(report, p)));
        traces.sort_by(|a, b| (a.trigger, &a.rule).cmp(&(b.trigger, &b.rule)));
        Explanation { note: language.note.map(|n| n.message), syntax, traces }
    }

    /// Why a place was chosen among those of its name; `None` where there was no choice.
    fn choice(&self, report: &Report, mention: &PlaceMention) -> Option<Trace> {
        if mention.place.rivals == 0 {
            return None;
        }
        let where_is = |country: &str, admin1: &str, level: Level| {
            let chain: Vec<&str> = [admin1, country].into_iter().filter(|s| !s.is_empty()).collect();
            format!("{} in {}", level.as_str(), chain.join(", "))
        };
        let key = counterclaim_lexicon::words_of(mention.span.of(&report.text)).join(" ");
        let rivals: Vec<String> = (self.lexicon.places.lookup(&key).iter())
            .filter(|e| e.id() != mention.place.gazetteer_id)
            .take(3)
            .map(|e| where_is(&e.country, &e.admin1, e.level))
            .collect();
        let p = &mention.place;
        let chosen = format!("{} ({}): {}", p.name, where_is(&p.country, &p.admin1, p.level), mention.why);
        let others = format!("{} other places of that name: {}", p.rivals, rivals.join("; "));
        Some(Trace {
            trigger: mention.tokens.0,
            rule: "places/choice".into(),
            bound: vec![("place".into(), mention.span, chosen), ("rivals".into(), mention.span, others)],
            dropped: None,
        })
    }

    /// One report by itself, coded but not linked: what a register keeps of it, and what [`incidents::brief`] takes.
    pub fn part(&self, report: &Report) -> incidents::Part {
        let Layers { language, syntax, entities, coded } = self.layers(report);
        let mut notes = notes(report, &syntax, &entities, &coded);
        notes.splice(0..0, language.note);
        let language = language.code;
        let mut unlisted: Vec<(String, ActorKind)> = Vec::new();
        for a in entities.actors.iter().filter(|a| a.rule.starts_with("actors/unlisted")) {
            if !unlisted.iter().any(|(n, _)| *n == a.actor) {
                unlisted.push((a.actor.clone(), a.kind));
            }
        }
        incidents::Part { reading: Reading { report: report.clone(), language, notes, unlisted }, coded }
    }
}

/// What the reader was unsure of.
fn notes(report: &Report, syntax: &Syntax, entities: &entities::Entities, coded: &coding::Coded) -> Vec<Note> {
    let mut out = Vec::new();
    if report.published.is_none() {
        out.push(Note {
            span: Span::default(),
            message: "no publication date is known: relative dates such as \"Monday\" are not resolved".into(),
        });
    }
    for p in entities.places.iter().filter(|p| !p.demonym) {
        if p.place.lat_lon.is_none() {
            out.push(Note {
                span: p.span,
                message: format!("\"{}\" is not in the gazetteer: kept as a place without coordinates", p.place.name),
            });
        } else if p.place.rivals > 3 {
            out.push(Note {
                span: p.span,
                message: format!(
                    "{} other places are called \"{}\"; read as the one in {}",
                    p.place.rivals, p.place.name, p.place.country
                ),
            });
        }
    }
    let mut guessed: Vec<&str> = Vec::new();
    for a in entities.actors.iter().filter(|a| a.rule.starts_with("actors/unlisted")) {
        if !guessed.contains(&a.actor.as_str()) {
            guessed.push(&a.actor);
            out.push(Note {
                span: a.span,
                message: format!(
                    "\"{}\" is in no table: its kind ({}) is guessed from the words of its name",
                    a.actor,
                    a.kind.as_str()
                ),
            });
        }
    }
    for f in coded.fired.iter().filter(|f| f.dropped.as_deref().is_some_and(|d| d.starts_with("a death"))) {
        let s = syntax.sentences[syntax.sentence_of(f.trigger as usize)];
        out.push(Note {
            span: syntax.sentence_span(s),
            message: "a death is told without place, date or doer: no incident was made of it".into(),
        });
    }
    out.sort();
    out.dedup();
    out
}
