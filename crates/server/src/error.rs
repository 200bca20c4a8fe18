//! What can go wrong, and the status that says so: one type for pages and for the API.

use crate::call::Call;
use crate::html::layout::{self, Place};
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use counterclaim_register::RegisterError;
use maud::html;
use serde_json::json;

/// What can go wrong at the desk.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// Nobody has signed in.
    #[error("sign in first")]
    SignIn,
    /// The role does not allow it.
    #[error("{0}")]
    Forbidden(String),
    /// There is nothing of this name.
    #[error("there is nothing here of this name")]
    NotFound,
    /// The request makes no sense.
    #[error("{0}")]
    Bad(String),
    /// Somebody decided meanwhile.
    #[error("{0}")]
    Changed(String),
    /// More than a request may hold.
    #[error("the request is too large")]
    TooLarge,
    /// Too many attempts.
    #[error("too many attempts; try again in {0} seconds")]
    TooMany(u64),
    /// The desk cannot keep up.
    #[error("the desk is busy; try again in a moment")]
    Busy,
    /// Something of ours failed.
    #[error("{0}")]
    Internal(String),
    /// The place cannot be listened on, or the file of people not be opened.
    #[error("{0}")]
    Setup(String),
}

/// A result with a [`DeskError`].
pub(crate) type Result<T> = std::result::Result<T, DeskError>;

impl From<RegisterError> for DeskError {
    fn from(e: RegisterError) -> DeskError {
        match e {
            RegisterError::Unknown(_) => DeskError::NotFound,
            RegisterError::Refused(m) => DeskError::Bad(m),
            RegisterError::Changed { .. } => DeskError::Changed(e.to_string()),
            other => DeskError::Internal(other.to_string()),
        }
    }
}

impl DeskError {
    /// The status and its name.
    pub(crate) fn status(&self) -> (StatusCode, &'static str) {
        match self {
            DeskError::SignIn => (StatusCode::UNAUTHORIZED, "not signed in"),
            DeskError::Forbidden(_) => (StatusCode::FORBIDDEN, "not allowed"),
            DeskError::NotFound => (StatusCode::NOT_FOUND, "not found"),
            DeskError::Bad(_) => (StatusCode::BAD_REQUEST, "not understood"),
            DeskError::Changed(_) => (StatusCode::CONFLICT, "changed meanwhile"),
            DeskError::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too large"),
            DeskError::TooMany(_) => (StatusCode::TOO_MANY_REQUESTS, "too many attempts"),
            DeskError::Busy => (StatusCode::SERVICE_UNAVAILABLE, "busy"),
            DeskError::Internal(_) | DeskError::Setup(_) => (StatusCode::INTERNAL_SERVER_ERROR, "failed"),
        }
    }

    /// What the asker is told: of failures of ours, no more than that.
    fn detail(&self) -> String {
        match self {
            DeskError::Internal(_) | DeskError::Setup(_) => {
                "Something failed at the desk. What you wrote may not have been kept; the log of the server says more."
                    .into()
            }
            other => other.to_string(),
        }
    }

    /// The answer of the API: `application/problem+json` (RFC 9457).
    pub(crate) fn problem(&self) -> Response {
        let (status, title) = self.status();
        let body = json!({"type": "about:blank", "title": title, "status": status.as_u16(), "detail": self.detail()});
        self.finish(body.to_string(), "application/problem+json")
    }

    /// The answer as a page.
    pub(crate) fn page(&self, call: Option<&Call<'_>>) -> Response {
        let (status, name) = self.status();
        let title = sentence(name);
        let body = html! {
            h1 { (title) }
            p { (sentence(&self.detail())) "." }
            p.meta { "Status " (status.as_u16()) }
            p { a href="/" { "To the desk" } }
        };
        self.finish(layout::page(call, Place::Other, &title, &body).into_string(), "text/html; charset=utf-8")
    }

    fn finish(&self, body: String, sort: &'static str) -> Response {
        let mut out = Response::new(Body::from(body));
        *out.status_mut() = self.status().0;
        out.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(sort));
        if let DeskError::TooMany(seconds) = self {
            out.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
        }
        if let DeskError::SignIn = self {
            out.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        out
    }
}

/// Words as a sentence begins: with a capital, and without the stop that some bring along.
fn sentence(words: &str) -> String {
    let mut rest = words.trim_end_matches('.').chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}
