//! Proving by a code or a link that one reads what is sent to an address. A code counts in the browser that asked for
//! it; a link anywhere, and only when a button is pressed, because mail is opened by machines as well.

use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Result;
use crate::app::Cx;
use crate::base::random::{self, Opaque, same};
use crate::base::time::Ts;
use crate::locale::Locale;
use crate::model::challenge::{Challenge, Kind};
use crate::model::{ChallengeId, RequestId, UserId};
use crate::shared::limit::Rate;
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::store::{Conn, challenge};

/// A challenge to be, with the secrets that only the letter tells.
pub struct Fresh {
    pub row: Challenge,
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
}

impl Fresh {
    /// Nothing can be proved by it: nobody was told the code, so nobody shall guess it. The number of guesses at what
    /// one mailbox is told is then bounded by the letters that it gets, whoever asks for them from wherever.
    #[must_use]
    pub fn untold(mut self) -> Self {
        self.row.code_hash.clear();
        self.row.token_hash = Opaque::random().hash();
        self
    }
}

/// Another code for one challenge: two at once, then one each five minutes.
const RESEND: Rate = Rate { burst: 2, interval: Duration::from_mins(5) };

/// Six digits to type, and what stands in the link.
fn secrets() -> (String, Opaque) {
    let number = u64::from_le_bytes(random::bytes::<8>()) % 1_000_000;
    (format!("{number:06}"), Opaque::random())
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
    if !same(&row.browser_hash, &browser.hash()) {
        return Err(gone("another browser").into());
    }
    Ok(row)
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

/// When the letter with code and link is of no use any more.
pub fn until(row: &Challenge) -> Option<Ts> {
    Some(row.code_expires_at)
}
