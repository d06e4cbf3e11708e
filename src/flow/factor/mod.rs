//! Second factors: what somebody can prove beside the password.

pub mod backup;
pub mod lost;
pub mod offer;
pub mod passkey;
pub mod reset;
pub mod second;
pub mod sent;
pub mod totp;
pub mod trust;

use std::time::Duration;

use super::session::{self, Live};
use super::{Error, Fault, Result, challenge, post, travel};
use crate::app::Cx;
use crate::base::random::Opaque;
use crate::deliver;
use crate::model::audit::{Action, Party};
use crate::model::challenge::Challenge;
use crate::model::factor::{Factor, Kind, TrustedDevice};
use crate::model::user::User;
use crate::model::{FactorId, UserId};
use crate::shared::limit::Rate;
use crate::spec::acr::{Level, Method, Proved};
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::store::{Conn, audit, backup_code, factor, trusted_device, user};

crate::text_enum! {
    /// A way to prove it, as it stands in addresses and forms.
    Way {
        Totp = "totp",
        Passkey = "passkey",
        /// A code by e-mail.
        Email = "email",
        /// A code in a short message.
        Sms = "sms",
        Backup = "backup",
    }
}

impl Way {
    fn of(kind: Kind) -> Self {
        match kind {
            Kind::Totp => Self::Totp,
            Kind::Passkey => Self::Passkey,
            Kind::Email => Self::Email,
            Kind::Sms => Self::Sms,
        }
    }

    /// Whether the first step has shown just this already.
    fn is_shown_by(self, proved: &Proved) -> bool {
        let has = |method| proved.has(method);
        match self {
            Self::Email => has(Method::OneTime) && !has(Method::Password),
            Self::Sms => has(Method::Sms) && !has(Method::Password),
            Self::Totp | Self::Passkey | Self::Backup => false,
        }
    }
}

/// Set-ups that one person may begin.
const SET_UPS: Rate = Rate { burst: 40, interval: Duration::from_mins(1) };

/// What a person holds.
#[derive(Debug, Clone, Default)]
pub struct Held {
    pub factors: Vec<Factor>,
    /// Backup codes that are left.
    pub backup_codes: i64,
}

impl Held {
    pub async fn by(cx: Cx<'_>, conn: &mut Conn, user: &UserId) -> Result<Self> {
        let factors = factor::list(conn, cx.tenant, user).await?;
        // without a factor backup codes stand in for nothing
        let backup_codes = if factors.is_empty() { 0 } else { backup_code::left(conn, cx.tenant, user).await? };
        Ok(Self { factors, backup_codes })
    }

    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &Factor> {
        self.factors.iter().filter(move |factor| factor.kind == kind)
    }

    /// What is left to prove beside this, the way that was used last before the others. Empty when there is nothing but
    /// backup codes, which stand in for something.
    pub fn ways_beside(&self, proved: &Proved) -> Vec<Way> {
        let mut used: Vec<&Factor> = self.factors.iter().collect();
        used.sort_by_key(|factor| std::cmp::Reverse(factor.last_used_at));
        let mut ways = Vec::new();
        for way in used.into_iter().map(|factor| Way::of(factor.kind)) {
            if !ways.contains(&way) && !way.is_shown_by(proved) {
                ways.push(way);
            }
        }
        if !ways.is_empty() && self.backup_codes > 0 {
            ways.push(Way::Backup);
        }
        ways
    }

    /// How sure a sign-in that has proved this can be made.
    pub fn reach(&self, proved: &Proved) -> Level {
        let ways = self.ways_beside(proved);
        match (ways.contains(&Way::Passkey), ways.is_empty()) {
            (true, _) => Level::Phishing,
            (false, false) => Level::Multi,
            (false, true) => proved.level(),
        }
    }
}

/// What the page of a person's factors shows.
#[derive(Debug)]
pub struct State {
    pub held: Held,
    pub devices: Vec<TrustedDevice>,
}

pub async fn state(cx: Cx<'_>, user: &User) -> Result<State> {
    let conn = &mut cx.app.db.conn().await?;
    let held = Held::by(cx, conn, &user.id).await?;
    let devices = trusted_device::list(conn, cx.tenant, &user.id, cx.now).await?;
    Ok(State { held, devices })
}

/// Whether what was proved is not enough for this person at this browser.
pub(super) async fn is_needed(
    cx: Cx<'_>,
    tx: &mut Conn,
    user: &User,
    proved: &Proved,
    trusted: Option<&Opaque>,
) -> Result<bool> {
    if proved.level().satisfies(Level::Multi) || Held::by(cx, tx, &user.id).await?.ways_beside(proved).is_empty() {
        return Ok(false);
    }
    let trusted = match trusted {
        Some(cookie) => {
            // who cannot be here may have taken the cookie along
            trusted_device::use_one(tx, cx.tenant, &user.id, &cookie.hash(), cx.now).await?
                && !travel::is_impossible(cx, tx, user).await?
        }
        None => false,
    };
    Ok(!trusted)
}

/// Whether somebody signed in with less than he can prove, as a trusted browser lets him: too little for what is
/// sensitive.
pub async fn is_owed(cx: Cx<'_>, live: &Live) -> Result<bool> {
    if live.level().satisfies(Level::Multi) {
        return Ok(false);
    }
    let held = Held::by(cx, &mut cx.app.db.conn().await?, &live.user.id).await?;
    Ok(held.reach(&live.proved()).satisfies(Level::Multi))
}

/// Fails when the person has as many of a kind as may be.
fn expect_room(held: &Held, kind: Kind, most: usize) -> Result<(), Refusal> {
    if held.of(kind).count() < most {
        return Ok(());
    }
    let refusal = Code::AccessDenied.because("there are as many of them as may be; remove one first");
    Err(refusal.at(Check::Limit, format!("at most {most} of the kind {kind}"), "one more"))
}

/// Keeps a factor that has shown that it works, and ends its set-up, of many at once for one. The session has proved by
/// it what `methods` say, and has another cookie for that.
async fn keep(
    cx: Cx<'_>,
    live: &Live,
    set_up: &Challenge,
    made: &Factor,
    (most, methods): (usize, &[Method]),
) -> Result<(Opaque, Live)> {
    let kept = cx.app.db.write(async |tx| {
        challenge::end(cx, tx, set_up).await?;
        insert(cx, tx, live, made, most).await?;
        session::prove_more(tx, live, methods).await
    });
    let raised = match kept.await {
        Err(Error::Fault(Fault::Store(error))) if error.is_taken() => {
            let refusal = Code::AccessDenied.because("this passkey was added before");
            return Err(refusal.at(Check::Factor, "a passkey that is not known yet", "one that is").into());
        }
        kept => kept?,
    };
    cx.app.posted.notify_one();
    Ok(raised)
}

/// One person's changes one after the other, and none by a session that has ended meanwhile.
async fn lock(cx: Cx<'_>, tx: &mut Conn, live: &Live) -> Result<()> {
    user::lock(tx, cx.tenant, &live.user.id).await?;
    session::hold(cx, tx, live).await
}

async fn insert(cx: Cx<'_>, tx: &mut Conn, live: &Live, made: &Factor, most: usize) -> Result<()> {
    lock(cx, tx, live).await?;
    expect_room(&Held::by(cx, tx, &live.user.id).await?, made.kind, most)?;
    factor::insert(tx, made).await?;
    let event = cx.audit(Action::FactorAdd, Party::User, Some(live.user.id.as_str()));
    audit::insert(tx, &event.on(Party::Factor, made.id.as_str()).detail(made.kind.text())).await?;
    post::notice(cx, tx, &live.user, deliver::Kind::FactorAdded).await
}

/// Calls a factor of the person by another name, if it is one and there is such a factor.
pub async fn rename(cx: Cx<'_>, user: &User, id: &FactorId, name: &str) -> Result<()> {
    let Some(name) = clean(name) else { return Ok(()) };
    Ok(cx.app.db.write(async |tx| factor::rename(tx, cx.tenant, &user.id, id, &name).await).await?)
}

/// Takes a factor of the person away, if there is one; with the last go the backup codes and the trusted browsers.
pub async fn remove(cx: Cx<'_>, live: &Live, id: &FactorId) -> Result<()> {
    let removed = cx.app.db.write(async |tx| {
        lock(cx, tx, live).await?;
        take(cx, tx, &live.user, id).await
    });
    removed.await?;
    cx.app.posted.notify_one();
    Ok(())
}

/// Takes all factors of a kind away, in the transaction that ends what they need.
pub(super) async fn take_kind(cx: Cx<'_>, tx: &mut Conn, live: &Live, kind: Kind) -> Result<()> {
    lock(cx, tx, live).await?;
    for row in factor::list(tx, cx.tenant, &live.user.id).await?.iter().filter(|row| row.kind == kind) {
        take(cx, tx, &live.user, &row.id).await?;
    }
    Ok(())
}

async fn take(cx: Cx<'_>, tx: &mut Conn, user: &User, id: &FactorId) -> Result<()> {
    if drop_one(cx, tx, user, id).await? {
        let event = cx.audit(Action::FactorRemove, Party::User, Some(user.id.as_str()));
        audit::insert(tx, &event.on(Party::Factor, id.as_str())).await?;
    }
    Ok(())
}

/// Takes a factor away, and tells the person; `false` when it was not theirs. Whoever asks for it notes that it was
/// done.
pub(in crate::flow) async fn drop_one(cx: Cx<'_>, tx: &mut Conn, user: &User, id: &FactorId) -> Result<bool> {
    if !factor::delete(tx, cx.tenant, &user.id, id).await? {
        return Ok(false);
    }
    if factor::list(tx, cx.tenant, &user.id).await?.is_empty() {
        backup_code::delete_all(tx, cx.tenant, &user.id).await?;
        trusted_device::delete_all(tx, cx.tenant, &user.id).await?;
    }
    post::notice(cx, tx, user, deliver::Kind::FactorRemoved).await?;
    Ok(true)
}

/// A name to show: one line, not too long. None if nothing is left of it.
pub fn clean(name: &str) -> Option<String> {
    let name: String = name.chars().filter(|c| !c.is_control()).take(64).collect();
    Some(name.trim()).filter(|name| !name.is_empty()).map(str::to_owned)
}
