//! Filters as they stand in addresses: the same for pages, exports, map, timeline and API.

use crate::error::{DeskError, Result};
use crate::urls::{self, Pairs};
use counterclaim_register::Filter;
use jiff::civil::Date;

fn day(pairs: &Pairs, name: &str) -> Result<Option<Date>> {
    match given(pairs, name) {
        "" => Ok(None),
        given => given
            .parse()
            .map(Some)
            .map_err(|_| DeskError::Bad(format!("{name} is a day such as 2024-03-19, not \"{given}\""))),
    }
}

/// As it was sent: days and choices have no blanks around them.
fn given<'p>(pairs: &'p Pairs, name: &str) -> &'p str {
    pairs.iter().find(|(k, _)| k == name).map_or("", |(_, v)| v)
}

/// Words that people write.
fn value<'p>(pairs: &'p Pairs, name: &str) -> &'p str {
    given(pairs, name).trim()
}

/// Words for yes and no.
pub(crate) const FLAGS: &[(&str, bool)] = &[
    ("", false),
    ("1", true),
    ("true", true),
    ("yes", true),
    ("on", true),
    ("0", false),
    ("false", false),
    ("no", false),
    ("off", false),
];

fn flag(pairs: &Pairs, name: &str) -> Result<bool> {
    let said = given(pairs, name);
    let known = FLAGS.iter().find(|f| f.0 == said);
    known.map(|f| f.1).ok_or_else(|| DeskError::Bad(format!("{name} is 1 or 0")))
}

/// The filter that a query string means. `between` may stand twice: both take part; once: that one does.
pub(crate) fn filter(pairs: &Pairs) -> Result<Filter> {
    let mut names =
        pairs.iter().filter(|(k, v)| k == "between" && !v.trim().is_empty()).map(|(_, v)| v.trim().to_owned());
    let (between, actor) = match (names.next(), names.next()) {
        (Some(a), Some(b)) => (Some((a, b)), String::new()),
        (Some(a), None) => (None, a),
        _ => (None, String::new()),
    };
    if pairs.iter().filter(|(k, _)| k == "between").count() > 2 {
        return Err(DeskError::Bad("between stands twice at most".into()));
    }
    let state = given(pairs, "state").to_owned();
    if !matches!(state.as_str(), "" | "draft" | "confirmed" | "rejected") {
        return Err(DeskError::Bad("state is draft, confirmed or rejected".into()));
    }
    Ok(Filter {
        from: day(pairs, "from")?,
        to: day(pairs, "to")?,
        between,
        actor,
        place: value(pairs, "place").to_owned(),
        kind: value(pairs, "kind").to_owned(),
        status: value(pairs, "status").to_owned(),
        state,
        source: value(pairs, "source").to_owned(),
        text: value(pairs, "q").to_owned(),
        disputed: flag(pairs, "disputed")?,
        unplaced: flag(pairs, "unplaced")?,
        rejected: flag(pairs, "rejected")?,
    })
}

/// The filter as pairs, in a fixed order; what does not filter is left out.
pub(crate) fn pairs(filter: &Filter) -> Vec<(&'static str, String)> {
    let mut out = Vec::new();
    let mut add = |name: &'static str, value: String| {
        if !value.is_empty() {
            out.push((name, value));
        }
    };
    add("from", filter.from.map(|d| d.to_string()).unwrap_or_default());
    add("to", filter.to.map(|d| d.to_string()).unwrap_or_default());
    if let Some((a, b)) = &filter.between {
        add("between", a.clone());
        add("between", b.clone());
    }
    add("between", filter.actor.clone());
    add("place", filter.place.clone());
    add("kind", filter.kind.clone());
    add("status", filter.status.clone());
    add("state", filter.state.clone());
    add("source", filter.source.clone());
    add("q", filter.text.clone());
    let flag = |on: bool| if on { "1".to_owned() } else { String::new() };
    add("disputed", flag(filter.disputed));
    add("unplaced", flag(filter.unplaced));
    add("rejected", flag(filter.rejected));
    out
}

/// An address with a filter, and with these pairs besides.
pub(crate) fn address(path: &str, filter: &Filter, more: &[(&str, &str)]) -> String {
    let own = pairs(filter);
    let all = own.iter().map(|(k, v)| (*k, v.as_str())).chain(more.iter().copied());
    match urls::query(all) {
        query if query.is_empty() => path.to_owned(),
        query => format!("{path}?{query}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_come_back_as_filters() {
        let query = "from=2024-03-01&to=2024-03-31&between=Pakistan&between=Afghan+Taliban&place=Khost&kind=air-strike&q=x+%26+y&disputed=1";
        let given = filter(&urls::pairs(query.as_bytes())).unwrap();
        assert_eq!(given.between, Some(("Pakistan".into(), "Afghan Taliban".into())));
        assert_eq!(given.text, "x & y");
        let again = address("/explorer", &given, &[("after", "7")]);
        assert_eq!(filter(&urls::pairs(again.split_once('?').unwrap().1.as_bytes())).unwrap(), given);
        assert_eq!(address("/explorer", &Filter::default(), &[]), "/explorer");
        assert!(filter(&urls::pairs(b"from=yesterday")).is_err() && filter(&urls::pairs(b"state=x")).is_err());
    }
}
