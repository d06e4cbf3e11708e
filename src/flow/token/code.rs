//! `grant_type=authorization_code` (RFC 6749 §4.1.3, OIDC Core §3.1.3).

use super::Issued;
use super::mint::{self, Draft};
use crate::app::Cx;
use crate::base::random::{Kind, Opaque};
use crate::flow::engine::CodeExchange;
use crate::flow::{Error, Result};
use crate::model::audit::{Action, Party};
use crate::model::auth::Grant;
use crate::model::client::Client;
use crate::model::token::AuthCode;
use crate::model::user::User;
use crate::spec::check::Check;
use crate::spec::claims::Details;
use crate::spec::error::Code;
use crate::spec::params::Params;
use crate::spec::pkce;
use crate::store::{Conn, audit, auth_code, grant, refresh_token};

enum Outcome {
    Redeemed(Box<Redeemed>),
    Replayed,
    Unknown,
}

struct Redeemed {
    code: AuthCode,
    grant: Grant,
    user: User,
    details: Option<Details>,
    draft: Draft,
    refresh_token: Option<Opaque>,
}

/// Exchanges a code for tokens, in one transaction. The client has been authenticated.
pub async fn exchange(cx: Cx<'_>, client: &Client, params: &Params) -> Result<Issued> {
    let asked = read(client, params)?;
    let outcome = cx.app.db.write(async |tx| redeem(cx, tx, client, params, asked).await).await?;
    answer(cx, client, outcome)
}

/// The same in a transaction that is not ended here.
pub async fn exchange_within(cx: Cx<'_>, tx: &mut Conn, client: &Client, params: &Params) -> Result<Issued> {
    let outcome = redeem(cx, tx, client, params, read(client, params)?).await?;
    answer(cx, client, outcome)
}

fn read(client: &Client, params: &Params) -> Result<(CodeExchange, Opaque)> {
    Ok((CodeExchange::new(params, client.id.as_str())?, Opaque::from(params.required("code")?)))
}

fn answer(cx: Cx<'_>, client: &Client, outcome: Outcome) -> Result<Issued> {
    match outcome {
        Outcome::Redeemed(redeemed) => finish(cx, client, *redeemed),
        Outcome::Replayed => {
            let refusal = Code::InvalidGrant.because("the code was already used");
            Err(refusal.at(Check::CodeUnused, "the first use", "another one; its tokens were revoked").into())
        }
        Outcome::Unknown => {
            let refusal = Code::InvalidGrant.because("the code is unknown or has expired");
            Err(refusal.at(Check::CodeKnown, "a code of this client, not expired", "none").into())
        }
    }
}

/// An `Err` rolls back, so a wrong verifier or redirect URI does not use the code up.
async fn redeem(
    cx: Cx<'_>,
    tx: &mut Conn,
    client: &Client,
    params: &Params,
    (machine, code): (CodeExchange, Opaque),
) -> Result<Outcome> {
    let Some(code) = auth_code::redeem(tx, cx.tenant, &code.hash(), &client.id, cx.now).await? else {
        return replayed(cx, tx, client, &code).await;
    };
    let (grant, user) = mint::standing(cx, tx, &code.grant_id).await?;
    let scope = grant.scope();
    let machine = machine.recovered(code.client_id.as_str(), &code.redirect_uri, &scope)?;
    pkce::check(code.code_challenge.as_deref(), params.get("code_verifier"))?;
    machine.finish()?;
    let details = mint::details(cx, tx, (&grant, &scope), &user).await?;
    let draft = Draft::of_grant(cx, client, &grant, (scope.clone(), details.as_ref()));
    draft.keep(cx, tx).await?;
    let refresh_token = mint::is_lasting(client, &scope).then(|| Opaque::of(Kind::RefreshToken));
    if let Some(token) = &refresh_token {
        refresh_token::insert(tx, &mint::refresh_token(cx, &grant, token)).await?;
    }
    let row = cx.audit(Action::TokenIssue, Party::User, Some(user.id.as_str()));
    audit::insert(tx, &row.on(Party::Client, client.id.as_str()).detail(grant.scope.clone())).await?;
    Ok(Outcome::Redeemed(Box::new(Redeemed { code, grant, user, details, draft, refresh_token })))
}

/// A second use of a code takes back what the first one gave (RFC 6749 §4.1.2). A stranger's use does nothing.
async fn replayed(cx: Cx<'_>, tx: &mut Conn, client: &Client, code: &Opaque) -> Result<Outcome> {
    let seen = auth_code::find(tx, cx.tenant, &code.hash()).await?;
    let Some(seen) = seen.filter(|seen| seen.client_id == client.id && seen.used_at.is_some()) else {
        return Ok(Outcome::Unknown);
    };
    grant::revoke(tx, cx.tenant, &seen.grant_id, cx.now).await?;
    let row = cx.audit(Action::CodeReplay, Party::Client, Some(client.id.as_str())).failed();
    audit::insert(tx, &row.on(Party::Grant, seen.grant_id.as_str())).await?;
    tracing::warn!(client.id = client.id.as_str(), "authorization code replayed; its tokens were revoked");
    Ok::<_, Error>(Outcome::Replayed)
}

fn finish(cx: Cx<'_>, client: &Client, redeemed: Redeemed) -> Result<Issued> {
    let Redeemed { code, grant, user, details, draft, refresh_token } = redeemed;
    let issued = draft.finish(cx, client)?;
    let nonce = code.nonce.as_deref();
    let id_token = mint::id_token(cx, client, (&grant, &user, details.as_ref()), nonce, &issued)?;
    Ok(Issued { refresh_token, id_token, ..issued })
}
