//! One step through people: all of them are checked by a few questions, and changed.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::super::{Act, access, person, state};
use super::expect_role;
use crate::flow::{Error, Result, missing};
use crate::model::UserId;
use crate::model::audit::{Action, Party};
use crate::model::bulk::Kind;
use crate::model::change::Changed;
use crate::model::user::{ADMIN, User, UserRole, UserState};
use crate::spec::account_state::Step;
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::store::bulk::{give_roles, hold_people, holders, signed_in, take_role};
use crate::store::{self, challenge, role, session};

/// What became of one.
#[derive(Debug)]
pub enum Verdict {
    Changed,
    /// It was so already.
    Same,
    Refused(Refusal),
}

/// Whose own account is left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Own {
    /// That of whoever acts: nobody is to shut themselves out among ten thousand others.
    Left,
    Treated,
}

/// People who may be changed, each with the place that the verdict has in the list, which is filled for the others.
pub struct Able {
    pub people: Vec<(usize, User)>,
    pub verdicts: Vec<Verdict>,
}

/// Holds these people, and sorts out those who are not there or hold more than whoever acts.
pub async fn able(act: &mut Act<'_>, ids: &[UserId], own: Own) -> Result<Able> {
    let mut found = hold_people(act.tx, act.cx.tenant, ids).await?;
    let barred = barred(act, ids).await?;
    let mut able = Able { people: Vec::with_capacity(ids.len()), verdicts: Vec::with_capacity(ids.len()) };
    for (at, id) in ids.iter().enumerate() {
        let checked = match found.remove(id) {
            None => Err(unknown(id)),
            Some(user) if act.by.is_person(id) && own == Own::Left => Err(own_account(&user)),
            Some(user) => match barred.get(id) {
                Some(permission) => act.by.expect_to_hold(&user.username, [permission.as_str()]).map(|()| user),
                None => Ok(user),
            },
        };
        able.verdicts.push(match checked {
            Ok(user) => {
                able.people.push((at, user));
                Verdict::Same
            }
            Err(refusal) => Verdict::Refused(refusal),
        });
    }
    Ok(able)
}

/// Who of them holds a permission that whoever acts does not.
async fn barred(act: &mut Act<'_>, ids: &[UserId]) -> Result<HashMap<UserId, String>> {
    if act.by.kind == Party::Operator {
        return Ok(HashMap::new());
    }
    let held = role::held(act.tx, act.cx.tenant).await?;
    let beyond = |permissions: Vec<String>| permissions.into_iter().find(|name| !act.by.holds(name));
    let beyond: HashMap<String, String> =
        held.into_iter().filter_map(|(role, permissions)| Some((role, beyond(permissions)?))).collect();
    if beyond.is_empty() {
        return Ok(HashMap::new());
    }
    let roles: Vec<String> = beyond.keys().cloned().collect();
    let found = holders(act.tx, act.cx.tenant, ids, &roles).await?;
    Ok(found.into_iter().filter_map(|(id, role)| Some((id, beyond.get(&role)?.clone()))).collect())
}

fn unknown(id: &UserId) -> Refusal {
    let refusal = Code::InvalidRequest.because("there is no such person").with_status(404);
    refusal.at(Check::Known, "somebody who is there", id.as_str())
}

fn own_account(user: &User) -> Refusal {
    let refusal = Code::AccessDenied.because("this is your own account, which is left alone").with_status(409);
    refusal.at(Check::Account, "the account of somebody else", user.username.clone())
}

/// Does to these people what is to be done to them. Fails as a whole where it cannot be done to anybody any more.
pub async fn treat(act: &mut Act<'_>, (kind, role): (Kind, Option<&str>), ids: &[UserId]) -> Result<Vec<Verdict>> {
    let Able { people, mut verdicts } = able(act, ids, Own::Left).await?;
    // of administrators one has to stay: these are looked at one by one
    match (kind, role) {
        (Kind::GiveRole, Some(name)) => {
            let given = give(act, name, &people).await?;
            settle(&mut verdicts, &people, &given);
        }
        (Kind::TakeRole, Some(name)) if name != ADMIN => {
            let taken = take(act, name, &people).await?;
            settle(&mut verdicts, &people, &taken);
        }
        _ => {
            let idle = idle(act, kind, &people).await?;
            for (at, user) in people.into_iter().filter(|(_, user)| !idle.contains(&user.id)) {
                verdicts[at] = one(act, (kind, role), user).await?;
            }
        }
    }
    Ok(verdicts)
}

/// Marks those who were changed.
pub fn settle(verdicts: &mut [Verdict], people: &[(usize, User)], changed: &HashSet<UserId>) {
    for (at, user) in people {
        if changed.contains(&user.id) {
            verdicts[*at] = Verdict::Changed;
        }
    }
}

fn ids_of(people: &[(usize, User)]) -> Vec<UserId> {
    people.iter().map(|(_, user)| user.id.clone()).collect()
}

/// Gives a role to all of them who do not hold it; to whom.
pub async fn give(act: &mut Act<'_>, name: &str, people: &[(usize, User)]) -> Result<HashSet<UserId>> {
    let role = expect_role(act, name).await?;
    let (cx, ids) = (act.cx, ids_of(people));
    let have = holders(act.tx, cx.tenant, &ids, std::slice::from_ref(&role.name)).await?;
    let have: HashSet<UserId> = have.into_iter().map(|(id, _)| id).collect();
    let new: Vec<UserId> = ids.into_iter().filter(|id| !have.contains(id)).collect();
    let row = |id: &UserId| UserRole {
        tenant_id: cx.tenant.clone(),
        user_id: id.clone(),
        role: role.name.clone(),
        granted_at: cx.now,
        granted_by: act.by.name().to_owned(),
    };
    let rows: Vec<UserRole> = new.iter().map(row).collect();
    give_roles(act.tx, &rows).await?;
    if role.needs_factor {
        store::bulk::demand_factor(act.tx, cx.tenant, &new).await?;
    }
    for id in &new {
        act.note(Action::RoleGrant, (Party::User, id.as_str()), Changed::member("role", Value::Null, name));
    }
    Ok(new.into_iter().collect())
}

/// Takes a role from all of them who hold it; from whom.
pub async fn take(act: &mut Act<'_>, name: &str, people: &[(usize, User)]) -> Result<HashSet<UserId>> {
    let role = expect_role(act, name).await?;
    let (cx, ids) = (act.cx, ids_of(people));
    let held = holders(act.tx, cx.tenant, &ids, std::slice::from_ref(&role.name)).await?;
    let held: Vec<UserId> = held.into_iter().map(|(id, _)| id).collect();
    take_role(act.tx, cx.tenant, &held, name).await?;
    for id in &held {
        act.note(Action::RoleRevoke, (Party::User, id.as_str()), Changed::member("role", name, Value::Null));
    }
    Ok(held.into_iter().collect())
}

/// Those of them with whom there is nothing to do.
async fn idle(act: &mut Act<'_>, kind: Kind, people: &[(usize, User)]) -> Result<HashSet<UserId>> {
    if kind == Kind::EndSessions {
        let (cx, ids) = (act.cx, ids_of(people));
        let live = signed_in(act.tx, cx.tenant, &ids, cx.now).await?;
        return Ok(ids.into_iter().filter(|id| !live.contains(id)).collect());
    }
    let there = step(kind).and_then(|step| match step {
        Step::Activate => Some(UserState::Active),
        Step::Lock => Some(UserState::Locked),
        Step::Suspend => Some(UserState::Suspended),
        Step::Deactivate => Some(UserState::Deactivated),
        Step::Delete => Some(UserState::Deleting),
        Step::Unlock | Step::Restore | Step::Erase => None,
    });
    Ok(people.iter().filter(|(_, user)| Some(user.state) == there).map(|(_, user)| user.id.clone()).collect())
}

const fn step(kind: Kind) -> Option<Step> {
    match kind {
        Kind::Activate => Some(Step::Activate),
        Kind::Lock => Some(Step::Lock),
        Kind::Unlock => Some(Step::Unlock),
        Kind::Suspend => Some(Step::Suspend),
        Kind::Deactivate => Some(Step::Deactivate),
        Kind::Delete => Some(Step::Delete),
        Kind::Restore => Some(Step::Restore),
        _ => None,
    }
}

/// One person who may be changed. All that refuses does so before it writes anything.
async fn one(act: &mut Act<'_>, (kind, role): (Kind, Option<&str>), user: User) -> Result<Verdict> {
    let before = act.changes.len();
    let done = match (kind, role, step(kind)) {
        (_, _, Some(step)) => state::go(act, user, step).await.map(drop),
        (Kind::TakeRole, Some(name), _) => person::take(act, &user, name).await,
        (Kind::EndSessions, ..) => end_sessions(act, &user).await,
        (Kind::RequirePassword, ..) => access::set_required(act, &user, true).await,
        _ => Err(missing("such a thing to do as", kind.text())),
    };
    verdict(done, act.changes.len() > before)
}

/// What was refused is told, what is broken ends the step.
pub fn verdict(done: Result<()>, has_changed: bool) -> Result<Verdict> {
    match done {
        Ok(()) if has_changed => Ok(Verdict::Changed),
        Ok(()) => Ok(Verdict::Same),
        Err(Error::Refused(refusal)) => Ok(Verdict::Refused(refusal)),
        Err(fault) => Err(fault),
    }
}

async fn end_sessions(act: &mut Act<'_>, user: &User) -> Result<()> {
    let cx = act.cx;
    challenge::end_all(act.tx, cx.tenant, &user.id, cx.now).await?;
    session::end_all(act.tx, cx.tenant, &user.id, cx.now).await?;
    act.note_final(Action::SessionEnd, (Party::User, user.id.as_str()), ("sessions", "all"));
    Ok(())
}
