//! Second factors: what somebody can prove beside the password.

pub mod backup;
pub mod passkey;
pub mod reset;
pub mod second;
pub mod totp;
pub mod trust;

use super::session::Live;
use super::{Error, Fault, Result, post};
use crate::app::Cx;
use crate::base::random::Opaque;
use crate::deliver;
use crate::model::audit::{Action, Party};
use crate::model::challenge::Challenge;
use crate::model::factor::{Factor, Kind, TrustedDevice};
use crate::model::user::User;
use crate::model::{FactorId, UserId};
use crate::spec::acr::Level;
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::store::{Conn, audit, backup_code, challenge, factor, trusted_device};

/// A way to prove it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Totp,
    Passkey,
    Backup,
}

impl Way {
    pub const ALL: [Self; 3] = [Self::Totp, Self::Passkey, Self::Backup];

    /// As it stands in addresses and forms.
    pub fn text(self) -> &'static str {
        match self {
            Self::Totp => "totp",
            Self::Passkey => "passkey",
            Self::Backup => "backup",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.text() == text)
    }
}

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

    /// The ways that are open, the one that was used last before the others.
    pub fn ways(&self) -> Vec<Way> {
        let mut used: Vec<&Factor> = self.factors.iter().collect();
        used.sort_by_key(|factor| std::cmp::Reverse(factor.last_used_at));
        let mut ways = Vec::new();
        for way in used.into_iter().map(|factor| match factor.kind {
            Kind::Totp => Way::Totp,
            Kind::Passkey => Way::Passkey,
        }) {
            if !ways.contains(&way) {
                ways.push(way);
            }
        }
        if self.backup_codes > 0 {
            ways.push(Way::Backup);
        }
        ways
    }

    /// How sure a sign-in of this person can be at best.
    pub fn reach(&self) -> Level {
        match (self.of(Kind::Passkey).next(), self.factors.first()) {
            (Some(_), _) => Level::Phishing,
            (None, Some(_)) => Level::Multi,
            (None, None) => Level::Single,
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

/// Whether a first factor is not enough for this person at this browser.
pub(super) async fn is_needed(cx: Cx<'_>, tx: &mut Conn, user: &User, trusted: Option<&Opaque>) -> Result<bool> {
    if factor::list(tx, cx.tenant, &user.id).await?.is_empty() {
        return Ok(false);
    }
    let trusted = match trusted {
        Some(cookie) => trusted_device::use_one(tx, cx.tenant, &user.id, &cookie.hash(), cx.now).await?,
        None => false,
    };
    Ok(!trusted)
}

/// Fails when the person has as many of a kind as may be.
fn expect_room(held: &Held, kind: Kind, most: usize) -> Result<(), Refusal> {
    if held.of(kind).count() < most {
        return Ok(());
    }
    let refusal = Code::AccessDenied.because("there are as many of them as may be; remove one first");
    Err(refusal.at(Check::Limit, format!("at most {most} of the kind {kind}"), "one more"))
}

/// Keeps a factor that has shown that it works, and ends its set-up, of many at once for one.
async fn keep(cx: Cx<'_>, live: &Live, set_up: &Challenge, made: &Factor, most: usize) -> Result<()> {
    let kept = cx.app.db.write(async |tx| {
        if !challenge::end(tx, cx.tenant, &set_up.id, cx.now).await? {
            return Err(super::challenge::gone("used already").into());
        }
        expect_room(&Held::by(cx, tx, &live.user.id).await?, made.kind, most)?;
        factor::insert(tx, made).await?;
        let event = cx.audit(Action::FactorAdd, Party::User, Some(live.user.id.as_str()));
        audit::insert(tx, &event.on(Party::Factor, made.id.as_str()).detail(made.kind.text())).await?;
        post::notice(cx, tx, &live.user, deliver::Kind::FactorAdded).await
    });
    match kept.await {
        Err(Error::Fault(Fault::Store(error))) if error.is_taken() => {
            let refusal = Code::AccessDenied.because("this passkey was added before");
            return Err(refusal.at(Check::Factor, "a passkey that is not known yet", "one that is").into());
        }
        kept => kept?,
    }
    cx.app.posted.notify_one();
    Ok(())
}

/// Calls a factor of the person by another name, if it is one and there is such a factor.
pub async fn rename(cx: Cx<'_>, user: &User, id: &FactorId, name: &str) -> Result<()> {
    let Some(name) = clean(name) else { return Ok(()) };
    Ok(cx.app.db.write(async |tx| factor::rename(tx, cx.tenant, &user.id, id, &name).await).await?)
}

/// Takes a factor of the person away, if there is one; with the last go the backup codes and the trusted browsers.
pub async fn remove(cx: Cx<'_>, user: &User, id: &FactorId) -> Result<()> {
    let removed = cx.app.db.write(async |tx| {
        if !factor::delete(tx, cx.tenant, &user.id, id).await? {
            return Ok(());
        }
        if factor::list(tx, cx.tenant, &user.id).await?.is_empty() {
            backup_code::delete_all(tx, cx.tenant, &user.id).await?;
            trusted_device::delete_all(tx, cx.tenant, &user.id).await?;
        }
        let event = cx.audit(Action::FactorRemove, Party::User, Some(user.id.as_str()));
        audit::insert(tx, &event.on(Party::Factor, id.as_str())).await?;
        post::notice(cx, tx, user, deliver::Kind::FactorRemoved).await
    });
    removed.await?;
    cx.app.posted.notify_one();
    Ok(())
}

/// A name to show: one line, not too long. None if nothing is left of it.
pub fn clean(name: &str) -> Option<String> {
    let name: String = name.chars().filter(|c| !c.is_control()).take(64).collect();
    Some(name.trim()).filter(|name| !name.is_empty()).map(str::to_owned)
}
