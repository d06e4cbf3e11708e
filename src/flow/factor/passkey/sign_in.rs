//! A passkey as the only step of a sign-in: it names the person, and is two factors by itself.

use std::time::Duration;

use super::{Question, Sent, Step, ask, check, refuse, use_up, used};
use crate::app::Cx;
use crate::base::random::Opaque;
use crate::flow::account::delete::keep;
use crate::flow::enter::{Entered, Visit, enter};
use crate::flow::login::{Attempt, Denied, disabled, fail};
use crate::flow::{Error, Result};
use crate::model::user::User;
use crate::shared::limit::Rate;
use crate::spec::acr::{Method, Proved};
use crate::store;

/// Questions of one address: each sign-in page that is opened puts one, and a person who goes on reading puts another.
const QUESTIONS: Rate = Rate { burst: 60, interval: Duration::from_secs(1) };

/// A question for whoever sits at this browser.
pub fn question(cx: Cx<'_>, browser: &Opaque) -> Result<Question> {
    cx.limit_address("passkey", "", QUESTIONS)?;
    ask(cx, browser, Step::Alone, &[])
}

/// What a right answer leads to.
enum Found {
    In(Entered),
    Shut(Box<User>),
    Late,
}

/// Checks the answer and begins a session. Fails when the address tries too often (429).
pub async fn sign_in(cx: Cx<'_>, sent: Sent<'_>, visit: Visit<'_>) -> Result<Attempt> {
    let browser = visit.asker.browser;
    cx.limit_attempts("login")?;
    let right = match check(cx, browser, Step::Alone, sent, None).await? {
        Ok(right) => right,
        Err(wrong) => return Ok(Attempt::Denied(Denied::Wrong(refuse(cx, None, wrong).await?))),
    };
    let proved = Proved::by(&right.methods).and(&[Method::Multi]);
    let found = cx.app.db.write(async |tx| {
        if !use_up(cx, tx, browser, &right).await? {
            return Ok(Found::Late);
        }
        let Some(user) = store::user::find(tx, cx.tenant, &right.factor.user_id).await? else { return Ok(Found::Late) };
        if !keep::may_come(cx, tx, &user).await? {
            return Ok(Found::Shut(Box::new(user)));
        }
        Ok::<_, Error>(Found::In(enter(cx, tx, user, proved, visit).await?))
    });
    match found.await? {
        Found::In(entered) => Ok(Attempt::Entered(entered)),
        Found::Shut(user) => fail(cx, Some(&user), disabled(&user)).await,
        Found::Late => Ok(Attempt::Denied(Denied::Wrong(refuse(cx, None, used(right)).await?))),
    }
}
