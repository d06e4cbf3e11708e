//! A token that comes back: is it ours, does it still count, and whom does it stand for?

use std::sync::Arc;

use crate::app::Cx;
use crate::base::random::{Kind, Opaque, sha256};
use crate::crypto::jose::Typ;
use crate::flow::Result;
use crate::model::GrantId;
use crate::model::auth::Standing;
use crate::model::user::User;
use crate::spec::access_token::AccessToken;
use crate::spec::account_state::Use;
use crate::store::{access_token, grant, revoked_token};

/// An access token that counts.
#[derive(Debug, Clone)]
pub struct Live {
    pub claims: Arc<AccessToken>,
    /// None for a program's own token.
    pub person: Option<Box<(Standing, User)>>,
}

/// The access token, unless it is foreign, expired, revoked, or its grant, person or client no longer stands.
pub async fn find(cx: Cx<'_>, token: &str) -> Result<Option<Live>> {
    let Some(claims) = read(cx, token).await?.filter(|claims| cx.now < claims.exp) else { return Ok(None) };
    let client = cx.app.clients.find(cx, &claims.client_id).await?;
    if !client.is_some_and(|client| client.is_enabled()) {
        return Ok(None);
    }
    let conn = &mut cx.app.db.conn().await?;
    let Some(id) = &claims.grant_id else {
        let revoked = revoked_token::contains(conn, cx.tenant, &claims.jti).await?;
        return Ok((!revoked).then_some(Live { claims, person: None }));
    };
    let found = grant::find_unrevoked(conn, cx.tenant, &GrantId::from(id.as_str()), &claims.jti).await?;
    let standing = found.filter(|(grant, user)| grant.is_live(cx.now) && user.may(Use::Token));
    Ok(standing.map(|person| Live { claims, person: Some(Box::new(person)) }))
}

async fn read(cx: Cx<'_>, token: &str) -> Result<Option<Arc<AccessToken>>> {
    let opaque = Opaque::from(token);
    if opaque.is(Kind::AccessToken) {
        let row = access_token::find_live(&mut cx.app.db.conn().await?, cx.tenant, &opaque.hash(), cx.now).await?;
        return Ok(row.map(|row| serde_json::from_str(&row.claims)).transpose()?.map(Arc::new));
    }
    Ok(signed(cx, token))
}

/// The signature of a token is checked once on each node; what may change since is asked for each time.
fn signed(cx: Cx<'_>, token: &str) -> Option<Arc<AccessToken>> {
    let digest = sha256(token);
    if let Some(claims) = cx.app.verified.get(&digest) {
        return Some(claims);
    }
    let claims = cx.app.keys.load().verify(token, Typ::AccessToken).ok()?;
    let claims: AccessToken = serde_json::from_slice(&claims).ok()?;
    if claims.iss != cx.issuer() {
        return None;
    }
    let claims = Arc::new(claims);
    cx.app.verified.insert(digest, claims.clone());
    Some(claims)
}
