//! What tokens would say, without making any.

use serde_json::{Map, Value};

use super::mint::{self, Draft};
use crate::app::Cx;
use crate::flow::{Result, userinfo};
use crate::model::auth::Grant;
use crate::model::client::Client;
use crate::model::user::User;
use crate::store::Conn;

/// Stands where only a token that is made has a value: in `jti`, `sid`, `at_hash` and the like.
const RANDOM: &str = "…";

/// The claims of the tokens that a grant would bring, and of userinfo.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Told {
    pub access_token: Map<String, Value>,
    /// None without the scope `openid`.
    pub id_token: Option<Map<String, Value>>,
    pub userinfo: Option<Map<String, Value>>,
    /// Whether a refresh token would come along.
    pub refresh_token: bool,
}

/// Tells it of a grant that need not stand anywhere.
pub async fn told(
    cx: Cx<'_>,
    conn: &mut Conn,
    client: &Client,
    (grant, user): (&Grant, &User),
    nonce: Option<&str>,
) -> Result<Told> {
    let scope = grant.scope();
    let details = mint::details(cx, conn, (grant, &scope), user).await?;
    let access_token = object(Draft::of_grant(cx, client, grant, (scope.clone(), details.as_ref())).claims())?;
    let refresh_token = mint::is_lasting(client, &scope);
    if !scope.contains("openid") {
        return Ok(Told { access_token, id_token: None, userinfo: None, refresh_token });
    }
    let amr: Vec<&str> = grant.amr.split(' ').collect();
    let grant_of = (grant, user, details.as_ref());
    let id_token = object(&mint::id_claims(cx, client, grant_of, (&amr, nonce), (RANDOM.to_owned(), &scope)))?;
    let userinfo = userinfo::told(cx, conn, client, user, (&scope, &grant.claims().userinfo)).await?;
    Ok(Told { access_token, id_token: Some(id_token), userinfo: Some(userinfo), refresh_token })
}

fn object(claims: &impl serde::Serialize) -> Result<Map<String, Value>> {
    let Value::Object(mut claims) = serde_json::to_value(claims)? else { return Ok(Map::new()) };
    for name in ["jti", "sid", "grant_id"] {
        if let Some(value) = claims.get_mut(name) {
            *value = RANDOM.into();
        }
    }
    Ok(claims)
}
