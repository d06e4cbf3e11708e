//! The person decides what an app may do.

use super::authorize::{Answer, Browser, Pending, denied, finished, needs_consent, resume};
use super::session::Live;
use super::{Error, Result};
use crate::app::Cx;
use crate::model::ClientId;
use crate::model::audit::{Action, Party};
use crate::model::auth::Consent;
use crate::spec::check::Check;
use crate::spec::error::Code;
use crate::spec::scope::Scope;
use crate::store::{audit, auth_request, consent};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    Allow,
    Deny,
}

/// What the person has allowed this client before.
pub async fn given(cx: Cx<'_>, live: &Live, client_id: &ClientId) -> Result<Scope> {
    let found = consent::find(&mut cx.app.db.conn().await?, cx.tenant, &live.user.id, client_id).await?;
    Ok(found.map(|consent| Scope::parse(&consent.scope)).unwrap_or_default())
}

/// Keeps the decision and goes on. It counts only while consent is what the request needs; otherwise the policy says
/// what comes next.
pub async fn decide(cx: Cx<'_>, mut pending: Pending, browser: Browser<'_>, decision: Decision) -> Result<Answer> {
    let Some(live) = browser.live else {
        let refusal = Code::LoginRequired.because("nobody is signed in at this browser any more");
        return Err(refusal.at(Check::Session, "a session", "none").into());
    };
    match decision {
        Decision::Deny => deny(cx, pending, live).await,
        Decision::Allow => {
            if needs_consent(cx, &pending, browser).await? {
                allow(cx, &pending, live).await?;
                pending.row.consented_in = Some(live.session.id.clone());
            }
            resume(cx, pending, browser).await
        }
    }
}

async fn allow(cx: Cx<'_>, pending: &Pending, live: &Live) -> Result<()> {
    let asked = pending.request.needed();
    let event = cx.audit(Action::ConsentGive, Party::User, Some(live.user.id.as_str()));
    let event = event.on(Party::Client, pending.client.id.as_str()).detail(asked.to_string());
    cx.app
        .db
        .write(async |tx| {
            let before = consent::find(tx, cx.tenant, &live.user.id, &pending.client.id).await?;
            let before = before.map(|consent| Scope::parse(&consent.scope)).unwrap_or_default();
            let row = Consent {
                tenant_id: cx.tenant.clone(),
                user_id: live.user.id.clone(),
                client_id: pending.client.id.clone(),
                scope: before.union(&asked).to_string(),
                given_at: cx.now,
                updated_at: cx.now,
            };
            consent::upsert(tx, &row).await?;
            auth_request::consent(tx, cx.tenant, &pending.row.id, &live.session.id).await?;
            audit::insert(tx, &event).await?;
            Ok(())
        })
        .await
}

async fn deny(cx: Cx<'_>, pending: Pending, live: &Live) -> Result<Answer> {
    let event = cx.audit(Action::ConsentDeny, Party::User, Some(live.user.id.as_str()));
    let event = event.on(Party::Client, pending.client.id.as_str()).detail(pending.request.needed().to_string());
    cx.app
        .db
        .write(async |tx| {
            if !auth_request::end(tx, cx.tenant, &pending.row.id, cx.now).await? {
                return Err(finished().into());
            }
            audit::insert(tx, &event).await?;
            Ok::<_, Error>(())
        })
        .await?;
    Ok(denied(pending.return_to))
}
