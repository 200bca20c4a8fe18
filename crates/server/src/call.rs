//! A request as the functions behind the door see it: who asks, for what, with which words.

use crate::desk::Desk;
use crate::error::{DeskError, Result};
use crate::people::Person;
use crate::urls::Pairs;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use counterclaim_register::Page;
use jiff::civil::Date;
use maud::Markup;

/// A request that has come through the door.
pub(crate) struct Call<'d> {
    /// The desk.
    pub desk: &'d Desk,
    /// The time, in seconds since 1970.
    pub now: i64,
    /// Who asks; `None` only where anyone may.
    pub who: Option<Person>,
    /// The secret of the cookie that came along, if one did.
    pub token: Option<String>,
    /// What every form of this person must bring back.
    pub csrf: String,
    /// Values in the path.
    pub params: Pairs,
    /// Values behind the "?".
    pub query: Pairs,
    /// Values of the form.
    pub form: Pairs,
    /// What was sent, as bytes.
    pub body: Vec<u8>,
    /// Headers of the request.
    pub headers: HeaderMap,
    /// Where it came from.
    pub address: String,
    /// Path and query.
    pub url: String,
}

fn first<'p>(pairs: &'p Pairs, name: &str) -> &'p str {
    pairs.iter().find(|(k, _)| k == name).map_or("", |(_, v)| v.as_str())
}

impl Call<'_> {
    /// A value in the path; "" if there is none.
    pub(crate) fn param(&self, name: &str) -> &str {
        first(&self.params, name)
    }

    /// A value behind the "?"; "" if there is none.
    pub(crate) fn asked(&self, name: &str) -> &str {
        first(&self.query, name)
    }

    /// A value of the form; "" if there is none.
    pub(crate) fn given(&self, name: &str) -> &str {
        first(&self.form, name)
    }

    /// The id in the path: of the sort that this letter begins.
    pub(crate) fn id(&self, letter: char) -> Result<&str> {
        let id = self.param("id");
        if crate::urls::is_id(letter, id) { Ok(id) } else { Err(DeskError::NotFound) }
    }

    /// Who asks, by name.
    pub(crate) fn name(&self) -> &str {
        self.who.as_ref().map_or("", |w| w.name.as_str())
    }

    /// True if the asker has this role or a higher one.
    pub(crate) fn may(&self, role: crate::roles::Role) -> bool {
        self.who.as_ref().is_some_and(|w| w.role >= role)
    }

    /// The time as RFC 3339.
    pub(crate) fn time(&self) -> String {
        time(self.now)
    }

    /// The day.
    pub(crate) fn today(&self) -> Date {
        let stamp = jiff::Timestamp::from_second(self.now).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        stamp.to_zoned(jiff::tz::TimeZone::UTC).date()
    }

    /// The page of a list that is asked for.
    pub(crate) fn page(&self, usual: usize, most: usize) -> Result<Page> {
        let limit = match self.asked("limit") {
            "" => usual,
            given => match given.parse::<usize>() {
                Ok(n) if (1..=most).contains(&n) => n,
                _ => return Err(DeskError::Bad(format!("limit is a number from 1 to {most}"))),
            },
        };
        let after = Some(self.asked("after")).filter(|a| !a.is_empty()).map(str::to_owned);
        if after.as_ref().is_some_and(|a| a.parse::<i64>().is_err()) {
            return Err(DeskError::Bad("after is the value of next of the page before".into()));
        }
        Ok(Page { limit, after })
    }
}

/// Seconds since 1970 as RFC 3339.
pub(crate) fn time(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds).unwrap_or(jiff::Timestamp::UNIX_EPOCH).to_string()
}

/// An answer with a body.
pub(crate) fn answer(body: impl Into<Body>, sort: &'static str) -> Response {
    let mut out = Response::new(body.into());
    out.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(sort));
    out
}

/// A page.
pub(crate) fn page(markup: Markup) -> Response {
    answer(markup.into_string(), "text/html; charset=utf-8")
}

/// JSON.
pub(crate) fn json<T: serde::Serialize>(value: &T) -> Result<Response> {
    let text = serde_json::to_string(value).map_err(|e| DeskError::Internal(e.to_string()))?;
    Ok(answer(text, "application/json"))
}

/// Another page instead of this one, after something was written.
pub(crate) fn go(path: &str) -> Response {
    let mut out = Response::new(Body::empty());
    *out.status_mut() = StatusCode::SEE_OTHER;
    let to = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
    out.headers_mut().insert(header::LOCATION, to);
    out
}

/// A file to keep.
pub(crate) fn file(body: impl Into<Body>, sort: &'static str, name: &str) -> Response {
    let mut out = answer(body, sort);
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        out.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    out
}
