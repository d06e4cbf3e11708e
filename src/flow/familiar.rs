//! Whether a person has been at this browser before. It carries a random mark for that, which says nothing of anybody
//! who uses it; who was there is known only to the one account. Somebody at a browser that the person does not know is
//! told to the person.

use std::time::Duration;

use super::{Result, post, travel};
use crate::app::Cx;
use crate::base::random::{Opaque, sha256};
use crate::deliver::Kind;
use crate::model::UserId;
use crate::model::audit::{Action, Party};
use crate::model::auth::Session;
use crate::model::factor::KnownDevice;
use crate::model::user::User;
use crate::shared::limit::Rate;
use crate::spec::paths;
use crate::store::{Conn, audit, known_device, session};

/// How long a browser is known without being used; no browser keeps a cookie for longer.
pub const TTL: Duration = Duration::from_hours(24 * 400);
/// Browsers of one person; the ones not seen for longest are forgotten first.
const MOST: i64 = 50;
/// Letters to one person. The first tells; more of them would only bury others.
const LETTERS: Rate = Rate { burst: 10, interval: Duration::from_mins(10) };

/// The mark for a browser that has none. It follows from the session that begins, so that the page that sets its cookie
/// knows it too.
pub fn mark(session: &Opaque) -> Opaque {
    Opaque::from(sha256(&format!("signet device {}", session.reveal())))
}

/// Not the same for two persons, or the table would tell who share a browser.
fn hash(mark: &Opaque, user: &UserId) -> String {
    sha256(&format!("{} {user}", mark.reveal()))
}

/// What this browser is to the person, if it is one where that person has signed in. It takes as long where there is no
/// such person.
pub(super) async fn here(cx: Cx<'_>, conn: &mut Conn, user: Option<&User>) -> Result<Option<String>> {
    let Some(mark) = cx.peer.and_then(|peer| peer.mark.as_ref()) else { return Ok(None) };
    let nobody = UserId::from("");
    let id = user.map_or(&nobody, |user| &user.id);
    let hash = hash(mark, id);
    Ok(known_device::is_known(conn, cx.tenant, id, &hash).await?.then_some(hash))
}

/// The same without a look whether it is one.
pub(super) fn perhaps(cx: Cx<'_>, user: &UserId) -> Option<String> {
    Some(hash(cx.peer?.mark.as_ref()?, user))
}

/// Notes that the person is at this browser, and tells if that is new or cannot be; in the transaction that begins the
/// session, and before its row is there.
pub(super) async fn greet(cx: Cx<'_>, tx: &mut Conn, user: &User, (begun, cookie): (&Session, &Opaque)) -> Result<()> {
    let is_new = note(cx, tx, user, cookie).await?;
    if travel::is_impossible(cx, tx, user).await? {
        let event = cx.audit(Action::SignInTravel, Party::User, Some(user.id.as_str()));
        let event = event.on(Party::Session, begun.id.as_str());
        audit::insert(tx, &event.detail(begun.place.clone().unwrap_or_default())).await?;
        return tell(cx, tx, user, Kind::FarAway).await;
    }
    if is_new { tell(cx, tx, user, Kind::NewDevice).await } else { Ok(()) }
}

/// Whether the person was never at this browser before, though at others.
async fn note(cx: Cx<'_>, tx: &mut Conn, user: &User, cookie: &Opaque) -> Result<bool> {
    let mark = cx.peer.and_then(|peer| peer.mark.clone()).unwrap_or_else(|| mark(cookie));
    let hash = hash(&mark, &user.id);
    if known_device::touch(tx, cx.tenant, &user.id, &hash, cx.now).await? {
        return Ok(false);
    }
    // the first browser of all is where the account was made; who was signed in before browsers were noted has had one
    let is_first =
        !known_device::has_any(tx, cx.tenant, &user.id).await? && !session::has_any(tx, cx.tenant, &user.id).await?;
    let (tenant_id, user_id) = (cx.tenant.clone(), user.id.clone());
    let row = KnownDevice { tenant_id, user_id, hash, first_seen: cx.now, last_seen: cx.now };
    let is_new = known_device::insert(tx, &row).await? && !is_first;
    if is_new {
        known_device::delete_beyond(tx, cx.tenant, &user.id, MOST).await?;
    }
    Ok(is_new)
}

/// A letter about a sign-in that may not have been the person's.
async fn tell(cx: Cx<'_>, tx: &mut Conn, user: &User, kind: Kind) -> Result<()> {
    if cx.limit("new-device", user.id.as_str(), LETTERS).is_err() {
        return Ok(());
    }
    post::write(cx, tx, &post::to(cx, user, kind).link(cx.address(paths::SESSIONS)), None).await
}
