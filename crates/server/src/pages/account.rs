//! `/sign-in`, `/sign-out` and `/me`.

use crate::call::{Call, go, page};
use crate::door;
use crate::error::{DeskError, Result};
use crate::html::layout::{self, Place};
use crate::people::{csrf, secret};
use crate::urls::local;
use axum::http::header;
use axum::response::Response;
use maud::{Markup, html};

/// The form. Who has no cookie yet gets one: the form's token follows from it.
pub(crate) fn sign_in_form(call: &Call<'_>) -> Result<Response> {
    if call.who.is_some() {
        return Ok(go(local(call.asked("to"))));
    }
    // Another tab may have the form open: its cookie will do.
    if let Some(token) = &call.token {
        return Ok(page(form(call, &csrf(token)?, call.asked("to"), None)));
    }
    let fresh = secret()?;
    let mut out = page(form(call, &csrf(&fresh)?, call.asked("to"), None));
    out.headers_mut().append(header::SET_COOKIE, door::set_cookie(call.desk, &fresh));
    Ok(out)
}

fn form(call: &Call<'_>, token: &str, to: &str, wrong: Option<&str>) -> Markup {
    let body = html! {
        h1 { "Sign in" }
        @if let Some(message) = wrong { p.notice.wrong role="alert" { (message) } }
        form.sign-in method="post" action="/sign-in" {
            input type="hidden" name="csrf" value=(token);
            input type="hidden" name="to" value=(local(to));
            label for="name" { "Name" }
            input #name name="name" required autocomplete="username" autofocus maxlength="60";
            label for="password" { "Password" }
            input #password name="password" type="password" required autocomplete="current-password" maxlength="500";
            button { "Sign in" }
        }
        p.meta { "Names are made by an admin, or with " code { "counterclaim people add" } " on the machine that serves the desk." }
    };
    layout::page(Some(call), Place::Other, "Sign in", &body)
}

/// Signs in. A wrong name and a wrong password look the same and take the same time.
pub(crate) fn sign_in(call: &Call<'_>) -> Result<Response> {
    let (name, password) = (call.given("name").trim(), call.given("password"));
    let desk = call.desk;
    if let Err(seconds) = desk.limits().attempt(&call.address, name, call.now) {
        return Err(DeskError::TooMany(seconds));
    }
    let Some(person) = desk.people.check(name, password)? else {
        desk.people.note(call.now, name, "was turned away: wrong name or password", &call.address)?;
        let mut out = page(form(call, &call.csrf, call.given("to"), Some("The name or the password is wrong.")));
        *out.status_mut() = axum::http::StatusCode::UNAUTHORIZED;
        return Ok(out);
    };
    desk.limits().succeed(&call.address, name);
    desk.people.note(call.now, &person.name, "signed in", &call.address)?;
    // A new secret: a cookie from before signing in opens nothing.
    let secret = desk.people.begin_session(person.id, call.now)?;
    let mut out = go(local(call.given("to")));
    out.headers_mut().append(header::SET_COOKIE, door::set_cookie(desk, &secret));
    Ok(out)
}

/// Signs out.
pub(crate) fn sign_out(call: &Call<'_>) -> Result<Response> {
    if let Some(token) = &call.token {
        call.desk.people.end_session(token)?;
        call.desk.people.note(call.now, call.name(), "signed out", &call.address)?;
    }
    let mut out = go("/sign-in");
    out.headers_mut().append(header::SET_COOKIE, door::set_cookie(call.desk, ""));
    Ok(out)
}

/// One's own page.
pub(crate) fn show(call: &Call<'_>) -> Result<Response> {
    let who = call.who.as_ref().ok_or(DeskError::SignIn)?;
    let mine = call.desk.read(|r| r.decisions_before(i64::MAX, Some(&who.name), 20))?;
    let body = html! {
        h1 { bdi { (who.name) } }
        dl.facts { dt { "Role" } dd { (who.role.as_str()) } }
        section { h2 { "Your last decisions" } (crate::html::parts::decisions(&mine)) }
        section.acts {
            h2 { "Another password" }
            div.forms { fieldset {
                legend { "All your sessions end, and you sign in anew" }
                form.decide method="post" action="/me/password" {
                    input type="hidden" name="csrf" value=(call.csrf);
                    input type="hidden" name="username" autocomplete="username" value=(who.name);
                    label for="old" { "Password so far" }
                    input #old name="old" type="password" required autocomplete="current-password" maxlength="500";
                    label for="new" { "New password" }
                    input #new name="new" type="password" required autocomplete="new-password" minlength=(crate::people::SHORTEST) maxlength="500";
                    button { "Change it" }
                }
            } }
        }
    };
    Ok(page(layout::page(Some(call), Place::Other, "You", &body)))
}

/// Changes one's own password.
pub(crate) fn password(call: &Call<'_>) -> Result<Response> {
    let name = call.name();
    if let Err(seconds) = call.desk.limits().attempt(&call.address, name, call.now) {
        return Err(DeskError::TooMany(seconds));
    }
    if call.desk.people.check(name, call.given("old"))?.is_none() {
        call.desk.people.note(call.now, name, "gave a wrong password for changing it", &call.address)?;
        return Err(DeskError::Bad("the password so far is wrong".into()));
    }
    call.desk.limits().succeed(&call.address, name);
    call.desk.people.set_password(name, call.given("new"))?;
    call.desk.people.note(call.now, name, "changed the password", &call.address)?;
    Ok(go("/sign-in"))
}
