//! The userinfo endpoint (OIDC Core §5.3).

use serde_json::{Map, Value};

use super::token::{self, sign};
use super::{Result, profile};
use crate::app::Cx;
use crate::crypto::jose::Typ;
use crate::model::client::Client;
use crate::model::user::User;
use crate::spec::check::Check;
use crate::spec::claims::{self, Person};
use crate::spec::error::{Code, Refusal};
use crate::spec::scope::Scope;
use crate::store::Conn;

/// Plain claims, or a signed token if the client registered for one.
#[derive(Debug)]
pub enum Userinfo {
    Claims(Map<String, Value>),
    Signed(String),
}

/// What the token allows to know about its person. Fails with `invalid_token` or `insufficient_scope` (RFC 6750 §3.1).
pub async fn userinfo(cx: Cx<'_>, token: &str) -> Result<Userinfo> {
    let live = token::live(cx, token).await?.ok_or_else(dead)?;
    let Some(person) = live.person.as_deref().filter(|_| live.claims.scope.contains("openid")) else {
        let refusal = Code::InsufficientScope.because("the token has no scope openid");
        return Err(refusal.at(Check::TokenScope, "openid", live.claims.scope.to_string()).into());
    };
    let (grant, user) = person;
    let client = cx.app.clients.find(cx, &live.claims.client_id).await?.ok_or_else(dead)?;
    let asked = (&live.claims.scope, grant.claims().userinfo);
    let answer = told(cx, &mut cx.app.db.conn().await?, &client, user, (asked.0, &asked.1)).await?;
    match client.metadata.userinfo_signed_response_alg {
        None => Ok(Userinfo::Claims(answer)),
        Some(alg) => Ok(Userinfo::Signed(sign(cx, alg, Typ::Jwt, &answer)?)),
    }
}

/// What a client is told about a person, by scope and by the claims that are asked for one by one.
pub(super) async fn told(
    cx: Cx<'_>,
    conn: &mut Conn,
    client: &Client,
    user: &User,
    (scope, asked): (&Scope, &[String]),
) -> Result<Map<String, Value>> {
    let details = profile::wanted(cx, conn, user, scope, asked).await?;
    let person = Person { details: details.as_ref(), ..user.person() };
    let mut answer = claims::userinfo(&person, scope, asked);
    if client.metadata.userinfo_signed_response_alg.is_some() {
        answer.insert("iss".to_owned(), cx.issuer().into());
        answer.insert("aud".to_owned(), client.id.as_str().into());
    }
    Ok(answer)
}

fn dead() -> Refusal {
    let refusal = Code::InvalidToken.because("the access token is not valid, has expired or was revoked");
    refusal.at(Check::TokenLive, "a live access token", "another")
}
