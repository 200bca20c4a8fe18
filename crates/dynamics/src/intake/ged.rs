//! UCDP GED: its CSV by column names; its fields as JSON come through `json`.
//!
//! GED codes who fought and who died, not who began. One-sided violence (type 3) has a direction; all else is between the
//! two sides, unless directions are guessed from who died.

use super::{Channel, Directions, Event, MOST_DEATHS, Problem, Record, date, table};
use std::borrow::Cow;

/// Columns that are read; the first four must be there.
const FIELDS: [&str; 13] = [
    "date_start",
    "side_a",
    "side_b",
    "best",
    "id",
    "date_prec",
    "type_of_violence",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "low",
    "high",
    "adm_1",
];

/// Takes in the CSV, as UCDP gives it out.
///
/// # Source
///
/// Sundberg & Melander (2013), *J. Peace Research* 50; UCDP GED codebook, `date_prec`, `best`, `high`, `low`.
pub(crate) fn take_csv(file: &str, text: &str, directions: Directions) -> Result<Record, Vec<Problem>> {
    let problem = |line: u64, message: String| Problem { file: file.to_owned(), line, message };
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let headers: Vec<String> = match reader.headers() {
        Ok(h) => h.iter().map(|h| h.trim().to_lowercase()).collect(),
        Err(e) => return Err(vec![problem(1, format!("not a table: {e}; save it as CSV in UTF-8"))]),
    };
    let missing: Vec<&str> = FIELDS[..4].iter().filter(|n| !headers.iter().any(|h| h == *n)).copied().collect();
    if !missing.is_empty() {
        let missing = missing.join(", ");
        return Err(vec![problem(1, format!("the header lacks {missing}; use GED's CSV with its own column names"))]);
    }
    table::unique(&headers, &FIELDS).map_err(|message| vec![problem(1, message)])?;
    let columns: Vec<Option<usize>> = FIELDS.iter().map(|f| headers.iter().position(|h| h == f)).collect();
    let (mut record, mut problems) = (Record::default(), vec![]);
    for row in reader.records() {
        match row {
            Ok(row) => {
                let line = row.position().map_or(1, csv::Position::line);
                let cell = |name: &str| {
                    let at = FIELDS.iter().position(|f| *f == name).and_then(|f| columns[f]);
                    at.and_then(|c| row.get(c)).unwrap_or_default().trim().into()
                };
                match table::fits(&row, headers.len()).and_then(|()| event(&cell, directions)) {
                    Ok(event) => record.events.push(event),
                    Err(message) => problems.push(problem(line, message)),
                }
            }
            Err(e) => {
                let line = e.position().map_or(1, csv::Position::line);
                problems.push(problem(line, format!("not a row of a table: {e}; download the file anew")));
            }
        }
    }
    if problems.is_empty() { Ok(record) } else { Err(problems) }
}

/// One event from its fields, by GED's names.
pub(crate) fn event<'a>(cell: &dyn Fn(&str) -> Cow<'a, str>, directions: Directions) -> Result<Event, String> {
    let start = cell("date_start");
    let day = date(&start).ok_or_else(|| format!("date_start \"{start}\" is no date; GED writes YYYY-MM-DD"))?;
    let (a, b) = (cell("side_a").into_owned(), cell("side_b").into_owned());
    if a.is_empty() || b.is_empty() {
        return Err(
            "side_a and side_b must be named; the input must be GED, or a reading or table as --help shows".into()
        );
    }
    let number = |name: &str| -> Result<f64, String> {
        let given = cell(name);
        if given.is_empty() {
            return Ok(0.0);
        }
        let sound = given.parse().ok().filter(|n: &f64| (0.0..=MOST_DEATHS).contains(n));
        sound.ok_or_else(|| format!("{name} \"{given}\" is no number; take the row as GED has it"))
    };
    let (best, low, high) = (number("best")?, number("low")?, number("high")?);
    let (dead_a, dead_b, civilians) = (number("deaths_a")?, number("deaths_b")?, number("deaths_civilians")?);
    let kind = cell("type_of_violence");
    let (first, second) = (vec![a.clone()], vec![b.clone()]);
    let by_a = kind == "3" || directions == Directions::Guessed && dead_b > 0.0 && dead_a == 0.0;
    let by_b = !by_a && directions == Directions::Guessed && dead_a + civilians > 0.0 && dead_b == 0.0;
    let (from, to) = match (by_a, by_b) {
        (true, _) => (first, second),
        (_, true) => (second, first),
        _ => (vec![a.clone(), b.clone()], vec![a, b]),
    };
    // GED's date_prec: 1 day, 2 two to six days, 3 a week, 4 a month, 5 more.
    let precision = match &*cell("date_prec") {
        "" | "1" => 1,
        "2" => 6,
        "3" => 7,
        "4" => 31,
        _ => 366,
    };
    Ok(Event {
        id: cell("id").into_owned(),
        date: day,
        precision,
        from,
        to,
        directed: by_a || by_b,
        channel: Channel::HostileMaterial,
        area: cell("adm_1").into_owned(),
        deaths: [low.min(best), best, high.max(best)],
        reports: 1.0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::json;

    /// Invented rows in GED's columns.
    const TEXT: &str = "id,date_start,date_prec,type_of_violence,side_a,side_b,deaths_a,deaths_b,deaths_civilians,best,high,low,adm_1\n\
        1,2001-02-03 00:00:00.000,1,1,Government of Northland,Red Front,0,4,0,4,5,4,Hills\n\
        2,2001-02-04,2,1,Government of Northland,Red Front,2,0,0,2,2,2,Hills\n\
        3,2001-02-05,4,1,Government of Northland,Red Front,2,2,0,4,4,4,Hills\n\
        4,2001-02-06,1,3,Red Front,Civilians,0,0,7,7,9,1,Coast\n";

    #[test]
    fn directions_are_stated_for_one_sided_violence_and_guessed_only_if_asked() {
        let stated = take_csv("g.csv", TEXT, Directions::Stated).unwrap().events;
        assert_eq!(stated.iter().map(|e| e.directed).collect::<Vec<_>>(), [false, false, false, true]);
        let guessed = take_csv("g.csv", TEXT, Directions::Guessed).unwrap().events;
        let from: Vec<&str> = guessed.iter().map(|e| if e.directed { e.from[0].as_str() } else { "?" }).collect();
        assert_eq!(from, ["Government of Northland", "Red Front", "?", "Red Front"]);
        assert_eq!(guessed.iter().map(|e| e.precision).collect::<Vec<_>>(), [1, 6, 31, 1]);
        assert_eq!(guessed[3].deaths, [1.0, 7.0, 9.0]);
    }

    #[test]
    fn json_lines_are_the_same() {
        let line = r#"{"id":"9","date_start":"2001-02-03 00:00:00.000","date_prec":"1","side_a":"A","side_b":"B","best":3,"low":"1","high":"4"}"#;
        let event = json::take("g.jsonl", line, Directions::Stated).unwrap().events.remove(0);
        assert_eq!((event.deaths, event.id.as_str()), ([1.0, 3.0, 4.0], "9"));
    }

    #[test]
    fn a_table_without_the_columns_is_named() {
        let problems = take_csv("g.csv", "date_start,best\n", Directions::Stated).unwrap_err();
        assert!(problems[0].to_string().contains("line 1: the header lacks side_a, side_b"), "{problems:?}");
    }
}
