//! Too many wrong answers: who has to wait, who is told, and how somebody gets in again.
//!
//! A try counts for the name that was typed, and, once it is known whose that is, for the person: user name and e-mail
//! address are two names with one limit. What is answered depends on the typed name alone, or the answers would tell
//! which names exist and belong together.
//!
//! At a browser where the person has signed in before, tries are counted by themselves: strangers who use up all that
//! there are keep the owner from nothing there, and learn nothing.

use std::time::Duration;

use super::challenge::{self, About, Fresh};
use super::{Error, Result, familiar, post};
use crate::app::Cx;
use crate::base::net::limit_key;
use crate::base::random::{Opaque, sha256};
use crate::base::time::Ts;
use crate::deliver::{self, Letter};
use crate::locale::Locale;
use crate::model::UserId;
use crate::model::audit::Action;
use crate::model::challenge::Kind;
use crate::model::user::User;
use crate::shared::failures::{self, FACTOR};
use crate::shared::limit::Rate;
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::spec::paths;
use crate::store::{self, Conn, audit};

/// How long the link of the letter counts.
const TTL: Duration = Duration::from_hours(24);
/// Letters to one person until the account is unlocked, so that nobody fills a mailbox by guessing.
const LETTERS: Rate = Rate { burst: 1, interval: Duration::from_hours(24) };

/// Fails with 429 when too many different names were tried from this address.
pub(super) fn admit(cx: Cx<'_>) -> Result<(), Refusal> {
    let Some(wait) = address(cx).and_then(|address| cx.app.spread.wait(&address, cx.now)) else { return Ok(()) };
    let most = cx.config().limits.names_per_address;
    let refusal =
        Code::TemporarilyUnavailable.because("the passwords of too many accounts were tried from this address");
    let refusal = refusal.at(Check::Address, format!("wrong passwords for at most {most} names in an hour"), "more");
    Err(refusal.set_by("limits.names_per_address").with_status(429).retry_after(wait))
}

fn address(cx: Cx<'_>) -> Option<String> {
    let peer = cx.peer.filter(|peer| !cx.app.is_exempt(peer.address))?;
    Some(limit_key(peer.address))
}

/// A password that may be looked at, and is counted already.
pub(super) struct Try<'a> {
    name: String,
    person: Option<&'a User>,
    /// Where it is counted instead, at a browser that the person knows.
    here: Option<String>,
    /// Which one in a row it is, by name and by person; the person may have to wait where the name need not.
    typed: u32,
    own: Option<u32>,
}

/// Counts a try; `here`: what the browser is to the person, if it is a known one. Fails with how long the typed name has
/// to wait, whoever it belongs to.
pub(super) fn password<'a>(
    cx: Cx<'_>,
    key: &str,
    (person, here): (Option<&'a User>, Option<&str>),
) -> Result<Try<'a>, Duration> {
    let rule = failures::password(cx.config().limits.account_failures);
    let unlocked = person.and_then(|user| user.unlocked_at).unwrap_or_default();
    let name = sha256(key);
    if let (Some(user), Some(here)) = (person, here) {
        let here = of_browser(&user.id, here);
        let typed = cx.app.failures.people.take(&here, rule, unlocked, cx.now)?;
        return Ok(Try { name, person, here: Some(here), typed, own: Some(typed) });
    }
    let typed = cx.app.failures.names.take(&name, rule, unlocked, cx.now)?;
    let own = person.and_then(|user| cx.app.failures.people.take(&of_password(&user.id), rule, unlocked, cx.now).ok());
    Ok(Try { name, person, here: None, typed, own })
}

impl Try<'_> {
    /// Whether the right password would be taken. Where it would not, it has to take as long and look as wrong.
    pub fn counts(&self) -> bool {
        self.own.is_some()
    }

    /// It was right.
    pub fn right(self, cx: Cx<'_>) {
        match (&self.here, self.person) {
            // what strangers have tried elsewhere stays counted
            (Some(here), _) => cx.app.failures.people.forget(here),
            (None, Some(user)) => forget(cx, user),
            (None, None) => {}
        }
        if let Some(address) = address(cx) {
            cx.app.spread.forgive(&address, &self.name);
        }
    }

    /// Nobody could look at it.
    pub fn not_made(self, cx: Cx<'_>) {
        if let Some(here) = &self.here {
            return cx.app.failures.people.give_back(here);
        }
        cx.app.failures.names.give_back(&self.name);
        if let (Some(user), Some(_)) = (self.person, self.own) {
            cx.app.failures.people.give_back(&of_password(&user.id));
        }
    }

    /// It was wrong. Says what is done about it beside the answer.
    pub fn wrong(self, cx: Cx<'_>) -> Consequence {
        let config = cx.config();
        let limits = &config.limits;
        let rule = failures::password(limits.account_failures);
        let most = limits.names_per_address;
        let shut = address(cx).is_some_and(|address| cx.app.spread.failed(&address, &self.name, most, cx.now));
        let owner = self.person.filter(|user| user.is_active() && self.own.is_some_and(|own| rule.is_alarming(own)));
        let owner = owner.filter(|user| may_be_told(cx, user)).cloned();
        // nobody learns from the time it takes which names have somebody to write to
        let looks_told = rule.is_alarming(self.typed) && !rule.is_alarming(self.typed - 1);
        let letter = match owner {
            Some(owner) => Warning::To(Box::new(owner)),
            None if looks_told => Warning::Pretended,
            None => Warning::None,
        };
        Consequence { letter, shut }
    }
}

/// What a wrong password leads to.
#[derive(Debug, Default)]
pub(super) struct Consequence {
    letter: Warning,
    /// Nobody may sign in from this address for an hour.
    pub shut: bool,
}

#[derive(Debug, Default)]
enum Warning {
    #[default]
    None,
    /// Only looks as if it were sent.
    Pretended,
    To(Box<User>),
}

impl Consequence {
    /// Writes the letter, if there is one.
    pub async fn follow(&self, cx: Cx<'_>, tx: &mut Conn) -> Result<()> {
        match &self.letter {
            Warning::None => Ok(()),
            Warning::Pretended => warn(cx, tx, deliver::Kind::Locked, None).await,
            Warning::To(owner) => warn(cx, tx, deliver::Kind::Locked, Some(owner)).await,
        }
    }
}

/// Counts a try at the second factor, before it is looked at: which one in a row it is, or how long to wait.
pub(super) async fn factor(cx: Cx<'_>, user: &UserId) -> Result<Result<u32, Duration>> {
    let take = |unlocked| cx.app.failures.people.take(&of_factor(user), FACTOR, unlocked, cx.now);
    match take(Ts(0)) {
        Ok(in_a_row) => Ok(Ok(in_a_row)),
        // only now it matters whether somebody has unlocked the account since
        Err(wait) => match store::user::find(&mut cx.app.db.conn().await?, cx.tenant, user).await? {
            Some(User { unlocked_at: Some(unlocked), .. }) => Ok(take(unlocked)),
            _ => Ok(Err(wait)),
        },
    }
}

/// It was right.
pub(super) fn right_factor(cx: Cx<'_>, user: &UserId) {
    cx.app.failures.people.forget(&of_factor(user));
}

/// It was wrong; from the first long wait on the owner is told.
pub(super) async fn wrong_factor(cx: Cx<'_>, user: &UserId, in_a_row: u32) -> Result<()> {
    if !FACTOR.is_alarming(in_a_row) {
        return Ok(());
    }
    let user = store::user::find(&mut cx.app.db.conn().await?, cx.tenant, user).await?;
    let Some(user) = user.filter(|user| user.is_active() && may_be_told(cx, user)) else { return Ok(()) };
    cx.app.db.write(async |tx| warn(cx, tx, deliver::Kind::FactorLocked, Some(&user)).await).await?;
    cx.app.posted.notify_one();
    Ok(())
}

/// Whoever has unlocked the account needs another link when it is locked again.
fn may_be_told(cx: Cx<'_>, user: &User) -> bool {
    let since = user.unlocked_at.unwrap_or_default();
    cx.limit("locked", &format!("{} {}", user.id, since.0), LETTERS).is_ok()
}

/// A letter with a link that unlocks.
async fn warn(cx: Cx<'_>, tx: &mut Conn, kind: deliver::Kind, user: Option<&User>) -> Result<()> {
    let (browser, user_id) = (Opaque::random(), user.map(|user| &user.id));
    let about = About { kind: Kind::Unlock, browser: &browser, request: None, user: user_id, ttl: TTL };
    let fresh = Fresh::new(cx, &about, &())?;
    let link = challenge::link(cx, paths::UNLOCK, &fresh.token);
    let letter = match user {
        Some(user) => post::to(cx, user, kind),
        None => Letter::mail(kind, Locale::default(), "").withheld(),
    };
    fresh.post_link(cx, tx, &letter.link(link)).await
}

/// Whether this link unlocks an account; fails when it does not any more.
pub async fn shown_by_link(cx: Cx<'_>, token: &Opaque) -> Result<()> {
    challenge::of_link(cx, Kind::Unlock, token).await.map(drop)
}

/// Unlocks the account of the letter's link, once.
pub async fn unlock(cx: Cx<'_>, token: &Opaque) -> Result<()> {
    let row = challenge::of_link(cx, Kind::Unlock, token).await?;
    let unlocked = cx.app.db.write(async |tx| {
        challenge::by_link(cx, tx, &row).await?;
        challenge::end(cx, tx, &row).await?;
        let user = challenge::person(cx, tx, &row).await?.ok_or_else(|| challenge::gone("nobody's"))?;
        store::user::unlock(tx, cx.tenant, &user.id, cx.now).await?;
        audit::insert(tx, &cx.audit_own(Action::UserUnlock, &user.id).detail("by the link of a letter")).await?;
        Ok::<_, Error>(user)
    });
    let user = unlocked.await?;
    forget(cx, &user);
    right_factor(cx, &user.id);
    Ok(())
}

/// Forgets the wrong passwords of a person, under every name.
pub(super) fn forget(cx: Cx<'_>, user: &User) {
    for key in [&user.email_key, &user.username_key] {
        forget_name(cx, key);
    }
    cx.app.failures.people.forget(&of_password(&user.id));
    if let Some(here) = familiar::perhaps(cx, &user.id) {
        cx.app.failures.people.forget(&of_browser(&user.id, &here));
    }
}

/// The same for one name, in the form in which names are compared.
pub(super) fn forget_name(cx: Cx<'_>, key: &str) {
    cx.app.failures.names.forget(&sha256(key));
}

fn of_password(user: &UserId) -> String {
    format!("password {user}")
}

fn of_browser(user: &UserId, here: &str) -> String {
    format!("password {user} {here}")
}

fn of_factor(user: &UserId) -> String {
    format!("factor {user}")
}
