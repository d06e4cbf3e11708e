//! Browsers that need no second factor for a month, because their person said so.

use std::time::Duration;

use crate::app::Cx;
use crate::base::random::{self, Opaque};
use crate::flow::Result;
use crate::model::factor::TrustedDevice;
use crate::model::user::User;
use crate::store::{Conn, trusted_device};

pub const TTL: Duration = Duration::from_hours(24 * 30);

/// Trusts this browser; the value is its cookie.
pub(in crate::flow) async fn trust(cx: Cx<'_>, tx: &mut Conn, user: &User) -> Result<Opaque> {
    let cookie = Opaque::random();
    let row = TrustedDevice {
        tenant_id: cx.tenant.clone(),
        hash: cookie.hash(),
        id: random::id(),
        user_id: user.id.clone(),
        device: cx.peer.map(|peer| peer.device.clone()).unwrap_or_default(),
        address: cx.peer.map(|peer| peer.address.to_string()).unwrap_or_default(),
        created_at: cx.now,
        last_used_at: cx.now,
        expires_at: cx.now.plus(TTL),
    };
    trusted_device::insert(tx, &row).await?;
    Ok(cookie)
}

/// Trusts one of the person's browsers no more.
pub async fn distrust(cx: Cx<'_>, user: &User, id: &str) -> Result<()> {
    Ok(cx.app.db.write(async |tx| trusted_device::delete(tx, cx.tenant, &user.id, id).await).await?)
}
