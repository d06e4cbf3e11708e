//! Who sits at this browser?

use std::time::Duration;

use super::{Result, familiar};
use crate::app::Cx;
use crate::base::random::Opaque;
use crate::base::time::Ts;
use crate::model::SessionId;
use crate::model::audit::{Action, Party};
use crate::model::auth::Session;
use crate::model::user::User;
use crate::spec::account_state::Use;
use crate::spec::acr::{Level, Method, Proved};
use crate::spec::check::Check;
use crate::spec::error::Code;
use crate::store::session::Seen;
use crate::store::{self, Conn, audit, session};

/// A live session with its person.
#[derive(Debug, Clone)]
pub struct Live {
    pub session: Session,
    pub user: User,
}

impl Live {
    /// Whether the person has signed in so lately that sensitive things may be done.
    pub fn is_fresh(&self, cx: Cx<'_>) -> bool {
        cx.now.since(self.session.auth_time) <= cx.config().session.reauth
    }

    /// How sure the sign-in was.
    pub fn level(&self) -> Level {
        Level::parse(&self.session.acr).unwrap_or(Level::Single)
    }

    /// What was proved by it.
    pub fn proved(&self) -> Proved {
        Proved::parse(&self.session.amr)
    }
}

/// Live sessions of one person; the oldest end beyond it.
pub(super) const MOST: i64 = 100;

/// How exact "last seen" is at best; finer would cost a write for each request.
const TOUCH: Duration = Duration::from_mins(5);

/// The session that a cookie names, if it is live and its person active.
pub async fn current(cx: Cx<'_>, cookie: Option<&Opaque>) -> Result<Option<Live>> {
    let Some(cookie) = cookie else { return Ok(None) };
    let hash = cookie.hash();
    let found = session::find_live(&mut cx.app.db.conn().await?, cx.tenant, &hash, cx.now, seen(cx)).await?;
    let Some((session, user)) = found.filter(|(_, user)| user.may(Use::Session)) else { return Ok(None) };
    if cx.now.since(session.last_seen_at) >= TOUCH.min(cx.config().session.spans(session.kept).0 / 4) {
        // side work: a database that takes no writes just now keeps nobody from reading
        let touched = cx.app.db.write(async |tx| {
            session::touch(tx, cx.tenant, &hash, cx.now).await?;
            store::user::seen(tx, cx.tenant, &user.id, cx.now).await
        });
        if let Err(error) = touched.await {
            tracing::warn!(%error, "a session was not marked as seen");
        }
    }
    Ok(Some(Live { session, user }))
}

/// Since when a session must have been seen to be live.
pub(super) fn seen(cx: Cx<'_>) -> Seen {
    let config = cx.config();
    let settings = &config.session;
    Seen { since: cx.now.minus(settings.idle), kept_since: cx.now.minus(settings.kept_idle) }
}

/// What a new session is to be like.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wish<'a> {
    /// The session of this browser until now.
    pub old: Option<&'a Opaque>,
    /// It is to outlive the browser.
    pub keep: bool,
    /// This browser is to be trusted.
    pub trust: bool,
    /// When the person has signed in, if more is proved now than then: a further factor makes a sign-in surer, not
    /// newer.
    pub since: Option<Ts>,
}

/// A new session inside of the transaction that signs in, and the value of its cookie. The old one of this browser ends
/// with it, so that the cookie changes at every sign-in.
pub(super) async fn begin(
    cx: Cx<'_>,
    tx: &mut Conn,
    user: &User,
    proved: &Proved,
    wish: Wish<'_>,
) -> Result<(Opaque, Session)> {
    if let Some(old) = wish.old {
        session::end(tx, cx.tenant, &old.hash(), cx.now).await?;
    }
    // asked once here, so that no request has to
    let needs_factor =
        !proved.level().satisfies(Level::Multi) && store::user::needs_factor(tx, cx.tenant, &user.id).await?;
    let cookie = Opaque::random();
    let place = cx.place(user.language().unwrap_or_default());
    let spot = place.as_ref().and_then(|place| place.spot);
    let row = Session {
        tenant_id: cx.tenant.clone(),
        hash: cookie.hash(),
        id: SessionId::random(),
        user_id: user.id.clone(),
        auth_time: wish.since.unwrap_or(cx.now),
        acr: proved.level().text().to_owned(),
        amr: proved.amr(),
        address: cx.peer.map(|peer| peer.address.to_string()).unwrap_or_default(),
        device: cx.peer.map(|peer| peer.device.clone()).unwrap_or_default(),
        created_at: cx.now,
        last_seen_at: cx.now,
        expires_at: cx.now.plus(cx.config().session.spans(wish.keep).1),
        ended_at: None,
        needs_factor,
        kept: wish.keep,
        place: place.map(|place| place.name),
        latitude: spot.map(|spot| spot.latitude),
        longitude: spot.map(|spot| spot.longitude),
        admin_seen_at: None,
    };
    familiar::greet(cx, tx, user, (&row, &cookie)).await?;
    session::insert(tx, &row).await?;
    store::user::seen(tx, cx.tenant, &user.id, cx.now).await?;
    session::end_oldest(tx, cx.tenant, &user.id, MOST, cx.now).await?;
    let event = cx.audit(Action::SignIn, Party::User, Some(user.id.as_str()));
    audit::insert(tx, &event.on(Party::Session, row.id.as_str()).detail(row.amr.clone())).await?;
    cx.app.metrics.sign_ins.with_label_values(&["ok"]).inc();
    Ok((cookie, row))
}

/// The session has shown a further factor: it is as sure as if it had been asked for. It goes on under another cookie,
/// so that whoever has the one until now does not become surer with it.
pub(super) async fn prove_more(tx: &mut Conn, live: &Live, methods: &[Method]) -> Result<(Opaque, Live)> {
    let proved = live.proved().and_second(methods);
    let cookie = Opaque::random();
    let row = Session {
        hash: cookie.hash(),
        acr: proved.level().text().to_owned(),
        amr: proved.amr(),
        needs_factor: false,
        ..live.session.clone()
    };
    session::prove(tx, &live.session.hash, &row).await?;
    Ok((cookie, Live { session: row, user: live.user.clone() }))
}

/// Holds the session until the end of the transaction: whoever has ended it meanwhile, perhaps by a change of the
/// password, has the last word.
pub(super) async fn hold(cx: Cx<'_>, tx: &mut Conn, live: &Live) -> Result<()> {
    match session::hold(tx, cx.tenant, &live.session.hash, cx.now).await? {
        true => Ok(()),
        false => {
            let refusal = Code::LoginRequired.because("you were signed out meanwhile");
            Err(refusal.at(Check::Session, "a session", "one that has ended").into())
        }
    }
}

/// Gives a session another value; the one until now ends. Fails when that has happened before.
pub async fn renew(cx: Cx<'_>, live: &Live) -> Result<Opaque> {
    let value = Opaque::random();
    let hashes = (live.session.hash.as_str(), value.hash());
    let renewed =
        cx.app.db.write(async |tx| session::renew(tx, cx.tenant, (hashes.0, &hashes.1), cx.now).await).await?;
    match renewed {
        true => Ok(value),
        false => {
            let refusal = Code::InvalidToken.because("the session has ended, or has another token since");
            Err(refusal.at(Check::Session, "a session", "one that has ended").into())
        }
    }
}

/// Signs out at this browser. Without a session nothing happens.
pub async fn end(cx: Cx<'_>, cookie: Option<&Opaque>) -> Result<()> {
    let (Some(cookie), Some(live)) = (cookie, current(cx, cookie).await?) else { return Ok(()) };
    cx.app
        .db
        .write(async |tx| {
            if session::end(tx, cx.tenant, &cookie.hash(), cx.now).await? {
                let row = cx.audit(Action::SignOut, Party::User, Some(live.user.id.as_str()));
                audit::insert(tx, &row.on(Party::Session, live.session.id.as_str())).await?;
            }
            Ok(())
        })
        .await
}
