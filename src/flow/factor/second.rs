//! The second step of a sign-in. Until it is done there is no session, only a challenge of this browser.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::passkey::{self, Question, Sent, Step};
use super::{Held, Way, backup, totp, trust};
use crate::app::Cx;
use crate::base::random::Opaque;
use crate::base::time::Ts;
use crate::flow::challenge::{self, About, Asker, Fresh};
use crate::flow::session::{self, Live};
use crate::flow::{Error, Result};
use crate::model::audit::{Action, Party};
use crate::model::challenge::{Challenge, Kind};
use crate::model::user::User;
use crate::model::{ChallengeId, RequestId, UserId};
use crate::shared::failures::FACTOR;
use crate::shared::limit::Rate;
use crate::spec::acr::{Level, Method, Proved};
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::store::{self, Conn, audit};

const TTL: Duration = Duration::from_mins(10);

/// What was proved by the first step.
#[derive(Debug, Serialize, Deserialize)]
struct Waiting {
    proved: Proved,
    /// When, if that was a session before.
    auth_time: Option<Ts>,
    /// How sure an app wants to be.
    wanted: Option<Level>,
}

/// Begins the second step, in the transaction that has ended the first.
pub(in crate::flow) async fn begin(
    cx: Cx<'_>,
    tx: &mut Conn,
    user: &User,
    proved: Proved,
    asker: Asker<'_>,
) -> Result<ChallengeId> {
    wait(cx, tx, user, Waiting { proved, auth_time: None, wanted: None }, asker).await
}

/// Asks somebody who is signed in for a further factor, because an app wants to be so sure.
pub(in crate::flow) async fn raise(
    cx: Cx<'_>,
    tx: &mut Conn,
    live: &Live,
    (wanted, asker): (Option<Level>, Asker<'_>),
) -> Result<ChallengeId> {
    let (proved, auth_time) = (Proved::parse(&live.session.amr), Some(live.session.auth_time));
    wait(cx, tx, &live.user, Waiting { proved, auth_time, wanted }, asker).await
}

async fn wait(cx: Cx<'_>, tx: &mut Conn, user: &User, waiting: Waiting, asker: Asker<'_>) -> Result<ChallengeId> {
    let about = About {
        kind: Kind::SecondFactor,
        browser: asker.browser,
        request: asker.request,
        user: Some(&user.id),
        ttl: TTL,
    };
    Fresh::new(cx, &about, &waiting)?.keep(tx).await
}

/// What the page shows.
#[derive(Debug)]
pub struct Shown {
    pub id: ChallengeId,
    pub user: User,
    pub request: Option<RequestId>,
    /// Never empty; the first is the one to show.
    pub ways: Vec<Way>,
}

pub async fn shown(cx: Cx<'_>, id: &ChallengeId, browser: &Opaque) -> Result<Shown> {
    let row = challenge::of_browser(cx, Kind::SecondFactor, id, browser).await?;
    let conn = &mut cx.app.db.conn().await?;
    let (user, held) = person(cx, conn, &row).await?;
    let waiting: Waiting = challenge::then(cx, &row)?;
    let mut ways = held.ways();
    if waiting.wanted == Some(Level::Phishing) && ways.contains(&Way::Passkey) {
        // a code would be right, and not enough
        ways.retain(|way| *way == Way::Passkey);
    }
    Ok(Shown { id: row.id, user, request: row.request_id, ways })
}

/// Who it is, with what may be proved; fails when the account has been shut or its factors were taken away meanwhile.
async fn person(cx: Cx<'_>, conn: &mut Conn, row: &Challenge) -> Result<(User, Held)> {
    let user = match &row.user_id {
        Some(id) => store::user::find(conn, cx.tenant, id).await?.filter(User::is_active),
        None => None,
    };
    let user = user.ok_or_else(|| challenge::gone("an account that may not sign in"))?;
    let held = Held::by(cx, conn, &user.id).await?;
    if held.factors.is_empty() {
        return Err(challenge::gone("an account without factors").into());
    }
    Ok((user, held))
}

#[derive(Debug)]
pub enum Done {
    SignedIn(Box<Arrived>),
    Wrong(Refusal),
    /// Too many wrong codes: how many seconds to wait.
    Locked(u64, Refusal),
}

/// Somebody who is signed in now.
#[derive(Debug)]
pub struct Arrived {
    pub cookie: Opaque,
    pub live: Live,
    pub request: Option<RequestId>,
    /// The cookie of a browser that is trusted from now on.
    pub trusted: Option<Opaque>,
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
}

/// What a second step is to leave behind.
#[derive(Debug, Clone, Copy)]
pub struct After<'a> {
    /// This browser is to be trusted.
    pub trust: bool,
    /// The session of this browser until now.
    pub old: Option<&'a Opaque>,
}

/// What the person's passkeys are asked with.
pub async fn question(cx: Cx<'_>, id: &ChallengeId, browser: &Opaque) -> Result<Question> {
    let row = challenge::of_browser(cx, Kind::SecondFactor, id, browser).await?;
    let (_, held) = person(cx, &mut cx.app.db.conn().await?, &row).await?;
    passkey::ask_second(cx, browser, id, &held)
}

/// Checks the answer, and signs in. Fails when the challenge is over.
pub async fn finish(
    cx: Cx<'_>,
    id: &ChallengeId,
    browser: &Opaque,
    answer: Answer<'_>,
    after: After<'_>,
) -> Result<Done> {
    let row = challenge::of_browser(cx, Kind::SecondFactor, id, browser).await?;
    match answer {
        Answer::Code(typed) => by_code(cx, &row, typed, after).await,
        Answer::Passkey(sent) => by_passkey(cx, &row, browser, sent, after).await,
    }
}

async fn by_code(cx: Cx<'_>, row: &Challenge, typed: Typed<'_>, after: After<'_>) -> Result<Done> {
    let user_id = whose(row)?;
    if let Some(wait) = cx.app.failures.wait(&name(user_id), cx.now) {
        return fail(cx, user_id, locked(wait.as_secs())).await;
    }
    // counted before it is looked at, so that many at once are no more tries than one after the other
    cx.app.failures.count(&name(user_id), FACTOR, cx.now);
    let arrived = cx.app.db.write(async |tx| {
        let (user, held) = person(cx, tx, row).await?;
        let right = match typed {
            Typed::Totp(code) => totp::verify(cx, tx, &held, code).await?,
            Typed::Backup(code) => backup::verify(cx, tx, &user.id, code).await?,
        };
        if !right {
            return Ok(None);
        }
        arrive(cx, tx, row, user, &[Method::OneTime], after).await.map(Some)
    });
    let Some(arrived) = arrived.await? else { return fail(cx, user_id, wrong()).await };
    cx.app.failures.forget(&name(user_id));
    cx.app.metrics.sign_ins.with_label_values(&["ok"]).inc();
    Ok(Done::SignedIn(Box::new(arrived)))
}

/// Nobody can guess one, so wrong answers count only for the address, and wrong codes keep nobody from using a passkey.
async fn by_passkey(cx: Cx<'_>, row: &Challenge, browser: &Opaque, sent: Sent<'_>, after: After<'_>) -> Result<Done> {
    let limits = &cx.app.config.limits;
    cx.limit_address("second", "", Rate::per_minute(limits.login_burst, limits.login_per_minute))?;
    let user_id = Some(whose(row)?);
    let right = match passkey::check(cx, browser, Step::Second(&row.id), sent, user_id).await? {
        Ok(right) => right,
        Err(wrong) => return Ok(Done::Wrong(passkey::refuse(cx, user_id, wrong).await?)),
    };
    let arrived = cx.app.db.write(async |tx| {
        let (user, _) = person(cx, tx, row).await?;
        if !passkey::use_up(cx, tx, browser, &right).await? {
            return Ok(None);
        }
        arrive(cx, tx, row, user, &right.methods, after).await.map(Some)
    });
    let Some(arrived) = arrived.await? else {
        return Ok(Done::Wrong(passkey::refuse(cx, user_id, passkey::used(right)).await?));
    };
    cx.app.metrics.sign_ins.with_label_values(&["ok"]).inc();
    Ok(Done::SignedIn(Box::new(arrived)))
}

fn whose(row: &Challenge) -> Result<&UserId> {
    Ok(row.user_id.as_ref().ok_or_else(|| challenge::gone("nobody's"))?)
}

/// Ends the challenge and begins the session.
async fn arrive(
    cx: Cx<'_>,
    tx: &mut Conn,
    row: &Challenge,
    user: User,
    methods: &[Method],
    after: After<'_>,
) -> Result<Arrived, Error> {
    if !store::challenge::end(tx, cx.tenant, &row.id, cx.now).await? {
        return Err(challenge::gone("used already").into());
    }
    let waiting: Waiting = challenge::then(cx, row)?;
    let proved = waiting.proved.and_second(methods);
    let since = waiting.auth_time.unwrap_or(cx.now);
    let (cookie, session) = session::begin_since(cx, tx, &user, (&proved, since), after.old).await?;
    let trusted = if after.trust { Some(trust::trust(cx, tx, &user).await?) } else { None };
    let event = cx.audit(Action::SignIn, Party::User, Some(user.id.as_str()));
    audit::insert(tx, &event.on(Party::Session, session.id.as_str()).detail(proved.amr())).await?;
    Ok(Arrived { cookie, live: Live { session, user }, request: row.request_id.clone(), trusted })
}

/// Failures of the second factor have a count of their own.
fn name(user: &UserId) -> String {
    format!("factor {user}")
}

async fn fail(cx: Cx<'_>, user: &UserId, done: Done) -> Result<Done> {
    cx.app.metrics.sign_ins.with_label_values(&["failed"]).inc();
    let row = cx.audit(Action::SignIn, Party::User, Some(user.as_str())).failed().detail("second factor");
    cx.app.db.write(async |tx| audit::insert(tx, &row).await).await?;
    Ok(done)
}

fn wrong() -> Done {
    let refusal = Code::AccessDenied.because("the code is wrong, or was used already");
    Done::Wrong(refusal.at(Check::Factor, "a code of this person, not used yet", "another"))
}

fn locked(seconds: u64) -> Done {
    let refusal = Code::AccessDenied.because("too many wrong codes");
    Done::Locked(seconds, refusal.at(Check::Limit, "fewer wrong codes in a row", format!("{seconds} s to wait")))
}
