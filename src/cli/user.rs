//! `signet user …`

use serde_json::{Value, json};

use super::args;
use super::print::{self, Answer};
use super::{Error, read_password};
use crate::app::Cx;
use crate::crypto::password::kind;
use crate::flow::account::delete;
use crate::flow::admin::access::{self, Given, Then};
use crate::flow::admin::attribute::{self, Wanted};
use crate::flow::admin::people::{self, Filter, Part, Sort};
use crate::flow::admin::person::{self, Seen};
use crate::flow::admin::{Actor, How, state};
use crate::flow::user::New;
use crate::model::UserId;
use crate::model::user::{Password, User};
use crate::spec::account_state::Step;
use crate::spec::own_field;

pub async fn run(cx: Cx<'_>, command: args::User) -> Result<Answer, Error> {
    use args::User as C;
    let by = &Actor::operator();
    match command {
        C::Create { email, username, name, password_stdin, verified, roles } => {
            let password = if password_stdin { Some(read_password()?) } else { None };
            let username = username.unwrap_or_default();
            let new = New { email, username, name, password, verified, roles };
            let made = person::create(cx, by, How::Apply, new).await?.value;
            let text = format!("created {} ({})", made.username, made.id);
            let made = person::show(cx, by, made.id.as_str()).await?;
            Ok(Answer::new(object(&made), text))
        }
        C::List(page) => list(cx, by, &page).await,
        C::Show { user } => show(cx, by, &user).await,
        C::Disable { user } => step(cx, by, &user, (Step::Deactivate, "disabled")).await,
        C::Enable { user } => step(cx, by, &user, (Step::Activate, "enabled")).await,
        C::Delete { user, now } => delete(cx, by, &user, now).await,
        C::Restore { user } => step(cx, by, &user, (Step::Restore, "restored")).await,
        C::Unlock { user } => step(cx, by, &user, (Step::Unlock, "unlocked")).await,
        C::ResetFactors { user } => {
            let id = id(cx, by, &user).await?;
            let done = access::reset_factors(cx, by, How::Apply, &id).await?;
            Ok(changed(&done.value, "freed of all second factors"))
        }
        C::SetType { user, kind } => {
            let how = kind.as_deref().map_or_else(|| "made one of no type".to_owned(), |kind| format!("made {kind}"));
            note(cx, by, &user, (&Wanted::kind(kind.as_deref()), &how)).await
        }
        C::SetField { user, field, value } => {
            let how = format!("given another {field}");
            note(cx, by, &user, (&Wanted::field(&field, value.as_deref()), &how)).await
        }
        C::SetPassword { user, hash_stdin, must_change } => {
            let id = id(cx, by, &user).await?;
            let line = read_password()?;
            let given = if hash_stdin { Given::Hash(line.trim()) } else { Given::Plain(&line) };
            let then = if must_change { Then::Change } else { Then::Keep };
            let done = access::set_password(cx, by, How::Apply, (&id, given, then)).await?;
            Ok(changed(&done.value, "given a new password"))
        }
        C::RequirePasswordChange { user } => {
            let id = id(cx, by, &user).await?;
            let done = access::require_password_change(cx, by, How::Apply, &id).await?;
            Ok(changed(&done.value, "told to choose another password"))
        }
        C::GrantRole { user, role } => {
            let id = id(cx, by, &user).await?;
            person::grant_role(cx, by, How::Apply, (&id, &role)).await?;
            show(cx, by, id.as_str()).await
        }
        C::RevokeRole { user, role } => {
            let id = id(cx, by, &user).await?;
            person::revoke_role(cx, by, How::Apply, (&id, &role)).await?;
            show(cx, by, id.as_str()).await
        }
    }
}

/// Of whoever is meant by an id, a user name or an address.
async fn id(cx: Cx<'_>, by: &Actor, name: &str) -> Result<UserId, Error> {
    Ok(person::show(cx, by, name).await?.user.id)
}

async fn note(cx: Cx<'_>, by: &Actor, name: &str, (wanted, how): (&Wanted<'_>, &str)) -> Result<Answer, Error> {
    let id = id(cx, by, name).await?;
    let done = attribute::set(cx, by, How::Apply, &id, (wanted, |_: &User, _: &_| Ok(()))).await?;
    Ok(changed(&done.value, how))
}

async fn show(cx: Cx<'_>, by: &Actor, name: &str) -> Result<Answer, Error> {
    let seen = person::show(cx, by, name).await?;
    let (_, password) = access::factors(cx, by, &seen.user.id).await?;
    let mut json = object(&seen);
    json["password"] = json!(password.as_ref().map(|row| {
        json!({ "hash": kind(&row.phc), "changed_at": row.changed_at, "must_change": row.must_change })
    }));
    let fields = attribute::show(cx, by, &seen.user).await?;
    let own = fields.iter().map(|(name, value)| format!("\n{name}: {}", own_field::typed(value)));
    let text = format!("{}\npassword  {}{}", lines(&seen), told(password.as_ref()), own.collect::<String>());
    json["fields"] = json!(fields);
    Ok(Answer::new(json, text))
}

async fn step(cx: Cx<'_>, by: &Actor, name: &str, (step, how): (Step, &str)) -> Result<Answer, Error> {
    let id = id(cx, by, name).await?;
    let done = state::step(cx, by, How::Apply, (&id, step)).await?;
    Ok(changed(&done.value, how))
}

async fn delete(cx: Cx<'_>, by: &Actor, name: &str, now: bool) -> Result<Answer, Error> {
    let id = id(cx, by, name).await?;
    if now {
        let user = state::erase(cx, by, &id).await?;
        let json = json!({ "id": user.id, "username": user.username, "state": "erased" });
        return Ok(Answer::new(json, format!("{} was erased", user.username)));
    }
    let user = state::step(cx, by, How::Apply, (&id, Step::Delete)).await?.value;
    let due = delete::due_at(cx, &id).await?.unwrap_or(cx.now);
    let json = json!({ "id": user.id, "username": user.username, "state": user.state, "erased_at": due });
    Ok(Answer::new(json, format!("{} will be erased on {}", user.username, due.readable())))
}

fn changed(user: &User, how: &str) -> Answer {
    let json = json!({ "id": user.id, "username": user.username, "state": user.state });
    Answer::new(json, format!("{} was {how}", user.username))
}

fn told(password: Option<&Password>) -> String {
    let Some(row) = password else { return "–".to_owned() };
    let then = if row.must_change { ", to be changed at the next sign-in" } else { "" };
    format!("{}, since {}{then}", kind(&row.phc), row.changed_at.readable())
}

async fn list(cx: Cx<'_>, by: &Actor, page: &args::Page) -> Result<Answer, Error> {
    let sort = Sort::Created;
    let part = Part { sort, after: &page.after, limit: page.rows() };
    let found = people::search(cx, by, &Filter::default(), part).await?.people;
    let (users, next) = print::page(found, page.limit, |user: &User| sort.place(user));
    let row =
        |user: &User| vec![user.id.to_string(), user.username.clone(), user.email.clone(), user.state.to_string()];
    let rows: Vec<_> = users.iter().map(row).collect();
    let json = json!({ "users": users.iter().map(short).collect::<Vec<_>>(), "next": next });
    Ok(Answer::new(json, print::list(&["id", "username", "email", "state"], &rows, next.as_deref())))
}

fn short(user: &User) -> Value {
    json!({
        "id": user.id,
        "username": user.username,
        "email": user.email,
        "email_verified": user.email_verified_at.is_some(),
        "name": user.name,
        "state": user.state,
        "created_at": user.created_at,
    })
}

fn object(Seen { user, roles }: &Seen) -> Value {
    let mut object = short(user);
    object["updated_at"] = json!(user.updated_at);
    object["type"] = json!(user.kind);
    object["roles"] = json!(roles);
    object
}

fn lines(Seen { user, roles }: &Seen) -> String {
    let verified = if user.email_verified_at.is_some() { "verified" } else { "not verified" };
    [
        format!("id        {}", user.id),
        format!("username  {}", user.username),
        format!("email     {} ({verified})", user.email),
        format!("name      {}", user.name.as_deref().unwrap_or("–")),
        format!("state     {}", user.state),
        format!("type      {}", user.kind.as_deref().unwrap_or("–")),
        format!("roles     {}", roles.join(", ")),
        format!("created   {}", user.created_at.readable()),
    ]
    .join("\n")
}
