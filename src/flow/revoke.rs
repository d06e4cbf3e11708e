//! Token revocation (RFC 7009).

use super::client_auth::{self, Credentials};
use super::{Error, Result, token};
use crate::app::Cx;
use crate::base::random::{Kind, Opaque};
use crate::model::audit::{Action, Party};
use crate::model::client::Client;
use crate::model::token::RevokedToken;
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::spec::params::Params;
use crate::store::{audit, grant, refresh_token, revoked_token};

/// Takes a token back. A refresh token takes its whole grant with it (RFC 7009 §2.1); one that is unknown or has
/// ended is no error (§2.2). Fails when the token is another client's.
pub async fn revoke(cx: Cx<'_>, params: &Params, credentials: &Credentials) -> Result<()> {
    let client = client_auth::authenticate(cx, credentials).await?;
    let text = params.get("token").ok_or_else(|| {
        Code::InvalidRequest.because("token is missing").at(Check::TokenPresent, "a token", "nothing")
    })?;
    let opaque = Opaque::from(text);
    if opaque.is(Kind::RefreshToken) { refresh(cx, &client, &opaque).await } else { access(cx, &client, text).await }
}

async fn refresh(cx: Cx<'_>, client: &Client, token: &Opaque) -> Result<()> {
    cx.app
        .db
        .write(async |tx| {
            let Some(row) = refresh_token::find(tx, cx.tenant, &token.hash()).await? else { return Ok(()) };
            if row.client_id != client.id {
                return Err(not_yours(client).into());
            }
            if grant::revoke(tx, cx.tenant, &row.grant_id, cx.now).await? {
                let audit_row = cx.audit(Action::TokenRevoke, Party::Client, Some(client.id.as_str()));
                audit::insert(tx, &audit_row.on(Party::Grant, row.grant_id.as_str())).await?;
            }
            Ok::<_, Error>(())
        })
        .await
}

async fn access(cx: Cx<'_>, client: &Client, token: &str) -> Result<()> {
    let Some(live) = token::live(cx, token).await? else { return Ok(()) };
    if live.claims.client_id != client.id.as_str() {
        return Err(not_yours(client).into());
    }
    let row = RevokedToken { tenant_id: cx.tenant.clone(), jti: live.claims.jti.clone(), expires_at: live.claims.exp };
    let audit_row = cx.audit(Action::TokenRevoke, Party::Client, Some(client.id.as_str())).detail("access token");
    cx.app
        .db
        .write(async |tx| {
            revoked_token::insert(tx, &row).await?;
            audit::insert(tx, &audit_row).await?;
            Ok(())
        })
        .await
}

fn not_yours(client: &Client) -> Refusal {
    let refusal = Code::UnauthorizedClient.because("the token was issued to another client");
    refusal.at(Check::TokenPresent, client.id.as_str(), "another client's token")
}
