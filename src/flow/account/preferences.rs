//! What a person wants: a JSON object, for Signet itself and for the apps that put something into it.

use std::time::Duration;

use serde_json::{Map, Value};

use crate::app::Cx;
use crate::flow::{Error, Result};
use crate::model::UserId;
use crate::model::audit::Action;
use crate::model::profile::Profile;
use crate::shared::limit::Rate;
use crate::spec::preferences::{self, Letter};
use crate::store::{Conn, audit, profile, user};

/// Changes of one person's.
const CHANGES: Rate = Rate { burst: 60, interval: Duration::from_secs(2) };

/// All of them; empty for somebody who has never said what he wants.
pub async fn get(cx: Cx<'_>, id: &UserId) -> Result<Map<String, Value>> {
    read(cx, &mut cx.app.db.conn().await?, id).await
}

pub(in crate::flow) async fn read(cx: Cx<'_>, conn: &mut Conn, id: &UserId) -> Result<Map<String, Value>> {
    let sealed = profile::find(conn, cx.tenant, id).await?.and_then(|row| row.sealed_preferences);
    let Some(sealed) = sealed else { return Ok(Map::new()) };
    Ok(serde_json::from_slice(&cx.app.master_key.open(&Profile::preferences_place(id), &sealed)?)?)
}

/// Changes them by a merge patch (RFC 7396); what they are then. Changes that come at once are all made. Fails when the
/// result is not what it may be (400), or that is done too often (429).
pub async fn merge(cx: Cx<'_>, id: &UserId, patch: &Value) -> Result<Map<String, Value>> {
    cx.limit("preferences", id.as_str(), CHANGES)?;
    let event = cx.audit_own(Action::PreferencesChange, id);
    let work = cx.app.db.write(async |tx| {
        user::lock(tx, cx.tenant, id).await?;
        let before = read(cx, tx, id).await?;
        let after = preferences::merge(&before, patch)?;
        if after == before {
            return Ok(after);
        }
        let mut row = Profile::empty(cx.tenant.clone(), id.clone(), cx.now);
        row.sealed_preferences = match after.is_empty() {
            true => None,
            false => Some(cx.app.master_key.seal(&Profile::preferences_place(id), &serde_json::to_vec(&after)?)?),
        };
        profile::set_preferences(tx, &row, preferences::theme(&after)).await?;
        audit::insert(tx, &event).await?;
        Ok::<_, Error>(after)
    });
    work.await
}

/// Whether the person wants letters of this kind.
pub(in crate::flow) async fn wants(cx: Cx<'_>, conn: &mut Conn, id: &UserId, letter: Letter) -> Result<bool> {
    Ok(preferences::wants(&read(cx, conn, id).await?, letter))
}
