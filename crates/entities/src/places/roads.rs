//! Roads that are named by their ends: "the Quetta-Karachi highway" is one line and neither of the two towns.

use counterclaim_text::{Level, PlaceMention, PlaceRef, Span, Syntax};

/// Joins two names with a dash between them and a word for a road after them into one area without coordinates.
pub(super) fn join(text: &str, syntax: &Syntax, places: &mut Vec<PlaceMention>) {
    let word = |t: usize| syntax.tokens.get(t).map_or("", |t| t.span.of(text));
    let mut k = 0;
    while k + 1 < places.len() {
        let (a, b) = (&places[k], &places[k + 1]);
        let between = text.get(a.span.end as usize..b.span.start as usize).unwrap_or("");
        let last = b.tokens.1 as usize + 1;
        let road = word(last).to_lowercase();
        let line =
            matches!(road.as_str(), "road" | "highway" | "motorway" | "railway" | "expressway" | "route" | "axis");
        if matches!(between.trim(), "-" | "\u{2013}" | "\u{2014}") && line && !a.demonym && !b.demonym {
            let span = a.span.join(b.span);
            let one = |x: &str, y: &str| if x == y { x.to_string() } else { String::new() };
            let place = PlaceRef {
                name: Span { start: span.start, end: syntax.tokens[last].span.end }.of(text).to_string(),
                country: a.place.country.clone(),
                admin1: one(&a.place.admin1, &b.place.admin1),
                admin2: String::new(),
                level: Level::Area,
                lat_lon: None,
                gazetteer_id: String::new(),
                rivals: 0,
                away_km: None,
            };
            places[k] = PlaceMention { span, tokens: (a.tokens.0, b.tokens.1), place, why: "", demonym: false };
            places.remove(k + 1);
        }
        k += 1;
    }
}
