//! Makes the inputs: thirty-two sentences, written for the project, varied by place, day, office and number in a fixed rotation.

/// What happened, told as news.
const NEWS: &[&str] = &[
    "Unidentified gunmen attacked a police post near {town} on {day}, killing {n} guards and wounding {m} others.",
    "A bomb exploded in a market in {town} late on {day}, officials at the {office} said.",
    "At least {n} people were killed and {m} injured when a shell hit a house in {town}, residents told reporters.",
    "Police in {town} arrested {n} men after a raid on {day} and seized two rifles.",
    "About {m}00 people marched through {town} to protest against the closure of the border crossing.",
    "The road between {town} and {town2} was reopened on {day} after three days of talks.",
    "No group has claimed responsibility for the blast, which damaged {n} shops and a bus.",
    "Soldiers exchanged fire with militants outside {town} for more than {n} hours before the militants withdrew.",
    "{n} truck drivers who were abducted near {town2} in February were released on {day}, their families said.",
];

/// Who said what, and who promised what.
const STATEMENTS: &[&str] = &[
    "The {office} denied that its troops had crossed the river near {town}.",
    "“We did not fire on the village,” a spokesman for the {office} said on {day}, adding that an inquiry had begun.",
    "According to the {office}, {n} fighters died; residents of {town} said that the dead were farmers.",
    "The governor accused the other side of shelling {town} and demanded that the observers return.",
    "Both governments agreed to exchange {n} prisoners before the end of the month and to meet again in {town2}.",
    "The foreign minister promised to reopen the crossing at {town} within {n} days.",
    "A statement by the {office} condemned the attack and called on all sides to respect the ceasefire.",
    "The mayor of {town} could not confirm the figure of {m} injured that the hospital had given.",
    "The {office} warned that it would respond if the patrols did not stop, though it named no date.",
];

/// Nothing of the kind.
const EVERYDAY: &[&str] = &[
    "The new library in {town} has {m}00 books and opens at nine every morning except {day}.",
    "If the rains come early this year, the farmers around {town2} may sow their wheat in {n} weeks.",
    "The committee should consider whether the bridge at {town} can carry heavier lorries.",
    "She has taught mathematics in {town} since 2009 and will retire after the summer.",
    "The price of flour, which had risen by {n} per cent, fell again on {day} when the mills resumed work.",
    "Would a second ferry between {town} and {town2} pay for itself, as the {office} believes?",
    "The team from {town} beat its guests by {n} goals in a match that was played in heavy snow.",
];

/// Headlines and dispatches in capitals.
const CAPITALS: &[&str] = &[
    "{n} KILLED IN CLASH NEAR {TOWN}; {OFFICE} DENIES ROLE.",
    "{TOWN}: MARKET REOPENS AFTER {DAY} BLAST, {m} STILL IN HOSPITAL.",
    "POLICE IN {TOWN} FREE {n} HOSTAGES AFTER A NIGHT OF TALKS WITH THE KIDNAPPERS.",
    "THE {OFFICE} SAID ON {DAY} THAT {n} SOLDIERS WERE WOUNDED WHEN A MINE EXPLODED ON THE ROAD TO {TOWN}.",
    "PROTESTERS BLOCK THE ROAD BETWEEN {TOWN} AND THE BORDER FOR THE {n}TH DAY.",
    "TWO NEIGHBOURS SIGN AN AGREEMENT ON WATER; MINISTERS TO MEET IN {TOWN} ON {DAY}.",
    "THE GOVERNOR OF {TOWN} PROMISES NEW HOUSES FOR {m} FAMILIES WHO LOST THEIRS IN THE FLOOD.",
];

const TOWNS: &[&str] = &[
    "Bannu",
    "Kandahar",
    "Goma",
    "Mopti",
    "Mitrovica",
    "Cúcuta",
    "Zamboanga",
    "Van",
    "Kherson",
    "Maiduguri",
    "Jaffna",
];
const DAYS: &[&str] =
    &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "16 March", "March 12"];
const OFFICES: &[&str] =
    &["interior ministry", "army", "foreign ministry", "border police", "provincial government", "defence ministry"];
const NUMBERS: &[&str] = &["two", "three", "five", "seven", "eight", "12", "14", "17"];

/// Length at which a text is long enough, in bytes.
const ENOUGH: usize = 10_000;

/// The text of one input; `None` for an unknown name.
pub fn text(name: &str) -> Option<String> {
    let sentences = match name {
        "news" => NEWS,
        "statements" => STATEMENTS,
        "everyday" => EVERYDAY,
        "capitals" => CAPITALS,
        _ => return None,
    };
    let mut out = String::new();
    let mut i = 0;
    while out.len() < ENOUGH {
        if i > 0 {
            out.push_str(if i % 4 == 0 { "\n\n" } else { " " });
        }
        out.push_str(&sentence(sentences[i % sentences.len()], i));
        i += 1;
    }
    out.push('\n');
    Some(out)
}

/// Fills the slots; steps that share no factor with the lengths make the combinations differ.
fn sentence(pattern: &str, i: usize) -> String {
    let pick = |list: &[&str], step: usize| list[(i * step + i / list.len()) % list.len()].to_owned();
    let (town, other) = (pick(TOWNS, 3), pick(TOWNS, 7));
    let (day, office) = (pick(DAYS, 4), pick(OFFICES, 5));
    let number = pick(NUMBERS, 3);
    let figure = (i * 13 % 80 + 11).to_string();
    let filled = pattern
        .replace("{town2}", &other)
        .replace("{TOWN}", &town.to_uppercase())
        .replace("{town}", &town)
        .replace("{DAY}", &day.to_uppercase())
        .replace("{day}", &day)
        .replace("{OFFICE}", &office.to_uppercase())
        .replace("{office}", &office)
        .replace("{m}", &figure);
    if pattern.chars().any(char::is_lowercase) && !pattern.contains("{TOWN}") {
        let mut filled = filled.replace("{n}", &number);
        let first = filled.chars().next().map(|c| c.to_uppercase().collect::<String>()).unwrap_or_default();
        let len = filled.chars().next().map_or(0, char::len_utf8);
        filled.replace_range(..len, &first);
        filled
    } else {
        filled.replace("{n}", &(i * 7 % 19 + 4).to_string())
    }
}
