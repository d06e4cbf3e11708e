//! `grant_type=client_credentials` (RFC 6749 §4.4). As a JWT the token costs one signature and no row.

use super::mint::Draft;
use super::{Issued, allowed};
use crate::app::Cx;
use crate::flow::{Result, engine};
use crate::model::client::Client;
use crate::spec::params::Params;
use crate::spec::scope::Scope;
use crate::store::Conn;

/// A token for the client itself. Without a wish it gets all its scopes.
pub async fn grant(cx: Cx<'_>, client: &Client, params: &Params) -> Result<Issued> {
    let draft = draft(cx, client, params)?;
    if draft.is_opaque() {
        cx.app.db.write(async |tx| draft.keep(cx, tx).await).await?;
    }
    let issued = draft.finish(cx, client)?;
    cx.app.programs.count(cx, client.id.as_str(), &issued.scope.to_string());
    Ok(issued)
}

/// The same in a transaction that is not ended here, and not counted.
pub async fn grant_within(cx: Cx<'_>, tx: &mut Conn, client: &Client, params: &Params) -> Result<Issued> {
    let draft = draft(cx, client, params)?;
    draft.keep(cx, tx).await?;
    draft.finish(cx, client)
}

fn draft(cx: Cx<'_>, client: &Client, params: &Params) -> Result<Draft> {
    // the scopes of a person mean nothing where there is none
    let registered = client.metadata.scope.clone().impersonal();
    let negotiate = |asked: Option<Scope>| match asked {
        None => Ok(registered.clone()),
        Some(asked) => allowed(&asked, &registered).map(|()| asked),
    };
    let scope = engine::client_credentials(params, client.id.as_str(), negotiate)?;
    Ok(Draft::of_program(cx, client, scope))
}
