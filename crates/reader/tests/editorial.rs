//! A whole editorial (synthetic): what happened is read, what the writer recommends is not, each side keeps its account.

use counterclaim_reader::{Reader, text::Brief, text::Report};

const TEXT: &str = "Relations across the frontier are worse than they were in spring. Pakistan launched attacks early on Tuesday \
in the provinces of Kunar and Nangarhar, targeting “fighters of the Tehreek-i-Taliban Pakistan”, after militants \
killed five policemen in Bannu on Sunday, according to a Foreign Office statement issued yesterday.\n\n\
Afghan officials asserted that “homes of farmers” had been targeted. Throughout the weekend, gunmen carried out attacks in Tank and \
Kulachi.\n\n\
Islamabad should not strike again, and Kabul must act against those who attack from its side. If another post were overrun, the border \
could be closed. Would a joint patrol help? The Afghan Taliban maintain that no militants use their soil.";

fn brief() -> Brief {
    Reader::new().read(&[Report {
        id: "e1".into(),
        source: "The Plain Observer (synthetic)".into(),
        published: Some(jiff::civil::date(2024, 5, 16)),
        text: TEXT.into(),
        ..Report::default()
    }])
}

#[test]
fn only_what_happened_becomes_an_incident() {
    let brief = brief();
    let last = TEXT.find("Islamabad should").expect("the advice is in the text") as u32;
    for i in &brief.incidents {
        assert!(i.evidence.iter().all(|e| e.span.start < last), "advice was read as an incident: {}", i.title);
    }
    let found: Vec<(&str, Vec<&str>)> =
        brief.incidents.iter().map(|i| (i.kind.as_str(), i.places.iter().map(|p| p.name.as_str()).collect())).collect();
    for place in ["Bannu", "Tank", "Kulachi"] {
        assert!(found.contains(&("armed-attack", vec![place])), "{place} is missing: {found:?}");
    }
    assert!(found.contains(&("air-strike", vec!["Kunar", "Nangarhar"])), "{found:?}");
    assert_eq!(found.len(), 4, "{found:?}");
}

#[test]
fn each_side_keeps_its_account() {
    let brief = brief();
    let strike = brief.incidents.iter().find(|i| i.kind == "air-strike").expect("the strike is read");
    let speakers: Vec<&str> = strike.accounts.iter().map(|a| a.speaker.as_str()).collect();
    assert!(speakers.contains(&"Pakistan") && speakers.contains(&"Afghan Taliban"), "{speakers:?}");
    assert!(brief.claims.iter().any(|c| c.about == "sanctuaries-in-afghanistan" && c.stance.as_str() == "denies"));
}
