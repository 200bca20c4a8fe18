//! `/people`: who there is, with which role, and the keys of programs. For admins.

use crate::call::{self, Call, go, page};
use crate::error::{DeskError, Result};
use crate::html::layout::{self, Place};
use crate::html::parts;
use crate::people::{Key, Person, SHORTEST};
use crate::roles::Role;
use axum::response::Response;
use maud::{Markup, html};

/// The page.
pub(crate) fn show(call: &Call<'_>) -> Result<Response> {
    Ok(page(shown(call, None)?))
}

fn shown(call: &Call<'_>, new_key: Option<&str>) -> Result<Markup> {
    let people = call.desk.people.all()?;
    let keys = call.desk.people.keys()?;
    let body = html! {
        h1 { "People" }
        @if let Some(secret) = new_key {
            div.notice role="status" {
                p { "The key, shown this once. Programs send it as " code { "Authorization: Bearer " (secret) } }
                p { code.key { (secret) } }
            }
        }
        p.lead { "Readers read. Analysts also judge: confirm, reject, grade, assess, follow up. Editors also edit, merge, split and undo what others decided. Admins also look after people and keys." }
        (table(call, &people))
        section.acts {
            h2 { "Add somebody" }
            div.forms { fieldset {
                legend { "A person" }
                form.decide method="post" action="/people/add" {
                    input type="hidden" name="csrf" value=(call.csrf);
                    label for="name" { "Name: decisions are signed with it" }
                    input #name name="name" required maxlength="60" autocomplete="off";
                    label for="role" { "Role" }
                    select #role name="role" { @for r in Role::ALL { option value=(r.as_str()) { (r.as_str()) } } }
                    label for="password" { "Password, " (SHORTEST) " characters at least" }
                    input #password name="password" type="password" required minlength=(SHORTEST) maxlength="500" autocomplete="new-password";
                    button { "Add" }
                }
            } }
        }
        (keyring(call, &keys, &people))
    };
    Ok(layout::page(Some(call), Place::People, "People", &body))
}

fn hidden(call: &Call<'_>, name: &str) -> Markup {
    html! { input type="hidden" name="csrf" value=(call.csrf); input type="hidden" name="name" value=(name); }
}

fn table(call: &Call<'_>, people: &[Person]) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label="People" {
            table.list {
                caption.hidden { "People" }
                thead { tr { th scope="col" { "Name" } th scope="col" { "Since" } th scope="col" { "Role" } th scope="col" { "New password" } th scope="col" { "Remove" } } }
                tbody {
                    @for p in people {
                        tr {
                            th scope="row" { bdi { (p.name) } }
                            td.nowrap data-label="Since" { (parts::moment(&call::time(p.made))) }
                            td data-label="Role" { form.row method="post" action="/people/role" {
                                (hidden(call, &p.name))
                                select name="role" aria-label={"Role of " (p.name)} { @for r in Role::ALL { option value=(r.as_str()) selected[r == p.role] { (r.as_str()) } } }
                                button { "Set" }
                            } }
                            td data-label="New password" { form.row method="post" action="/people/password" {
                                (hidden(call, &p.name))
                                input name="password" type="password" required minlength=(SHORTEST) maxlength="500" autocomplete="new-password" aria-label={"New password of " (p.name)};
                                button { "Set" }
                            } }
                            td data-label="Remove" { form.row method="post" action="/people/remove" { (hidden(call, &p.name)) button aria-label={"Remove " (p.name)} { "Remove" } } }
                        }
                    }
                }
            }
        }
    }
}

fn keyring(call: &Call<'_>, keys: &[Key], people: &[Person]) -> Markup {
    html! {
        section.acts {
            h2 { "Keys of programs" }
            p.meta { "A key may do what its person may. Only a hash of it is kept." }
            @if keys.is_empty() { p { "None." } }
            ul {
                @for k in keys {
                    li {
                        bdi { (k.person) } ": " (parts::words(&k.label)) span.meta { " · made " (parts::moment(&call::time(k.made))) " · " @if k.used == 0 { "never used" } @else { "used " (parts::moment(&call::time(k.used))) } } " "
                        form.row method="post" action="/people/keys/remove" {
                            input type="hidden" name="csrf" value=(call.csrf); input type="hidden" name="id" value=(k.id);
                            button aria-label={"Remove the key " (k.id)} { "Remove" }
                        }
                    }
                }
            }
            div.forms { fieldset {
                legend { "A key" }
                form.decide method="post" action="/people/keys/add" {
                    input type="hidden" name="csrf" value=(call.csrf);
                    label for="key-name" { "Whose" }
                    select #key-name name="name" { @for p in people { option value=(p.name) { (p.name) } } }
                    label for="label" { "What for" }
                    input #label name="label" required maxlength="80";
                    button { "Make a key" }
                }
            } }
        }
    }
}

fn note(call: &Call<'_>, what: &str) -> Result<()> {
    call.desk.people.note(call.now, call.name(), what, &call.address)
}

fn role_of(call: &Call<'_>) -> Result<Role> {
    call.given("role").parse().map_err(DeskError::Bad)
}

/// Adds somebody.
pub(crate) fn add(call: &Call<'_>) -> Result<Response> {
    let person = call.desk.people.add(call.given("name"), role_of(call)?, call.given("password"), call.now)?;
    note(call, &format!("added {} as {}", person.name, person.role.as_str()))?;
    Ok(go("/people"))
}

/// Gives somebody another role.
pub(crate) fn role(call: &Call<'_>) -> Result<Response> {
    let role = role_of(call)?;
    call.desk.people.set_role(call.given("name"), role)?;
    note(call, &format!("made {} {}", call.given("name"), role.as_str()))?;
    Ok(go("/people"))
}

/// Gives somebody another password.
pub(crate) fn password(call: &Call<'_>) -> Result<Response> {
    call.desk.people.set_password(call.given("name"), call.given("password"))?;
    note(call, &format!("set the password of {}", call.given("name")))?;
    Ok(go("/people"))
}

/// Removes somebody.
pub(crate) fn remove(call: &Call<'_>) -> Result<Response> {
    call.desk.people.remove(call.given("name"))?;
    note(call, &format!("removed {}", call.given("name")))?;
    Ok(go("/people"))
}

/// Makes a key and shows it, once.
pub(crate) fn add_key(call: &Call<'_>) -> Result<Response> {
    let person = call.desk.people.named(call.given("name"))?.ok_or(DeskError::NotFound)?;
    let secret = call.desk.people.add_key(person.id, call.given("label"), call.now)?;
    note(call, &format!("made a key for {}: {}", person.name, call.given("label")))?;
    Ok(page(shown(call, Some(&secret))?))
}

/// Removes a key.
pub(crate) fn remove_key(call: &Call<'_>) -> Result<Response> {
    let id = call.given("id").parse().map_err(|_| DeskError::NotFound)?;
    if !call.desk.people.remove_key(id)? {
        return Err(DeskError::NotFound);
    }
    note(call, &format!("removed key {id}"))?;
    Ok(go("/people"))
}
