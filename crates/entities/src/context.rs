//! What a report as a whole is about: its issuer, its home country, the states that it speaks of.

use counterclaim_lexicon::{Lexicon, words_of};
use counterclaim_text::{ActorKind, Report};

/// The body that issued a report, when the source is itself a party and no newspaper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issuer {
    /// Canonical actor.
    pub actor: String,
    /// The organ or person as the source line names it; empty for the actor itself.
    pub via: String,
}

/// What is known before the text is read, and what the text as a whole talks about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Context {
    /// Set when the source is a party, a state's organ or a body that speaks for itself.
    pub issuer: Option<Issuer>,
    /// ISO 3166-1 alpha-2 of the report's home, empty if unknown.
    pub home: String,
    /// Countries (ISO alpha-2) with the number of times they are named, most named first.
    pub countries: Vec<(String, u32)>,
    /// Day of publication as an ISO date, empty if unknown.
    pub day: String,
}

/// Canonical name for an actor on a day: an organ is its state, a state its de facto authority.
pub(crate) fn canonical(lexicon: &Lexicon, name: &str, day: &str) -> String {
    let mut name = name.to_string();
    for _ in 0..3 {
        match lexicon.actors.get(&name) {
            Some(a) if a.kind == ActorKind::Organ && !a.parent.is_empty() => name = a.parent.clone(),
            _ => break,
        }
    }
    lexicon.actors.authority(&name, day).to_string()
}

impl Context {
    /// Reads the source line and counts the states that the text names.
    pub(crate) fn new(report: &Report, lexicon: &Lexicon) -> Context {
        let day = report.published.map(|d| d.to_string()).unwrap_or_default();
        let mut out = Context { day, ..Context::default() };
        out.read_source(&report.source, lexicon);
        out
    }

    fn read_source(&mut self, source: &str, lexicon: &Lexicon) {
        let words = words_of(source);
        let mut best: Option<(u8, String)> = None;
        let mut organ = String::new();
        let (mut media, mut named_media) = (source.starts_with('@'), false);
        let mut i = 0;
        while i < words.len() {
            let rest = words[i..].iter().map(String::as_str);
            let surface: String =
                source.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).nth(i).unwrap_or("X").into();
            let found = lexicon.actors.find(rest.clone(), &surface);
            let term = lexicon.actors.find_organ(rest);
            if let Some(f) = found.filter(|f| term.is_none_or(|(n, _)| n <= f.words)) {
                let rank = match f.actor.kind {
                    ActorKind::Media => {
                        (media, named_media) = (true, true);
                        if let Some(s) = lexicon.actors.state_of_country(&f.actor.country) {
                            self.home = s.country.clone();
                        }
                        9
                    }
                    ActorKind::ArmedGroup | ActorKind::Party => 0,
                    ActorKind::Organ => 1,
                    ActorKind::State if f.demonym => 4,
                    ActorKind::State => 2,
                    _ => 3,
                };
                if f.actor.kind == ActorKind::Organ {
                    organ = f.actor.name.clone();
                }
                if rank < 9 && best.as_ref().is_none_or(|(r, _)| rank < *r) {
                    best = Some((rank, f.actor.name.clone()));
                }
                i += f.words.max(1);
            } else if let Some((n, t)) = term {
                if organ.is_empty() {
                    organ = t.term.clone();
                }
                i += n;
            } else {
                let key = words[i].clone();
                let province = lexicon
                    .places
                    .lookup(&[key, words.get(i + 1).cloned().unwrap_or_default()].join(" "))
                    .into_iter()
                    .next();
                if let Some(p) = province.filter(|p| p.curated && p.country.len() == 2) {
                    self.home = p.country.clone();
                }
                i += 1;
            }
        }
        const MEDIA_WORDS: &[&str] = &[
            "news",
            "times",
            "post",
            "press",
            "radio",
            "tv",
            "agency",
            "herald",
            "digest",
            "bulletin",
            "wire",
            "journal",
            "review",
            "institute",
            "forum",
            "monitoring",
            "monitor",
            "gazette",
            "tribune",
            "daily",
            "today",
            "insight",
            "watch",
            "letter",
            "unit",
            "service",
            "stringer",
            "telegraph",
            "mail",
            "observer",
            "network",
            "newspaper",
            "magazine",
            "opinion",
            "blog",
        ];
        media |= words.iter().any(|w| MEDIA_WORDS.contains(&w.as_str())) && organ.is_empty();
        // A press service or press office is an organ's own.
        let office = |k: usize| {
            matches!(
                words.get(k + 1).map(String::as_str),
                Some("service" | "office" | "centre" | "center" | "department" | "secretariat" | "information")
            )
        };
        let relays = |(k, w): (usize, &String)| match w.as_str() {
            "radio" | "tv" | "agency" => true,
            "press" => organ.is_empty() || !office(k),
            _ => false,
        };
        media |= words.iter().enumerate().any(relays);
        // The media wing of an armed group speaks for the group.
        media &= best.as_ref().is_none_or(|(rank, _)| *rank > 0) || !named_media;
        if let Some((rank, name)) = &best {
            let state = lexicon.actors.get(name);
            if self.home.is_empty() {
                // The seat of an aid body or a rights body says nothing of where it reports from.
                let top = lexicon.actors.get(&canonical(lexicon, name, ""));
                let at_home = |k: ActorKind| !matches!(k, ActorKind::Ngo | ActorKind::Igo | ActorKind::Company);
                self.home = top.filter(|a| at_home(a.kind)).map(|a| a.country.clone()).unwrap_or_default();
            }
            let speaks = match state.map(|a| a.kind) {
                Some(ActorKind::State) => !organ.is_empty(),
                Some(_) => true,
                None => false,
            };
            if !media && speaks && *rank < 4 || (!media && *rank == 4 && !organ.is_empty()) {
                self.issuer = Some(Issuer { actor: canonical(lexicon, name, &self.day), via: organ });
                return;
            }
        }
        // An organ with a place but no state: "Khyber Pakhtunkhwa Police", "District Police Officer Swat".
        if !media && !organ.is_empty() && best.is_none() {
            let country = words
                .iter()
                .flat_map(|w| lexicon.places.lookup(w).into_iter().filter(|p| p.curated).take(1))
                .map(|p| p.country)
                .next()
                .filter(|_| true)
                .unwrap_or_else(|| self.home.clone());
            if let Some(s) = lexicon.actors.state_of_country(&country) {
                self.home = country.clone();
                self.issuer = Some(Issuer { actor: canonical(lexicon, &s.name, &self.day), via: organ });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seat_of_an_aid_body_is_not_where_it_reports_from() {
        let home = |source: &str| {
            let report = Report { source: source.into(), ..Report::default() };
            Context::new(&report, Lexicon::embedded()).home
        };
        assert_eq!(home("Amnesty International"), "");
        assert_eq!(home("Human Rights Watch"), "");
        assert_eq!(home("Foreign Office of Pakistan"), "PK");
        assert_eq!(home("Baloch Liberation Army"), "PK");
    }
}
