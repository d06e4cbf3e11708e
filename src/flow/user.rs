//! Making and changing people.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::{Error, Result, job, missing, password};
use crate::app::Cx;
use crate::base::text;
use crate::locale::{Locale, Text};
use crate::model::job::Job;
use crate::model::user::{ADMIN, Password, USER, User, UserRole, UserState};
use crate::model::{TenantId, UserId};
use crate::spec::account_state::{By, Step, To, Use};
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::store::{self, Conn, challenge, client, grant, role, session, trusted_device, user, user_word};

/// People in one step of work that goes through all of them.
const STEP: i64 = 500;

/// A person to be.
#[derive(Debug, Clone, Default)]
pub struct New {
    pub email: String,
    /// Empty: the part of the address before the `@`, where that can be a user name.
    pub username: String,
    pub name: Option<String>,
    pub password: Option<String>,
    pub verified: bool,
    pub roles: Vec<String>,
}

/// What is wrong with a form, in words for people.
#[derive(Debug, Clone, PartialEq)]
pub struct Mistake {
    /// The name of the field that it belongs to, empty for the whole form.
    pub field: Cow<'static, str>,
    pub text: Text,
}

impl Mistake {
    pub fn new(field: &'static str, id: &'static str) -> Self {
        Self { field: field.into(), text: Text::new(id) }
    }
}

/// Checks a new person; all that is wrong at once.
pub async fn check(cx: Cx<'_>, new: &New) -> Result<Vec<Mistake>> {
    let mut wrong = Vec::new();
    if !text::is_email(new.email.trim()) {
        wrong.push(Mistake::new("email", "user-email-wrong"));
    }
    wrong.extend(new.name.as_deref().and_then(check_name));
    if !text::is_username(&username(new)) {
        wrong.push(Mistake::new("username", "user-username-wrong"));
    }
    if let Some(password) = &new.password {
        let alike = [new.email.as_str(), &new.username, new.name.as_deref().unwrap_or_default()];
        wrong.extend(
            password::check(cx, password, &alike).await?.map(|text| Mistake { field: "password".into(), text }),
        );
    }
    Ok(wrong)
}

/// Checks an address that somebody says is his own.
pub(super) fn check_email(cx: Cx<'_>, email: &str) -> Option<Mistake> {
    let config = cx.config();
    let settings = &config.registration;
    let text = match email.trim() {
        email if !text::is_email(email) => Text::new("user-email-wrong"),
        email if !settings.admits(email) => Text::new("signup-email-host").with("hosts", settings.domains.join(", ")),
        _ => return None,
    };
    Some(Mistake { field: "email".into(), text })
}

pub(super) fn check_name(name: &str) -> Option<Mistake> {
    let wrong = name.len() > 128 || name.chars().any(char::is_control);
    wrong.then(|| Mistake::new("name", "user-name-wrong"))
}

fn username(new: &New) -> String {
    let typed = new.username.trim();
    let from_address = new.email.trim().split('@').next().unwrap_or_default();
    if typed.is_empty() { from_address.to_owned() } else { typed.to_owned() }
}

/// Fails with the first thing that is wrong with a new person, in English.
pub(super) async fn expect(cx: Cx<'_>, new: &New) -> Result<()> {
    match check(cx, new).await?.into_iter().next() {
        None => Ok(()),
        Some(wrong) => Err(refuse(&wrong.field, &wrong.text.to(Locale::En)).into()),
    }
}

fn refuse(field: &str, text: &str) -> Refusal {
    Code::InvalidRequest.because(format!("{field}: {text}")).at(Check::Metadata, field, text)
}

/// A unique key was taken: which of the two is told only at the command line and to administrators.
pub(super) fn taken(error: Error) -> Error {
    match error {
        Error::Fault(super::Fault::Store(error)) if error.is_taken() => {
            refuse("email or username", "somebody has it already").into()
        }
        other => other,
    }
}

/// The rows of a new person, password hashed, outside of any transaction.
pub(super) async fn prepare(cx: Cx<'_>, new: &New) -> Result<(User, Option<Password>)> {
    let (username, email) = (username(new), new.email.trim().to_owned());
    let user = User {
        tenant_id: TenantId(cx.tenant.0.clone()),
        id: UserId::random(),
        username_key: text::key(&username),
        username,
        email_key: text::key(&email),
        email,
        email_verified_at: new.verified.then_some(cx.now),
        name: new.name.as_deref().map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned),
        given_name: None,
        family_name: None,
        locale: None,
        zoneinfo: None,
        state: UserState::Active,
        created_at: cx.now,
        updated_at: cx.now,
        has_profile: false,
        unlocked_at: None,
        last_seen_at: None,
        kind: None,
        theme: None,
    };
    let password = match &new.password {
        None => None,
        Some(password) => Some(password::row(cx, &user.id, cx.app.passwords.hash(password).await?)),
    };
    Ok((user, password))
}

/// Inserts a person with password and roles; everybody has the role `user`.
pub(super) async fn insert(
    cx: Cx<'_>,
    tx: &mut Conn,
    user: &User,
    password: Option<&Password>,
    (roles, granted_by): (&[String], &str),
) -> Result<()> {
    user::insert(tx, user).await?;
    if let Some(password) = password {
        password::keep(cx, tx, password).await?;
    }
    let names: BTreeSet<&str> = roles.iter().map(String::as_str).chain([USER]).collect();
    let names: Vec<&str> = names.into_iter().collect();
    if user::grant_roles(tx, (cx.tenant, &user.id), &names, (cx.now, granted_by)).await? < names.len() {
        let known = role::named(tx, cx.tenant, &names).await?;
        let unknown = names.into_iter().find(|name| known.iter().all(|role| role.name != **name));
        return Err(missing("role", unknown.unwrap_or_default()));
    }
    Ok(())
}

/// `false` when the person had the role before.
pub(super) async fn give_role(cx: Cx<'_>, tx: &mut Conn, id: &UserId, (role, by): (&str, &str)) -> Result<bool> {
    let row = UserRole {
        tenant_id: cx.tenant.clone(),
        user_id: id.clone(),
        role: role.to_owned(),
        granted_at: cx.now,
        granted_by: by.to_owned(),
    };
    Ok(user::grant_role(tx, &row).await?)
}

/// By id, user name or e-mail address; with the roles.
pub async fn show(cx: Cx<'_>, name: &str) -> Result<(User, Vec<String>)> {
    let conn = &mut cx.app.db.conn().await?;
    let found = match user::find(conn, cx.tenant, &UserId::from(name)).await? {
        Some(user) => Some(user),
        None => user::find_by_key(conn, cx.tenant, &text::key(name)).await?.map(|(user, _)| user),
    };
    let user = found.ok_or_else(|| missing("user", name))?;
    let roles = user::roles(conn, cx.tenant, &user.id).await?;
    Ok((user, roles))
}

/// How it is about somebody's password; None when there is none.
pub async fn password(cx: Cx<'_>, user: &User) -> Result<Option<Password>> {
    Ok(user::password(&mut cx.app.db.conn().await?, cx.tenant, &user.id).await?)
}

/// At most `limit` people after the one with the id `after`.
async fn list(cx: Cx<'_>, after: &str, limit: i64) -> Result<Vec<User>> {
    Ok(user::list(&mut cx.app.db.conn().await?, cx.tenant, after, limit).await?)
}

/// Writes down the words by which people are found who have none yet, and before that the names by which clients are
/// found, in steps.
pub(super) async fn write_words(cx: Cx<'_>, mut row: Job) -> Result<()> {
    if row.position.is_empty() {
        write_names(cx).await?;
    }
    loop {
        let people = list(cx, &row.position, STEP).await?;
        let Some(last) = people.last() else { return job::end(cx, &row).await };
        last.id.as_str().clone_into(&mut row.position);
        row.done += i64::try_from(people.len()).unwrap_or_default();
        let until = job::until(cx);
        let own = cx.app.db.write(async |tx| {
            for user in &people {
                user_word::replace(tx, user).await?;
            }
            store::job::go_on(tx, &row, until).await
        });
        if !own.await? {
            return Ok(());
        }
        tokio::task::yield_now().await;
    }
}

/// The same again changes nothing, so it needs no place to go on from.
async fn write_names(cx: Cx<'_>) -> Result<()> {
    let mut after = String::new();
    loop {
        let names = client::name_keys(&mut cx.app.db.conn().await?, cx.tenant, &after, STEP).await?;
        let Some((last, ..)) = names.last() else { return Ok(()) };
        last.as_str().clone_into(&mut after);
        let written = cx.app.db.write(async |tx| {
            for (id, name, key) in &names {
                let right = text::key(name);
                if right != *key {
                    client::set_name_key(tx, cx.tenant, id, (name, &right)).await?;
                }
            }
            Ok::<_, store::Error>(())
        });
        written.await?;
    }
}

/// Takes an account a step on, if it may go there; to which state.
pub(super) async fn take(cx: Cx<'_>, tx: &mut Conn, user: &User, (step, by): (Step, By)) -> Result<UserState> {
    let state = match user.state.after(step, by)? {
        To::State(state) => state,
        To::Before | To::Gone => return Err(changed(user).into()),
    };
    enter(cx, tx, user, state).await?;
    Ok(state)
}

/// Puts an account into another state, and ends what it does not allow.
pub(super) async fn enter(cx: Cx<'_>, tx: &mut Conn, user: &User, state: UserState) -> Result<()> {
    if !user::set_state(tx, cx.tenant, &user.id, (user.state, state), cx.now).await? {
        return Err(changed(user).into());
    }
    if !state.allows(Use::Session) {
        end_all(cx, tx, &user.id).await?;
    }
    Ok(())
}

/// Somebody has to be left who can let others in.
pub(super) async fn expect_another_admin(cx: Cx<'_>, tx: &mut Conn, user: &User) -> Result<()> {
    let is_admin = user::roles(tx, cx.tenant, &user.id).await?.iter().any(|role| role == ADMIN);
    if !is_admin || !user.is_active() || user::has_another(tx, cx.tenant, ADMIN, &user.id).await? {
        return Ok(());
    }
    let refusal = Code::AccessDenied.because("this is the last administrator: make another one first");
    Err(refusal.with_status(409).at(Check::LastAdmin, "another active administrator", "none").into())
}

/// Somebody else was faster.
pub(super) fn changed(user: &User) -> Refusal {
    let refusal = Code::AccessDenied.because("the account has changed meanwhile; look at it again");
    refusal.at(Check::Account, user.state.text(), "another state")
}

/// Signs a person out everywhere, and ends what apps may do and what is half proved. That comes first: what is just about
/// to become a session either finds its end, or is waited for and ends with the others.
pub(super) async fn end_all(cx: Cx<'_>, tx: &mut Conn, id: &UserId) -> Result<()> {
    challenge::end_all(tx, cx.tenant, id, cx.now).await?;
    session::end_all(tx, cx.tenant, id, cx.now).await?;
    trusted_device::delete_all(tx, cx.tenant, id).await?;
    grant::revoke_all(tx, cx.tenant, id, cx.now).await?;
    Ok(())
}
