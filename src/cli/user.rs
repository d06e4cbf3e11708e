//! `signet user …`

use serde_json::{Value, json};

use super::args;
use super::print::{Answer, table};
use super::{Error, read_password};
use crate::app::Cx;
use crate::crypto::password::kind;
use crate::flow::account::delete;
use crate::flow::attribute;
use crate::flow::factor::reset;
use crate::flow::lockout;
use crate::flow::user::{self, Given, New, Then};
use crate::model::user::{Password, User, UserState};
use crate::spec::own_field;

pub async fn run(cx: Cx<'_>, command: args::User) -> Result<Answer, Error> {
    use args::User as C;
    match command {
        C::Create { email, username, name, password_stdin, verified, roles } => {
            let password = if password_stdin { Some(read_password()?) } else { None };
            let username = username.unwrap_or_default();
            let made = user::create(cx, New { email, username, name, password, verified, roles }).await?;
            let text = format!("created {} ({})", made.username, made.id);
            let (made, roles) = user::show(cx, made.id.as_str()).await?;
            Ok(Answer::new(object(&made, &roles), text))
        }
        C::List(page) => list(cx, &page).await,
        C::Show { user } => {
            let (user, roles) = user::show(cx, &user).await?;
            let password = user::password(cx, &user).await?;
            let mut json = object(&user, &roles);
            json["password"] = json!(password.as_ref().map(|row| {
                json!({ "hash": kind(&row.phc), "changed_at": row.changed_at, "must_change": row.must_change })
            }));
            let fields = attribute::of(cx, &user).await?;
            let own = fields.iter().map(|(name, value)| format!("\n{name}: {}", own_field::typed(value)));
            let password = told(password.as_ref());
            let text = format!("{}\npassword  {password}{}", lines(&user, &roles), own.collect::<String>());
            json["fields"] = json!(fields);
            Ok(Answer::new(json, text))
        }
        C::Disable { user } => Ok(changed(&user::set_enabled(cx, &user, false).await?, "disabled")),
        C::Enable { user } => Ok(changed(&user::set_enabled(cx, &user, true).await?, "enabled")),
        C::Delete { user, now } => delete(cx, &user, now).await,
        C::Restore { user } => Ok(changed(&delete::restore_by_name(cx, &user).await?, "restored")),
        C::Unlock { user } => Ok(changed(&lockout::by_operator(cx, &user).await?, "unlocked")),
        C::ResetFactors { user } => Ok(changed(&reset::all(cx, &user).await?, "freed of all second factors")),
        C::SetType { user, kind } => {
            let how = kind.as_deref().map_or_else(|| "made one of no type".to_owned(), |kind| format!("made {kind}"));
            Ok(changed(&attribute::set_kind(cx, &user, kind.as_deref()).await?, &how))
        }
        C::SetField { user, field, value } => {
            let set = attribute::set_field(cx, &user, (&field, value.as_deref())).await?;
            Ok(changed(&set, &format!("given another {field}")))
        }
        C::SetPassword { user, hash_stdin, must_change } => {
            let line = read_password()?;
            let given = if hash_stdin { Given::Hash(line.trim()) } else { Given::Plain(&line) };
            let then = if must_change { Then::Change } else { Then::Keep };
            Ok(changed(&user::set_password(cx, &user, given, then).await?, "given a new password"))
        }
        C::RequirePasswordChange { user } => {
            Ok(changed(&user::require_password_change(cx, &user).await?, "told to choose another password"))
        }
    }
}

async fn delete(cx: Cx<'_>, name: &str, now: bool) -> Result<Answer, Error> {
    if now {
        let user = delete::erase::now(cx, name).await?;
        let json = json!({ "id": user.id, "username": user.username, "state": "erased" });
        return Ok(Answer::new(json, format!("{} was erased", user.username)));
    }
    let (user, due) = delete::begin_by_name(cx, name).await?;
    let json = json!({ "id": user.id, "username": user.username, "state": UserState::Deleting, "erased_at": due });
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

async fn list(cx: Cx<'_>, page: &args::Page) -> Result<Answer, Error> {
    let users = user::list(cx, &page.after, page.limit).await?;
    let row =
        |user: &User| vec![user.id.to_string(), user.username.clone(), user.email.clone(), user.state.to_string()];
    let rows: Vec<_> = users.iter().map(row).collect();
    let next = users.last().filter(|_| i64::try_from(users.len()) == Ok(page.limit)).map(|user| &user.id);
    let json = json!({ "users": users.iter().map(short).collect::<Vec<_>>(), "next": next });
    Ok(Answer::new(json, table(&["id", "username", "email", "state"], &rows)))
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

fn object(user: &User, roles: &[String]) -> Value {
    let mut object = short(user);
    object["updated_at"] = json!(user.updated_at);
    object["type"] = json!(user.kind);
    object["roles"] = json!(roles);
    object
}

fn lines(user: &User, roles: &[String]) -> String {
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
