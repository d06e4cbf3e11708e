//! What somebody answers at the second step, and what comes of it.

use super::{Held, Waiting, person, under_way};
use crate::app::Cx;
use crate::base::random::Opaque;
use crate::flow::challenge::{self, Asker, Proof};
use crate::flow::enter::{Entered, arrive};
use crate::flow::factor::passkey::{self, Sent, Step};
use crate::flow::factor::{backup, totp};
use crate::flow::session::Wish;
use crate::flow::{Result, lockout};
use crate::model::audit::{Action, Party};
use crate::model::challenge::Challenge;
use crate::model::user::User;
use crate::model::{ChallengeId, UserId};
use crate::spec::acr::Method;
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::store::{self, Conn, audit};

#[derive(Debug)]
pub enum Done {
    Entered(Entered),
    Wrong(Refusal),
    /// Too many wrong codes: how many seconds to wait.
    Locked(u64, Refusal),
}

/// What somebody answers.
#[derive(Debug, Clone, Copy)]
pub enum Answer<'a> {
    Code(Typed<'a>),
    Passkey(Sent<'a>),
}

/// A code, as it was typed.
#[derive(Debug, Clone, Copy)]
pub enum Typed<'a> {
    /// Of an app.
    Totp(&'a str),
    /// Of the printed list.
    Backup(&'a str),
    /// Of a letter or short message.
    Sent(&'a str),
}

/// The challenge, and the browser that it is of.
type At<'a> = (&'a Challenge, &'a Opaque);

/// Checks the answer, and signs in. Fails when the challenge is over, or the address tries too often (429).
pub async fn finish(
    cx: Cx<'_>,
    id: &ChallengeId,
    browser: &Opaque,
    answer: Answer<'_>,
    wish: Wish<'_>,
) -> Result<Done> {
    cx.limit_attempts("second")?;
    let row = under_way(cx, id, browser).await?;
    match answer {
        Answer::Code(typed) => by_code(cx, (&row, browser), typed, wish).await,
        Answer::Passkey(sent) => by_passkey(cx, (&row, browser), sent, wish).await,
    }
}

async fn by_code(cx: Cx<'_>, at: At<'_>, typed: Typed<'_>, wish: Wish<'_>) -> Result<Done> {
    let (row, _) = at;
    let user_id = whose(row)?;
    let in_a_row = match lockout::factor(cx, user_id).await? {
        Ok(in_a_row) => in_a_row,
        Err(wait) => return Ok(locked(wait.as_secs())),
    };
    let done = cx.app.db.write(async |tx| {
        let (user, held) = person(cx, tx, row).await?;
        let waiting: Waiting = challenge::then(cx, row)?;
        let method = match typed {
            Typed::Totp(code) => totp::verify(cx, tx, &held, code).await?.then_some(Method::OneTime),
            Typed::Backup(_) if held.factors.is_empty() => None,
            Typed::Backup(code) => backup::verify(cx, tx, &user.id, code).await?.then_some(Method::OneTime),
            Typed::Sent(code) => by_letter(cx, tx, row, (&held, &waiting), code).await?,
        };
        let Some(method) = method else { return Ok(None) };
        end(cx, tx, at, (user, waiting), &[method], wish).await.map(Some)
    });
    let Some(done) = done.await? else {
        lockout::wrong_factor(cx, user_id, in_a_row).await?;
        return fail(cx, user_id).await;
    };
    lockout::right_factor(cx, user_id);
    Ok(done)
}

/// The code that was sent last, if it went a way that the person still has. How it went says what it proves.
async fn by_letter(
    cx: Cx<'_>,
    tx: &mut Conn,
    row: &Challenge,
    (held, waiting): (&Held, &Waiting),
    code: &str,
) -> Result<Option<Method>> {
    let Some(kind) = waiting.sent.filter(|kind| held.of(*kind).next().is_some()) else { return Ok(None) };
    if challenge::by_code(cx, tx, row, code).await? != Proof::Right {
        return Ok(None);
    }
    store::factor::used(tx, cx.tenant, whose(row)?, kind, cx.now).await?;
    Ok(kind.carrier().map(Method::sent))
}

/// Nobody can guess one, so wrong answers count only for the address, and wrong codes keep nobody from using a passkey.
async fn by_passkey(cx: Cx<'_>, at: At<'_>, sent: Sent<'_>, wish: Wish<'_>) -> Result<Done> {
    let (row, browser) = at;
    let user_id = Some(whose(row)?);
    let right = match passkey::check(cx, browser, Step::Second(&row.id), sent, user_id).await? {
        Ok(right) => right,
        Err(wrong) => return Ok(Done::Wrong(passkey::refuse(cx, user_id, wrong).await?)),
    };
    let done = cx.app.db.write(async |tx| {
        let (user, _) = person(cx, tx, row).await?;
        if !passkey::use_up(cx, tx, browser, &right).await? {
            return Ok(None);
        }
        let waiting: Waiting = challenge::then(cx, row)?;
        end(cx, tx, at, (user, waiting), &right.methods, wish).await.map(Some)
    });
    match done.await? {
        Some(done) => Ok(done),
        None => Ok(Done::Wrong(passkey::refuse(cx, user_id, passkey::used(right)).await?)),
    }
}

fn whose(row: &Challenge) -> Result<&UserId> {
    Ok(row.user_id.as_ref().ok_or_else(|| challenge::gone("nobody's"))?)
}

/// Ends the challenge, and goes on with all that was proved.
async fn end(
    cx: Cx<'_>,
    tx: &mut Conn,
    (row, browser): At<'_>,
    (user, waiting): (User, Waiting),
    methods: &[Method],
    wish: Wish<'_>,
) -> Result<Done> {
    challenge::end(cx, tx, row).await?;
    let since = match &waiting.session {
        // it may have been ended since, and then it lends nothing to another
        Some((_, hash)) if !store::session::hold(tx, cx.tenant, hash, cx.now).await? => {
            return Err(challenge::gone("a session that has ended").into());
        }
        session => session.as_ref().map(|(auth_time, _)| *auth_time),
    };
    let proved = waiting.proved.and_second(methods);
    let asker = Asker { browser, locale: user.language().unwrap_or_default(), request: row.request_id.as_ref() };
    let wish = Wish { keep: waiting.keep, since, ..wish };
    arrive(cx, tx, user, proved, asker, wish).await.map(Done::Entered)
}

async fn fail(cx: Cx<'_>, user: &UserId) -> Result<Done> {
    cx.app.metrics.sign_ins.with_label_values(&["failed"]).inc();
    let row = cx.audit(Action::SignIn, Party::User, Some(user.as_str())).failed().detail("second factor");
    cx.app.db.write(async |tx| audit::insert(tx, &row).await).await?;
    let refusal = Code::AccessDenied.because("the code is wrong, or was used already");
    Ok(Done::Wrong(refusal.at(Check::Factor, "a code of this person, not used yet", "another")))
}

fn locked(seconds: u64) -> Done {
    let refusal = Code::AccessDenied.because("too many wrong codes");
    Done::Locked(seconds, refusal.at(Check::Limit, "fewer wrong codes in a row", format!("{seconds} s to wait")))
}
