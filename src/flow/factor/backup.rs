//! Backup codes: ten to print, each for one time that nothing else is at hand.

use crate::app::Cx;
use crate::base::random;
use crate::deliver;
use crate::flow::session::Live;
use crate::flow::{Result, post};
use crate::model::UserId;
use crate::model::audit::Action;
use crate::model::factor::BackupCode;
use crate::model::user::User;
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::store::{Conn, audit, backup_code, factor};

pub const COUNT: usize = 10;
/// Fewer than these left, and the person should make new ones.
pub const FEW: i64 = 3;

/// How many are left.
pub async fn left(cx: Cx<'_>, user: &User) -> Result<i64> {
    Ok(backup_code::left(&mut cx.app.db.conn().await?, cx.tenant, &user.id).await?)
}

/// Ten new codes in the place of all older ones; nobody can show them a second time. Fails when there is no factor that
/// they could stand in for.
pub async fn make(cx: Cx<'_>, live: &Live) -> Result<Vec<String>> {
    let codes: Vec<String> = (0..COUNT).map(|_| random::reference().to_lowercase()).collect();
    let row = |code: &String| BackupCode {
        tenant_id: cx.tenant.clone(),
        user_id: live.user.id.clone(),
        hash: hash(cx, &live.user.id, code),
        created_at: cx.now,
        used_at: None,
    };
    let rows: Vec<BackupCode> = codes.iter().map(row).collect();
    cx.app
        .db
        .write(async |tx| {
            super::lock(cx, tx, live).await?;
            if factor::list(tx, cx.tenant, &live.user.id).await?.is_empty() {
                return Err(needless().into());
            }
            backup_code::replace(tx, cx.tenant, &live.user.id, &rows).await?;
            audit::insert(tx, &cx.audit_own(Action::FactorAdd, &live.user.id).detail("backup codes")).await?;
            post::notice(cx, tx, &live.user, deliver::Kind::BackupCodesMade).await
        })
        .await?;
    cx.app.posted.notify_one();
    Ok(codes)
}

fn needless() -> Refusal {
    let refusal = Code::AccessDenied.because("backup codes stand in for a second factor; add one first");
    refusal.at(Check::Factor, "an authenticator app or a passkey", "none")
}

/// Whether a code is right; it is used up.
pub(super) async fn verify(cx: Cx<'_>, tx: &mut Conn, user: &UserId, code: &str) -> Result<bool> {
    Ok(backup_code::redeem(tx, cx.tenant, user, &hash(cx, user, code), cx.now).await?)
}

/// 40 bits are too few to be hashed by themselves: whoever reads the table must not be able to try them all. Letters
/// count in any case, and what people add to tell groups apart does not.
fn hash(cx: Cx<'_>, user: &UserId, code: &str) -> String {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).take(16).collect();
    cx.app.master_key.token(&format!("backup {user} {}", plain.to_ascii_lowercase()))
}
