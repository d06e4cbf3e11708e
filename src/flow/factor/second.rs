//! The second step of a sign-in. Until it is done there is no session, only a challenge of this browser.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::passkey::{self, Question, Sent, Step};
use super::{Held, Way, backup, sent, totp};
use crate::app::Cx;
use crate::base::random::Opaque;
use crate::base::time::Ts;
use crate::flow::account::delete::keep;
use crate::flow::challenge::{self, About, Asker, Fresh, Proof};
use crate::flow::enter::{Entered, arrive};
use crate::flow::session::{Live, Wish};
use crate::flow::{Error, Result, lockout};
use crate::locale::Locale;
use crate::model::audit::{Action, Party};
use crate::model::challenge::{Challenge, Kind as Challenged};
use crate::model::factor::Kind;
use crate::model::user::User;
use crate::model::{ChallengeId, RequestId, UserId};
use crate::shared::limit::Rate;
use crate::spec::acr::{Level, Method, Proved};
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::store::{self, Conn, audit};

const TTL: Duration = Duration::from_mins(10);

/// Letters with codes to one person.
const LETTERS: Rate = Rate { burst: 5, interval: Duration::from_mins(2) };
/// Steps that apps want to be surer by, of one session.
const RAISES: Rate = Rate { burst: 20, interval: Duration::from_secs(10) };

/// What was proved by the first step.
#[derive(Debug, Serialize, Deserialize)]
struct Waiting {
    proved: Proved,
    /// If that was a session before: when it began, and its hash.
    session: Option<(Ts, String)>,
    /// How sure an app wants to be.
    wanted: Option<Level>,
    /// Where the code was sent that may be typed.
    sent: Option<Kind>,
    /// Whether the session is to outlive the browser.
    #[serde(default)]
    keep: bool,
}

/// Begins the second step, in the transaction that has ended the first. Where a code has to be sent, it is.
pub(in crate::flow) async fn begin(
    cx: Cx<'_>,
    tx: &mut Conn,
    user: &User,
    (proved, keep): (Proved, bool),
    asker: Asker<'_>,
) -> Result<ChallengeId> {
    wait(cx, tx, user, Waiting { proved, session: None, wanted: None, sent: None, keep }, asker).await
}

/// Asks somebody who is signed in for a further factor: an app or a page wants to be so sure. Fails when that is asked
/// for too often (429).
pub async fn raise(cx: Cx<'_>, live: &Live, (wanted, asker): (Option<Level>, Asker<'_>)) -> Result<ChallengeId> {
    cx.limit("raise", live.session.id.as_str(), RAISES)?;
    let session = Some((live.session.auth_time, live.session.hash.clone()));
    let waiting = Waiting { proved: live.proved(), session, wanted, sent: None, keep: live.session.kept };
    cx.app.db.write(async |tx| wait(cx, tx, &live.user, waiting, asker).await).await
}

async fn wait(cx: Cx<'_>, tx: &mut Conn, user: &User, waiting: Waiting, asker: Asker<'_>) -> Result<ChallengeId> {
    let about = About {
        kind: Challenged::SecondFactor,
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
    /// Where a code was sent, and what its owner knows the place by.
    pub sent: Option<(Way, String)>,
}

pub async fn shown(cx: Cx<'_>, id: &ChallengeId, browser: &Opaque) -> Result<Shown> {
    let row = under_way(cx, id, browser).await?;
    let conn = &mut cx.app.db.conn().await?;
    let waiting: Waiting = challenge::then(cx, &row)?;
    let (user, held) = person(cx, conn, &row).await?;
    let ways = ways(&held, &waiting);
    if ways.is_empty() {
        return Err(challenge::gone("an account without factors").into());
    }
    let sent = match waiting.sent {
        Some(kind) => {
            sent::letter(cx, conn, &user, (kind, "", Locale::default())).await?.map(|letter| (kind, letter.to))
        }
        None => None,
    };
    let sent = sent.map(|(kind, to)| (Way::of(kind), sent::masked(&to)));
    Ok(Shown { id: row.id, user, request: row.request_id, ways, sent })
}

fn ways(held: &Held, waiting: &Waiting) -> Vec<Way> {
    let mut ways = held.ways_beside(&waiting.proved);
    if waiting.wanted == Some(Level::Phishing) && ways.contains(&Way::Passkey) {
        // a code would be right, and not enough
        ways.retain(|way| *way == Way::Passkey);
    }
    ways
}

async fn under_way(cx: Cx<'_>, id: &ChallengeId, browser: &Opaque) -> Result<Challenge> {
    challenge::in_time(cx, challenge::of_browser(cx, Challenged::SecondFactor, id, browser).await?)
}

/// Sends a code to where the person's codes of this way go, in the place of any that was sent before. Fails when the
/// person has no such way, or it is asked for too often (429).
pub async fn send(cx: Cx<'_>, id: &ChallengeId, way: Way, asker: Asker<'_>) -> Result<()> {
    let row = under_way(cx, id, asker.browser).await?;
    let mut waiting: Waiting = challenge::then(cx, &row)?;
    let (user, held) = person(cx, &mut cx.app.db.conn().await?, &row).await?;
    let kind = match way {
        Way::Email => Some(Kind::Email),
        Way::Sms => Some(Kind::Sms),
        Way::Totp | Way::Passkey | Way::Backup => None,
    };
    let kind = kind.filter(|_| ways(&held, &waiting).contains(&way)).ok_or_else(|| unknown(way))?;
    cx.limit("second-letter", user.id.as_str(), LETTERS)?;
    waiting.sent = Some(kind);
    let fresh = Fresh::again(cx, row, TTL, &waiting)?;
    let to = (kind, fresh.code.as_str(), asker.locale);
    let letter = sent::letter(cx, &mut cx.app.db.conn().await?, &user, to).await?;
    fresh.renew(cx, letter.ok_or_else(|| unknown(way))?).await
}

fn unknown(way: Way) -> Refusal {
    let refusal = Code::AccessDenied.because("no code can be sent this way");
    refusal.at(Check::Factor, "a way of this person that codes are sent by", way.text())
}

/// Who it is, with what may be proved; fails when the account has been shut meanwhile.
async fn person(cx: Cx<'_>, conn: &mut Conn, row: &Challenge) -> Result<(User, Held)> {
    let Some(user) = challenge::person(cx, conn, row).await? else { return Err(shut()) };
    if !keep::may_come(cx, conn, &user).await? {
        return Err(shut());
    }
    let held = Held::by(cx, conn, &user.id).await?;
    Ok((user, held))
}

fn shut() -> Error {
    challenge::gone("an account that may not sign in").into()
}

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

/// What the person's passkeys are asked with.
pub async fn question(cx: Cx<'_>, id: &ChallengeId, browser: &Opaque) -> Result<Question> {
    let row = under_way(cx, id, browser).await?;
    let (_, held) = person(cx, &mut cx.app.db.conn().await?, &row).await?;
    passkey::ask_second(cx, browser, id, &held)
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
    // nothing is lost
    store::challenge::end_kind(tx, cx.tenant, &user.id, Challenged::FactorReset, cx.now).await?;
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
