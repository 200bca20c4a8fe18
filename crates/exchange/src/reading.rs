//! Whole readings in our own JSON, `counterclaim.reading/v1` (docs/wire.md): in and out with nothing lost.
//!
//! The document is kept as it came, unknown fields included. It holds no text of reports, only quotations; a brief made of
//! it has texts of blanks with the quotations in their places, unless the caller has the texts.

use crate::coded::status;
use crate::fault::Faults;
use crate::json::{Object, list, object, place, record, strings, text};
use crate::{Coded, CodedClaim, Fault, Losses, Row, Source, shown};
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{
    Account, Aspect, Brief, Claim, Commitment, DateValue, Evidence, Incident, Note, Pointer, Report, Scope, Span,
    Stance, Status, Toll, TollKind,
};
use jiff::civil::Date;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::borrow::Borrow;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};

const SCHEMA: &str = "counterclaim.reading/v1";
/// Whose coding it is when a reading was made from reports.
const DATA_SET: &str = "Counterclaim";
/// Most bytes of blanks for the texts of one reading; offsets beyond that lose their place.
const BLANKS: usize = 256 << 20;

/// A reading as it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    document: Object,
}

impl Reading {
    /// Parses a reading.
    ///
    /// # Errors
    /// If the bytes are no JSON object of this schema.
    pub fn parse(file: &str, bytes: &[u8]) -> Result<Reading, Fault> {
        let fault = |line: usize, column: usize, message: String| Fault {
            file: file.to_owned(),
            line: line as u64,
            column: column.to_string(),
            message,
            remedy: format!("give one object with \"schema\": \"{SCHEMA}\""),
        };
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let document: Object = serde_json::from_slice(bytes)
            .map_err(|e| fault(e.line(), e.column(), format!("not a reading: {}", shown(&e.to_string()))))?;
        match document.get("schema").and_then(Value::as_str) {
            Some(SCHEMA) => Ok(Reading { document }),
            other => Err(fault(1, 1, format!("the schema is \"{}\"", shown(other.unwrap_or_default())))),
        }
    }

    /// The document, with every field that it had, in their order.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(&self.document).unwrap_or_default() + "\n"
    }

    /// The brief that the reading was written from. `texts` gives the text with an identifier and a SHA-256, if the caller
    /// has it; other texts are blanks with the quotations in their places. What does not fit is reported.
    pub fn brief(&self, file: &str, texts: &dyn Fn(&str, &str) -> Option<String>) -> (Brief, Vec<Fault>) {
        let mut faults = Faults::new(file, 0);
        let mut document = self.document.clone();
        let mut blanks = self.blanks(&mut faults);
        let mut brief = Brief::default();
        for (n, mut r) in objects(&mut document, "reports", &mut faults).into_iter().enumerate() {
            let id = text(&mut r, "id", &mut faults);
            let sha = text(&mut r, "sha256", &mut faults);
            let known = texts(&id, &sha);
            if known.as_ref().is_some_and(|t| !sha.is_empty() && hash(t) != sha) {
                faults.doubt(
                    &format!("reports[{n}]"),
                    format!("the text of \"{}\" is another", shown(&id)),
                    "give the text with that SHA-256",
                );
            }
            let body = known.filter(|t| sha.is_empty() || hash(t) == sha);
            let language = text(&mut r, "language", &mut faults);
            let published = text(&mut r, "published", &mut faults);
            brief.readings.push(counterclaim_text::Reading {
                report: Report {
                    source: text(&mut r, "source", &mut faults),
                    published: published.parse().ok(),
                    title: text(&mut r, "title", &mut faults),
                    text: body.unwrap_or_else(|| blanks.remove(&id).unwrap_or_default()),
                    url: Some(text(&mut r, "url", &mut faults)).filter(|u| !u.is_empty()),
                    language: None,
                    id,
                },
                language,
                notes: objects(&mut r, "notes", &mut faults)
                    .into_iter()
                    .map(|mut note| Note { span: span(&note), message: text(&mut note, "message", &mut faults) })
                    .collect(),
                unlisted: Vec::new(),
            });
        }
        let f = &mut faults;
        let incidents = objects(&mut document, "incidents", f);
        brief.incidents = incidents.into_iter().enumerate().map(|(n, i)| incident(i, n, f)).collect();
        let claims = objects(&mut document, "claims", f);
        brief.claims = claims.into_iter().enumerate().filter_map(|(n, c)| claim(c, n, f)).collect();
        let commitments = objects(&mut document, "commitments", f);
        brief.commitments = commitments.into_iter().map(|c| commitment(c, f)).collect();
        check(&brief, f);
        (brief, faults.found)
    }

    /// Texts of blanks, as long as offsets reach, with every quotation in its place.
    fn blanks(&self, faults: &mut Faults) -> BTreeMap<String, String> {
        let mut spans: Vec<(String, Span, String)> = Vec::new();
        self.document.values().for_each(|v| collect(v, &mut spans));
        let mut length: BTreeMap<&str, usize> = BTreeMap::new();
        let mut left = BLANKS;
        for (report, span, _) in &spans {
            let known = length.entry(report).or_default();
            let more = (span.end as usize).saturating_sub(*known);
            if more <= left {
                left -= more;
                *known += more;
            }
        }
        let mut out: BTreeMap<&str, Vec<u8>> = length.into_iter().map(|(id, n)| (id, vec![b' '; n])).collect();
        let mut misplaced = 0;
        for (report, span, quote) in spans.iter().filter(|s| !s.2.is_empty()) {
            let place = out.get_mut(report.as_str()).and_then(|t| t.get_mut(span.start as usize..span.end as usize));
            match place
                .filter(|p| p.len() == quote.len() && p.iter().zip(quote.bytes()).all(|(p, q)| *p == b' ' || *p == q))
            {
                Some(place) => place.copy_from_slice(quote.as_bytes()),
                None => misplaced += 1,
            }
        }
        if misplaced > 0 {
            let message = format!("{misplaced} quotations do not fit their offsets");
            faults.doubt("quote", message, "give the reading as it was written");
        }
        // Quotations that agree where they overlap leave valid text; what does not is no text at all.
        out.into_iter().map(|(id, t)| (id.to_owned(), String::from_utf8(t).unwrap_or_default())).collect()
    }

    /// The incidents as records, each with the claims about it.
    pub fn coded(&self, file: &str) -> Vec<Row> {
        let mut document = self.document.clone();
        let mut whole = Faults::new(file, 0);
        let mut sources: BTreeMap<String, String> = BTreeMap::new();
        for mut r in objects(&mut document, "reports", &mut whole) {
            sources.insert(text(&mut r, "id", &mut whole), text(&mut r, "source", &mut whole));
        }
        let mut claims: BTreeMap<String, Vec<CodedClaim>> = BTreeMap::new();
        for (n, c) in objects(&mut document, "claims", &mut whole).into_iter().enumerate() {
            let quote = c.get("quote").and_then(Value::as_str).unwrap_or_default().to_owned();
            if let Some(Claim { speaker, via, stance, about, aspect, value, .. }) = claim(c, n, &mut whole) {
                claims.entry(about).or_default().push(CodedClaim { speaker, via, stance, aspect, value, quote });
            }
        }
        let mut rows: Vec<Row> = Vec::new();
        for (n, mut i) in objects(&mut document, "incidents", &mut whole).into_iter().enumerate() {
            let mut faults = Faults::new(file, 0);
            // A record that we have written ourselves stands beside its incident.
            let coded = match i.remove("coded") {
                Some(Value::Object(mut own)) => {
                    let id = text(&mut own, "id", &mut faults);
                    Coded { id, ..record(&mut own, &mut faults) }
                }
                _ => {
                    let evidence = i.get("evidence").and_then(Value::as_array).into_iter().flatten();
                    let mut from: Vec<String> = Vec::new();
                    for source in evidence.filter_map(|e| sources.get(e.get("report")?.as_str()?)) {
                        if !source.is_empty() && !from.contains(source) {
                            from.push(source.clone());
                        }
                    }
                    let incident = incident(i, n, &mut faults);
                    let about = claims.remove(&incident.id).unwrap_or_default();
                    let none = |_: &str| None;
                    Coded { claims: about, sources: from, ..Coded::of(&incident, &[], &none, DATA_SET) }
                }
            };
            if coded.id.is_empty() {
                faults.fatal(&format!("incidents[{n}]"), "it has no id".into(), "give the reading as it was written");
            }
            rows.push(faults.row(Some(coded)));
        }
        if !whole.found.is_empty() {
            rows.insert(0, Row { line: 0, coded: None, faults: whole.found });
        }
        rows
    }

    pub(crate) fn import(source: &Source, mut input: impl BufRead, sink: &mut dyn FnMut(Row)) {
        let mut bytes = Vec::new();
        let read = input.read_to_end(&mut bytes);
        let fault = |fault| Row { line: 1, coded: None, faults: vec![fault] };
        if let Err(e) = read {
            let mut faults = Faults::new(source.file, 1);
            faults.fatal("file", shown(&e.to_string()), "give a file that can be read");
            sink(faults.row(None));
            return;
        }
        match Reading::parse(source.file, &bytes) {
            Ok(reading) => reading.coded(source.file).into_iter().for_each(|mut row| {
                if let Some(coded) = row.coded.as_mut().filter(|_| !source.data_set.is_empty()) {
                    source.data_set.clone_into(&mut coded.data_set);
                }
                sink(row);
            }),
            Err(e) => sink(fault(e)),
        }
    }

    /// Writes records as a reading in which their data sets speak. Each incident also carries its record whole, as `coded`.
    pub(crate) fn export<C: Borrow<Coded>>(
        lexicon: &Lexicon,
        coded: impl Iterator<Item = C> + Clone,
        out: &mut dyn Write,
    ) -> io::Result<Losses> {
        let losses = RefCell::new(Losses::new("counterclaim.reading/v1"));
        let named = || coded.clone().filter(|c| !c.borrow().id.is_empty());
        let reports = named().map(|c| {
            let r = c.borrow().told(lexicon).report;
            json!({"id": r.id, "source": r.source, "title": r.title, "sha256": hash(&r.text), "notes": []})
        });
        let incidents = coded.clone().filter_map(|c| {
            let given = c.borrow();
            let mut own = object(given);
            own.insert("id".into(), json!(given.id));
            let mut faults = Faults::new("", 0);
            let back = Coded { id: given.id.clone(), ..record(&mut own.clone(), &mut faults) };
            losses.borrow_mut().compare(given, Some(&back).filter(|b| !b.id.is_empty()), &|field| match field {
                "places" => "degrees have seven decimals, and points off the earth are left out",
                "incident" => "an incident needs an identifier",
                _ => "the format changes it",
            });
            if given.id.is_empty() {
                return None;
            }
            let told = given.told(lexicon);
            let mut incident = incident_json(lexicon, &told.incident, &told.report);
            incident.insert("coded".into(), Value::Object(own));
            Some(Value::Object(incident))
        });
        let claims = named().flat_map(|c| {
            let told = c.borrow().told(lexicon);
            told.claims.iter().map(|c| claim_json(c, &told.report)).collect::<Vec<_>>()
        });
        let document = Document {
            schema: SCHEMA,
            generator: format!("counterclaim {}", env!("CARGO_PKG_VERSION")),
            reports: Each::of(reports),
            incidents: Each::of(incidents),
            claims: Each::of(claims),
            commitments: [],
        };
        serde_json::to_writer_pretty(&mut *out, &document)?;
        out.write_all(b"\n")?;
        drop(document);
        Ok(losses.into_inner())
    }
}

/// A reading as it is written: its lists are made while they are written, and never held.
// Each list says itself how it is written.
#[derive(Serialize)]
#[serde(bound = "")]
struct Document<R: Iterator<Item = Value>, I: Iterator<Item = Value>, C: Iterator<Item = Value>> {
    schema: &'static str,
    generator: String,
    reports: Each<R>,
    incidents: Each<I>,
    claims: Each<C>,
    commitments: [(); 0],
}

/// A list that can be written once.
struct Each<I>(Cell<Option<I>>);

impl<I: Iterator<Item = Value>> Each<I> {
    fn of(list: I) -> Each<I> {
        Each(Cell::new(Some(list)))
    }
}

impl<I: Iterator<Item = Value>> Serialize for Each<I> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_seq(self.0.take().into_iter().flatten())
    }
}

fn objects(given: &mut Object, key: &str, faults: &mut Faults) -> Vec<Object> {
    list(given, key, faults, &|v, f| match v {
        Value::Object(o) => Some(o),
        _ => {
            f.doubt(key, "an entry is no object".into(), "give the reading as it was written");
            None
        }
    })
}

/// Every `{report, start, end, quote?}` below a value.
fn collect(value: &Value, out: &mut Vec<(String, Span, String)>) {
    match value {
        Value::Array(entries) => entries.iter().for_each(|v| collect(v, out)),
        Value::Object(o) => {
            if let Some(report) = o.get("report").and_then(Value::as_str) {
                let quote = o.get("quote").and_then(Value::as_str).unwrap_or_default();
                out.push((report.to_owned(), span(o), quote.to_owned()));
            }
            o.values().for_each(|v| collect(v, out));
        }
        _ => {}
    }
}

fn span(o: &Object) -> Span {
    let at = |key: &str| o.get(key).and_then(Value::as_u64).and_then(|n| u32::try_from(n).ok());
    match (at("start"), at("end")) {
        (Some(start), Some(end)) if start <= end => Span { start, end },
        _ => Span::default(),
    }
}

fn share(o: &Object) -> f32 {
    o.get("confidence").and_then(Value::as_f64).map_or(0.0, |c| c.clamp(0.0, 1.0) as f32)
}

fn incident(mut i: Object, n: usize, faults: &mut Faults) -> Incident {
    let mut pointers = Vec::new();
    // The record's own names for days; everything else is called alike.
    if let Some(Value::Object(mut when)) = i.remove("when") {
        let day = |key: &str| when.get(key).and_then(Value::as_str).and_then(|d| d.parse::<Date>().ok());
        let days = day("start").zip(day("end")).map(|(start, end)| DateValue { start, end });
        for w in objects(&mut when, "at", faults) {
            pointers.push(pointer(w, None, days, faults));
        }
        for (from, to) in [("start", "date_start"), ("end", "date_end"), ("precision", "date_precision")] {
            if let Some(value) = when.remove(from) {
                i.insert(to.into(), value);
            }
        }
    }
    for place in i.get_mut("where").and_then(Value::as_array_mut).into_iter().flatten().filter_map(Value::as_object_mut)
    {
        let name = place.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
        for w in objects(place, "at", faults) {
            pointers.push(pointer(w, Some(name.clone()), None, faults));
        }
    }
    let named = i.get("status").and_then(Value::as_str).and_then(status);
    let confidence = share(&i);
    let id = text(&mut i, "id", faults);
    if id.is_empty() {
        faults.doubt(&format!("incidents[{n}]"), "it has no id".into(), "give the reading as it was written");
    }
    let tolls = objects(&mut i, "tolls", faults);
    let tolls = tolls.into_iter().filter_map(|t| toll(t, faults)).collect();
    let accounts = objects(&mut i, "accounts", faults);
    let accounts = accounts
        .into_iter()
        .map(|mut a| Account { speaker: text(&mut a, "speaker", faults), claims: strings(&mut a, "claims", faults) })
        .collect();
    let evidence = objects(&mut i, "evidence", faults);
    let evidence = evidence
        .into_iter()
        .map(|mut e| Evidence {
            span: span(&e),
            report: text(&mut e, "report", faults),
            rule: text(&mut e, "rule", faults),
        })
        .collect();
    let coded = record(&mut i, faults);
    Incident {
        id,
        title: coded.title,
        kind: coded.kind,
        when: coded.when,
        places: coded.places,
        perpetrators: coded.perpetrators,
        targets: coded.targets,
        killed: coded.killed,
        injured: coded.injured,
        tolls,
        accounts,
        disputed: coded.disputed,
        status: named.unwrap_or(Status::Unknown),
        evidence,
        pointers,
        confidence,
        signs: Vec::new(),
    }
}

/// Words that say when or where.
fn pointer(mut w: Object, place: Option<String>, when: Option<DateValue>, faults: &mut Faults) -> Pointer {
    Pointer { place, when, span: span(&w), report: text(&mut w, "report", faults) }
}

fn toll(mut t: Object, faults: &mut Faults) -> Option<(String, Toll)> {
    let what = TollKind::parse(&text(&mut t, "what", faults))?;
    let count = |key: &str| t.get(key).and_then(Value::as_u64);
    let (low, high) = (count("low")?, count("high")?);
    let span = span(&t);
    let toll = Toll {
        what,
        low,
        high,
        who: text(&mut t, "who", faults),
        span,
        speaker: text(&mut t, "speaker", faults),
        // The wire does not say how counts stand to each other.
        scope: Scope::Whole,
    };
    Some((text(&mut t, "report", faults), toll))
}

fn claim(mut c: Object, n: usize, faults: &mut Faults) -> Option<Claim> {
    let (span, confidence) = (span(&c), share(&c));
    let stance = Stance::parse(&text(&mut c, "stance", faults));
    let aspect = Aspect::parse(&text(&mut c, "aspect", faults));
    let speaker = text(&mut c, "speaker", faults);
    let (Some(stance), Some(aspect), false) = (stance, aspect, speaker.is_empty()) else {
        let message = "a claim without a known stance, a known aspect or a speaker";
        faults.doubt(&format!("claims[{n}]"), message.into(), "use the words of docs/wire.md; it is left out");
        return None;
    };
    Some(Claim {
        id: text(&mut c, "id", faults),
        speaker,
        via: text(&mut c, "via", faults),
        stance,
        about: text(&mut c, "about", faults),
        aspect,
        value: text(&mut c, "value", faults),
        report: text(&mut c, "report", faults),
        span,
        rule: text(&mut c, "rule", faults),
        confidence,
    })
}

fn commitment(mut c: Object, faults: &mut Faults) -> Commitment {
    let span = span(&c);
    let mut day = |key: &str, faults: &mut Faults| text(&mut c, key, faults).parse().ok();
    let (made, due) = (day("made", faults), day("due", faults));
    Commitment {
        id: text(&mut c, "id", faults),
        by: text(&mut c, "by", faults),
        to: strings(&mut c, "to", faults),
        what: text(&mut c, "what", faults),
        made,
        due,
        report: text(&mut c, "report", faults),
        span,
        rule: text(&mut c, "rule", faults),
    }
}

/// References that lead nowhere.
fn check(brief: &Brief, faults: &mut Faults) {
    use std::collections::BTreeSet;
    let reports: BTreeSet<&str> = brief.readings.iter().map(|r| r.report.id.as_str()).collect();
    let claims: BTreeSet<&str> = brief.claims.iter().map(|c| c.id.as_str()).collect();
    let mut missing = BTreeSet::new();
    for i in &brief.incidents {
        let named = i.evidence.iter().map(|e| &e.report).chain(i.tolls.iter().map(|t| &t.0));
        missing.extend(named.filter(|r| !reports.contains(r.as_str())).map(|r| ("report", r)));
        let of_accounts = i.accounts.iter().flat_map(|a| &a.claims);
        missing.extend(of_accounts.filter(|c| !claims.contains(c.as_str())).map(|c| ("claim", c)));
    }
    let told = brief.claims.iter().map(|c| &c.report).chain(brief.commitments.iter().map(|c| &c.report));
    missing.extend(told.filter(|r| !reports.contains(r.as_str())).map(|r| ("report", r)));
    for (what, id) in missing {
        let message = format!("there is no {what} \"{}\"", shown(id));
        faults.doubt(what, message, "give the reading as it was written");
    }
}

fn incident_json(lexicon: &Lexicon, i: &Incident, report: &Report) -> Object {
    let mut out = Object::new();
    let range = |(low, high): (u64, u64)| json!({"low": low, "high": high});
    out.insert("id".into(), json!(i.id));
    out.insert("title".into(), json!(i.title));
    out.insert("kind".into(), json!(i.kind));
    if let Some(k) = lexicon.kinds.get(&i.kind) {
        for (key, code) in [("plover", &k.plover), ("plover_mode", &k.mode), ("cameo", &k.cameo), ("acled", &k.acled)] {
            if !code.is_empty() {
                out.insert(key.into(), json!(code));
            }
        }
    }
    if let Some(w) = i.when {
        let when = json!({"start": w.start.to_string(), "end": w.end.to_string(), "precision": w.precision.as_str()});
        out.insert("when".into(), when);
    }
    let place = |p: &counterclaim_text::Place| {
        let mut out = place(p);
        out["rivals"] = json!(p.rivals);
        if let Some(km) = p.away_km {
            out["distance_km"] = json!(km);
        }
        out["acled_geo_precision"] = json!(p.acled_precision());
        out["ucdp_where_prec"] = json!(p.ucdp_precision());
        out
    };
    out.insert("where".into(), i.places.iter().map(place).collect());
    out.insert("perpetrators".into(), json!(i.perpetrators));
    out.insert("targets".into(), json!(i.targets));
    for (key, count) in [("killed", i.killed), ("injured", i.injured)] {
        if let Some(count) = count {
            out.insert(key.into(), range(count));
        }
    }
    let toll = |(report, t): &(String, Toll)| {
        let Span { start, end } = t.span;
        json!({"speaker": t.speaker, "what": t.what.as_str(), "low": t.low, "high": t.high,
               "report": report, "start": start, "end": end})
    };
    out.insert("tolls".into(), i.tolls.iter().map(toll).collect());
    let account = |a: &Account| json!({"speaker": a.speaker, "claims": a.claims});
    out.insert("accounts".into(), i.accounts.iter().map(account).collect());
    out.insert("disputed".into(), i.disputed.iter().map(|a| json!(a.as_str())).collect());
    out.insert("status".into(), json!(i.status.as_str()));
    let evidence = |e: &Evidence| json!({"report": e.report, "start": e.span.start, "end": e.span.end, "quote": e.span.of(&report.text), "rule": e.rule});
    out.insert("evidence".into(), i.evidence.iter().map(evidence).collect());
    out.insert("confidence".into(), json!(i.confidence));
    out
}

fn claim_json(c: &Claim, report: &Report) -> Value {
    let mut out = Object::new();
    let Span { start, end } = c.span;
    out.insert("id".into(), json!(c.id));
    out.insert("speaker".into(), json!(c.speaker));
    if !c.via.is_empty() {
        out.insert("via".into(), json!(c.via));
    }
    out.insert("stance".into(), json!(c.stance.as_str()));
    out.insert("about".into(), json!(c.about));
    out.insert("aspect".into(), json!(c.aspect.as_str()));
    if !c.value.is_empty() {
        out.insert("value".into(), json!(c.value));
    }
    out.insert("report".into(), json!(c.report));
    out.insert("start".into(), json!(start));
    out.insert("end".into(), json!(end));
    out.insert("quote".into(), json!(c.span.of(&report.text)));
    out.insert("rule".into(), json!(c.rule));
    out.insert("confidence".into(), json!(c.confidence));
    Value::Object(out)
}

fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}
