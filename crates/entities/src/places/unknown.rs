//! Names that the gazetteer lacks: kept as named places in the country and province that the report names beside them.

use crate::Context;
use counterclaim_text::PlaceMention;

/// An unknown name takes country and province from the nearest known place after it, else before it.
pub(super) fn contain(places: &mut [PlaceMention], context: &Context) {
    for i in 0..places.len() {
        if !places[i].place.country.is_empty() || !places[i].place.gazetteer_id.is_empty() {
            continue;
        }
        let near = |p: &&PlaceMention| !p.place.country.is_empty() && !p.demonym;
        let at = places[i].span;
        let after = places[i + 1..].iter().find(near).filter(|p| p.span.start - at.end < 80);
        let before = places[..i].iter().rev().find(near).filter(|p| at.start - p.span.end < 400);
        let from = after.or(before).map(|p| (p.place.country.clone(), p.place.admin1.clone()));
        let (country, admin1) = from.unwrap_or_else(|| (context.home.clone(), String::new()));
        places[i].place.country = country;
        places[i].place.admin1 = admin1;
    }
}
