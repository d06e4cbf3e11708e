//! Signing in by a code or a link in the place of the password, where that is allowed. The answer, and the time it
//! takes, are the same whether there is such an account or not.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::account::delete::keep;
use super::challenge::{self, About, Asker, Fresh, Proof, Shown};
use super::enter::{Entered, Visit, enter};
use super::{Error, Result, post};
use crate::app::Cx;
use crate::base::random::Opaque;
use crate::base::text;
use crate::config::Carrier;
use crate::deliver::{Kind as LetterKind, Letter};
use crate::locale::Locale;
use crate::model::ChallengeId;
use crate::model::challenge::{Challenge, Kind};
use crate::model::user::User;
use crate::spec::acr::{Method, Proved};
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::spec::paths;
use crate::store::{self, Conn};

const TTL: Duration = Duration::from_mins(10);

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Then {
    /// What was typed to say who it is.
    name: String,
    by: Carrier,
    /// Where the code went; if the person's is another since, it counts no more.
    to: String,
    locale: Locale,
    /// The session is to outlive the browser.
    #[serde(default)]
    keep: bool,
}

/// Sends a code to whom this name belongs, if it is somebody's. Fails when this way is not allowed (403), or tried too
/// often (429).
pub async fn begin(cx: Cx<'_>, name: &str, (by, keep): (Carrier, bool), asker: Asker<'_>) -> Result<ChallengeId> {
    if !cx.config().factor.may_be_alone(by) {
        return Err(closed(by).into());
    }
    cx.limit_attempts("login")?;
    let key = text::key(text::clip(name, 254));
    let (user, to) = whose(cx, &key, by).await?;
    let locale = user.as_ref().and_then(User::language).unwrap_or(asker.locale);
    let then = Then { name: key, by, to: to.unwrap_or_default(), locale, keep };
    let about = About {
        kind: Kind::SignIn,
        browser: asker.browser,
        request: asker.request,
        user: user.as_ref().map(|user| &user.id),
        ttl: TTL,
    };
    let fresh = Fresh::new(cx, &about, &then)?;
    let letter = letter(cx, &fresh, &then, user.as_ref());
    fresh.begin(cx, letter).await
}

/// Whom the name belongs to, and where the code goes; nobody if there is nowhere.
async fn whose(cx: Cx<'_>, key: &str, by: Carrier) -> Result<(Option<User>, Option<String>)> {
    let conn = &mut cx.app.db.conn().await?;
    let found = store::user::find_by_key(conn, cx.tenant, key).await?.map(|(user, _)| user);
    let Some(user) = who_may_come(cx, conn, found).await? else { return Ok((None, None)) };
    let to = post::receiver(cx, conn, &user, by).await?;
    Ok((to.is_some().then_some(user), to))
}

fn closed(by: Carrier) -> Refusal {
    let refusal = Code::AccessDenied.because("a code alone signs nobody in here").with_status(403);
    refusal.at(Check::Factor, "a way to sign in that is allowed", by.text()).set_by("factor.alone")
}

/// Nobody gets it if nobody has this name.
fn letter(cx: Cx<'_>, fresh: &Fresh, then: &Then, user: Option<&User>) -> Letter {
    let letter = Letter::by(then.by, LetterKind::SignIn, then.locale, &then.to);
    let letter = match then.by {
        Carrier::Email => letter.link(challenge::link(cx, paths::LOGIN_CODE, &fresh.token)),
        Carrier::Sms => letter,
    };
    match user {
        None => letter.withheld(),
        Some(user) => post::for_stranger(cx, letter.code(&fresh.code).with("name", user.called())),
    }
}

/// Another letter. Fails when it is asked for too often (429).
pub async fn again(cx: Cx<'_>, id: &ChallengeId, browser: &Opaque) -> Result<()> {
    let row = challenge::of_browser(cx, Kind::SignIn, id, browser).await?;
    let then: Then = challenge::then(cx, &row)?;
    let user = person(cx, &mut cx.app.db.conn().await?, &row).await?;
    let fresh = Fresh::again(cx, row, TTL, &then)?;
    let letter = letter(cx, &fresh, &then, user.as_ref());
    fresh.renew(cx, letter).await
}

async fn person(cx: Cx<'_>, conn: &mut Conn, row: &Challenge) -> Result<Option<User>> {
    let found = challenge::person(cx, conn, row).await?;
    who_may_come(cx, conn, found).await
}

async fn who_may_come(cx: Cx<'_>, conn: &mut Conn, found: Option<User>) -> Result<Option<User>> {
    let Some(user) = found else { return Ok(None) };
    Ok(keep::may_come(cx, conn, &user).await?.then_some(user))
}

/// What the page shows, and where the code went.
pub async fn shown(cx: Cx<'_>, id: &ChallengeId, browser: &Opaque) -> Result<(Shown, Carrier)> {
    let row = challenge::of_browser(cx, Kind::SignIn, id, browser).await?;
    let then: Then = challenge::then(cx, &row)?;
    Ok((Shown::new(row, then.name), then.by))
}

/// The same for who follows the link, and whether that is in the browser where it began. Only there it signs in: who
/// presses a link that somebody else has asked for would let that one in.
pub async fn shown_by_link(cx: Cx<'_>, token: &Opaque, browser: &Opaque) -> Result<(Shown, bool)> {
    let row = challenge::of_link(cx, Kind::SignIn, token).await?;
    let here = challenge::is_of(&row, browser);
    let then: Then = challenge::then(cx, &row)?;
    Ok((Shown::new(row, then.name), here))
}

#[derive(Debug)]
pub enum Came {
    Entered(Entered),
    Wrong,
    /// Another code has to be sent.
    Over,
}

/// Signs in by the code, in the browser where it began.
pub async fn by_code(cx: Cx<'_>, id: &ChallengeId, code: &str, visit: Visit<'_>) -> Result<Came> {
    let row = challenge::of_browser(cx, Kind::SignIn, id, visit.asker.browser).await?;
    let work = cx.app.db.write(async |tx| match challenge::by_code(cx, tx, &row, code).await? {
        Proof::Right => go_in(cx, tx, &row, visit).await,
        Proof::Wrong => Ok(Came::Wrong),
        Proof::Over => Ok(Came::Over),
    });
    work.await
}

/// Signs in by the link, in the browser where it began.
pub async fn by_link(cx: Cx<'_>, token: &Opaque, visit: Visit<'_>) -> Result<Came> {
    let row = challenge::of_link(cx, Kind::SignIn, token).await?;
    challenge::expect_browser(&row, visit.asker.browser)?;
    let work = cx.app.db.write(async |tx| {
        challenge::by_link(cx, tx, &row).await?;
        go_in(cx, tx, &row, visit).await
    });
    work.await
}

async fn go_in(cx: Cx<'_>, tx: &mut Conn, row: &Challenge, visit: Visit<'_>) -> Result<Came, Error> {
    let then: Then = challenge::then(cx, row)?;
    challenge::end(cx, tx, row).await?;
    let user = person(cx, tx, row).await?;
    let user = user.ok_or_else(|| challenge::gone("an account that may not sign in"))?;
    if post::receiver(cx, tx, &user, then.by).await?.as_deref() != Some(then.to.as_str()) {
        return Err(challenge::gone("sent to an address that is the account's no more").into());
    }
    let user = post::was_read(cx, tx, user, then.by).await?;
    let asker = Asker { request: row.request_id.as_ref(), ..visit.asker };
    let proved = Proved::by(&[Method::sent(then.by)]);
    enter(cx, tx, user, proved, Visit { asker, keep: then.keep, ..visit }).await.map(Came::Entered)
}
