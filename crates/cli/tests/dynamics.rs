//! The commands about time from outside: what they find in the synthetic sample, what they refuse, and that bytes repeat.

#![allow(clippy::unwrap_used)]

mod common;

use common::{counterclaim, folder, stderr, stdout};
use serde_json::Value;

/// Invented events of two invented sides. Southland was made to answer Northland within days; in the last twelve weeks both
/// levels are well above what they were.
const EVENTS: &str = "demo/events-synthetic.csv";

fn json(args: &[&str]) -> Value {
    let output = counterclaim().args(args).args(["--format", "json"]).output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", stderr(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn failed(args: &[&str], input: &str) -> String {
    let output = counterclaim().args(args).write_stdin(input.to_owned()).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{args:?}");
    stderr(&output)
}

#[test]
fn every_command_has_help_with_examples() {
    for command in ["tension", "reactions", "forecast", "alerts", "backtest", "kept"] {
        let output = counterclaim().args([command, "--help"]).output().unwrap();
        assert!(output.status.success() && stdout(&output).contains("Examples:"), "{command}");
    }
}

#[test]
fn tension_tells_both_directions_on_every_channel_and_says_what_it_cannot_tell() {
    let found = json(&["tension", "southland", "NORTHLAND", EVENTS]);
    assert_eq!(found["sides"], serde_json::json!(["Northland", "Southland"]));
    let ways = found["ways"].as_array().unwrap();
    let way = |channel: &str, name: &str| ways.iter().find(|w| w["channel"] == channel && w["way"] == name).unwrap();
    assert_eq!(way("hostile-material", "Northland → Southland")["verdict"], "rising");
    assert_eq!(way("cooperative", "Northland → Southland")["verdict"], "cannot tell");
    assert_eq!(found["volume"]["volume_driven"], false);
    let share = found["hostile_share"]["mean"].as_f64().unwrap();
    assert!((0.8..1.0).contains(&share), "{share}");
    let calm = json(&["tension", "Northland", "Southland", EVENTS, "--until", "2023-07-30"]);
    assert_eq!(calm["ways"][0]["verdict"], "not rising", "{}", calm["ways"][0]);
}

/// The reports of the last eight weeks three times over: no incident more, and the program says so.
#[test]
fn tripled_reports_move_nothing_and_raise_the_flag() {
    let text = std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(EVENTS)).unwrap();
    // Before the rise that was put into the sample.
    let calm: Vec<&str> = text.lines().filter(|l| *l < "2023-07-31" || l.starts_with("date")).collect();
    let tripled = calm.iter().flat_map(|l| {
        let late = *l >= "2023-06-05" && !l.starts_with("date");
        std::iter::repeat_n(*l, if late { 3 } else { 1 })
    });
    let dir = folder();
    let (one, three) = (dir.path().join("one.csv"), dir.path().join("three.csv"));
    std::fs::write(&one, calm.join("\n")).unwrap();
    std::fs::write(&three, tripled.collect::<Vec<_>>().join("\n")).unwrap();
    let read = |file: &std::path::Path| json(&["tension", "Northland", "Southland", file.to_str().unwrap()]);
    let (before, after) = (read(&one), read(&three));
    for (a, b) in before["ways"].as_array().unwrap().iter().zip(after["ways"].as_array().unwrap()) {
        assert!((a["index"].as_f64().unwrap() - b["index"].as_f64().unwrap()).abs() < 2.0, "{a} {b}");
    }
    assert_eq!(before["volume"]["volume_driven"], false);
    assert_eq!(after["volume"]["volume_driven"], true, "{}", after["volume"]);
}

#[test]
fn gaps_are_gaps_and_the_chart_shows_them() {
    let dir = folder();
    let file = dir.path().join("t.svg");
    let name = file.to_str().unwrap();
    let found = json(&["tension", "Northland", "Southland", EVENTS, "--gap", "2022-02-07..2022-03-06", "--svg", name]);
    let first = found["first_days"].as_array().unwrap();
    let at = first.iter().position(|d| d == "2022-02-07").unwrap();
    for t in at..at + 4 {
        assert_eq!((&found["ways"][0]["weeks"][t], &found["collected"][t]), (&Value::Null, &Value::from(0.0)));
    }
    let svg = std::fs::read_to_string(&file).unwrap();
    assert!(svg.starts_with("<svg") && svg.contains("Northland → Southland") && !svg.contains("NaN"));
    // Two lines, each cut in two.
    assert_eq!(svg.matches("class=\"line\"").count(), 4);
}

#[test]
fn the_answer_that_was_put_in_is_found_and_nothing_is_called_a_cause() {
    let output = counterclaim().args(["reactions", EVENTS]).output().unwrap();
    let text = stdout(&output);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(text.contains("Southland > Northland after Northland > Southland: reaction detected"), "{text}");
    assert!(text.contains("under the fitted association") || text.contains("Under the fitted association"));
    assert!(!text.contains("caused"));
    let found = json(&["reactions", EVENTS, "--what-if", "Northland > Southland=5"]);
    let played = &found["what_if"]["series"];
    let southland = played.as_array().unwrap().iter().find(|s| s["name"] == "Southland > Northland").unwrap();
    assert!(southland["difference"].as_f64().unwrap() > 0.5, "{southland}");
    let radii: Vec<f64> =
        found["fits"].as_array().unwrap().iter().map(|f| f["spectral_radius"].as_f64().unwrap()).collect();
    assert!(radii.len() == 4 && radii[0] >= radii[3], "{radii:?}");
}

#[test]
fn too_few_events_give_no_estimate() {
    let found = json(&["reactions", EVENTS, "--series", "talks=*>*@cooperative", "--series", "raids=Northland>*"]);
    let of = |target: &str| {
        let all = found["reactions"].as_array().unwrap();
        all.iter().find(|r| r["target"] == target).unwrap()["verdict"].clone()
    };
    assert_eq!(of("talks"), "no estimate");
}

#[test]
fn forecasts_are_ordered_and_alerts_say_how_many_are_false() {
    let found = json(&["forecast", EVENTS, "--by", "area"]);
    for unit in found["units"].as_array().unwrap() {
        for f in unit["forecasts"].as_array().unwrap() {
            let q: Vec<f64> = f["quantiles"].as_array().unwrap().iter().map(|q| q.as_f64().unwrap()).collect();
            assert!(q.windows(2).all(|w| w[0] <= w[1]), "{q:?}");
        }
    }
    let alerts = json(&["alerts", EVENTS, "--by", "direction", "--periods", "3"]);
    assert_eq!((&alerts["watched"], &alerts["expected_false_alarms"]), (&2.into(), &0.2.into()));
    assert!(alerts["units"].as_array().unwrap().iter().any(|u| u["alarm"].is_string()), "{alerts}");
}

#[test]
fn the_backtest_scores_every_model() {
    let found = json(&["backtest", EVENTS, "--by", "area", "--first", "2022-06", "--ahead", "1,3"]);
    assert_eq!(found["horizons"].as_array().unwrap().len(), 2);
    for h in found["horizons"].as_array().unwrap() {
        let models: Vec<&str> = h["models"].as_array().unwrap().iter().map(|m| m["model"].as_str().unwrap()).collect();
        assert_eq!(models, ["persistence", "own last 12 months", "negative binomial, 6 months", "pool"]);
    }
    let dir = folder();
    let file = dir.path().join("m.csv");
    let rows: Vec<String> =
        (0..24).map(|t| format!("{}-{:02},{},{}", 2020 + t / 12, t % 12 + 1, t % 5, t % 3)).collect();
    std::fs::write(&file, format!("month,A,B\n{}\n", rows.join("\n"))).unwrap();
    let table = json(&["backtest", "--table", file.to_str().unwrap(), "--ahead", "1"]);
    assert_eq!((&table["units"], &table["origins"]), (&2.into(), &11.into()));
}

#[test]
fn commitments_have_a_rate_from_ten_on_and_luck_beside_it() {
    let output = counterclaim().args(["kept", "demo/commitments-synthetic.csv", EVENTS]).output().unwrap();
    let text = stdout(&output);
    assert!(output.status.success(), "{}", stderr(&output));
    let (north, south) = text.split_once("\nSouthland\n").unwrap();
    assert!(north.contains("kept 8 of 11 that are resolved: 0.73"), "{text}");
    assert!(south.contains("under 10 there is a list and no rate") && !south.contains("that are resolved"), "{text}");
    assert!(text.contains("kept by luck"));
}

#[test]
fn a_reading_of_this_program_is_read_again() {
    let reading = counterclaim().args(["demo", "--format", "json"]).output().unwrap();
    let message = failed(&["tension", "nobody", "nothing", "-"], std::str::from_utf8(&reading.stdout).unwrap());
    // Who is in the reading shows that it was understood.
    assert!(message.contains("\"nobody\" is nobody in these data") && message.contains("Pakistan"), "{message}");
}

/// What a register would export: one incident a line, nothing around it.
#[test]
fn incidents_one_a_line_are_read_from_standard_input() {
    let mut lines = String::new();
    for n in 0..120 {
        let (doer, target) = if n % 3 == 0 { ("Southland", "Northland") } else { ("Northland", "Southland") };
        let day = format!("2023-{:02}-{:02}", n / 28 + 1, n % 28 + 1);
        lines += &format!(
            "{{\"id\":\"i{n}\",\"plover\":\"ASSAULT\",\"when\":{{\"start\":\"{day}\",\"precision\":\"day\"}},\
             \"perpetrators\":[\"{doer}\"],\"targets\":[\"{target}\"],\"evidence\":[{{\"report\":\"r{n}\"}}]}}\n"
        );
    }
    lines += "{\"plover\":\"CONSULT\",\"when\":{\"start\":\"2023-02-01\"},\"perpetrators\":[\"Northland\",\"Southland\"],\"targets\":[]}\n";
    lines += "{\"type\":\"decision\",\"by\":\"somebody\"}\n";
    let args = ["tension", "Northland", "Southland", "-", "--format", "json"];
    let output = counterclaim().args(args).write_stdin(lines.clone()).output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let names: Vec<&str> = found["ways"].as_array().unwrap().iter().map(|w| w["way"].as_str().unwrap()).collect();
    assert_eq!(names, ["Northland → Southland", "Southland → Northland", "between Northland and Southland"]);
    for command in ["alerts", "forecast", "reactions"] {
        let output = counterclaim().args([command, "-"]).write_stdin(lines.clone()).output().unwrap();
        assert!(output.status.success(), "{command}: {}", stderr(&output));
    }
}

/// Whatever comes in: a message or an answer, never a panic.
#[test]
fn hostile_input_is_no_panic() {
    let long = "A|".repeat(60_000);
    let nested = "[".repeat(100_000);
    let inputs = [
        String::new(),
        "\u{feff}".into(),
        "\u{feff}date,from,to\r\n2024-01-01,A,B\r\n".into(),
        "date,from,to,date\n2024-01-01,A,B,2024-01-01\n".into(),
        "date,from,to,best\n2024-01-01,A,B,NaN\n2024-01-01,A,B,-1\n2024-01-01,A,B,1e999\n".into(),
        "date,from,to,best\n2024-01-01,A,B,1e300\n2024-03-01,B,A,1e300\n".into(),
        "date,from,to\n0001-01-01,A,B\n9999-12-31,B,A\n".into(),
        "date,from,to\n9999-12-30,A,B\n9999-12-31,B,A\n".into(),
        "date,from,to\n-9999-01-01,A,B\n".into(),
        format!("date,from,to\n2024-01-01,{long},{long}\n"),
        "date,from,to\n\"2024-01-01,A,B\n".into(),
        "{\"when\":{\"start\":7},\"perpetrators\":{\"a\":1},\"targets\":\"B\"}".into(),
        "{\"date\":\"2024-01-01\",\"from\":[[]],\"to\":{\"x\":1}}".into(),
        "{\"date_start\":\"2024-01-01\",\"side_a\":\"A\",\"side_b\":\"B\",\"best\":-5}".into(),
        format!("{{\"a\":{nested}"),
        nested,
        "\u{0}\u{1b}[31m,,\n,,\n".into(),
    ];
    for input in &inputs {
        for args in [
            vec!["tension", "A", "B", "-"],
            vec!["reactions", "-"],
            vec!["forecast", "-"],
            vec!["alerts", "-"],
            vec!["backtest", "-"],
            vec!["forecast", "--table", "-"],
            vec!["kept", "-"],
        ] {
            let output = counterclaim().args(&args).write_stdin(input.clone()).output().unwrap();
            let message = stderr(&output);
            let start: String = input.chars().take(60).collect();
            assert!(matches!(output.status.code(), Some(0 | 1)), "{args:?} {start}: {message}");
            assert!(!message.contains("panicked") && !message.contains('\u{1b}'), "{args:?} {start}: {message}");
            assert!(output.status.success() || message.starts_with("counterclaim: "), "{args:?} {start}: {message}");
        }
    }
}

#[test]
fn commitments_are_read_from_json_and_printed_as_json() {
    let line = |outcome: &str| {
        format!("{{\"type\":\"commitment\",\"by\":\"North\",\"to\":[\"South\"],\"outcome\":\"{outcome}\"}}\n")
    };
    let text = line("kept").repeat(9) + &line("broken") + &line("contested") + &line("pending");
    let output = counterclaim().args(["kept", "-", "--format", "json"]).write_stdin(text).output().unwrap();
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let rate = &found["sides"][0]["rate"];
    assert_eq!((&rate["kept"], &rate["rate"], &rate["contested"]), (&9.into(), &0.9.into(), &1.into()), "{found}");
}

#[test]
fn faults_are_named_with_file_line_and_remedy() {
    let text = "date,from,to\n2024-05-41,A,B\n2024-05-01,A,\n";
    let message = failed(&["tension", "A", "B", "-"], text);
    assert!(message.contains("-, line 2: \"2024-05-41\" is no date; write YYYY-MM-DD"), "{message}");
    assert!(message.contains("-, line 3:") && message.contains("2 faults in the input"), "{message}");
    let message = failed(&["forecast", "no-such-file.csv"], "");
    assert!(message.contains("cannot read no-such-file.csv"), "{message}");
    let message = failed(&["reactions", EVENTS, "--series", "x"], "");
    assert!(message.contains("write NAME=FROM>TO"), "{message}");
    let message = failed(&["tension", "Northland", "Northland", EVENTS], "");
    assert!(message.contains("name two sides"), "{message}");
    let message = failed(&["backtest", EVENTS, "--first", "1999-01"], "");
    assert!(message.contains("is none of the months"), "{message}");
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for args in [
        vec!["tension", "Northland", "Southland", EVENTS],
        vec!["reactions", EVENTS],
        vec!["alerts", EVENTS],
        vec!["forecast", EVENTS],
    ] {
        let run = || counterclaim().args(&args).output().unwrap().stdout;
        assert!(run() == run(), "{args:?}");
    }
}
