//! Letting accounts in and keeping them out.

use super::{Act, Actor, Done, How, act};
use crate::app::Cx;
use crate::flow::account::delete;
use crate::flow::{Result, lockout, user};
use crate::model::UserId;
use crate::model::audit::{Action, Party};
use crate::model::change::Changed;
use crate::model::user::{User, UserState};
use crate::spec::account_state::{By, Step};
use crate::spec::right::Right;
use crate::store;

const fn action(step: Step) -> Action {
    match step {
        Step::Activate => Action::UserEnable,
        Step::Lock => Action::UserLock,
        Step::Unlock => Action::UserUnlock,
        Step::Suspend => Action::UserSuspend,
        Step::Deactivate => Action::UserDisable,
        Step::Delete | Step::Erase => Action::UserDelete,
        Step::Restore => Action::UserRestore,
    }
}

/// Takes an account a step on. Whatever its new state does not allow ends at once. Unlocking also forgets wrong
/// passwords and codes. Fails when the account is in no state for it, and for the last administrator.
pub async fn step(cx: Cx<'_>, by: &Actor, how: How, (id, step): (&UserId, Step)) -> Result<Done<User>> {
    by.require(Right::UsersWrite)?;
    let done = act(cx, by, (action(step), how), async |act| {
        let user = act.person(id).await?;
        go(act, user, step).await
    });
    let done = done.await?;
    if how == How::Apply && step == Step::Unlock {
        lockout::forget(cx, &done.value);
    }
    Ok(done)
}

/// Erases an account at once, also one that was to be erased later. Nothing brings it back.
pub async fn erase(cx: Cx<'_>, by: &Actor, id: &UserId) -> Result<User> {
    by.require(Right::UsersWrite)?;
    let done = act(cx, by, (Action::UserDelete, How::Apply), async |act| {
        let user = act.person(id).await?;
        match user.state {
            UserState::Deleting => Ok(user),
            _ => go(act, user, Step::Delete).await,
        }
    });
    let user = done.await?.value;
    delete::erase::now(cx, &user.id).await?;
    Ok(user)
}

pub(super) async fn go(act: &mut Act<'_>, user: User, step: Step) -> Result<User> {
    let cx = act.cx;
    if matches!(step, Step::Suspend | Step::Deactivate | Step::Lock) {
        act.expect_another_admin(&user).await?;
    }
    let state = match step {
        Step::Delete => {
            delete::shut(cx, act.tx, &user, By::Manager).await?;
            UserState::Deleting
        }
        Step::Restore => delete::restore(cx, act.tx, &user, By::Manager).await?.state,
        Step::Unlock => unlock(act, &user).await?,
        _ => user::take(cx, act.tx, &user, (step, By::Manager)).await?,
    };
    let changed = Changed::member("state", user.state.text(), state.text());
    act.note(action(step), (Party::User, user.id.as_str()), changed);
    Ok(User { state, ..user })
}

/// Of a state of its own, or of too many wrong tries.
async fn unlock(act: &mut Act<'_>, user: &User) -> Result<UserState> {
    let cx = act.cx;
    let state = match user.state {
        UserState::Locked => user::take(cx, act.tx, user, (Step::Unlock, By::Manager)).await?,
        other => other,
    };
    store::user::unlock(act.tx, cx.tenant, &user.id, cx.now).await?;
    if state == user.state {
        act.note_final(Action::UserUnlock, (Party::User, user.id.as_str()), ("tries", "forgotten"));
    }
    Ok(state)
}

/// Puts an account back from the state that an act has left it in. Fails when it is in another one by now.
pub(super) async fn back(act: &mut Act<'_>, user: User, to: UserState) -> Result<()> {
    match (user.state, to) {
        (UserState::Deleting, _) => drop(go(act, user, Step::Restore).await?),
        (_, UserState::Deleting) => drop(go(act, user, Step::Delete).await?),
        (from, to) => {
            if from == UserState::Active {
                act.expect_another_admin(&user).await?;
            }
            user::enter(act.cx, act.tx, &user, to).await?;
            let changed = Changed::member("state", from.text(), to.text());
            act.note(Action::Undo, (Party::User, user.id.as_str()), changed);
        }
    }
    Ok(())
}
