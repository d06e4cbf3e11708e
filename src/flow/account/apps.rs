//! Which apps have access to a person's account, and taking it back.

use std::collections::BTreeMap;

use crate::app::Cx;
use crate::base::time::Ts;
use crate::flow::Result;
use crate::model::audit::{Action, Party};
use crate::model::{ClientId, UserId};
use crate::spec::scope::Scope;
use crate::store::{audit, consent, grant};

/// Apps of one person on the page. The rows of a person with more are found again when some are withdrawn.
const MOST: i64 = 500;

/// An app that holds a consent, or grants that still give it tokens.
#[derive(Debug, Clone)]
pub struct Access {
    pub client_id: ClientId,
    pub name: String,
    pub scope: Scope,
    pub since: Ts,
    /// When it last got a token; None if it has had none lately.
    pub last_used: Option<Ts>,
}

/// In the order of their names.
pub async fn list(cx: Cx<'_>, user: &UserId) -> Result<Vec<Access>> {
    let conn = &mut cx.app.db.conn().await?;
    let mut found = BTreeMap::new();
    for (consent, name) in consent::list(conn, cx.tenant, user, MOST).await? {
        let scope = Scope::parse(&consent.scope);
        let access = Access { client_id: consent.client_id, name, scope, since: consent.given_at, last_used: None };
        found.insert((access.name.clone(), access.client_id.0.clone()), access);
    }
    for held in grant::held(conn, cx.tenant, user, cx.now, MOST).await? {
        let first = held.first.unwrap_or(cx.now);
        let known = found.entry((held.name.clone(), held.client_id.0.clone()));
        let access = known.or_insert_with(|| {
            let (client_id, name) = (held.client_id, held.name);
            Access { client_id, name, scope: Scope::default(), since: first, last_used: None }
        });
        access.scope = access.scope.union(&Scope::parse(&held.scope));
        access.since = access.since.min(first);
        access.last_used = access.last_used.max(held.last).max(held.last_used);
    }
    Ok(found.into_values().collect())
}

/// Takes back consent and grants of an app; none of its tokens counts from now on. Nothing happens when it had none.
pub async fn withdraw(cx: Cx<'_>, user: &UserId, client_id: &ClientId) -> Result<()> {
    let row = cx.audit(Action::ConsentWithdraw, Party::User, Some(user.as_str()));
    let row = row.on(Party::Client, client_id.as_str());
    cx.app
        .db
        .write(async |tx| {
            let had = consent::delete(tx, cx.tenant, user, client_id).await?;
            let grants = grant::revoke_of_client(tx, cx.tenant, user, client_id, cx.now).await?;
            if had || grants > 0 {
                audit::insert(tx, &row.detail(format!("{grants} grants"))).await?;
            }
            Ok(())
        })
        .await
}
