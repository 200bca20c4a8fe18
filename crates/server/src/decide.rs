//! Decisions that come in, as a form or as JSON: who may make them, and keeping them under the person's name.

use crate::call::Call;
use crate::error::{DeskError, Result};
use crate::roles;
use crate::urls::is_id;
use counterclaim_register::{Act, Outcome, Proposal, Recorded};
use counterclaim_text::{Aspect, Span, Stance};

/// Keeps a decision.
pub(crate) fn make(call: &Call<'_>, act: Act, reason: &str, seen: Option<i64>, if_unchanged: bool) -> Result<Outcome> {
    let who = call.who.as_ref().ok_or(DeskError::SignIn)?;
    let own = match act {
        Act::Undo { seq } => call.desk.read(|r| r.decision(seq))?.author == who.name,
        _ => true,
    };
    let needed = roles::needed(&act, own);
    if who.role < needed {
        let (name, needed, has) = (act.name(), needed.as_str(), who.role.as_str());
        return Err(DeskError::Forbidden(format!("to {name} takes the role {needed}; yours is {has}")));
    }
    if reason.chars().count() > 4000 {
        return Err(DeskError::Bad("a reason has 4000 characters at most".into()));
    }
    let proposal =
        Proposal { act, author: who.name.clone(), reason: reason.to_owned(), made: call.time(), seen, if_unchanged };
    call.desk.write(|r| r.decide(&proposal))
}

/// The decision that a form means.
pub(crate) fn of_form(call: &Call<'_>) -> Result<Act> {
    let text = |name: &str| call.given(name).trim().to_owned();
    let word = |name: &str| text(name);
    let id = text("id");
    let bad = |m: String| DeskError::Bad(m);
    Ok(match call.given("act") {
        "confirm" => Act::Confirm { id },
        "reject" => Act::Reject { id },
        "merge" => {
            let mut ids = vec![id];
            let typed = text("other_id");
            let chosen =
                call.form.iter().filter(|(k, v)| k == "other" && !v.is_empty()).map(|(_, v)| v.trim().to_owned());
            ids.extend(chosen.chain(Some(typed).filter(|t| !t.is_empty())));
            ids.dedup();
            Act::Merge { ids }
        }
        "split" => {
            let out = call.form.iter().filter(|(k, _)| k == "out").map(|(_, v)| v.clone()).collect();
            Act::Split { id, out }
        }
        "edit" => Act::Edit { id, field: word("field"), value: text("value") },
        "grade-source" => Act::GradeSource { source: source(call)?, grade: word("grade").parse().map_err(bad)? },
        "grade-claim" => Act::GradeClaim { id, grade: word("grade").parse().map_err(bad)? },
        "assess" => Act::Assess {
            id,
            who: text("who"),
            likelihood: word("likelihood").parse().map_err(bad)?,
            confidence: word("confidence").parse().map_err(bad)?,
            basis: text("basis"),
        },
        "claim" => Act::Claim(claim(call, id)?),
        "follow" => Act::Follow { id, progress: word("progress").parse().map_err(bad)? },
        "undo" => {
            let seq = text("seq").parse().map_err(|_| DeskError::Bad("the number of a decision is missing".into()))?;
            Act::Undo { seq }
        }
        other => {
            return Err(DeskError::Bad(format!("there is no decision \"{}\"", crate::html::parts::clean(other, 40))));
        }
    })
}

/// A claim in words of a report: selected, or copied into the form where there are no scripts.
fn claim(call: &Call<'_>, id: String) -> Result<Recorded> {
    let text = |name: &str| call.given(name).trim().to_owned();
    let report = text("report");
    if !is_id('r', &report) {
        return Err(DeskError::NotFound);
    }
    let typed = call.given("span_quote");
    let number = |name: &str| call.given(name).parse::<u32>().ok();
    let selected = number("span_start").zip(number("span_end")).map(|(start, end)| Span { start, end });
    // Whoever changed the words after selecting them means what is written.
    let holds = match selected {
        Some(span) => {
            let told = call.desk.read(|r| r.report(&report))?;
            let words = span.of(&told.report.text);
            typed.is_empty() || words.split_whitespace().eq(typed.split_whitespace())
        }
        None => false,
    };
    let Span { start, end } = match selected.filter(|_| holds) {
        Some(span) => span,
        None => call.desk.read(|r| r.find_words(&report, typed))?,
    };
    let about = [id, text("about"), text("about_id")].into_iter().rfind(|i| !i.is_empty()).unwrap_or_default();
    Ok(Recorded {
        about,
        report,
        start,
        end,
        quote: String::new(),
        speaker: text("speaker"),
        via: text("via"),
        stance: stance(&text("stance"))?,
        aspect: aspect(&text("aspect"))?,
        value: text("value"),
    })
}

/// A stance by its word.
pub(crate) fn stance(word: &str) -> Result<Stance> {
    let all = || Stance::ALL.iter().map(|s| s.as_str()).collect::<Vec<_>>().join(", ");
    Stance::parse(word).ok_or_else(|| DeskError::Bad(format!("stance is one of {}", all())))
}

/// An aspect by its word.
pub(crate) fn aspect(word: &str) -> Result<Aspect> {
    let all = || Aspect::ALL.iter().map(|a| a.as_str()).collect::<Vec<_>>().join(", ");
    Aspect::parse(word).ok_or_else(|| DeskError::Bad(format!("aspect is one of {}", all())))
}

/// What the form's author had seen.
pub(crate) fn seen(call: &Call<'_>) -> Option<i64> {
    call.given("seen").parse().ok()
}

/// The name of a source. It stands escaped in the form: names may hold what no page should.
fn source(call: &Call<'_>) -> Result<String> {
    match call.given("source_escaped") {
        "" => Ok(call.given("source").to_owned()),
        escaped => crate::urls::unescape(escaped).ok_or(DeskError::NotFound),
    }
}
