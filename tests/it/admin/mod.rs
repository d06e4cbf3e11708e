//! The console of administrators.

mod access;
mod acts;
mod apps;
mod bulk;
mod invitations;
mod keys;
mod numbers;
mod people;
mod refusals;
mod settings;

use signet::flow::admin::role::{self, Wanted};
use signet::flow::admin::{Actor, How, person};
use signet::model::user::User;

use crate::account::signed_in;
use crate::support::browser::{Browser, Stop, hidden, pairs};
use crate::support::{Answer, Op};

/// Roles that demand no second factor, so that a password is enough for the console.
pub async fn relax(op: &Op) {
    let (cx, by) = (op.app.cx(), Actor::operator());
    for name in ["admin", "support"] {
        let full = role::show(cx, &by, name).await.unwrap();
        let wanted =
            Wanted { description: full.role.description, needs_factor: false, permissions: full.permissions.clone() };
        role::edit(cx, &by, How::Apply, (name, &wanted), |_| Ok(())).await.unwrap();
    }
}

/// Somebody with a role.
pub async fn staff(op: &Op, name: &str, role: &str) -> User {
    let user = op.user(name).await;
    person::grant_role(op.app.cx(), &Actor::operator(), How::Apply, (&user.id, role)).await.unwrap();
    user
}

/// An administrator who has just signed in.
async fn boss(op: &Op) -> Browser<'_> {
    relax(op).await;
    staff(op, "boss", "admin").await;
    signed_in(op, "boss").await
}

/// Fills in the form with this id and sends it where it goes.
async fn fill(browser: &mut Browser<'_>, page: &Answer, id: &str, fields: &[(&str, &str)]) -> Stop {
    let (path, mut form) = form(page, id);
    form.retain(|(name, _)| fields.iter().all(|(given, _)| given != name));
    form.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    browser.submit(&path, &pairs(&form)).await
}

/// Where a form goes, and its hidden fields.
fn form(page: &Answer, id: &str) -> (String, Vec<(String, String)>) {
    let mark = format!("id=\"{id}\"");
    let form = page.body.split("<form").find(|form| form.contains(&mark)).unwrap_or_else(|| panic!("{}", page.body));
    let form = form.split("</form>").next().unwrap();
    let path = form.split("action=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    (path, hidden(form))
}
