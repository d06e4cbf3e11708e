//! Passkeys and security keys (WebAuthn Level 3).
//!
//! A sign-in page is opened far more often than a passkey is used, so asking writes nothing: the state of a question
//! goes to the browser and comes back with the answer, sealed for this browser and this step. It counts for five
//! minutes, and once, because the answer that is taken leaves a row with the question's id behind.

pub mod set_up;
pub mod sign_in;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Held;
use crate::app::Cx;
use crate::base::random::{self, Opaque, base64url, from_base64url};
use crate::base::time::Ts;
use crate::crypto::passkey::{self, Answer, Authentication, Passkey, Proof, RelyingParty};
use crate::flow::Result;
use crate::model::audit::{Action, Party};
use crate::model::challenge::{Challenge, Kind as Challenged};
use crate::model::factor::{Factor, Kind};
use crate::model::{ChallengeId, UserId};
use crate::spec::acr::Method;
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::store::{self, Conn, audit, factor};

/// Whether there can be passkeys here.
pub fn are_possible(cx: Cx<'_>) -> bool {
    passkey::are_possible(cx.issuer())
}

fn relying_party(cx: Cx<'_>) -> Result<RelyingParty, Refusal> {
    RelyingParty::new(cx.issuer(), &cx.config().branding.name).map_err(|error| {
        let refusal = Code::InvalidRequest.because(error.to_string());
        refusal.at(Check::Factor, "an issuer whose host is a name", cx.issuer()).set_by("issuer")
    })
}

/// What a passkey is to prove.
#[derive(Debug, Clone, Copy)]
pub enum Step<'a> {
    /// Who is there, and that it is them.
    Alone,
    /// That this person is there.
    Second(&'a ChallengeId),
}

impl Step<'_> {
    /// Where the state of a question belongs: to this step in this browser.
    fn place(self, browser: &Opaque) -> String {
        let step = match self {
            Self::Alone => "alone",
            Self::Second(id) => id.as_str(),
        };
        format!("passkey/{step}/{}", browser.hash())
    }
}

/// What a browser is asked with.
#[derive(Debug, Serialize)]
pub struct Question {
    /// For `navigator.credentials.get`.
    options: Value,
    /// Comes back with the answer.
    state: String,
}

#[derive(Serialize, Deserialize)]
struct Asked {
    id: ChallengeId,
    until: Ts,
    state: Authentication,
}

/// A question that any passkey may answer, or one of `allowed` if there are some.
fn ask(cx: Cx<'_>, browser: &Opaque, step: Step<'_>, allowed: &[Passkey]) -> Result<Question> {
    let (options, state) = relying_party(cx)?.begin(allowed).map_err(|error| refused(&error))?;
    let asked =
        Asked { id: ChallengeId(random::base64url(random::bytes::<16>())), until: cx.now.plus(passkey::TTL), state };
    let sealed = cx.app.master_key.seal(&step.place(browser), &serde_json::to_vec(&asked)?)?;
    Ok(Question { options, state: base64url(sealed) })
}

/// A question for the person of a second step.
pub(super) fn ask_second(cx: Cx<'_>, browser: &Opaque, id: &ChallengeId, held: &Held) -> Result<Question> {
    let passkeys = held.of(Kind::Passkey).map(|row| open(cx, row)).collect::<Result<Vec<_>>>()?;
    if passkeys.is_empty() {
        let refusal = Code::AccessDenied.because("this account has no passkey");
        return Err(refusal.at(Check::Factor, "a passkey of this person", "none").into());
    }
    ask(cx, browser, Step::Second(id), &passkeys)
}

fn open(cx: Cx<'_>, row: &Factor) -> Result<Passkey> {
    Ok(serde_json::from_slice(&cx.app.master_key.open(&Factor::place(&row.id), &row.sealed)?)?)
}

fn seal(cx: Cx<'_>, row: &crate::model::FactorId, passkey: &Passkey) -> Result<Vec<u8>> {
    Ok(cx.app.master_key.seal(&Factor::place(row), &serde_json::to_vec(passkey)?)?)
}

/// What came back.
#[derive(Debug, Clone, Copy)]
pub struct Sent<'a> {
    /// The state of the question.
    pub state: &'a str,
    /// The answer of the browser, as JSON.
    pub credential: &'a str,
}

/// An answer that is right, and not used yet.
pub(super) struct Right {
    pub factor: Factor,
    pub methods: Vec<Method>,
    sealed: Vec<u8>,
    asked: ChallengeId,
    until: Ts,
}

/// Why an answer is not taken, and whose it is as far as that is known.
pub(super) struct Wrong {
    reason: String,
    factor: Option<Factor>,
}

/// Looks at an answer. Where the person is known already, it has to be theirs; else the passkey says whose it is.
pub(super) async fn check(
    cx: Cx<'_>,
    browser: &Opaque,
    step: Step<'_>,
    sent: Sent<'_>,
    person: Option<&UserId>,
) -> Result<Result<Right, Wrong>> {
    let party = relying_party(cx)?;
    let Some(asked) = asked(cx, browser, step, sent.state) else { return Ok(Err(wrong("not asked, or too late"))) };
    let answer = match Answer::parse(sent.credential) {
        Ok(answer) => answer,
        Err(error) => return Ok(Err(wrong(error.to_string()))),
    };
    let found = factor::find_by_handle(&mut cx.app.db.conn().await?, cx.tenant, &answer.handle()).await?;
    let Some(row) = found.filter(|row| row.kind == Kind::Passkey) else { return Ok(Err(wrong("unknown"))) };
    if !belongs(&answer, &row, person) {
        return Ok(Err(wrong("another person's")));
    }
    match party.finish(&answer, asked.state, open(cx, &row)?) {
        Err(error) => Ok(Err(Wrong { reason: error.to_string(), factor: Some(row) })),
        Ok(proof) => {
            let sealed = seal(cx, &row.id, &proof.passkey)?;
            let (methods, until) = (methods(&proof), asked.until);
            Ok(Ok(Right { factor: row, methods, sealed, asked: asked.id, until }))
        }
    }
}

/// The question, if it was put to this browser for this step, and not too long ago.
fn asked(cx: Cx<'_>, browser: &Opaque, step: Step<'_>, state: &str) -> Option<Asked> {
    let sealed = from_base64url(state)?;
    let plain = cx.app.master_key.open(&step.place(browser), &sealed).ok()?;
    serde_json::from_slice(&plain).ok().filter(|asked: &Asked| cx.now < asked.until)
}

/// WebAuthn §7.2, step 6: a person who is not known yet has to be named by the passkey itself.
fn belongs(answer: &Answer, row: &Factor, person: Option<&UserId>) -> bool {
    let handle = passkey::user_handle(row.user_id.as_str());
    match (answer.user_handle(), person) {
        (Some(named), None) => named == handle.as_bytes(),
        (Some(named), Some(person)) => named == handle.as_bytes() && row.user_id == *person,
        (None, Some(person)) => row.user_id == *person,
        (None, None) => false,
    }
}

fn methods(proof: &Proof) -> Vec<Method> {
    let key = if proof.is_synced { Method::Software } else { Method::Hardware };
    let user = proof.user_verified.then_some(Method::User);
    std::iter::once(key).chain(user).collect()
}

/// Uses an answer up, of many at once for one. `false` when it was used before, or its passkey has been used or removed
/// since it was looked at.
pub(super) async fn use_up(cx: Cx<'_>, tx: &mut Conn, browser: &Opaque, right: &Right) -> Result<bool> {
    let used = Challenge {
        tenant_id: cx.tenant.clone(),
        id: right.asked.clone(),
        kind: Challenged::Passkey,
        browser_hash: browser.hash(),
        request_id: None,
        user_id: Some(right.factor.user_id.clone()),
        sealed: Vec::new(),
        code_hash: String::new(),
        token_hash: right.asked.to_string(),
        code_expires_at: right.until,
        tries: 0,
        created_at: cx.now,
        // the question ends first, so that it is never open without the row
        expires_at: right.until.plus(passkey::TTL),
        proved_at: Some(cx.now),
        ended_at: Some(cx.now),
    };
    Ok(store::challenge::insert_once(tx, &used).await?
        && factor::touch(tx, &right.factor, &right.sealed, cx.now).await?)
}

pub(super) fn wrong(reason: impl Into<String>) -> Wrong {
    Wrong { reason: reason.into(), factor: None }
}

/// An answer that is right but came too late: another was faster.
pub(super) fn used(right: Right) -> Wrong {
    Wrong { reason: "used already, or its passkey was".to_owned(), factor: Some(right.factor) }
}

/// Notes an answer that is not taken. Whoever is told learns no more than that.
pub(super) async fn refuse(cx: Cx<'_>, person: Option<&UserId>, wrong: Wrong) -> Result<Refusal> {
    cx.app.metrics.sign_ins.with_label_values(&["failed"]).inc();
    let known = wrong.factor.as_ref().map(|row| &row.user_id);
    let row = cx.audit(Action::SignIn, Party::User, person.or(known).map(UserId::as_str)).failed();
    let row = row.detail(format!("passkey: {}", wrong.reason));
    let row = match &wrong.factor {
        Some(factor) => row.on(Party::Factor, factor.id.as_str()),
        None => row,
    };
    cx.app.db.write(async |tx| audit::insert(tx, &row).await).await?;
    let refusal = Code::AccessDenied.because("the passkey was not accepted");
    Ok(refusal.at(Check::Factor, "an answer of this person's passkey to this question, not used yet", wrong.reason))
}

/// A question that cannot be put.
fn refused(error: &passkey::Error) -> Refusal {
    tracing::error!(%error, "passkey");
    Code::ServerError.because("the passkey cannot be asked for")
}
