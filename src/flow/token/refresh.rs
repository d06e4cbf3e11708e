//! `grant_type=refresh_token` (RFC 6749 §6) with rotation and reuse detection (RFC 9700 §4.14.2).

use super::mint::{self, Draft};
use super::{Issued, allowed};
use crate::app::Cx;
use crate::base::random::{Kind, Opaque};
use crate::flow::engine::Refreshing;
use crate::flow::{Error, Result};
use crate::model::audit::{Action, Party};
use crate::model::auth::Grant;
use crate::model::client::Client;
use crate::model::token::RefreshToken;
use crate::model::user::User;
use crate::spec::check::Check;
use crate::spec::claims::Details;
use crate::spec::error::{Code, Refusal};
use crate::spec::params::Params;
use crate::store::{Conn, audit, grant, refresh_token};

enum Outcome {
    Refreshed(Box<Refreshed>),
    Reused,
    Unknown,
}

struct Refreshed {
    grant: Grant,
    user: User,
    details: Option<Details>,
    draft: Draft,
    successor: Opaque,
}

/// Exchanges a refresh token for a new pair, in one transaction. The client has been authenticated.
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

fn read(client: &Client, params: &Params) -> Result<(Refreshing, Opaque)> {
    let machine = Refreshing::new(params, client.id.as_str())?;
    let token = Opaque::from(params.required("refresh_token")?);
    if token.is(Kind::RefreshToken) { Ok((machine, token)) } else { Err(unknown().into()) }
}

fn answer(cx: Cx<'_>, client: &Client, outcome: Outcome) -> Result<Issued> {
    match outcome {
        Outcome::Refreshed(refreshed) => finish(cx, client, *refreshed),
        Outcome::Unknown => Err(unknown().into()),
        Outcome::Reused => {
            let refusal = Code::InvalidGrant.because("the refresh token was already used");
            Err(refusal.at(Check::RefreshUnused, "the first use", "another one; the grant was revoked").into())
        }
    }
}

fn unknown() -> Refusal {
    let refusal = Code::InvalidGrant.because("the refresh token is unknown or has expired");
    refusal.at(Check::RefreshKnown, "a refresh token of this client, not expired", "none")
}

/// In seconds.
const HOUR: i64 = 3600;

async fn redeem(
    cx: Cx<'_>,
    tx: &mut Conn,
    client: &Client,
    params: &Params,
    (machine, token): (Refreshing, Opaque),
) -> Result<Outcome> {
    let successor = Opaque::of(Kind::RefreshToken);
    let (hash, next) = (token.hash(), successor.hash());
    let row = match refresh_token::redeem(tx, cx.tenant, &hash, &client.id, &next, cx.now).await? {
        Some(row) => row,
        None => match retried(cx, tx, client, &hash, &next).await? {
            Retried::Lost(row) => *row,
            Retried::Reused => return Ok(Outcome::Reused),
            Retried::Unknown => return Ok(Outcome::Unknown),
        },
    };
    let (grant, user) = mint::standing(cx, tx, &row.grant_id).await?;
    let scope = machine.recovered(params, row.client_id.as_str(), &grant.scope())?;
    allowed(&scope, &client.metadata.scope)?;
    let details = mint::details(cx, tx, (&grant, &scope), &user).await?;
    let draft = Draft::of_grant(cx, client, &grant, (scope, details.as_ref()));
    draft.keep(cx, tx).await?;
    refresh_token::insert(tx, &mint::refresh_token(cx, &grant, &successor)).await?;
    // the first of each hour: finer would cost a write for each token
    if row.issued_at.0 / HOUR != cx.now.0 / HOUR {
        grant::touch(tx, cx.tenant, &grant.id, cx.now).await?;
    }
    let audit_row = cx.audit(Action::TokenRefresh, Party::User, Some(user.id.as_str()));
    audit::insert(tx, &audit_row.on(Party::Client, client.id.as_str())).await?;
    Ok(Outcome::Refreshed(Box::new(Refreshed { grant, user, details, draft, successor })))
}

enum Retried {
    /// The answer to the first use got lost: its successor is replaced, once.
    Lost(Box<RefreshToken>),
    Reused,
    Unknown,
}

/// The token cannot be redeemed. Within the grace, once, and as long as nobody used the successor, that counts as an
/// answer that got lost; anything else is a reuse, and ends the family.
async fn retried(cx: Cx<'_>, tx: &mut Conn, client: &Client, hash: &str, next: &str) -> Result<Retried> {
    let seen = refresh_token::find(tx, cx.tenant, hash).await?;
    let Some(seen) = seen.filter(|seen| seen.client_id == client.id && seen.used_at.is_some()) else {
        return Ok(Retried::Unknown);
    };
    let since = cx.now.minus(cx.app.config.token.reuse_grace);
    if let Some(lost) = refresh_token::retry(tx, cx.tenant, hash, since, cx.now).await? {
        let successor = lost.successor_hash.as_deref().unwrap_or_default();
        if refresh_token::replace(tx, cx.tenant, successor, next, cx.now).await? {
            return Ok(Retried::Lost(Box::new(lost)));
        }
    }
    grant::revoke(tx, cx.tenant, &seen.grant_id, cx.now).await?;
    let row = cx.audit(Action::TokenReuse, Party::Client, Some(client.id.as_str())).failed();
    audit::insert(tx, &row.on(Party::Grant, seen.grant_id.as_str())).await?;
    tracing::warn!(client.id = client.id.as_str(), "refresh token reused; its grant was revoked");
    Ok::<_, Error>(Retried::Reused)
}

fn finish(cx: Cx<'_>, client: &Client, refreshed: Refreshed) -> Result<Issued> {
    let Refreshed { grant, user, details, draft, successor } = refreshed;
    let issued = draft.finish(cx, client)?;
    // OIDC Core §12.2: the same subject and auth_time, a new iat, no nonce needed
    let id_token = mint::id_token(cx, client, (&grant, &user, details.as_ref()), None, &issued)?;
    Ok(Issued { refresh_token: Some(successor), id_token, ..issued })
}
