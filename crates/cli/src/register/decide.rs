//! `counterclaim decide`: a named person's decision, with its reason.

use super::args::{ClaimArgs, DecideArgs, Deed};
use super::show::whole_id;
use super::{clock, place};
use crate::output;
use anyhow::{Result, bail};
use counterclaim_reader::brief::clean;
use counterclaim_register::{Act, Proposal, Recorded, Register};
use std::fmt::Write;
use std::process::ExitCode;

/// Keeps the decision, and shows its author what was decided meanwhile.
pub fn run(args: &DecideArgs) -> Result<ExitCode> {
    if args.by.trim().is_empty() || args.reason.trim().is_empty() {
        bail!("a decision needs --by NAME and --reason TEXT: who decides, and why");
    }
    let mut register = place::open(&args.at)?;
    let proposal = Proposal {
        act: act(&mut register, &args.act)?,
        author: args.by.clone(),
        reason: args.reason.clone(),
        made: args.made.clone().unwrap_or_else(clock::now),
        seen: args.seen,
        if_unchanged: args.if_unchanged,
    };
    let outcome = register.decide(&proposal)?;
    // As it is kept: with the words of a report, if they were looked for.
    let said = register.decision(outcome.seq)?.act.said();
    let mut out = format!("decision {} on {}: {}\n", outcome.seq, clean(&outcome.object, 200), clean(&said, 400));
    if !outcome.newer.is_empty() {
        let since = if args.seen.is_some() { "since you looked" } else { "before" };
        let _ = writeln!(out, "others decided on it {since}; both decisions are kept, yours is the later:");
    }
    for d in &outcome.newer {
        let (by, made, what, why) =
            (clean(&d.author, 60), clean(&d.made, 40), clean(&d.act.said(), 400), clean(&d.reason, 400));
        let _ = writeln!(out, "  decision {} {made} {by}: {what}; because {why}", d.seq);
    }
    output::write(None, out.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

fn act(register: &mut Register, deed: &Deed) -> Result<Act> {
    let mut whole = |id: &String| whole_id(register, id);
    Ok(match deed {
        Deed::Confirm { id } => Act::Confirm { id: whole(id)? },
        Deed::Reject { id } => Act::Reject { id: whole(id)? },
        Deed::Merge { ids } => Act::Merge { ids: ids.iter().map(whole).collect::<Result<_>>()? },
        Deed::Split { id, reports } => {
            let id = whole(id)?;
            // A single sighting is named in full.
            let one = |r: &String| if r.contains('#') { Ok(r.clone()) } else { whole(r) };
            Act::Split { id, out: reports.iter().map(one).collect::<Result<_>>()? }
        }
        Deed::Edit { id, field, value } => Act::Edit { id: whole(id)?, field: field.clone(), value: value.clone() },
        Deed::GradeSource { source, grade } => Act::GradeSource { source: source.clone(), grade: *grade },
        Deed::GradeClaim { id, grade } => Act::GradeClaim { id: whole(id)?, grade: *grade },
        Deed::Assess { id, who, likelihood, confidence, basis } => Act::Assess {
            id: whole(id)?,
            who: who.clone(),
            likelihood: *likelihood,
            confidence: *confidence,
            basis: basis.clone(),
        },
        Deed::Claim(claim) => Act::Claim(recorded(register, claim)?),
        Deed::Follow { id, progress } => Act::Follow { id: whole(id)?, progress: *progress },
        Deed::Undo { decision } => Act::Undo { seq: *decision },
    })
}

fn recorded(register: &mut Register, claim: &ClaimArgs) -> Result<Recorded> {
    let (report, about) = (whole_id(register, &claim.report)?, whole_id(register, &claim.about)?);
    let words = claim.words.clone().unwrap_or_default();
    // Words that are looked for may stand there with other blanks.
    let ((start, end), quote) = match claim.at {
        Some(at) => (at, words),
        None => {
            let found = register.find_words(&report, &words)?;
            ((found.start, found.end), String::new())
        }
    };
    let ClaimArgs { speaker, via, stance, aspect, value, .. } = claim;
    let (speaker, via, value) = (speaker.clone(), via.clone(), value.clone());
    let (stance, aspect) = (*stance, *aspect);
    Ok(Recorded { about, report, start, end, quote, speaker, via, stance, aspect, value })
}
