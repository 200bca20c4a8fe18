//! The desk: the register in a browser, and the API beside it.
//!
//! [`routes::ROUTES`] is the table of everything that can be asked, with the role that it takes. A request comes in by the
//! door (`door.rs`), which knows who asks, checks roles and form tokens for all of them in one place, and calls a plain
//! synchronous function on a thread that may block. Pages are written with maud, which escapes every text. Nothing here
//! reads a clock: [`Settings::now`] is given by the program. `docs/desk.md` is the guide for its users.

mod api;
mod assets;
mod call;
mod decide;
mod desk;
mod door;
mod error;
mod events;
mod facets;
mod filters;
mod html;
mod limits;
mod pages;
mod people;
mod pool;
mod roles;
mod routes;
mod serve;
mod urls;

pub use desk::{Desk, Settings};
pub use error::DeskError;
pub use people::{AGAIN, People, Person, SHORTEST};
pub use roles::Role;
pub use routes::{Kind, ROUTES, Route};
pub use serve::{router, serve};
