//! Whether somebody who has just signed in should be shown how to set up a second factor.

use super::Held;
use crate::app::Cx;
use crate::flow::Result;
use crate::flow::session::Live;
use crate::model::client::Client;
use crate::spec::acr::Level;
use crate::store::user;

/// Somebody without a factor, once; whose role wants one, until there is one.
pub async fn is_due(cx: Cx<'_>, live: &Live) -> Result<bool> {
    if live.session.needs_factor {
        return Ok(true);
    }
    if !cx.config().factor.offer || live.level().satisfies(Level::Multi) {
        return Ok(false);
    }
    let conn = &mut cx.app.db.conn().await?;
    if user::factor_skipped_at(conn, cx.tenant, &live.user.id).await?.is_some() {
        return Ok(false);
    }
    Ok(Held::by(cx, conn, &live.user.id).await?.factors.is_empty())
}

/// Whether a second factor is wanted whatever the person thinks of it: by a role, or by the app that waits.
pub fn is_demanded(live: &Live, waiting: Option<&Client>) -> bool {
    live.session.needs_factor || waiting.is_some_and(|client| client.metadata.require_factor)
}

/// The person does not want one now.
pub async fn skip(cx: Cx<'_>, live: &Live) -> Result<()> {
    Ok(cx.app.db.write(async |tx| user::skip_factor(tx, cx.tenant, &live.user.id, cx.now).await).await?)
}
