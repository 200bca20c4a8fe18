//! The entity layer of one text: everything found, and fast look-ups by token.

use crate::{Context, Words, actors, dates, names, places, quantities};
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{ActorKind, ActorMention, DateMention, Level, Name, PlaceMention, Quantity, Report, Syntax};

/// All entities of one text.
#[derive(Clone, Debug, Default)]
pub struct Entities {
    /// Actors in text order.
    pub actors: Vec<ActorMention>,
    /// Places in text order.
    pub places: Vec<PlaceMention>,
    /// Places that only say where the report was filed; they are no part of `places`.
    pub datelines: Vec<PlaceMention>,
    /// Dates in text order.
    pub dates: Vec<DateMention>,
    /// Quantities in text order.
    pub quantities: Vec<Quantity>,
    /// Names in text order, with their classes settled by what the tables know.
    pub names: Vec<Name>,
    /// What the report as a whole is about.
    pub context: Context,
    actor_at: Vec<u32>,
    place_at: Vec<u32>,
    date_at: Vec<u32>,
    quantity_at: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl Entities {
    /// The actor mention that covers token `i`.
    pub fn actor(&self, i: usize) -> Option<&ActorMention> {
        self.actors.get(*self.actor_at.get(i)? as usize)
    }

    /// The place mention that covers token `i`.
    pub fn place(&self, i: usize) -> Option<&PlaceMention> {
        self.places.get(*self.place_at.get(i)? as usize)
    }

    /// The date mention that covers token `i`.
    pub fn date(&self, i: usize) -> Option<&DateMention> {
        self.dates.get(*self.date_at.get(i)? as usize)
    }

    /// Adds the entities of a later part of the text, whose tokens start at `base`.
    pub fn append(&mut self, other: Entities, base: u32) {
        let shift = |tokens: &mut (u32, u32)| {
            tokens.0 += base;
            tokens.1 += base;
        };
        let ids =
            [self.actors.len() as u32, self.places.len() as u32, self.dates.len() as u32, self.quantities.len() as u32];
        let join = |at: &mut Vec<u32>, more: Vec<u32>, id: u32| {
            at.extend(more.into_iter().map(|k| if k == NONE { NONE } else { k + id }))
        };
        join(&mut self.actor_at, other.actor_at, ids[0]);
        join(&mut self.place_at, other.place_at, ids[1]);
        join(&mut self.date_at, other.date_at, ids[2]);
        join(&mut self.quantity_at, other.quantity_at, ids[3]);
        self.actors.extend(other.actors.into_iter().map(|mut a| {
            shift(&mut a.tokens);
            a.head += base;
            a
        }));
        self.places.extend(other.places.into_iter().map(|mut p| {
            shift(&mut p.tokens);
            p
        }));
        self.datelines.extend(other.datelines.into_iter().map(|mut p| {
            shift(&mut p.tokens);
            p
        }));
        self.dates.extend(other.dates.into_iter().map(|mut d| {
            shift(&mut d.tokens);
            d
        }));
        self.quantities.extend(other.quantities.into_iter().map(|mut q| {
            shift(&mut q.tokens);
            q
        }));
        self.names.extend(other.names.into_iter().map(|n| Name { start: n.start + base, end: n.end + base, ..n }));
        if base == 0 {
            self.context = other.context;
        }
    }

    /// The quantity that covers token `i`.
    pub fn quantity(&self, i: usize) -> Option<&Quantity> {
        self.quantities.get(*self.quantity_at.get(i)? as usize)
    }
}

/// Finds and resolves all entities of a parsed report.
pub fn find(report: &Report, syntax: &Syntax, lexicon: &Lexicon) -> Entities {
    let text = &report.text;
    let words = Words::new(text, syntax);
    let dates = dates::find(text, syntax, report.published);
    let quantities = quantities::find(text, syntax, &dates);
    let mut context = Context::new(report, lexicon);
    let n = syntax.tokens.len();
    let mut out = Entities {
        actor_at: vec![NONE; n],
        place_at: vec![NONE; n],
        date_at: vec![NONE; n],
        quantity_at: vec![NONE; n],
        ..Entities::default()
    };
    let cover = |at: &mut Vec<u32>, tokens: (u32, u32), id: usize| {
        for slot in at.iter_mut().take(tokens.1 as usize + 1).skip(tokens.0 as usize) {
            *slot = id as u32;
        }
    };
    for (id, d) in dates.iter().enumerate() {
        cover(&mut out.date_at, d.tokens, id);
    }
    for (id, q) in quantities.iter().enumerate() {
        cover(&mut out.quantity_at, q.tokens, id);
    }
    let found = actors::names(text, syntax, &words, lexicon, &out.date_at);
    out.names = names::settle(syntax, &words, lexicon, &found);
    let placed = places::find(report, syntax, &words, lexicon, &found, &out.date_at, &mut context);
    (out.places, out.datelines) = (placed.places, placed.datelines);
    for (id, p) in out.places.iter().enumerate() {
        cover(&mut out.place_at, p.tokens, id);
    }
    out.actors = actors::resolve(text, syntax, lexicon, &found, &out.places, &context);
    // "Mexico City", "Puerto Jordán": a state's name inside a town's names the town.
    out.actors.retain(|a| {
        let place = out.places.get(out.place_at[a.tokens.0 as usize] as usize);
        !place.is_some_and(|p| {
            let longer = p.tokens.0 <= a.tokens.0 && a.tokens.1 <= p.tokens.1 && p.tokens != a.tokens;
            longer && !p.demonym && a.kind == ActorKind::State && p.place.level == Level::Town
        })
    });
    // Words for organs and roles in capitals may be parts of a name that no table has ("Sons of the Delta Movement").
    let generic = |a: &ActorMention| {
        let term = a.rule.starts_with("actors/organ-terms") || matches!(a.kind, ActorKind::Role | ActorKind::Community);
        term && a.tokens.0 == a.tokens.1 && a.span.of(text).starts_with(char::is_uppercase)
    };
    let mut known = vec![false; n];
    for (first, last) in out.actors.iter().filter(|a| !generic(a)).map(|a| a.tokens) {
        known[first as usize..=last as usize].fill(true);
    }
    let taken = |i: usize| known[i] || out.place_at[i] != NONE || out.date_at[i] != NONE;
    let unlisted = names::unlisted(text, syntax, &words, lexicon, &out.names, taken);
    let within = |a: &ActorMention, b: &ActorMention| b.tokens.0 <= a.tokens.0 && a.tokens.1 <= b.tokens.1;
    out.actors.retain(|a| !unlisted.iter().any(|u| within(a, u)));
    names::own_organs(syntax, &unlisted, &mut out.actors);
    out.actors.extend(unlisted);
    let short = names::introduced(text, syntax, &out.actors);
    out.actors.retain(|a| !short.iter().any(|s| within(a, s)));
    out.actors.extend(short);
    out.actors.sort_by_key(|a| a.tokens);
    for (id, a) in out.actors.iter().enumerate() {
        cover(&mut out.actor_at, a.tokens, id);
    }
    out.dates = dates;
    out.quantities = quantities;
    out.context = context;
    out
}
