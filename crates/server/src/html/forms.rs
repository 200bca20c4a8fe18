//! Forms that keep decisions. Each carries the token of the session and what its author has seen.

use super::highlight::{self, Marked};
use super::parts::{clean, matter, words};
use crate::call::Call;
use crate::roles::Role;
use counterclaim_register::{ClaimGrade, Confidence, Decision, Likelihood, Progress, SourceGrade};
use counterclaim_text::{Aspect, Stance};
use maud::{Markup, html};

/// A form for a decision on an object.
pub(crate) struct Decide<'f> {
    /// Name of the act.
    pub act: &'f str,
    /// The object; "" for none.
    pub id: &'f str,
    /// The last decision on it that is shown; below 0 where none are.
    pub seen: i64,
    /// Where to go afterwards.
    pub back: &'f str,
    /// The key that sends it; "" for none.
    pub key: &'f str,
    /// What stands in the field for the reason.
    pub reason: &'f str,
    /// The word on the button.
    pub button: &'f str,
}

/// The form, with these fields before the reason.
pub(crate) fn decide(call: &Call<'_>, f: &Decide<'_>, fields: &Markup) -> Markup {
    let field = format!("why-{}-{}", f.act, if f.id.is_empty() { "it" } else { f.id });
    html! {
        form.decide id=[(f.act == "claim").then_some(CLAIM)] method="post" action="/decide" data-key=[Some(f.key).filter(|k| !k.is_empty())] {
            input type="hidden" name="csrf" value=(call.csrf);
            input type="hidden" name="act" value=(f.act);
            input type="hidden" name="id" value=(f.id);
            @if f.seen >= 0 { input type="hidden" name="seen" value=(f.seen); }
            input type="hidden" name="back" value=(f.back);
            (fields)
            label for=(field) { "Reason" }
            input id=(field) name="reason" required maxlength="4000" value=(f.reason);
            button { (f.button) }
        }
    }
}

/// The id of the form that selected words go into.
const CLAIM: &str = "claim-form";

/// The text of a report, from which words can be selected for a claim; without a form on the page, to link to.
pub(crate) fn selectable(call: &Call<'_>, report: &str, text: &str, marks: &[Marked]) -> Markup {
    html! {
        // The length tells the script whether the browser has the text as it is.
        div data-island="select" data-form=[judges(call).then_some(CLAIM)] data-cite={"/reports/" (report)} data-bytes=(text.len()) {
            (highlight::text(text, marks))
        }
    }
}

/// The fields of a claim that the machine missed: its words, who says it, and what.
pub(crate) fn claim(report: &str, actors: &[String]) -> Markup {
    let stances: Vec<(&str, &str)> = Stance::ALL.iter().map(|s| (s.as_str(), "")).collect();
    let aspects: Vec<(&str, &str)> = Aspect::ALL.iter().map(|a| (a.as_str(), matter(a.as_str()))).collect();
    html! {
        input type="hidden" name="report" value=(report);
        input type="hidden" name="span_start";
        input type="hidden" name="span_end";
        label for="claim-quote" { "Its words: select them in the text, or copy them here as they stand" }
        textarea #claim-quote name="span_quote" required maxlength="4000" rows="3" {}
        label for="claim-speaker" { "Who speaks" }
        input #claim-speaker name="speaker" required list="claim-actors" maxlength="200";
        datalist #claim-actors { @for name in actors { option value=(clean(name, 120)) {} } }
        label for="claim-via" { "Through which office or person, if one is named" }
        input #claim-via name="via" maxlength="200";
        (choice("claim-stance", "Stance", "stance", &stances))
        (choice("claim-aspect", "On what", "aspect", &aspects))
        label for="claim-value" { "What is said of it; counts as 7 or 7..9" }
        input #claim-value name="value" maxlength="1000";
    }
}

/// A form of a page: act, word on the button, fields.
pub(crate) type Form<'f> = &'f dyn Fn(&'static str, &'static str, Markup) -> Markup;

/// Undoing the last decision that holds, for those who may.
pub(crate) fn undo(call: &Call<'_>, all: &[Decision], form: Form<'_>) -> Markup {
    let last = all.iter().rev().find(|d| !d.undone && (d.author == call.name() || changes(call)));
    html! {
        @if let Some(d) = last {
            fieldset {
                legend { "Decision " (d.seq) " no longer holds" }
                p.meta { bdi { (clean(&d.author, 60)) } ": " (words(&d.act.said())) }
                (form("undo", "Undo", html! { input type="hidden" name="seq" value=(d.seq); }))
            }
        }
    }
}

/// True if the asker may judge.
pub(crate) fn judges(call: &Call<'_>) -> bool {
    call.may(Role::Analyst)
}

/// True if the asker may change what stands.
pub(crate) fn changes(call: &Call<'_>) -> bool {
    call.may(Role::Editor)
}

/// A choice among values, each with what it means.
fn choice(id: &str, label: &str, name: &str, all: &[(&str, &str)]) -> Markup {
    html! {
        label for=(id) { (label) }
        select id=(id) name=(name) required {
            option value="" { "choose" }
            @for (value, meaning) in all { option value=(value) { (value) @if !meaning.is_empty() && meaning != value { " – " (meaning) } } }
        }
    }
}

/// A choice of Admiralty grades of a source.
pub(crate) fn source_grades(id: &str) -> Markup {
    let meaning = |g: &SourceGrade| match g {
        SourceGrade::A => "completely reliable",
        SourceGrade::B => "usually reliable",
        SourceGrade::C => "fairly reliable",
        SourceGrade::D => "not usually reliable",
        SourceGrade::E => "unreliable",
        SourceGrade::F => "cannot be judged",
    };
    let all: Vec<(&str, &str)> = SourceGrade::ALL.iter().map(|g| (g.as_str(), meaning(g))).collect();
    choice(id, "Grade", "grade", &all)
}

/// A choice of Admiralty grades of a claim.
pub(crate) fn claim_grades(id: &str) -> Markup {
    let meaning = |g: &ClaimGrade| match g {
        ClaimGrade::Confirmed => "confirmed by other sources",
        ClaimGrade::ProbablyTrue => "probably true",
        ClaimGrade::PossiblyTrue => "possibly true",
        ClaimGrade::Doubtful => "doubtful",
        ClaimGrade::Improbable => "improbable",
        ClaimGrade::CannotBeJudged => "cannot be judged",
    };
    let all: Vec<(&str, &str)> = ClaimGrade::ALL.iter().map(|g| (g.as_str(), meaning(g))).collect();
    choice(id, "Grade", "grade", &all)
}

/// A choice of what has become of a commitment.
pub(crate) fn progress(id: &str) -> Markup {
    let all: Vec<(&str, &str)> = Progress::ALL.iter().map(|p| (p.as_str(), "")).collect();
    choice(id, "What became of it", "progress", &all)
}

/// The fields of an assessment, in the words of ICD 203; likelihood and confidence stay apart.
pub(crate) fn assessment(who: &[String]) -> Markup {
    let likelihoods: Vec<(&str, &str)> = Likelihood::ALL.iter().map(|l| (l.as_str(), share(*l))).collect();
    let confidences: Vec<(&str, &str)> = Confidence::ALL.iter().map(|c| (c.as_str(), "")).collect();
    html! {
        label for="assess-who" { "Who did it" }
        input #assess-who name="who" required list="assess-actors" maxlength="200";
        datalist #assess-actors { @for name in who { option value=(clean(name, 120)) {} } }
        (choice("assess-likelihood", "How likely", "likelihood", &likelihoods))
        (choice("assess-confidence", "Confidence in that judgement", "confidence", &confidences))
        label for="assess-basis" { "What it rests on" }
        input #assess-basis name="basis" required maxlength="4000";
    }
}

fn share(l: Likelihood) -> &'static str {
    match l {
        Likelihood::AlmostNoChance => "1 to 5 %",
        Likelihood::VeryUnlikely => "5 to 20 %",
        Likelihood::Unlikely => "20 to 45 %",
        Likelihood::RoughlyEven => "45 to 55 %",
        Likelihood::Likely => "55 to 80 %",
        Likelihood::VeryLikely => "80 to 95 %",
        Likelihood::AlmostCertain => "95 to 99 %",
    }
}

/// What a decision that was just kept tells its author.
pub(crate) fn told(call: &Call<'_>) -> Markup {
    let seq = call.asked("kept");
    let others = call.asked("others").parse::<usize>().unwrap_or(0);
    html! {
        @if !seq.is_empty() && seq.bytes().all(|b| b.is_ascii_digit()) && seq.len() < 19 {
            div.notice role="status" {
                "Decision " (seq) " is kept. "
                @if others > 0 {
                    (others) " newer decision" @if others > 1 { "s" } " of others stood there that you had not seen; all are kept, yours is the later. See the history."
                }
            }
        }
    }
}
