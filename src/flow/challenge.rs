//! Proving by a code or a link that one reads what is sent to an address. A code counts in the browser that asked for
//! it; a link anywhere, and only when a button is pressed, because mail is opened by machines as well.

use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::session::Live;
use super::user::Mistake;
use super::{Result, post};
use crate::app::Cx;
use crate::base::random::{self, Opaque, same};
use crate::deliver::Letter;
use crate::locale::Locale;
use crate::model::challenge::{Challenge, Kind};
use crate::model::user::User;
use crate::model::{ChallengeId, RequestId, UserId};
use crate::shared::limit::Rate;
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::store::{Conn, challenge, user};

/// A challenge to be, with the secrets that only the letter tells.
pub(super) struct Fresh {
    row: Challenge,
    pub code: String,
    pub token: Opaque,
}

/// What a challenge is about, and for whom.
pub struct About<'a> {
    pub kind: Kind,
    pub browser: &'a Opaque,
    pub request: Option<&'a RequestId>,
    pub user: Option<&'a UserId>,
    /// How long code and link count.
    pub ttl: Duration,
}

/// Who asks: the browser, the language of its pages, and the request of an app that goes on afterwards.
#[derive(Debug, Clone, Copy)]
pub struct Asker<'a> {
    pub browser: &'a Opaque,
    pub locale: Locale,
    pub request: Option<&'a RequestId>,
}

/// How long the pages of a challenge go on after its code has ended.
const REST: Duration = Duration::from_mins(30);

impl Fresh {
    /// `then` is what happens when it is proved; it is kept sealed.
    pub fn new(cx: Cx<'_>, about: &About<'_>, then: &impl Serialize) -> Result<Self> {
        let id = ChallengeId(random::base64url(random::bytes::<16>()));
        let (code, token) = secrets();
        let row = Challenge {
            tenant_id: cx.tenant.clone(),
            kind: about.kind,
            browser_hash: about.browser.hash(),
            request_id: about.request.cloned(),
            user_id: about.user.cloned(),
            sealed: seal(cx, &id, then)?,
            code_hash: code_hash(cx, &id, &code),
            token_hash: token.hash(),
            code_expires_at: cx.now.plus(about.ttl),
            tries: 0,
            created_at: cx.now,
            expires_at: cx.now.plus(about.ttl).plus(REST),
            proved_at: None,
            ended_at: None,
            id,
        };
        Ok(Self { row, code, token })
    }

    /// The same challenge with another code and link. Fails with 429 when that is asked for too often.
    pub fn again(cx: Cx<'_>, row: Challenge, ttl: Duration, then: &impl Serialize) -> Result<Self> {
        cx.limit("code", row.id.as_str(), RESEND)?;
        let (code, token) = secrets();
        let row = Challenge {
            sealed: seal(cx, &row.id, then)?,
            code_hash: code_hash(cx, &row.id, &code),
            token_hash: token.hash(),
            code_expires_at: cx.now.plus(ttl).min(row.expires_at),
            ..row
        };
        Ok(Self { row, code, token })
    }

    /// With a link that stands in several letters.
    pub(super) fn with_link(mut self, token: &Opaque) -> Self {
        self.row.token_hash = token.hash();
        self
    }

    /// Kept for so long after its time, for whoever comes late.
    pub(super) fn lasting(mut self, late: Duration) -> Self {
        self.row.expires_at = self.row.code_expires_at.plus(late);
        self
    }

    /// Keeps the challenge; there is no letter about it.
    pub(super) async fn keep(self, tx: &mut Conn) -> Result<ChallengeId> {
        let row = self.untold();
        challenge::insert(tx, &row).await?;
        Ok(row.id)
    }

    /// Keeps the challenge and posts its letter, which has a link and no code, inside of a transaction.
    pub(super) async fn post_link(self, cx: Cx<'_>, tx: &mut Conn, letter: &Letter) -> Result<()> {
        let until = self.row.code_expires_at;
        self.keep_link(tx).await?;
        post::write(cx, tx, letter, Some(until)).await
    }

    /// Keeps the challenge for a letter of the same transaction that tells its link, and no code.
    pub(super) async fn keep_link(self, tx: &mut Conn) -> Result<()> {
        let row = Challenge { code_hash: String::new(), ..self.row };
        Ok(challenge::insert(tx, &row).await?)
    }

    /// Keeps the challenge and posts its letter, in one transaction.
    pub(super) async fn begin(self, cx: Cx<'_>, letter: Letter) -> Result<ChallengeId> {
        let row = self.told(&letter);
        let work = cx.app.db.write(async |tx| {
            challenge::insert(tx, &row).await?;
            post::write(cx, tx, &letter, Some(row.code_expires_at)).await
        });
        work.await?;
        cx.app.posted.notify_one();
        Ok(row.id)
    }

    /// The same in the place of a letter that did not come.
    pub(super) async fn renew(self, cx: Cx<'_>, letter: Letter) -> Result<()> {
        let row = self.told(&letter);
        let work = cx.app.db.write(async |tx| match challenge::renew(tx, &row).await? {
            true => post::write(cx, tx, &letter, Some(row.code_expires_at)).await,
            false => Err(gone("used already").into()),
        });
        work.await?;
        cx.app.posted.notify_one();
        Ok(())
    }

    /// A code that no letter tells is nobody's to guess. So the guesses at what one mailbox is told are bounded by the
    /// letters that it gets, whoever asks for them from wherever.
    fn told(self, letter: &Letter) -> Challenge {
        if letter.tells_code() { self.row } else { self.untold() }
    }

    fn untold(self) -> Challenge {
        Challenge { code_hash: String::new(), token_hash: Opaque::random().hash(), ..self.row }
    }
}

/// What asking for a code leads to.
#[derive(Debug)]
pub enum Begun {
    /// It is on its way, as far as the asker is told: the challenge that it answers.
    Asked(ChallengeId),
    Wrong(Mistake),
}

/// What the pages of a challenge show.
#[derive(Debug, Clone)]
pub struct Shown {
    pub id: ChallengeId,
    /// As it was typed.
    pub email: String,
    pub request: Option<RequestId>,
    pub proved: bool,
}

impl Shown {
    pub(super) fn new(row: Challenge, email: String) -> Self {
        Self { proved: row.proved_at.is_some(), id: row.id, email, request: row.request_id }
    }
}

/// Another code for one challenge: two at once, then one each five minutes.
const RESEND: Rate = Rate { burst: 2, interval: Duration::from_mins(5) };

/// Six digits to type, and what stands in the link.
fn secrets() -> (String, Opaque) {
    let number = u64::from_le_bytes(random::bytes::<8>()) % 1_000_000;
    (format!("{number:06}"), Opaque::random())
}

/// What a letter leads to: a page of ours that knows the challenge by this token.
pub(super) fn link(cx: Cx<'_>, path: &str, token: &Opaque) -> String {
    format!("{}?token={}", cx.address(path), token.reveal())
}

fn seal(cx: Cx<'_>, id: &ChallengeId, then: &impl Serialize) -> Result<Vec<u8>> {
    Ok(cx.app.master_key.seal(&Challenge::place(id), &serde_json::to_vec(then)?)?)
}

/// A code is too short to be hashed by itself: whoever reads the table must not be able to try them all.
fn code_hash(cx: Cx<'_>, id: &ChallengeId, code: &str) -> String {
    cx.app.master_key.token(&format!("code {id} {code}"))
}

/// What happens when it is proved.
pub fn then<T: DeserializeOwned>(cx: Cx<'_>, row: &Challenge) -> Result<T> {
    let plain = cx.app.master_key.open(&Challenge::place(&row.id), &row.sealed)?;
    Ok(serde_json::from_slice(&plain)?)
}

/// The challenge of this browser that a page belongs to.
pub async fn of_browser(cx: Cx<'_>, kind: Kind, id: &ChallengeId, browser: &Opaque) -> Result<Challenge> {
    let row = challenge::find(&mut cx.app.db.conn().await?, cx.tenant, id).await?;
    let row =
        row.filter(|row| row.kind == kind && row.is_open(cx.now)).ok_or_else(|| gone("unknown, used or too old"))?;
    expect_browser(&row, browser)?;
    Ok(row)
}

/// Whether it was begun in this browser.
pub(super) fn is_of(row: &Challenge, browser: &Opaque) -> bool {
    same(&row.browser_hash, &browser.hash())
}

/// Fails when it was begun in another browser.
pub(super) fn expect_browser(row: &Challenge, browser: &Opaque) -> Result<(), Refusal> {
    if is_of(row, browser) {
        return Ok(());
    }
    let refusal = Code::InvalidRequest.because("this was begun in another browser, or cookies are off");
    Err(refusal.at(Check::Browser, "the cookie of the browser that began", "another"))
}

/// The challenge, if its time is not over; without a letter there is no other code to ask for.
pub(super) fn in_time(cx: Cx<'_>, row: Challenge) -> Result<Challenge> {
    match cx.now < row.code_expires_at {
        true => Ok(row),
        false => Err(gone("too old").into()),
    }
}

/// The challenge of this browser, if it is one of this person.
pub(super) async fn of_person(
    cx: Cx<'_>,
    kind: Kind,
    id: &ChallengeId,
    browser: &Opaque,
    live: &Live,
) -> Result<Challenge> {
    own(live, of_browser(cx, kind, id, browser).await?)
}

/// A challenge that somebody else begins or follows, perhaps by mistake, changes nothing of this person's.
pub(super) fn own(live: &Live, row: Challenge) -> Result<Challenge> {
    match row.user_id.as_ref() == Some(&live.user.id) {
        true => Ok(row),
        false => {
            let refusal = Code::AccessDenied.because("this is for another account: sign in to that one first");
            Err(refusal.at(Check::Account, "the account that it was sent for", "another").into())
        }
    }
}

/// Whom a challenge is for, whatever state the account is in; None when that is nobody.
pub(super) async fn person(cx: Cx<'_>, conn: &mut Conn, row: &Challenge) -> Result<Option<User>> {
    // nobody is looked up as well, so that the time tells nothing
    Ok(user::find(conn, cx.tenant, row.user_id.as_ref().unwrap_or(&UserId::nobody())).await?)
}

/// The challenge that a link belongs to; following it proves nothing yet.
pub async fn of_link(cx: Cx<'_>, kind: Kind, token: &Opaque) -> Result<Challenge> {
    let row = challenge::find_by_token(&mut cx.app.db.conn().await?, cx.tenant, &token.hash(), cx.now).await?;
    Ok(row.filter(|row| row.kind == kind).ok_or_else(|| gone("unknown, used or too old"))?)
}

pub fn gone(received: &str) -> Refusal {
    let refusal = Code::InvalidRequest.because("this code or link was used already, or it is too old");
    refusal.at(Check::Proof, "a code or link that was sent and not used", received)
}

/// What became of a code that was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    Right,
    Wrong,
    /// No tries are left, or the time is over: another code has to be sent.
    Over,
}

/// Proves by code. Must be followed by what happens then, in the same transaction.
pub async fn by_code(cx: Cx<'_>, tx: &mut Conn, row: &Challenge, code: &str) -> Result<Proof> {
    if !challenge::count_try(tx, cx.tenant, &row.id, cx.now).await? {
        return Ok(Proof::Over);
    }
    let typed: String = code.chars().filter(char::is_ascii_digit).take(8).collect();
    if !same(&row.code_hash, &code_hash(cx, &row.id, &typed)) {
        return Ok(Proof::Wrong);
    }
    Ok(if challenge::prove(tx, cx.tenant, &row.id, cx.now).await? { Proof::Right } else { Proof::Over })
}

/// Proves by link. Must be followed by what happens then, in the same transaction.
pub async fn by_link(cx: Cx<'_>, tx: &mut Conn, row: &Challenge) -> Result<(), super::Error> {
    match challenge::prove(tx, cx.tenant, &row.id, cx.now).await? {
        true => Ok(()),
        false => Err(gone("used already").into()),
    }
}

/// Ends a challenge, in the transaction of what it was for; of many at once, for one, and fails for the others.
pub(super) async fn end(cx: Cx<'_>, tx: &mut Conn, row: &Challenge) -> Result<()> {
    match challenge::end(tx, cx.tenant, &row.id, cx.now).await? {
        true => Ok(()),
        false => Err(gone("used already").into()),
    }
}
