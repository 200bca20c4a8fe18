//! CSV of dated, directed events: one row an event, columns by name. A row with a publisher and no sides is a report that tells of
//! no incident; such rows show how much is written.

use super::{Channel, Event, MOST_DEATHS, MOST_NAMES, Problem, Record, date};
use std::borrow::Cow;

/// The columns that are known; the first three must be there.
const COLUMNS: &str = "date, from, to, id, channel, direction, area, low, best, high, publisher, published";

/// Takes in a table. Several names in `from` or `to` are parted by `|`.
pub(crate) fn take(file: &str, text: &str) -> Result<Record, Vec<Problem>> {
    let problem = |line: u64, message: String| Problem { file: file.to_owned(), line, message };
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let headers: Vec<String> = match reader.headers() {
        Ok(h) => h.iter().map(str::to_lowercase).collect(),
        Err(e) => return Err(vec![problem(1, format!("not a table: {e}; save it as CSV in UTF-8"))]),
    };
    let known: Vec<&str> = COLUMNS.split(", ").collect();
    let columns: Vec<Option<usize>> = known.iter().map(|k| headers.iter().position(|h| h == k)).collect();
    let missing: Vec<&str> = known[..3].iter().zip(&columns).filter(|(_, c)| c.is_none()).map(|(k, _)| *k).collect();
    if !missing.is_empty() {
        let missing = missing.join(" and ");
        let remedy = format!("columns are {COLUMNS}; the first three must be there");
        return Err(vec![problem(1, format!("the header lacks {missing}; {remedy}"))]);
    }
    unique(&headers, &known).map_err(|message| vec![problem(1, message)])?;
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
        let taken = fits(&row, headers.len()).and_then(|()| {
            let cell = |name: &str| {
                let column = known.iter().position(|k| *k == name).and_then(|k| columns[k]);
                column.and_then(|c| row.get(c)).unwrap_or_default().into()
            };
            self::row(&cell, &mut record)
        });
        problems.extend(taken.err().map(|message| problem(line, message)));
    }
    if problems.is_empty() { Ok(record) } else { Err(problems) }
}

/// A known column that stands twice could be either.
pub(crate) fn unique(headers: &[String], known: &[&str]) -> Result<(), String> {
    let twice = known.iter().find(|k| headers.iter().filter(|h| h == *k).count() > 1);
    twice.map_or(Ok(()), |name| Err(format!("the header has \"{name}\" twice; give each column a name of its own")))
}

/// More cells than columns mean that a comma was not quoted and all cells behind it are shifted.
pub(crate) fn fits(row: &csv::StringRecord, columns: usize) -> Result<(), String> {
    let more = row.iter().skip(columns).any(|cell| !cell.trim().is_empty());
    let message = || format!("{} cells under {columns} columns; quote cells that hold commas", row.len());
    if more { Err(message()) } else { Ok(()) }
}

/// One row: an event, or a report that tells of no incident.
pub(crate) fn row<'a>(cell: &dyn Fn(&str) -> Cow<'a, str>, record: &mut Record) -> Result<(), String> {
    let publisher = cell("publisher");
    if cell("from").is_empty() && cell("to").is_empty() && !publisher.is_empty() {
        let day = date(&cell("published")).or_else(|| date(&cell("date")));
        let day = day.ok_or_else(|| "a report without sides needs a date; write YYYY-MM-DD".to_owned())?;
        record.output.push((publisher.clone().into_owned(), day));
        record.background.push((publisher.into_owned(), day));
        return Ok(());
    }
    let event = event(cell)?;
    if !publisher.is_empty() {
        let given = cell("published");
        let published = if given.is_empty() {
            event.date
        } else {
            date(&given).ok_or_else(|| format!("published \"{given}\" is no date; write YYYY-MM-DD, or nothing"))?
        };
        record.output.push((publisher.into_owned(), published));
    }
    record.events.push(event);
    Ok(())
}

fn event<'a>(cell: &dyn Fn(&str) -> Cow<'a, str>) -> Result<Event, String> {
    let given = cell("date");
    let day = date(&given).ok_or_else(|| format!("\"{given}\" is no date; write YYYY-MM-DD"))?;
    let names = |text: &str| text.split('|').map(str::trim).filter(|n| !n.is_empty()).map(str::to_owned).collect();
    let (from, to): (Vec<String>, Vec<String>) = (names(&cell("from")), names(&cell("to")));
    if from.is_empty() || to.is_empty() {
        return Err("from and to must name who acted and towards whom; leave the row out if that is not known".into());
    }
    if from.len().max(to.len()) > MOST_NAMES {
        return Err(format!("more than {MOST_NAMES} names on one side; give one row for each event"));
    }
    let channel = match &*cell("channel") {
        "" => Channel::HostileMaterial,
        name => Channel::named(name).ok_or_else(|| {
            format!("\"{name}\" is no channel; write hostile-material, hostile-verbal or cooperative")
        })?,
    };
    let directed = match &*cell("direction") {
        "" | "stated" => true,
        "between" => false,
        other => return Err(format!("\"{other}\" is no direction; write stated or between")),
    };
    let number = |name: &str| -> Result<Option<f64>, String> {
        let given = cell(name);
        if given.is_empty() {
            return Ok(None);
        }
        let sound = given.parse().ok().filter(|n: &f64| (0.0..=MOST_DEATHS).contains(n));
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
        id: cell("id").into_owned(),
        date: day,
        precision: 1,
        from,
        to,
        directed,
        channel,
        area: cell("area").into_owned(),
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
        assert_eq!((record.events.len(), record.output.len(), record.background.len()), (1, 2, 1));
        assert!(take("x.csv", "date,from,to,publisher\n,,,Herald\n").is_err());
        assert!(take("x.csv", "date,from,to,publisher\n2024-05-01,A,B,Herald\n").unwrap().background.is_empty());
    }

    #[test]
    fn every_fault_is_named_with_line_and_remedy() {
        let text = "date,from,to,channel,low,best,high\n2024-13-01,A,B,,,,\n2024-01-01,,B,,,,\n2024-01-01,A,B,angry,,,\n\
                    2024-01-01,A,B,,5,3,9\n2024-01-01,A,B,,x,,\n";
        let problems = take("x.csv", text).unwrap_err();
        assert_eq!(problems.iter().map(|p| p.line).collect::<Vec<_>>(), [2, 3, 4, 5, 6]);
        assert_eq!(problems[0].to_string(), "x.csv, line 2: \"2024-13-01\" is no date; write YYYY-MM-DD");
        // A name with a comma that is not quoted would move all that follows; a column that stands twice could be either.
        let shifted = take("x.csv", "date,from,to\n2024-05-01,North, South,East\n2024-05-01,A,B,,\n").unwrap_err();
        assert_eq!(shifted.iter().map(|p| p.line).collect::<Vec<_>>(), [2]);
        assert!(take("x.csv", "date,from,to,date\n").unwrap_err()[0].message.contains("\"date\" twice"));
        let header = take("x.csv", "when,who\n").unwrap_err();
        assert!(header[0].message.starts_with("the header lacks date and from and to"), "{header:?}");
    }
}
