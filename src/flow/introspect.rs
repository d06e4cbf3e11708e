//! Token introspection (RFC 7662).

use super::client_auth::{self, Credentials};
use super::{Result, token};
use crate::app::Cx;
use crate::base::random::{Kind, Opaque};
use crate::base::time::Ts;
use crate::model::client::Client;
use crate::shared::limit::Rate;
use crate::spec::account_state::Use;
use crate::spec::check::Check;
use crate::spec::error::Code;
use crate::spec::params::Params;
use crate::spec::scope::Scope;
use crate::store::{grant, refresh_token};

/// What a token says while it counts. `None` everywhere else: unknown, expired and revoked look the same.
#[derive(Debug, serde::Serialize)]
pub struct Active {
    pub active: bool,
    #[serde(skip_serializing_if = "Scope::is_empty")]
    pub scope: Scope,
    pub client_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token_type: Option<&'static str>,
    pub exp: Ts,
    pub iat: Ts,
    pub sub: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aud: Option<String>,
    pub iss: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jti: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth_time: Option<Ts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acr: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roles: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions: Option<Vec<String>>,
}

/// Answers about access tokens to every client that authenticates, about a refresh token only to its own.
pub async fn introspect(cx: Cx<'_>, params: &Params, credentials: &Credentials) -> Result<Option<Active>> {
    let client = client_auth::authenticate(cx, credentials).await?;
    if client.metadata.is_public() {
        let refusal = Code::InvalidClient.because("introspection needs a client that authenticates");
        return Err(refusal.at(Check::ClientAuthMethod, "client_secret_basic or _post", "none").into());
    }
    let rate = cx.config().limits.introspect_client_rate;
    cx.limit("introspect", client.id.as_str(), Rate::per_second(rate, rate))?;
    let text = params.get("token").ok_or_else(|| {
        Code::InvalidRequest.because("token is missing").at(Check::TokenPresent, "a token", "nothing")
    })?;
    let opaque = Opaque::from(text);
    if opaque.is(Kind::RefreshToken) {
        return refresh(cx, &client, &opaque).await;
    }
    let Some(live) = token::live(cx, text).await? else { return Ok(None) };
    let claims = &live.claims;
    Ok(Some(Active {
        active: true,
        scope: claims.scope.clone(),
        client_id: claims.client_id.clone(),
        username: live.person.map(|person| person.1.username),
        token_type: Some("Bearer"),
        exp: claims.exp,
        iat: claims.iat,
        sub: claims.sub.clone(),
        aud: Some(claims.aud.clone()),
        iss: claims.iss.clone(),
        jti: Some(claims.jti.clone()),
        auth_time: claims.auth_time,
        acr: claims.acr.clone(),
        roles: claims.roles.clone(),
        permissions: claims.permissions.clone(),
    }))
}

async fn refresh(cx: Cx<'_>, client: &Client, token: &Opaque) -> Result<Option<Active>> {
    let conn = &mut cx.app.db.conn().await?;
    let found = refresh_token::find(conn, cx.tenant, &token.hash()).await?;
    let own = |row: &crate::model::token::RefreshToken| {
        row.client_id == client.id && row.used_at.is_none() && cx.now < row.expires_at
    };
    let Some(row) = found.filter(own) else { return Ok(None) };
    let standing = grant::find(conn, cx.tenant, &row.grant_id).await?;
    let standing = standing.filter(|(grant, user)| grant.is_live(cx.now) && user.may(Use::Token));
    Ok(standing.map(|(grant, user)| Active {
        active: true,
        scope: grant.scope(),
        client_id: row.client_id.0,
        username: Some(user.username),
        token_type: None,
        exp: row.expires_at,
        iat: row.issued_at,
        sub: user.id.0,
        aud: None,
        iss: cx.issuer().to_owned(),
        jti: None,
        auth_time: Some(grant.auth_time),
        acr: Some(grant.acr),
        roles: None,
        permissions: None,
    }))
}
