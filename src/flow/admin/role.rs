//! Roles, and the permissions that they hold.

use serde_json::{Map, Value, json};

use super::{Act, Actor, Done, How, act, wrong};
use crate::app::Cx;
use crate::flow::{Error, Fault, Result, missing};
use crate::model::UserId;
use crate::model::audit::{Action, Party};
use crate::model::change::Changed;
use crate::model::role::{Permission, Role};
use crate::model::user::{ADMIN, UserRole};
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::spec::right::{Right, Rights};
use crate::store::{self, role};

/// Of one role.
const MOST_PERMISSIONS: usize = 200;
/// People who are kept together, of those who lose a role that is deleted; and under which name.
const TOGETHER: i64 = 1000;
const HOLDERS: &str = "holders";

/// A role with the names of its permissions, in order.
#[derive(Debug, Clone)]
pub struct Full {
    pub role: Role,
    pub permissions: Vec<String>,
}

/// A role to be, or what one is to become.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub description: String,
    pub needs_factor: bool,
    pub permissions: Vec<String>,
}

/// All roles, by name. There are as many as somebody has thought up, so they are not paged.
pub async fn list(cx: Cx<'_>, by: &Actor) -> Result<Vec<Full>> {
    by.require(Right::RolesRead)?;
    let conn = &mut cx.app.db.conn().await?;
    let mut held = role::held(conn, cx.tenant).await?;
    let full = |role: Role| Full { permissions: held.remove(&role.name).unwrap_or_default(), role };
    Ok(role::list(conn, cx.tenant).await?.into_iter().map(full).collect())
}

pub async fn show(cx: Cx<'_>, by: &Actor, name: &str) -> Result<Full> {
    by.require(Right::RolesRead)?;
    let conn = &mut cx.app.db.conn().await?;
    let role = role::find(conn, cx.tenant, name).await?.ok_or_else(|| missing("role", name))?;
    Ok(Full { permissions: role::permissions(conn, cx.tenant, name).await?, role })
}

/// Who holds a role, since when and by whom: those after `after` by their ids, at most `limit`.
pub async fn holders(
    cx: Cx<'_>,
    by: &Actor,
    name: &str,
    (after, limit): (&str, i64),
) -> Result<Vec<(UserRole, String)>> {
    by.require(Right::RolesRead)?;
    by.require(Right::UsersRead)?;
    let conn = &mut cx.app.db.conn().await?;
    role::find(conn, cx.tenant, name).await?.ok_or_else(|| missing("role", name))?;
    Ok(role::holders(conn, cx.tenant, name, (after, limit)).await?)
}

/// All permissions, by name.
pub async fn permissions(cx: Cx<'_>, by: &Actor) -> Result<Vec<Permission>> {
    by.require(Right::RolesRead)?;
    Ok(role::all_permissions(&mut cx.app.db.conn().await?, cx.tenant).await?)
}

/// Makes a role. Fails with 409 where there is one of that name.
pub async fn create(cx: Cx<'_>, by: &Actor, how: How, (name, wanted): (&str, &Wanted)) -> Result<Done<Full>> {
    by.require(Right::RolesWrite)?;
    if !is_name(name) {
        return Err(wrong("name", "1 to 64 small letters, digits, and . _ -").into());
    }
    check_text(&wanted.description)?;
    let made = act(cx, by, (Action::RoleCreate, how), async |act| make(act, name, wanted).await);
    made.await.map_err(taken)
}

/// Changes a role as a whole. `expected` is asked of it as it is now, before anything changes.
pub async fn edit(
    cx: Cx<'_>,
    by: &Actor,
    how: How,
    (name, wanted): (&str, &Wanted),
    expected: impl Fn(&Full) -> Result<()>,
) -> Result<Done<Full>> {
    by.require(Right::RolesWrite)?;
    check_text(&wanted.description)?;
    act(cx, by, (Action::RoleChange, how), async |act| {
        let before = hold(act, name).await?;
        expected(&before)?;
        set(act, &before, wanted).await
    })
    .await
}

/// Deletes a role, and takes it from all who hold it. Signet's own stay.
pub async fn delete(cx: Cx<'_>, by: &Actor, how: How, name: &str) -> Result<Done<()>> {
    by.require(Right::RolesWrite)?;
    act(cx, by, (Action::RoleDelete, how), async |act| {
        let full = hold(act, name).await?;
        drop_role(act, &full).await
    })
    .await
}

pub(super) async fn drop_role(act: &mut Act<'_>, full: &Full) -> Result<()> {
    let name = full.role.name.as_str();
    if full.role.built_in {
        let refusal = Code::AccessDenied.because(format!("{name} is Signet's own role and stays")).with_status(409);
        return Err(refusal.at(Check::Value, "a role that was made here", name).into());
    }
    act.by.expect_to_hold(&format!("the role {name}"), full.permissions.iter().map(String::as_str))?;
    let mut before = members(full);
    before.insert("holders".to_owned(), json!(set_holders_aside(act, name).await?));
    role::delete(act.tx, act.cx.tenant, name).await?;
    act.note(Action::RoleDelete, (Party::Role, name), Changed::gone(before));
    Ok(())
}

/// Keeps who holds a role, for the day that it comes back; how many they are.
async fn set_holders_aside(act: &mut Act<'_>, name: &str) -> Result<i64> {
    let (mut count, mut after) = (0, String::new());
    loop {
        let ids = role::holder_ids(act.tx, act.cx.tenant, name, (&after, TOGETHER)).await?;
        let Some(last) = ids.last() else { return Ok(count) };
        count += i64::try_from(ids.len()).unwrap_or_default();
        last.as_str().clone_into(&mut after);
        let taken = Changed::gone(Map::from_iter([(HOLDERS.to_owned(), json!(ids))]));
        act.set_aside((Action::RoleRevoke, Party::Role, name), &taken).await?;
    }
}

/// Those who lost a role, of a change that keeps some of them.
pub(super) fn lost(changed: &Changed) -> Option<Vec<UserId>> {
    let ids = changed.before.as_ref()?.get(HOLDERS)?.as_array()?;
    Some(ids.iter().filter_map(Value::as_str).map(UserId::from).collect())
}

/// Gives a role that is back to those who had it. Whoever is gone since does not come back with it.
pub(super) async fn give_back(act: &mut Act<'_>, full: &Full, people: &[UserId]) -> Result<()> {
    let (cx, name) = (act.cx, full.role.name.as_str());
    act.by.expect_to_hold(&format!("the role {name}"), full.permissions.iter().map(String::as_str))?;
    role::give_all(act.tx, (cx.tenant, name), people, (cx.now, act.by.name())).await?;
    if full.role.needs_factor {
        store::session::demand_factor_of_all(act.tx, cx.tenant, people).await?;
    }
    Ok(())
}

/// The role as it is now, held until the end of the act.
pub(super) async fn hold(act: &mut Act<'_>, name: &str) -> Result<Full> {
    if !role::lock(act.tx, act.cx.tenant, name).await? {
        return Err(missing("role", name));
    }
    read(act, name).await
}

async fn read(act: &mut Act<'_>, name: &str) -> Result<Full> {
    let found = role::find(act.tx, act.cx.tenant, name).await?.ok_or_else(|| missing("role", name))?;
    Ok(Full { permissions: role::permissions(act.tx, act.cx.tenant, name).await?, role: found })
}

pub(super) async fn make(act: &mut Act<'_>, name: &str, wanted: &Wanted) -> Result<Full> {
    let permissions = known(act, &wanted.permissions).await?;
    act.by.expect_to_hold("the role", permissions.iter().map(String::as_str))?;
    let row = Role {
        tenant_id: act.cx.tenant.clone(),
        name: name.to_owned(),
        description: wanted.description.trim().to_owned(),
        built_in: false,
        needs_factor: wanted.needs_factor,
    };
    role::insert(act.tx, &row).await?;
    role::add_permissions(act.tx, act.cx.tenant, name, &permissions).await?;
    let full = read(act, name).await?;
    act.note(Action::RoleCreate, (Party::Role, name), Changed::made(members(&full)));
    Ok(full)
}

/// The permissions of these names, in order, each once. Fails with the first that there is not, and for too many.
async fn known(act: &mut Act<'_>, names: &[String]) -> Result<Vec<String>> {
    if names.len() > MOST_PERMISSIONS {
        return Err(wrong("permissions", format!("at most {MOST_PERMISSIONS}")).into());
    }
    let known = role::known_permissions(act.tx, act.cx.tenant, names).await?;
    match names.iter().find(|name| !known.contains(name)) {
        Some(name) => Err(wrong("permissions", format!("there is no permission {name:?}")).into()),
        None => Ok(known),
    }
}

/// Makes a role that is held what is wanted. What it holds before and after, whoever changes it has to hold as well.
pub(super) async fn set(act: &mut Act<'_>, before: &Full, wanted: &Wanted) -> Result<Full> {
    let (cx, name) = (act.cx, before.role.name.as_str());
    // what administrators hold grows with what there is, and is not bounded
    let permissions = match wanted.permissions == before.permissions {
        true => before.permissions.clone(),
        false => known(act, &wanted.permissions).await?,
    };
    let both = before.permissions.iter().chain(&permissions).map(String::as_str);
    act.by.expect_to_hold(&format!("the role {name}"), both)?;
    if name == ADMIN && permissions != before.permissions {
        let refusal = Code::AccessDenied.because("administrators hold every permission, and keep it").with_status(409);
        return Err(refusal.at(Check::LastAdmin, "every permission", "fewer").into());
    }
    role::update(act.tx, cx.tenant, name, (wanted.description.trim(), wanted.needs_factor)).await?;
    if permissions != before.permissions {
        role::clear_permissions(act.tx, cx.tenant, name).await?;
        role::add_permissions(act.tx, cx.tenant, name, &permissions).await?;
    }
    if wanted.needs_factor && !before.role.needs_factor {
        store::session::demand_factor_of(act.tx, cx.tenant, name).await?;
    }
    let after = read(act, name).await?;
    act.note(Action::RoleChange, (Party::Role, name), Changed::between(&members(before), &members(&after)));
    Ok(after)
}

/// What can be changed of a role, by name.
pub fn members(full: &Full) -> Map<String, Value> {
    let members = [
        ("description", json!(full.role.description)),
        ("needs_factor", json!(full.role.needs_factor)),
        ("permissions", json!(full.permissions)),
    ];
    members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// The opposite of [`members`], over what a role is otherwise.
pub(super) fn wanted(members: &Map<String, Value>, base: Option<&Full>) -> Wanted {
    let mut wanted = base.map_or_else(Wanted::default, |full| Wanted {
        description: full.role.description.clone(),
        needs_factor: full.role.needs_factor,
        permissions: full.permissions.clone(),
    });
    if let Some(text) = members.get("description").and_then(Value::as_str) {
        text.clone_into(&mut wanted.description);
    }
    if let Some(needs) = members.get("needs_factor").and_then(Value::as_bool) {
        wanted.needs_factor = needs;
    }
    if let Some(names) = members.get("permissions").and_then(Value::as_array) {
        wanted.permissions = names.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    }
    wanted
}

/// Makes a permission that apps understand; administrators hold it at once. Fails with 409 where there is one.
pub async fn create_permission(
    cx: Cx<'_>,
    by: &Actor,
    how: How,
    (name, description): (&str, &str),
) -> Result<Done<Permission>> {
    by.require(Right::RolesWrite)?;
    if !is_permission(name) {
        return Err(
            wrong("name", "an area and an action, as in orders:approve, of small letters, digits and . _ - :").into()
        );
    }
    check_text(description)?;
    let (name, description) = (name.to_owned(), description.trim().to_owned());
    let row = Permission { tenant_id: cx.tenant.clone(), name, description };
    let made = act(cx, by, (Action::PermissionCreate, how), async |act| {
        role::insert_permission(act.tx, &row).await?;
        role::add_permission(act.tx, cx.tenant, (ADMIN, &row.name)).await?;
        let after = Map::from_iter([("description".to_owned(), json!(row.description))]);
        act.note(Action::PermissionCreate, (Party::Permission, &row.name), Changed::made(after));
        Ok(row)
    });
    made.await.map_err(taken)
}

/// Says anew what a permission that was made here is for. `expected` is asked of it as it is now, before anything
/// changes.
pub async fn describe_permission(
    cx: Cx<'_>,
    by: &Actor,
    how: How,
    (name, description): (&str, Option<&str>),
    expected: impl Fn(&Permission) -> Result<()>,
) -> Result<Done<Permission>> {
    by.require(Right::RolesWrite)?;
    check_text(description.unwrap_or_default())?;
    act(cx, by, (Action::PermissionChange, how), async |act| {
        let row = own_permission(act, name).await?;
        expected(&row)?;
        match description {
            Some(description) => describe(act, row, description.trim()).await,
            None => Ok(row),
        }
    })
    .await
}

/// A permission that was made here, as it is now. Fails for one of Signet's own.
async fn own_permission(act: &mut Act<'_>, name: &str) -> Result<Permission> {
    if !Rights::of_permission(name).is_empty() {
        let refusal =
            Code::AccessDenied.because(format!("{name} is Signet's own permission and stays")).with_status(409);
        return Err(refusal.at(Check::Value, "a permission that was made here", name).into());
    }
    let found = role::find_permission(act.tx, act.cx.tenant, name).await?;
    let row = found.ok_or_else(|| missing("permission", name))?;
    act.by.expect_to_hold("a role", [name])?;
    Ok(row)
}

async fn describe(act: &mut Act<'_>, row: Permission, description: &str) -> Result<Permission> {
    let changed = Changed::member("description", row.description.as_str(), description);
    if !changed.is_empty() {
        role::update_permission(act.tx, act.cx.tenant, (&row.name, description)).await?;
        act.note(Action::PermissionChange, (Party::Permission, &row.name), changed);
    }
    Ok(Permission { description: description.to_owned(), ..row })
}

/// Puts back what a permission was said to be for.
pub(super) async fn describe_back(act: &mut Act<'_>, name: &str, before: &str) -> Result<()> {
    let row = own_permission(act, name).await?;
    describe(act, row, before).await.map(drop)
}

/// A permission, and the roles that hold it, in order.
pub async fn permission(cx: Cx<'_>, by: &Actor, name: &str) -> Result<(Permission, Vec<String>)> {
    by.require(Right::RolesRead)?;
    let conn = &mut cx.app.db.conn().await?;
    let row = role::find_permission(conn, cx.tenant, name).await?.ok_or_else(|| missing("permission", name))?;
    Ok((row, role::roles_with(conn, cx.tenant, name).await?))
}

/// Deletes a permission that was made here, and takes it from all roles.
pub async fn delete_permission(cx: Cx<'_>, by: &Actor, how: How, name: &str) -> Result<Done<()>> {
    by.require(Right::RolesWrite)?;
    act(cx, by, (Action::PermissionDelete, how), async |act| drop_permission(act, name).await).await
}

pub(super) async fn drop_permission(act: &mut Act<'_>, name: &str) -> Result<()> {
    let row = own_permission(act, name).await?;
    let roles = role::roles_with(act.tx, act.cx.tenant, name).await?;
    role::delete_permission(act.tx, act.cx.tenant, name).await?;
    let before = [("description", json!(row.description)), ("roles", json!(roles))];
    let before = before.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    act.note(Action::PermissionDelete, (Party::Permission, name), Changed::gone(before));
    Ok(())
}

/// What can be changed of a permission, by name, as the database has it now.
pub(super) async fn permission_members(act: &mut Act<'_>, name: &str) -> Result<Map<String, Value>> {
    let found = role::find_permission(act.tx, act.cx.tenant, name).await?;
    let row = found.ok_or_else(|| missing("permission", name))?;
    Ok(Map::from_iter([("description".to_owned(), json!(row.description))]))
}

/// Brings back a permission that was deleted, for the roles that are still there. Whoever does it holds what these do.
pub(super) async fn restore_permission(
    act: &mut Act<'_>,
    (name, description): (&str, &str),
    roles: &[String],
) -> Result<()> {
    let cx = act.cx;
    let row = Permission { tenant_id: cx.tenant.clone(), name: name.to_owned(), description: description.to_owned() };
    role::insert_permission(act.tx, &row).await?;
    for role in roles {
        if role::lock(act.tx, cx.tenant, role).await? {
            let held = role::permissions(act.tx, cx.tenant, role).await?;
            act.by.expect_to_hold(&format!("the role {role}"), held.iter().map(String::as_str))?;
            role::add_permission(act.tx, cx.tenant, (role, name)).await?;
        }
    }
    if roles.iter().any(|role| role != ADMIN) {
        expect_to_hold_again(act, name).await?;
    }
    let after = Map::from_iter([("description".to_owned(), json!(description))]);
    act.note(Action::PermissionCreate, (Party::Permission, name), Changed::made(after));
    Ok(())
}

/// Nobody held the permission while it was gone: whoever gives it back to roles has to be among those who hold it then.
async fn expect_to_hold_again(act: &mut Act<'_>, name: &str) -> Result<()> {
    let held = match (act.by.kind, &act.by.id) {
        (Party::User, Some(id)) => role::permissions_of(act.tx, act.cx.tenant, &UserId::from(id.as_str())).await?,
        _ => Vec::new(),
    };
    let by = Actor { permissions: held, ..act.by.clone() };
    Ok(by.expect_to_hold("a role", [name])?)
}

fn is_name(name: &str) -> bool {
    let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '_' | '-');
    (1..=64).contains(&name.len()) && name.chars().all(good)
}

fn is_permission(name: &str) -> bool {
    name.split_once(':').is_some_and(|(area, action)| is_name(area) && action.split(':').all(is_name))
        && name.len() <= 64
}

fn check_text(description: &str) -> Result<(), Refusal> {
    match description.len() <= 256 && !description.chars().any(char::is_control) {
        true => Ok(()),
        false => Err(wrong("description", "at most 256 bytes, without control characters")),
    }
}

/// There is one of this name already.
pub(super) fn taken(error: Error) -> Error {
    match error {
        Error::Fault(Fault::Store(error)) if error.is_taken() => {
            wrong("name", "there is one of this name already").with_status(409).into()
        }
        other => other,
    }
}
