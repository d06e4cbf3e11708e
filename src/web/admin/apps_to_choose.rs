//! Apps in forms about people: proposed by name, and found by id or by a name that only one of them has.

use super::Desk;
use crate::base::text;
use crate::flow::admin::client;
use crate::flow::{self, Error};
use crate::model::ClientId;
use crate::model::client::ClientRow;
use crate::spec::right::Right;
use crate::store::client::Wanted;

/// Apps that are proposed.
const MOST: i64 = 200;

/// What was typed.
pub enum Typed {
    Nothing,
    Unknown,
    /// With its name.
    App(ClientId, String),
}

/// Ids and names to choose from; none for those who may not see apps.
pub async fn list(desk: &Desk<'_>) -> flow::Result<Vec<(String, String)>> {
    if !desk.may(Right::ClientsRead) {
        return Ok(Vec::new());
    }
    let rows = client::list(desk.cx(), desk.by(), &Wanted::default(), "", MOST).await?;
    Ok(rows.into_iter().map(|row| (row.id.0, row.name)).collect())
}

/// The app that is meant. Whoever may not see apps has to know the id.
pub async fn find(desk: &Desk<'_>, typed: &str) -> flow::Result<Typed> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(Typed::Nothing);
    }
    if !desk.may(Right::ClientsRead) {
        let found = desk.cx().app.clients.find(desk.cx(), typed).await?;
        return Ok(
            found.map_or(Typed::Unknown, |client| Typed::App(client.id.clone(), client.metadata.client_name.clone()))
        );
    }
    match client::show(desk.cx(), desk.by(), &ClientId::from(typed)).await {
        Ok(client) => return Ok(Typed::App(client.id, client.metadata.client_name)),
        Err(Error::Refused(_)) => {}
        Err(fault) => return Err(fault),
    }
    let key = text::key(typed);
    let wanted = Wanted { prefix: key.clone(), state: None };
    let rows = client::list(desk.cx(), desk.by(), &wanted, "", MOST).await?;
    let mut same = rows.into_iter().filter(|row| row.name_key == key);
    Ok(match (same.next(), same.next()) {
        (Some(ClientRow { id, name, .. }), None) => Typed::App(id, name),
        _ => Typed::Unknown,
    })
}
