//! The userinfo endpoint (OIDC Core §5.3).

use serde_json::{Map, Value};

use super::token::{self, sign};
use super::{Result, profile};
use crate::app::Cx;
use crate::crypto::jose::Typ;
use crate::spec::check::Check;
use crate::spec::claims::{self, Person};
use crate::spec::error::{Code, Refusal};

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
    let (scope, asked) = (&live.claims.scope, grant.claims().userinfo);
    let conn = &mut cx.app.db.conn().await?;
    let details = profile::wanted(cx, conn, user, scope, &asked).await?;
    let person = Person { details: details.as_ref(), ..user.person() };
    let mut answer = claims::userinfo(&person, scope, &asked);
    let client = cx.app.clients.find(cx, &live.claims.client_id).await?.ok_or_else(dead)?;
    let Some(alg) = client.metadata.userinfo_signed_response_alg else { return Ok(Userinfo::Claims(answer)) };
    answer.insert("iss".to_owned(), cx.issuer().into());
    answer.insert("aud".to_owned(), client.id.as_str().into());
    Ok(Userinfo::Signed(sign(cx, alg, Typ::Jwt, &answer)?))
}

fn dead() -> Refusal {
    let refusal = Code::InvalidToken.because("the access token is not valid, has expired or was revoked");
    refusal.at(Check::TokenLive, "a live access token", "another")
}
