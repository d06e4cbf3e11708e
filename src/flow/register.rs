//! Signing up. Until the address is proved nothing exists but a challenge: an account is made by whoever reads the
//! letters, never by somebody who only knows the address. No page tells whether an address is taken; the letter does.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::challenge::{self, About, Asker, Fresh, Proof, Shown};
use super::enter::{Entered, Visit, enter};
use super::password;
use super::user::{self, Mistake};
use super::{Error, Fault, Result, post};
use crate::app::Cx;
use crate::base::random::{self, Opaque};
use crate::base::text;
use crate::config::Mode;
use crate::deliver::{self, Letter};
use crate::locale::Locale;
use crate::model::audit::Action;
use crate::model::challenge::{Acceptance, Challenge, Kind};
use crate::model::user::{User, UserState};
use crate::model::{ChallengeId, UserId};
use crate::shared::limit::Rate;
use crate::spec::acr::{Method, Proved};
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::spec::paths;
use crate::store::{self, Conn, audit};

/// How long somebody may take to look into the mailbox.
const TTL: Duration = Duration::from_hours(24);
/// Sign-ups from one address, also those that something is wrong with.
const TRIES: Rate = Rate { burst: 30, interval: Duration::from_secs(10) };

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
    /// The account is there, and this is what its person comes to.
    Entered(Entered),
    /// The address is proved; an administrator has to let the person in.
    Waiting,
    Wrong,
    /// Not the password that was chosen where it began.
    WrongPassword,
    /// No tries are left, or the time is over.
    Over,
    /// Somebody else has proved the same address meanwhile.
    Taken,
}

/// Whether people may sign up here; fails with why not.
pub fn open(cx: Cx<'_>) -> Result<()> {
    match cx.config().registration.mode() {
        Mode::Open | Mode::Approval => Ok(()),
        Mode::Closed => {
            let refusal = Code::AccessDenied.because("signing up is closed here").with_status(403);
            let refusal = refusal.at(Check::Registration, "open or approval", "closed");
            Err(refusal.set_by("registration.mode").into())
        }
    }
}

/// All that is wrong, at once.
async fn check(cx: Cx<'_>, typed: &Typed) -> Result<Vec<Mistake>> {
    let config = cx.config();
    let settings = &config.registration;
    let mut wrong: Vec<_> =
        user::check_email(cx, &typed.email).into_iter().chain(user::check_name(&typed.name)).collect();
    let bad = password::check(cx, &typed.password, &[&typed.email, &typed.name]).await?;
    wrong.extend(bad.map(|text| Mistake { field: "password".into(), text }));
    if settings.has_terms() && !typed.accepted {
        wrong.push(Mistake::new("terms", "signup-terms-missing"));
    }
    Ok(wrong)
}

/// Takes what was typed and sends a letter. The answer and the time it takes are the same whoever has the address.
/// Fails when signing up is closed (403) or tried too often (429).
pub async fn begin(cx: Cx<'_>, typed: &Typed, asker: Asker<'_>) -> Result<Begun> {
    open(cx)?;
    cx.limit_address("sign-up-try", "", TRIES)?;
    let wrong = check(cx, typed).await?;
    if !wrong.is_empty() {
        return Ok(Begun::Wrong(wrong));
    }
    limit(cx)?;
    let config = cx.config();
    let settings = &config.registration;
    let email = typed.email.trim().to_owned();
    let name = Some(typed.name.trim()).filter(|name| !name.is_empty()).map(str::to_owned);
    let phc = cx.app.passwords.hash(&typed.password).await?;
    let terms = settings.has_terms().then(|| settings.terms_version.clone());
    let then = Then { known: is_known(cx, &email).await?, email, name, phc, terms, locale: asker.locale };
    let about = About { kind: Kind::SignUp, browser: asker.browser, request: asker.request, user: None, ttl: TTL };
    let fresh = Fresh::new(cx, &about, &then)?;
    let letter = post::for_stranger(cx, letter(cx, &fresh, &then));
    Ok(Begun::Asked(fresh.begin(cx, letter).await?))
}

/// Each address that is written to counts, whether it is the first of a sign-up or mends a mistyped one.
fn limit(cx: Cx<'_>) -> Result<()> {
    let rate = cx.config().limits.sign_ups_per_hour;
    Ok(cx.limit_address("sign-up", "", Rate::per_hour(rate, rate))?)
}

async fn is_known(cx: Cx<'_>, email: &str) -> Result<bool> {
    let conn = &mut cx.app.db.conn().await?;
    Ok(store::user::find_by_key(conn, cx.tenant, &text::key(email)).await?.is_some())
}

/// To whoever reads this mailbox: proof for somebody new, the truth for somebody who has an account.
fn letter(cx: Cx<'_>, fresh: &Fresh, then: &Then) -> Letter {
    let letter = match then.known {
        true => Letter::mail(deliver::Kind::SignUpKnown, then.locale, &then.email).link(cx.address(paths::LOGIN)),
        false => {
            let link = challenge::link(cx, paths::VERIFY, &fresh.token);
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
        if text::key(email) != text::key(&then.email) {
            limit(cx)?;
        }
        email.clone_into(&mut then.email);
    }
    then.known = is_known(cx, &then.email).await?;
    let fresh = Fresh::again(cx, row, TTL, &then)?;
    let letter = post::for_stranger(cx, letter(cx, &fresh, &then));
    fresh.renew(cx, letter).await?;
    Ok(None)
}

/// The challenge of this browser, for its page.
pub async fn shown(cx: Cx<'_>, id: &ChallengeId, browser: &Opaque) -> Result<Shown> {
    show(cx, challenge::of_browser(cx, Kind::SignUp, id, browser).await?)
}

/// The same for who follows a link, and whether that is in the browser where it began.
pub async fn shown_by_link(cx: Cx<'_>, token: &Opaque, browser: &Opaque) -> Result<(Shown, bool)> {
    let row = challenge::of_link(cx, Kind::SignUp, token).await?;
    let here = challenge::is_of(&row, browser);
    Ok((show(cx, row)?, here))
}

fn show(cx: Cx<'_>, row: Challenge) -> Result<Shown> {
    let then: Then = challenge::then(cx, &row)?;
    Ok(Shown::new(row, then.email))
}

/// Proves by code, in the browser where it began, and signs in there.
pub async fn by_code(cx: Cx<'_>, id: &ChallengeId, code: &str, visit: Visit<'_>) -> Result<Joined> {
    let row = challenge::of_browser(cx, Kind::SignUp, id, visit.asker.browser).await?;
    let then: Then = challenge::then(cx, &row)?;
    let work = cx.app.db.write(async |tx| match challenge::by_code(cx, tx, &row, code).await? {
        Proof::Right => join(cx, tx, &row, &then, visit).await,
        Proof::Wrong => Ok(Joined::Wrong),
        Proof::Over => Ok(Joined::Over),
    });
    taken(work.await)
}

/// Proves by link, and signs in. In another browser than where it began the password that was chosen there has to be
/// typed again: else somebody who only knows an address could have its owner confirm an account of his. Fails when that
/// is tried too often (429).
pub async fn by_link(cx: Cx<'_>, token: &Opaque, password: &str, visit: Visit<'_>) -> Result<Joined> {
    let row = challenge::of_link(cx, Kind::SignUp, token).await?;
    let then: Then = challenge::then(cx, &row)?;
    if !challenge::is_of(&row, visit.asker.browser) {
        cx.limit_attempts("login")?;
        if !cx.app.db.write(async |tx| store::challenge::count_try(tx, cx.tenant, &row.id, cx.now).await).await? {
            return Ok(Joined::Over);
        }
        let typed = text::clip(password, cx.config().password.max_length);
        if !cx.app.passwords.verify(typed, Some(&then.phc)).await?.is_right() {
            return Ok(Joined::WrongPassword);
        }
    }
    let work = cx.app.db.write(async |tx| {
        challenge::by_link(cx, tx, &row).await?;
        join(cx, tx, &row, &then, visit).await
    });
    taken(work.await)
}

/// How long after the proof the browser where it began may go on.
const GO_ON: Duration = Duration::from_mins(30);

/// Goes on in the browser where it began, after the link was followed in another.
pub async fn go_on(cx: Cx<'_>, id: &ChallengeId, visit: Visit<'_>) -> Result<Joined> {
    let row = challenge::of_browser(cx, Kind::SignUp, id, visit.asker.browser).await?;
    let proved = row.proved_at.filter(|at| cx.now.since(*at) < GO_ON);
    let (Some(user_id), Some(_)) = (row.user_id.as_ref(), proved) else {
        return Err(challenge::gone("too old").into());
    };
    let work = cx.app.db.write(async |tx| {
        let user = store::user::find(tx, cx.tenant, user_id).await?;
        let Some(user) = user.filter(User::is_active) else { return Ok(Joined::Waiting) };
        go_in(cx, tx, &row, user, visit).await
    });
    work.await
}

/// A unique key was taken by somebody who was faster; the transaction is gone, and with it the proof.
fn taken(joined: Result<Joined>) -> Result<Joined> {
    match joined {
        Err(Error::Fault(Fault::Store(error))) if error.is_taken() => Ok(Joined::Taken),
        other => other,
    }
}

/// Makes the account.
async fn join(cx: Cx<'_>, tx: &mut Conn, row: &Challenge, then: &Then, visit: Visit<'_>) -> Result<Joined> {
    let user = person(cx, tx, then).await?;
    let password = password::row(cx, &user.id, then.phc.clone());
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
    audit::insert(tx, &cx.audit_own(Action::SignUp, &user.id)).await?;
    match user.is_active() {
        true => go_in(cx, tx, row, user, visit).await,
        false => Ok(Joined::Waiting),
    }
}

/// Where it began nothing is left to do; another browser leaves that one its turn.
async fn go_in(cx: Cx<'_>, tx: &mut Conn, row: &Challenge, user: User, visit: Visit<'_>) -> Result<Joined> {
    if challenge::is_of(row, visit.asker.browser) {
        challenge::end(cx, tx, row).await?;
    }
    let asker = Asker { request: row.request_id.as_ref(), ..visit.asker };
    enter(cx, tx, user, Proved::by(&[Method::Password]), Visit { asker, ..visit }).await.map(Joined::Entered)
}

async fn person(cx: Cx<'_>, tx: &mut Conn, then: &Then) -> Result<User> {
    let username = free_username(cx, tx, &then.email).await?;
    let state = match cx.config().registration.mode() {
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
        unlocked_at: None,
        last_seen_at: None,
        kind: None,
        theme: None,
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
        Joined::WrongPassword => refuse("the password is not the one that was chosen", "another"),
        Joined::Over => refuse("the code has ended", "too many tries, or too late"),
        Joined::Taken => refuse("somebody has this address already", "an address with an account"),
        Joined::Entered(_) | Joined::Waiting => None,
    }
}
