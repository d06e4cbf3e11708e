//! Signing up. Until the address is proved nothing exists but a challenge: an account is made by whoever reads the
//! letters, never by somebody who only knows the address. No page tells whether an address is taken; the letter does.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::challenge::{self, About, Asker, Fresh, Proof, Shown};
use super::session::{self, Live};
use super::user::{self, Mistake};
use super::{Error, Fault, Result};
use crate::app::Cx;
use crate::base::random::{self, Opaque, same};
use crate::base::text;
use crate::config::Mode;
use crate::deliver::{self, Letter};
use crate::locale::Locale;
use crate::model::audit::{Action, Party};
use crate::model::challenge::{Acceptance, Challenge, Kind};
use crate::model::user::{Password, User, UserState};
use crate::model::{ChallengeId, RequestId, UserId};
use crate::shared::limit::Rate;
use crate::spec::acr::{Method, Proved};
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::spec::paths;
use crate::store::{self, Conn, audit};

/// How long somebody may take to look into the mailbox.
const TTL: Duration = Duration::from_hours(24);

/// What was typed.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    pub email: String,
    pub name: String,
    pub password: String,
    /// Whether terms and privacy policy were accepted.
    pub accepted: bool,
}

/// What was typed, until it is proved.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Then {
    email: String,
    name: Option<String>,
    phc: String,
    terms: Option<String>,
    locale: Locale,
    /// Somebody has this address already: the letter says so, and proves nothing.
    known: bool,
}

#[derive(Debug)]
pub enum Begun {
    /// A letter is on its way: the challenge that its code answers.
    Asked(ChallengeId),
    Wrong(Vec<Mistake>),
}

/// What came of a code, a link, or going on afterwards.
#[derive(Debug)]
pub enum Joined {
    SignedIn {
        cookie: Opaque,
        live: Box<Live>,
        request: Option<RequestId>,
    },
    /// The address is proved; the browser where it began goes on.
    Elsewhere,
    /// The address is proved; an administrator has to let the person in.
    Waiting,
    Wrong,
    /// No tries are left, or the time is over.
    Over,
    /// Somebody else has proved the same address meanwhile.
    Taken,
}

/// Whether people may sign up here; fails with why not.
pub fn open(cx: Cx<'_>) -> Result<()> {
    match cx.app.config.registration.mode() {
        Mode::Open | Mode::Approval => Ok(()),
        Mode::Closed => {
            let refusal = Code::AccessDenied.because("signing up is closed here").with_status(403);
            let refusal = refusal.at(Check::Registration, "open or approval", "closed");
            Err(refusal.set_by("registration.mode").into())
        }
    }
}

/// All that is wrong, at once.
fn check(cx: Cx<'_>, typed: &Typed) -> Vec<Mistake> {
    let settings = &cx.app.config.registration;
    let mut wrong: Vec<_> =
        user::check_email(cx, &typed.email).into_iter().chain(user::check_name(&typed.name)).collect();
    if let Err(text) = user::check_password(cx, &typed.password, &[&typed.email, &typed.name]) {
        wrong.push(Mistake { field: "password", text });
    }
    if settings.has_terms() && !typed.accepted {
        wrong.push(Mistake::new("terms", "signup-terms-missing"));
    }
    wrong
}

/// Takes what was typed and sends a letter. The answer and the time it takes are the same whoever has the address.
/// Fails when signing up is closed (403) or tried too often (429).
pub async fn begin(cx: Cx<'_>, typed: &Typed, asker: Asker<'_>) -> Result<Begun> {
    open(cx)?;
    let wrong = check(cx, typed);
    if !wrong.is_empty() {
        return Ok(Begun::Wrong(wrong));
    }
    let rate = cx.app.config.limits.sign_ups_per_hour;
    cx.limit_address("sign-up", "", Rate::per_hour(rate, rate))?;
    let settings = &cx.app.config.registration;
    let email = typed.email.trim().to_owned();
    let name = Some(typed.name.trim()).filter(|name| !name.is_empty()).map(str::to_owned);
    let phc = cx.app.passwords.hash(&typed.password).await?;
    let terms = settings.has_terms().then(|| settings.terms_version.clone());
    let then = Then { known: is_known(cx, &email).await?, email, name, phc, terms, locale: asker.locale };
    let about = About { kind: Kind::SignUp, browser: asker.browser, request: asker.request, user: None, ttl: TTL };
    let fresh = Fresh::new(cx, &about, &then)?;
    let letter = letter(cx, &fresh, &then);
    Ok(Begun::Asked(fresh.begin(cx, letter).await?))
}

async fn is_known(cx: Cx<'_>, email: &str) -> Result<bool> {
    let conn = &mut cx.app.db.conn().await?;
    Ok(store::user::find_by_key(conn, cx.tenant, &text::key(email)).await?.is_some())
}

/// To whoever reads this mailbox: proof for somebody new, the truth for somebody who has an account.
fn letter(cx: Cx<'_>, fresh: &Fresh, then: &Then) -> Letter {
    let link = |path: &str| format!("{}{path}", cx.issuer());
    let letter = match then.known {
        true => Letter::mail(deliver::Kind::SignUpKnown, then.locale, &then.email).link(link(paths::LOGIN)),
        false => {
            let link = link(&format!("{}?token={}", paths::VERIFY, fresh.token.reveal()));
            Letter::mail(deliver::Kind::SignUp, then.locale, &then.email).code(&fresh.code).link(link)
        }
    };
    // nothing that was typed here: whoever typed it could have a stranger read whatever he likes
    letter.with("name", then.email.split('@').next().unwrap_or_default())
}

/// Another letter, to another address if one is given. Fails when it is asked for too often (429).
pub async fn again(cx: Cx<'_>, id: &ChallengeId, browser: &Opaque, email: Option<&str>) -> Result<Option<Mistake>> {
    let row = challenge::of_browser(cx, Kind::SignUp, id, browser).await?;
    let mut then: Then = challenge::then(cx, &row)?;
    if let Some(email) = email.map(str::trim).filter(|email| !email.is_empty()) {
        if let Some(wrong) = user::check_email(cx, email) {
            return Ok(Some(wrong));
        }
        email.clone_into(&mut then.email);
    }
    then.known = is_known(cx, &then.email).await?;
    let fresh = Fresh::again(cx, row, TTL, &then)?;
    let letter = letter(cx, &fresh, &then);
    fresh.renew(cx, letter).await?;
    Ok(None)
}

/// The challenge of this browser, for its page.
pub async fn shown(cx: Cx<'_>, id: &ChallengeId, browser: &Opaque) -> Result<Shown> {
    show(cx, challenge::of_browser(cx, Kind::SignUp, id, browser).await?)
}

/// The same for who follows a link.
pub async fn shown_by_link(cx: Cx<'_>, token: &Opaque) -> Result<Shown> {
    show(cx, challenge::of_link(cx, Kind::SignUp, token).await?)
}

fn show(cx: Cx<'_>, row: Challenge) -> Result<Shown> {
    let then: Then = challenge::then(cx, &row)?;
    Ok(Shown::new(row, then.email))
}

/// Proves by code, in the browser where it began, and signs in there in place of `old`.
pub async fn by_code(
    cx: Cx<'_>,
    id: &ChallengeId,
    browser: &Opaque,
    code: &str,
    old: Option<&Opaque>,
) -> Result<Joined> {
    let row = challenge::of_browser(cx, Kind::SignUp, id, browser).await?;
    let then: Then = challenge::then(cx, &row)?;
    let work = cx.app.db.write(async |tx| match challenge::by_code(cx, tx, &row, code).await? {
        Proof::Right => join(cx, tx, &row, &then, At::Here(old)).await,
        Proof::Wrong => Ok(Joined::Wrong),
        Proof::Over => Ok(Joined::Over),
    });
    taken(work.await)
}

/// Proves by link, in any browser; in the one where it began it signs in.
pub async fn by_link(cx: Cx<'_>, token: &Opaque, browser: &Opaque, old: Option<&Opaque>) -> Result<Joined> {
    let row = challenge::of_link(cx, Kind::SignUp, token).await?;
    let then: Then = challenge::then(cx, &row)?;
    let here = same(&row.browser_hash, &browser.hash());
    let work = cx.app.db.write(async |tx| {
        challenge::by_link(cx, tx, &row).await?;
        join(cx, tx, &row, &then, if here { At::Here(old) } else { At::Elsewhere }).await
    });
    taken(work.await)
}

/// Goes on in the browser where it began, after the link was followed in another.
pub async fn go_on(cx: Cx<'_>, id: &ChallengeId, browser: &Opaque, old: Option<&Opaque>) -> Result<Joined> {
    let row = challenge::of_browser(cx, Kind::SignUp, id, browser).await?;
    let Some(user_id) = row.user_id.as_ref().filter(|_| row.proved_at.is_some()) else { return Ok(Joined::Wrong) };
    cx.app
        .db
        .write(async |tx| {
            let user = store::user::find(tx, cx.tenant, user_id).await?;
            let Some(user) = user.filter(User::is_active) else { return Ok(Joined::Waiting) };
            sign_in(cx, tx, &row, user, old).await
        })
        .await
}

/// A unique key was taken by somebody who was faster; the transaction is gone, and with it the proof.
fn taken(joined: Result<Joined>) -> Result<Joined> {
    match joined {
        Err(Error::Fault(Fault::Store(error))) if error.is_taken() => Ok(Joined::Taken),
        other => other,
    }
}

/// Where the proof came from.
#[derive(Clone, Copy)]
enum At<'a> {
    /// The browser where it began, with the cookie of its session until now.
    Here(Option<&'a Opaque>),
    Elsewhere,
}

/// Makes the account.
async fn join(cx: Cx<'_>, tx: &mut Conn, row: &Challenge, then: &Then, at: At<'_>) -> Result<Joined> {
    let user = person(cx, tx, then).await?;
    let password =
        Password { tenant_id: cx.tenant.clone(), user_id: user.id.clone(), phc: then.phc.clone(), changed_at: cx.now };
    user::insert(cx, tx, &user, Some(&password), (&[], "sign-up")).await?;
    if let Some(version) = &then.terms {
        let acceptance = Acceptance {
            tenant_id: cx.tenant.clone(),
            user_id: user.id.clone(),
            version: version.clone(),
            accepted_at: row.created_at,
            address: cx.peer.map(|peer| peer.address.to_string()),
        };
        store::acceptance::insert(tx, &acceptance).await?;
    }
    store::challenge::set_user(tx, cx.tenant, &row.id, &user.id).await?;
    let event = cx.audit(Action::SignUp, Party::User, Some(user.id.as_str()));
    audit::insert(tx, &event.on(Party::User, user.id.as_str())).await?;
    match at {
        _ if !user.is_active() => Ok(Joined::Waiting),
        At::Here(old) => sign_in(cx, tx, row, user, old).await,
        At::Elsewhere => Ok(Joined::Elsewhere),
    }
}

async fn sign_in(cx: Cx<'_>, tx: &mut Conn, row: &Challenge, user: User, old: Option<&Opaque>) -> Result<Joined> {
    if !store::challenge::end(tx, cx.tenant, &row.id, cx.now).await? {
        return Err(challenge::gone("used already").into());
    }
    let (cookie, session) = session::begin(cx, tx, &user, &Proved::by(&[Method::Password]), old).await?;
    let event = cx.audit(Action::SignIn, Party::User, Some(user.id.as_str()));
    audit::insert(tx, &event.on(Party::Session, session.id.as_str()).detail("sign-up")).await?;
    let request = row.request_id.clone();
    Ok(Joined::SignedIn { cookie, live: Box::new(Live { session, user }), request })
}

async fn person(cx: Cx<'_>, tx: &mut Conn, then: &Then) -> Result<User> {
    let username = free_username(cx, tx, &then.email).await?;
    let state = match cx.app.config.registration.mode() {
        Mode::Open => UserState::Active,
        Mode::Approval | Mode::Closed => UserState::Pending,
    };
    Ok(User {
        tenant_id: cx.tenant.clone(),
        id: UserId::random(),
        username_key: text::key(&username),
        username,
        email_key: text::key(&then.email),
        email: then.email.clone(),
        email_verified_at: Some(cx.now),
        name: then.name.clone(),
        given_name: None,
        family_name: None,
        locale: Some(then.locale.tag().to_owned()),
        zoneinfo: None,
        state,
        created_at: cx.now,
        updated_at: cx.now,
        has_profile: false,
    })
}

/// A user name from the address, as people can change it later: the part before the `@`, and more if that is taken.
async fn free_username(cx: Cx<'_>, tx: &mut Conn, email: &str) -> Result<String> {
    let local = email.split('@').next().unwrap_or_default();
    let base: String = local.chars().filter(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-')).take(48).collect();
    if text::is_username(&base) && store::user::find_by_key(tx, cx.tenant, &text::key(&base)).await?.is_none() {
        return Ok(base);
    }
    let more = random::reference().to_lowercase();
    Ok(if base.is_empty() { more } else { format!("{base}-{more}") })
}

/// Why this address cannot go on; for the log of refusals.
pub fn refusal(joined: &Joined) -> Option<Refusal> {
    let refuse = |reason: &'static str, received: &str| {
        let refusal = Code::AccessDenied.because(reason);
        Some(refusal.at(Check::Proof, "the code that was sent", received))
    };
    match joined {
        Joined::Wrong => refuse("the code is wrong", "another"),
        Joined::Over => refuse("the code has ended", "too many tries, or too late"),
        Joined::Taken => refuse("somebody has this address already", "an address with an account"),
        Joined::SignedIn { .. } | Joined::Elsewhere | Joined::Waiting => None,
    }
}
