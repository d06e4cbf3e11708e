//! Making tokens: first what they say, then, after the commit, their signatures.

use super::Issued;
use crate::app::Cx;
use crate::base::random::{self, Kind, Opaque};
use crate::crypto::jose::Typ;
use crate::flow::{Fault, Result, profile};
use crate::model::GrantId;
use crate::model::auth::Grant;
use crate::model::client::Client;
use crate::model::token::{OpaqueToken, RefreshToken};
use crate::model::user::User;
use crate::spec::access_token::AccessToken;
use crate::spec::account_state::Use;
use crate::spec::check::Check;
use crate::spec::claims::{self, Details, Person};
use crate::spec::client_meta::{Alg, GrantType, TokenFormat};
use crate::spec::error::Code;
use crate::spec::id_token::{IdToken, at_hash};
use crate::spec::scope::Scope;
use crate::store::{self, Conn, access_token};

/// An access token whose contents are settled: a JWT that is not yet signed, or an opaque one that needs its row.
pub struct Draft {
    claims: AccessToken,
    opaque: Option<Opaque>,
}

impl Draft {
    /// For a person who allowed it; with what the person may do, where that is in the scope.
    pub fn of_grant(cx: Cx<'_>, client: &Client, grant: &Grant, (scope, details): (Scope, Option<&Details>)) -> Self {
        let mut draft = Self::new(cx, client, grant.user_id.as_str(), scope);
        let told = |name: &str, which: fn(&Details) -> &Option<Vec<String>>| {
            which(details?).clone().filter(|_| draft.claims.scope.contains(name))
        };
        let roles = told("roles", |details| &details.roles);
        let permissions = told("permissions", |details| &details.permissions);
        (draft.claims.roles, draft.claims.permissions) = (roles, permissions);
        draft.claims.auth_time = Some(grant.auth_time);
        draft.claims.acr = Some(grant.acr.clone());
        draft.claims.grant_id = Some(grant.id.0.clone());
        draft
    }

    /// For the client itself: it is its own subject (RFC 9068 §2.2).
    pub fn of_program(cx: Cx<'_>, client: &Client, scope: Scope) -> Self {
        Self::new(cx, client, client.id.as_str(), scope)
    }

    fn new(cx: Cx<'_>, client: &Client, sub: &str, scope: Scope) -> Self {
        let is_opaque = client.metadata.access_token_format == TokenFormat::Opaque;
        let claims = AccessToken {
            iss: cx.issuer().to_owned(),
            sub: sub.to_owned(),
            aud: cx.issuer().to_owned(),
            client_id: client.id.0.clone(),
            exp: cx.now.plus(cx.app.config.token.access_ttl),
            iat: cx.now,
            jti: random::base64url(random::bytes::<16>()),
            scope,
            auth_time: None,
            acr: None,
            grant_id: None,
            roles: None,
            permissions: None,
        };
        Self { claims, opaque: is_opaque.then(|| Opaque::of(Kind::AccessToken)) }
    }

    /// Writes the row that an opaque token needs; a JWT needs none.
    pub async fn keep(&self, cx: Cx<'_>, tx: &mut Conn) -> Result<()> {
        let Some(token) = &self.opaque else { return Ok(()) };
        let row = OpaqueToken {
            tenant_id: cx.tenant.clone(),
            hash: token.hash(),
            claims: serde_json::to_string(&self.claims)?,
            expires_at: self.claims.exp,
        };
        Ok(access_token::insert(tx, &row).await?)
    }

    /// What it says, whichever form it has.
    pub fn claims(&self) -> &AccessToken {
        &self.claims
    }

    pub fn is_opaque(&self) -> bool {
        self.opaque.is_some()
    }

    /// The answer for a program.
    pub fn finish(self, cx: Cx<'_>, client: &Client) -> Result<Issued> {
        let access_token = match &self.opaque {
            Some(token) => token.reveal().to_owned(),
            None => sign(cx, client.metadata.access_token_signed_response_alg, Typ::AccessToken, &self.claims)?,
        };
        Ok(Issued {
            access_token,
            expires_in: cx.app.config.token.access_ttl,
            scope: self.claims.scope,
            refresh_token: None,
            id_token: None,
        })
    }
}

/// The ID token that goes with an access token, when the person's identity was asked for.
pub fn id_token(
    cx: Cx<'_>,
    client: &Client,
    (grant, user, details): (&Grant, &User, Option<&Details>),
    nonce: Option<&str>,
    issued: &Issued,
) -> Result<Option<String>> {
    if !issued.scope.contains("openid") {
        return Ok(None);
    }
    let alg = client.metadata.id_token_signed_response_alg;
    let amr: Vec<&str> = grant.amr.split(' ').collect();
    let hash = at_hash(&issued.access_token, alg);
    let claims = id_claims(cx, client, (grant, user, details), (&amr, nonce), (hash, &issued.scope));
    sign(cx, alg, Typ::Jwt, &claims).map(Some)
}

/// What an ID token says.
pub fn id_claims<'a>(
    cx: Cx<'a>,
    client: &'a Client,
    (grant, user, details): (&'a Grant, &User, Option<&Details>),
    (amr, nonce): (&'a [&'a str], Option<&'a str>),
    (at_hash, scope): (String, &Scope),
) -> IdToken<'a> {
    IdToken {
        iss: &cx.app.config.issuer,
        sub: grant.user_id.as_str(),
        aud: client.id.as_str(),
        exp: cx.now.plus(cx.app.config.token.id_ttl),
        iat: cx.now,
        auth_time: grant.auth_time,
        nonce,
        acr: &grant.acr,
        amr,
        sid: grant.session_id.as_str(),
        at_hash,
        extra: claims::for_id_token(&Person { details, ..user.person() }, scope, &grant.claims().id_token),
    }
}

/// What the tokens tell beyond the person's own row, read before the commit: what is asked for in the ID token, and
/// what the person may do.
pub async fn details(
    cx: Cx<'_>,
    tx: &mut Conn,
    (grant, scope): (&Grant, &Scope),
    user: &User,
) -> Result<Option<Details>> {
    let power = scope.iter().filter(|name| matches!(*name, "roles" | "permissions")).collect();
    profile::wanted(cx, tx, user, &power, &grant.claims().id_token).await
}

/// Whether a refresh token comes with the access token.
pub fn is_lasting(client: &Client, scope: &Scope) -> bool {
    scope.contains("offline_access") && client.metadata.may(GrantType::RefreshToken)
}

/// Whether there will be keys to sign with: after the commit it is too late to say no.
pub fn check_keys(cx: Cx<'_>, client: &Client) -> Result<(), Fault> {
    let keys = cx.app.keys.load();
    let needed = [client.metadata.access_token_signed_response_alg, client.metadata.id_token_signed_response_alg];
    match needed.into_iter().find(|alg| keys.current(*alg, cx.now).is_none()) {
        Some(alg) => Err(Fault::NoKey(alg)),
        None => Ok(()),
    }
}

/// Signs with the current key. Fails, for a moment, while the very first keys are being made.
pub fn sign(cx: Cx<'_>, alg: Alg, typ: Typ, claims: &impl serde::Serialize) -> Result<String> {
    let keys = cx.app.keys.load();
    let key = keys.current(alg, cx.now).ok_or(Fault::NoKey(alg))?;
    Ok(key.sign(typ, claims)?)
}

/// A refresh token's row and the token itself, for the grant that it belongs to.
pub fn refresh_token(cx: Cx<'_>, grant: &Grant, token: &Opaque) -> RefreshToken {
    let idle = cx.now.plus(cx.app.config.token.refresh_idle);
    RefreshToken {
        tenant_id: cx.tenant.clone(),
        hash: token.hash(),
        grant_id: grant.id.clone(),
        client_id: grant.client_id.clone(),
        issued_at: cx.now,
        expires_at: idle.min(grant.expires_at),
        used_at: None,
        successor_hash: None,
        retried_at: None,
    }
}

/// Finds grant and person and checks that both still stand.
pub async fn standing(cx: Cx<'_>, tx: &mut Conn, id: &GrantId) -> Result<(Grant, User)> {
    let found = store::grant::find(tx, cx.tenant, id).await?;
    let Some((grant, user)) = found.filter(|(grant, _)| grant.is_live(cx.now)) else {
        let refusal = Code::InvalidGrant.because("the grant was withdrawn or has expired");
        return Err(refusal.at(Check::GrantLive, "a live grant", "none").into());
    };
    if !user.may(Use::Token) {
        let refusal = Code::InvalidGrant.because("the account is not active");
        return Err(refusal.at(Check::Account, "active", user.state.text()).into());
    }
    Ok((grant, user))
}
