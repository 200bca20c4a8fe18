//! The table of everything that can be asked, with the role that it takes: the router, the roles' test and the description of
//! the API are made from it.

use crate::call::Call;
use crate::error::Result;
use crate::roles::Role;
use crate::{api, assets, pages};
use axum::response::Response;

/// Reading or writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Changes nothing.
    Get,
    /// Writes.
    Post,
}

impl Method {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
        }
    }
}

/// Who is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A person with a browser.
    Page,
    /// A program.
    Api,
    /// A program that waits.
    Events,
    /// A browser that loads styles and scripts.
    Asset,
}

type Run = fn(&Call<'_>) -> Result<Response>;

/// One line of the table.
pub struct Route {
    /// Reading or writing.
    pub method: Method,
    /// The path, with parameters in braces.
    pub path: &'static str,
    /// The least role; `None`: anyone, signed in or not.
    pub role: Option<Role>,
    /// Who is answered.
    pub kind: Kind,
    /// True if a password is hashed.
    pub hashes: bool,
    pub(crate) run: Run,
}

const fn route(method: Method, path: &'static str, role: Option<Role>, kind: Kind, run: Run) -> Route {
    Route { method, path, role, kind, hashes: false, run }
}

const fn hashing(route: Route) -> Route {
    Route { hashes: true, ..route }
}

const READER: Option<Role> = Some(Role::Reader);
const ANALYST: Option<Role> = Some(Role::Analyst);
const ADMIN: Option<Role> = Some(Role::Admin);

use Kind::{Api, Asset, Events, Page};
use Method::{Get, Post};

/// The table.
pub static ROUTES: &[Route] = &[
    route(Get, "/", READER, Page, pages::desk::show),
    route(Post, "/seen", READER, Page, pages::desk::seen),
    route(Get, "/inbox", READER, Page, pages::inbox::show),
    route(Get, "/explorer", READER, Page, pages::explorer::show),
    route(Get, "/incidents/{id}", READER, Page, pages::incident::show),
    route(Get, "/claims/{id}", READER, Page, pages::claim::show),
    route(Get, "/reports", READER, Page, pages::report::list),
    route(Get, "/reports/{id}", READER, Page, pages::report::show),
    route(Get, "/actors", READER, Page, pages::actors::list),
    route(Get, "/actors/{name}", READER, Page, pages::actors::show),
    route(Get, "/sources", READER, Page, pages::sources::list),
    route(Get, "/sources/{name}", READER, Page, pages::sources::show),
    route(Get, "/commitments", READER, Page, pages::commitments::list),
    route(Get, "/commitments/{id}", READER, Page, pages::commitments::show),
    route(Get, "/search", READER, Page, pages::search::show),
    route(Get, "/briefs", READER, Page, pages::briefs::show),
    route(Get, "/export", READER, Page, pages::export::give),
    route(Post, "/decide", ANALYST, Page, pages::decide::make),
    route(Get, "/audit", READER, Page, pages::audit::show),
    route(Get, "/people", ADMIN, Page, pages::people::show),
    hashing(route(Post, "/people/add", ADMIN, Page, pages::people::add)),
    route(Post, "/people/role", ADMIN, Page, pages::people::role),
    hashing(route(Post, "/people/password", ADMIN, Page, pages::people::password)),
    route(Post, "/people/remove", ADMIN, Page, pages::people::remove),
    route(Post, "/people/keys/add", ADMIN, Page, pages::people::add_key),
    route(Post, "/people/keys/remove", ADMIN, Page, pages::people::remove_key),
    route(Get, "/me", READER, Page, pages::account::show),
    hashing(route(Post, "/me/password", READER, Page, pages::account::password)),
    route(Get, "/sign-in", None, Page, pages::account::sign_in_form),
    hashing(route(Post, "/sign-in", None, Page, pages::account::sign_in)),
    route(Post, "/sign-out", READER, Page, pages::account::sign_out),
    route(Get, "/contradictions.atom", READER, Api, api::atom::feed),
    route(Get, "/api/v1/openapi.json", None, Api, api::openapi::show),
    route(Get, "/api/v1/counts", READER, Api, api::lists::counts),
    route(Get, "/api/v1/incidents", READER, Api, api::lists::incidents),
    route(Get, "/api/v1/incidents.geojson", READER, Api, api::map::geojson),
    route(Get, "/api/v1/marks", READER, Api, api::marks::columns),
    route(Get, "/api/v1/timeline", READER, Api, api::map::timeline),
    route(Get, "/api/v1/days", READER, Api, api::map::days),
    route(Get, "/api/v1/incidents/{id}", READER, Api, api::one::incident),
    route(Get, "/api/v1/claims", READER, Api, api::lists::claims),
    route(Get, "/api/v1/claims/{id}", READER, Api, api::one::claim),
    route(Get, "/api/v1/commitments", READER, Api, api::lists::commitments),
    route(Get, "/api/v1/commitments/{id}", READER, Api, api::one::commitment),
    route(Get, "/api/v1/reports", READER, Api, api::lists::reports),
    route(Get, "/api/v1/reports/{id}", READER, Api, api::one::report),
    route(Get, "/api/v1/actors", READER, Api, api::lists::actors),
    route(Get, "/api/v1/sources", READER, Api, api::lists::sources),
    route(Get, "/api/v1/decisions", READER, Api, api::decisions::list),
    route(Post, "/api/v1/decisions", ANALYST, Api, api::decisions::make),
    route(Get, "/api/v1/events", READER, Events, nothing),
    route(Get, "/assets/{*path}", None, Asset, assets::asset),
];

/// Streams are answered before this would be called.
fn nothing(_: &Call<'_>) -> Result<Response> {
    Err(crate::error::DeskError::NotFound)
}
