//! CSV of dated, directed events: one row an event, columns by name. A row with a publisher and no sides is a report that tells of
//! no incident; such rows show how much is written.

use super::{Channel, Event, Problem, Record, date};

/// The columns that are known; `date`, `from` and `to` must be there.
const COLUMNS: &str =
    "date, from, to, and as you have them: id, channel, direction, area, low, best, high, publisher, published";

/// Takes in a table. Several names in `from` or `to` are parted by `|`.
pub(crate) fn take(file: &str, text: &str) -> Result<Record, Vec<Problem>> {
    let problem = |line: u64, message: String| Problem { file: file.to_owned(), line, message };
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let headers: Vec<String> = match reader.headers() {
        Ok(h) => h.iter().map(str::to_lowercase).collect(),
        Err(e) => return Err(vec![problem(1, format!("not a table: {e}; save it as CSV in UTF-8"))]),
    };
    let column = |name: &str| headers.iter().position(|h| h == name);
    let missing: Vec<&str> = ["date", "from", "to"].into_iter().filter(|n| column(n).is_none()).collect();
    if !missing.is_empty() {
        let missing = missing.join(" and ");
        return Err(vec![problem(1, format!("the header lacks {missing}; columns are {COLUMNS}"))]);
    }
    let mut record = Record::default();
    let mut problems = vec![];
    for row in reader.records() {
        let row = match row {
            Ok(row) => row,
            Err(e) => {
                let line = e.position().map_or(1, csv::Position::line);
                problems.push(problem(line, format!("not a row of a table: {e}; quote cells that hold commas")));
                continue;
            }
        };
        let line = row.position().map_or(1, csv::Position::line);
        let cell = |name: &str| column(name).and_then(|c| row.get(c)).unwrap_or_default();
        if cell("from").is_empty() && cell("to").is_empty() && !cell("publisher").is_empty() {
            match date(cell("published")).or_else(|| date(cell("date"))) {
                Some(day) => record.output.push((cell("publisher").to_owned(), day)),
                None => problems.push(problem(line, "a report without sides needs a date; write YYYY-MM-DD".into())),
            }
            record.independent = true;
            continue;
        }
        match event(&cell) {
            Ok(event) => {
                if !cell("publisher").is_empty() {
                    let published = date(cell("published")).unwrap_or(event.date);
                    record.output.push((cell("publisher").to_owned(), published));
                }
                record.events.push(event);
            }
            Err(message) => problems.push(problem(line, message)),
        }
    }
    if problems.is_empty() { Ok(record) } else { Err(problems) }
}

fn event<'a>(cell: &dyn Fn(&str) -> &'a str) -> Result<Event, String> {
    let given = cell("date");
    let day = date(given).ok_or_else(|| format!("\"{given}\" is no date; write YYYY-MM-DD"))?;
    let names = |text: &str| text.split('|').map(str::trim).filter(|n| !n.is_empty()).map(str::to_owned).collect();
    let (from, to): (Vec<String>, Vec<String>) = (names(cell("from")), names(cell("to")));
    if from.is_empty() || to.is_empty() {
        return Err("from and to must name who acted and towards whom; leave the row out if that is not known".into());
    }
    let channel = match cell("channel") {
        "" => Channel::HostileMaterial,
        name => Channel::named(name).ok_or_else(|| {
            format!("\"{name}\" is no channel; write hostile-material, hostile-verbal or cooperative")
        })?,
    };
    let directed = match cell("direction") {
        "" | "stated" => true,
        "between" => false,
        other => return Err(format!("\"{other}\" is no direction; write stated or between")),
    };
    let number = |name: &str| -> Result<Option<f64>, String> {
        let given = cell(name);
        if given.is_empty() {
            return Ok(None);
        }
        let sound = given.parse().ok().filter(|n: &f64| n.is_finite() && *n >= 0.0);
        sound
            .map(Some)
            .ok_or_else(|| format!("{name} \"{given}\" is no number of deaths; write a whole number or nothing"))
    };
    let best = number("best")?;
    let low = number("low")?.or(best).unwrap_or(0.0);
    let high = number("high")?.or(best).unwrap_or(low);
    let best = best.unwrap_or(low);
    if low > best || best > high {
        return Err(format!("low {low}, best {best}, high {high} are not in order; correct the figures"));
    }
    let (mut from, mut to) = (from, to);
    if !directed {
        let all: Vec<String> = from.iter().chain(&to).cloned().collect();
        (from, to) = (all.clone(), all);
    }
    Ok(Event {
        id: cell("id").to_owned(),
        date: day,
        precision: 1,
        from,
        to,
        directed,
        channel,
        area: cell("area").to_owned(),
        deaths: [low, best, high],
        reports: 1.0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_go_by_name_and_defaults_are_plain() {
        let text = "To,DATE,from,channel,best\nSouth,2024-05-01,North|East,cooperative,\n\"A, B\",2024-05-02,C,,4\n";
        let record = take("x.csv", text).unwrap();
        let [a, b] = &record.events[..] else { panic!("{record:?}") };
        assert_eq!((a.channel, &a.from[..]), (Channel::Cooperative, &["North".to_owned(), "East".to_owned()][..]));
        assert_eq!((&b.to[..], b.deaths, b.directed), (&["A, B".to_owned()][..], [4.0; 3], true));
    }

    #[test]
    fn a_row_without_sides_is_a_report_that_tells_of_no_incident() {
        let text = "date,from,to,publisher\n2024-05-01,A,B,Herald\n2024-05-02,,,Herald\n";
        let record = take("x.csv", text).unwrap();
        assert_eq!((record.events.len(), record.output.len(), record.independent), (1, 2, true));
        assert!(take("x.csv", "date,from,to,publisher\n,,,Herald\n").is_err());
        assert!(!take("x.csv", "date,from,to,publisher\n2024-05-01,A,B,Herald\n").unwrap().independent);
    }

    #[test]
    fn every_fault_is_named_with_line_and_remedy() {
        let text = "date,from,to,channel,low,best,high\n2024-13-01,A,B,,,,\n2024-01-01,,B,,,,\n2024-01-01,A,B,angry,,,\n\
                    2024-01-01,A,B,,5,3,9\n2024-01-01,A,B,,x,,\n";
        let problems = take("x.csv", text).unwrap_err();
        assert_eq!(problems.iter().map(|p| p.line).collect::<Vec<_>>(), [2, 3, 4, 5, 6]);
        assert_eq!(problems[0].to_string(), "x.csv, line 2: \"2024-13-01\" is no date; write YYYY-MM-DD");
        let header = take("x.csv", "when,who\n").unwrap_err();
        assert!(header[0].message.starts_with("the header lacks date and from and to"), "{header:?}");
    }
}
