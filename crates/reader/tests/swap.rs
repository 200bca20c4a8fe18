//! Balance: a sentence with the names of the two sides exchanged is read as the mirror image of the sentence. All
//! sentences are synthetic; the pairs are neighbours that the software is used for, in both orders.

use counterclaim_reader::{Reader, text::Report};
use std::collections::BTreeSet;

/// A side: its name, its adjective, its capital, and the actor that its name stands for.
type Side = [&'static str; 4];

const PAIRS: &[[Side; 2]] = &[
    [["Pakistan", "Pakistani", "Islamabad", "Pakistan"], ["Afghanistan", "Afghan", "Kabul", "Afghan Taliban"]],
    [["India", "Indian", "New Delhi", "India"], ["Pakistan", "Pakistani", "Islamabad", "Pakistan"]],
    [["Thailand", "Thai", "Bangkok", "Thailand"], ["Cambodia", "Cambodian", "Phnom Penh", "Cambodia"]],
    [["Russia", "Russian", "Moscow", "Russia"], ["Ukraine", "Ukrainian", "Kyiv", "Ukraine"]],
    [["Turkey", "Turkish", "Ankara", "Turkey"], ["Iraq", "Iraqi", "Baghdad", "Iraq"]],
    [["Israel", "Israeli", "Jerusalem", "Israel"], ["Lebanon", "Lebanese", "Beirut", "Lebanon"]],
    [["Serbia", "Serbian", "Belgrade", "Serbia"], ["Kosovo", "Kosovar", "Pristina", "Kosovo"]],
    [["Benin", "Beninese", "Porto-Novo", "Benin"], ["Burkina Faso", "Burkinabe", "Ouagadougou", "Burkina Faso"]],
    [["Ethiopia", "Ethiopian", "Addis Ababa", "Ethiopia"], ["Eritrea", "Eritrean", "Asmara", "Eritrea"]],
    [["Colombia", "Colombian", "Bogota", "Colombia"], ["Venezuela", "Venezuelan", "Caracas", "Venezuela"]],
    [["Armenia", "Armenian", "Yerevan", "Armenia"], ["Azerbaijan", "Azerbaijani", "Baku", "Azerbaijan"]],
    [["Rwanda", "Rwandan", "Kigali", "Rwanda"], ["Burundi", "Burundian", "Gitega", "Burundi"]],
    [["Nigeria", "Nigerian", "Abuja", "Nigeria"], ["Cameroon", "Cameroonian", "Yaounde", "Cameroon"]],
    [["Nigeria", "Nigerian", "Abuja", "Nigeria"], ["Niger", "Nigerien", "Niamey", "Niger"]],
    [["Chad", "Chadian", "N'Djamena", "Chad"], ["Sudan", "Sudanese", "Khartoum", "Sudan"]],
    [["Iran", "Iranian", "Tehran", "Iran"], ["Turkey", "Turkish", "Ankara", "Turkey"]],
    [["Thailand", "Thai", "Bangkok", "Thailand"], ["Myanmar", "Burmese", "Naypyidaw", "Myanmar"]],
];

/// `A` and `B` are the sides, `a` and `b` their adjectives, `X` and `Y` their capitals, in braces.
const SENTENCES: &[&str] = &[
    "{A} accused {B} on Monday of shelling a border village. {B} denied the accusation.",
    "{a} troops shelled a {b} post on Monday, killing three soldiers, {b} officials said.",
    "The {a} foreign ministry said that {b} aircraft had bombed a village on Monday.",
    "{A} said on Monday that its forces had struck a militant base. {B} said that six civilians had been killed.",
    "{a} and {b} forces exchanged fire across the border on Monday.",
    "{B} denied that its troops had fired on a {a} village on Monday.",
    "{A} promised {B} on Monday to release ten prisoners.",
    "{A} summoned the ambassador of {B} on Monday.",
    "{A} closed its border with {B} on Monday.",
    "{A} condemned the attack of {b} soldiers on a school that killed four people on Monday.",
    "The foreign ministers of {A} and {B} met on Monday.",
    "{X} said on Monday that {b} soldiers had killed two farmers; {Y} did not comment.",
    "{b} officials rejected the claim that their drones had hit a hospital in {A} on Monday.",
    "{A} should withdraw its troops from the border, {B} said on Monday.",
    "{A} summoned the {b} ambassador over the shelling of a village on Monday.",
    "{X} said on Monday that {b} troops had fired first. {Y} said that its side never shot back.",
    "The {a} army said it lost six soldiers on Monday; the {b} army said that it lost nine.",
    "{A} blamed {B} for the blast that killed three people on Monday. {B} had nothing to do with it, its foreign minister said.",
    "Officials in {X} warned on Monday that {A} would answer any attack by {B}.",
    "{A} accused {B} of arming rebels, which {Y} denies.",
    "{A} and {B} agreed on Monday to stop cross-border fire and to exchange prisoners.",
    "{A} demanded on Monday that {B} return its soldiers.",
    "{A}'s defence ministry said on Monday that its drones had struck a depot. {B}'s said that the dead were farmers.",
    "The {a} army spokesman called the {b} report a fabrication on Monday.",
];

/// The reading of a sentence in words that name neither side: `A` is the first side and `B` the second.
fn reading(reader: &Reader, template: &str, sides: &[Side; 2]) -> BTreeSet<String> {
    let mut text = template.to_owned();
    for (side, marks) in sides.iter().zip([["{A}", "{a}", "{X}"], ["{B}", "{b}", "{Y}"]]) {
        for (word, mark) in side.iter().zip(marks) {
            text = text.replace(mark, word);
        }
    }
    let report = Report {
        id: "r".into(),
        source: "Example Wire (synthetic)".into(),
        published: Some(jiff::civil::date(2024, 3, 19)),
        text,
        ..Report::default()
    };
    let brief = reader.read(&[report]);
    let name = |actor: &String| match actor {
        a if a == sides[0][3] => "A".to_string(),
        a if a == sides[1][3] => "B".to_string(),
        a => a.clone(),
    };
    let names = |list: &[String]| list.iter().map(name).collect::<BTreeSet<_>>();
    let mut out = BTreeSet::new();
    for i in &brief.incidents {
        out.insert(format!(
            "{} by {:?} against {:?}, killed {:?}, {:?}, disputed {:?}",
            i.kind,
            names(&i.perpetrators),
            names(&i.targets),
            i.killed,
            i.status,
            i.disputed
        ));
    }
    for c in &brief.claims {
        out.insert(format!("{} {} {}", name(&c.speaker), c.stance.as_str(), c.aspect.as_str()));
    }
    for c in &brief.commitments {
        out.insert(format!("{} promises {:?}", name(&c.by), names(&c.to)));
    }
    out
}

#[test]
fn exchanged_sides_give_the_mirrored_reading() {
    let reader = Reader::new();
    let mut wrong = Vec::new();
    for pair in PAIRS {
        for template in SENTENCES {
            let one = reading(&reader, template, pair);
            let other = reading(&reader, template, &[pair[1], pair[0]]);
            if one != other {
                let lost: Vec<_> = one.symmetric_difference(&other).cloned().collect();
                wrong.push(format!("{} and {}: {template}\n    {}", pair[0][0], pair[1][0], lost.join("\n    ")));
            }
        }
    }
    let all = PAIRS.len() * SENTENCES.len();
    assert!(wrong.is_empty(), "{} of {all} are not mirrored:\n{}", wrong.len(), wrong.join("\n"));
}
