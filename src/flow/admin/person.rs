//! People, as administrators make and change them.

use serde_json::{Map, Value, json};

use super::{Act, Actor, Done, How, act, wrong};
use crate::app::Cx;
use crate::base::text;
use crate::base::zone::Zone;
use crate::flow::user::{self, New};
use crate::flow::{Error, Fault, Result, missing};
use crate::locale::Locale;
use crate::model::UserId;
use crate::model::audit::{Action, Party};
use crate::model::change::Changed;
use crate::model::role::Role;
use crate::model::user::{ADMIN, USER, User, UserRole};
use crate::spec::right::Right;
use crate::store::{self, role, tenant};

/// A person as administrators see one.
#[derive(Debug, Clone)]
pub struct Seen {
    pub user: User,
    pub roles: Vec<String>,
}

/// By id, user name or e-mail address.
pub async fn show(cx: Cx<'_>, by: &Actor, name: &str) -> Result<Seen> {
    by.require(Right::UsersRead)?;
    let (user, roles) = user::show(cx, name).await?;
    Ok(Seen { user, roles })
}

/// Makes a person. Fails with the first thing that is wrong, or with an address or user name that is taken.
pub async fn create(cx: Cx<'_>, by: &Actor, how: How, new: New) -> Result<Done<User>> {
    by.require(Right::UsersWrite)?;
    user::expect(cx, &new).await?;
    let (user, password) = user::prepare(cx, &new).await?;
    let made = act(cx, by, (Action::UserCreate, how), async |act| {
        expect_to_give(act, &new.roles).await?;
        user::insert(cx, act.tx, &user, password.as_ref(), (&new.roles, by.name())).await?;
        // whoever has made an administrator here needs no link for it
        if new.roles.iter().any(|role| role == ADMIN) {
            tenant::set_up(act.tx, cx.tenant, cx.now).await?;
        }
        let mut after = members(&user);
        after.insert("state".to_owned(), json!(user.state));
        after.insert("roles".to_owned(), json!(own_roles(act, &user).await?));
        act.note(Action::UserCreate, (Party::User, user.id.as_str()), Changed::made(after));
        Ok(user)
    });
    made.await.map_err(taken)
}

/// The roles of somebody, but for the one that everybody has.
async fn own_roles(act: &mut Act<'_>, user: &User) -> Result<Vec<String>> {
    let roles = store::user::roles(act.tx, act.cx.tenant, &user.id).await?;
    Ok(roles.into_iter().filter(|name| name != USER).collect())
}

/// All of a person that an act may have changed, by name.
pub(super) async fn current(act: &mut Act<'_>, user: &User) -> Result<Map<String, Value>> {
    let mut members = members(user);
    let password = store::user::password(act.tx, act.cx.tenant, &user.id).await?;
    members.insert("state".to_owned(), json!(user.state));
    members.insert("roles".to_owned(), json!(own_roles(act, user).await?));
    members.insert("must_change".to_owned(), json!(password.map(|row| row.must_change)));
    Ok(members)
}

/// The roles of these names. Fails for whoever may not give roles; when there is no such role, or it holds more than
/// whoever acts.
pub(super) async fn expect_to_give(act: &mut Act<'_>, names: &[String]) -> Result<Vec<Role>> {
    if !names.is_empty() {
        act.by.require(Right::RolesWrite)?;
    }
    let roles = role::named(act.tx, act.cx.tenant, names).await?;
    if let Some(unknown) = names.iter().find(|name| roles.iter().all(|role| role.name != **name)) {
        return Err(missing("role", unknown));
    }
    for (name, permission) in role::held_by(act.tx, act.cx.tenant, names).await? {
        act.by.expect_to_hold(&format!("the role {name}"), [permission.as_str()])?;
    }
    Ok(roles)
}

/// What administrators may change of a person, by name.
pub fn members(user: &User) -> Map<String, Value> {
    let members = json!({
        "username": user.username,
        "email": user.email,
        "email_verified": user.email_verified_at.is_some(),
        "name": user.name,
        "given_name": user.given_name,
        "family_name": user.family_name,
        "locale": user.locale,
        "zoneinfo": user.zoneinfo,
    });
    match members {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

/// Changes members of a person, by the names of [`members`]; those that are not named stay. `expected` is asked of the
/// person as the database has it now, before anything changes. An address that changes is no longer proved unless that
/// is said.
pub async fn edit(
    cx: Cx<'_>,
    by: &Actor,
    how: How,
    id: &UserId,
    (changes, expected): (&Map<String, Value>, impl Fn(&User) -> Result<()>),
) -> Result<Done<User>> {
    by.require(Right::UsersWrite)?;
    let edited = act(cx, by, (Action::UserChange, how), async |act| {
        let user = act.person(id).await?;
        expected(&user)?;
        set(act, user, changes).await
    });
    edited.await.map_err(taken)
}

/// Sets members of a person that is held.
pub(super) async fn set(act: &mut Act<'_>, user: User, changes: &Map<String, Value>) -> Result<User> {
    let new = with(act.cx, &user, changes)?;
    let difference = Changed::between(&members(&user), &members(&new));
    if !difference.is_empty() {
        store::user::update(act.tx, &new).await?;
        act.note(Action::UserChange, (Party::User, user.id.as_str()), difference);
    }
    Ok(new)
}

/// The person with other members. Fails with the first that cannot be.
fn with(cx: Cx<'_>, user: &User, changes: &Map<String, Value>) -> Result<User> {
    let mut new = User { updated_at: cx.now, ..user.clone() };
    for (name, value) in changes {
        match name.as_str() {
            "username" => new.username = required(name, value, text::is_username)?,
            "email" => new.email = required(name, value, text::is_email)?,
            "email_verified" => {}
            "name" => new.name = optional(name, value, is_line)?,
            "given_name" => new.given_name = optional(name, value, is_line)?,
            "family_name" => new.family_name = optional(name, value, is_line)?,
            "locale" => new.locale = optional(name, value, |tag| Locale::wanted(tag).is_some())?,
            "zoneinfo" => new.zoneinfo = optional(name, value, |zone| Zone::parse(zone).is_some())?,
            other => return Err(wrong(other, "there is no such member, or it is not changed this way").into()),
        }
    }
    (new.username_key, new.email_key) = (text::key(&new.username), text::key(&new.email));
    let kept = user.email_verified_at.filter(|_| new.email_key == user.email_key);
    new.email_verified_at = match changes.get("email_verified").map(Value::as_bool) {
        None => kept,
        Some(Some(true)) => kept.or(Some(cx.now)),
        Some(Some(false)) => None,
        Some(None) => return Err(wrong("email_verified", "neither true nor false").into()),
    };
    Ok(new)
}

fn required(name: &str, value: &Value, good: impl Fn(&str) -> bool) -> Result<String> {
    let text = value.as_str().map(str::trim).filter(|text| good(text));
    text.map(str::to_owned).ok_or_else(|| wrong(name, "this cannot be one").into())
}

/// Null and nothing but blanks take it away.
fn optional(name: &str, value: &Value, good: impl Fn(&str) -> bool) -> Result<Option<String>> {
    match value.as_str().map(str::trim) {
        None if value.is_null() => Ok(None),
        Some("") => Ok(None),
        _ => required(name, value, good).map(Some),
    }
}

fn is_line(text: &str) -> bool {
    user::check_name(text).is_none()
}

/// Gives a role. Nothing changes for whoever holds it.
pub async fn grant_role(cx: Cx<'_>, by: &Actor, how: How, (id, name): (&UserId, &str)) -> Result<Done<()>> {
    by.require(Right::RolesWrite)?;
    act(cx, by, (Action::RoleGrant, how), async |act| {
        let user = act.person(id).await?;
        give(act, &user, name).await
    })
    .await
}

pub(super) async fn give(act: &mut Act<'_>, user: &User, name: &str) -> Result<()> {
    let cx = act.cx;
    let roles = expect_to_give(act, std::slice::from_ref(&name.to_owned())).await?;
    if user::give_role(cx, act.tx, &user.id, (name, act.by.name())).await? {
        act.note(Action::RoleGrant, (Party::User, user.id.as_str()), Changed::member("role", Value::Null, name));
        if roles.iter().any(|role| role.needs_factor) {
            store::session::demand_factor(act.tx, cx.tenant, &user.id).await?;
        }
    }
    Ok(())
}

/// The roles of somebody who was just given one or lost one.
pub async fn roles_now(cx: Cx<'_>, id: &UserId) -> Result<Vec<UserRole>> {
    Ok(store::user::roles_held(&mut cx.app.db.conn().await?, cx.tenant, id).await?)
}

/// Takes a role away. Nothing changes for whoever does not hold it. Fails for the last administrator, and for the role
/// that everybody has.
pub async fn revoke_role(cx: Cx<'_>, by: &Actor, how: How, (id, name): (&UserId, &str)) -> Result<Done<()>> {
    by.require(Right::RolesWrite)?;
    act(cx, by, (Action::RoleRevoke, how), async |act| {
        let user = act.person(id).await?;
        take(act, &user, name).await
    })
    .await
}

pub(super) async fn take(act: &mut Act<'_>, user: &User, name: &str) -> Result<()> {
    if name == USER {
        return Err(wrong("role", "everybody has this one").into());
    }
    if name == ADMIN {
        act.expect_another_admin(user).await?;
    }
    expect_to_give(act, std::slice::from_ref(&name.to_owned())).await?;
    if role::take(act.tx, act.cx.tenant, &user.id, name).await? {
        act.note(Action::RoleRevoke, (Party::User, user.id.as_str()), Changed::member("role", name, Value::Null));
    }
    Ok(())
}

/// A unique key was taken: which of the two, administrators may know.
fn taken(error: Error) -> Error {
    match error {
        Error::Fault(Fault::Store(error)) if error.is_taken() => {
            let refusal = wrong("email or username", "somebody has it already");
            refusal.with_status(409).into()
        }
        other => other,
    }
}
