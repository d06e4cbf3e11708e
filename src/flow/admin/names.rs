//! What ids are called, a page of them at once.

use std::collections::HashMap;

use super::Actor;
use crate::app::Cx;
use crate::flow::Result;
use crate::model::{ClientId, UserId};
use crate::spec::right::Right;
use crate::store::{client, user};

/// The user names of these ids, of whoever is still there; nothing for those who may not see people. What is no id of a
/// person has no name.
pub async fn of_people<'a>(
    cx: Cx<'_>,
    by: &Actor,
    ids: impl IntoIterator<Item = &'a str>,
) -> Result<HashMap<String, String>> {
    let mut ids: Vec<UserId> = ids.into_iter().map(UserId::from).collect();
    ids.sort_unstable_by(|one, other| one.0.cmp(&other.0));
    ids.dedup();
    if ids.is_empty() || by.require(Right::UsersRead).is_err() {
        return Ok(HashMap::new());
    }
    Ok(user::names(&mut cx.app.db.conn().await?, cx.tenant, &ids).await?)
}

/// The names of the apps with these ids, also of those that were deleted; nothing for those who may not see apps.
pub async fn of_clients<'a>(
    cx: Cx<'_>,
    by: &Actor,
    ids: impl IntoIterator<Item = &'a str>,
) -> Result<HashMap<String, String>> {
    let mut ids: Vec<ClientId> = ids.into_iter().map(ClientId::from).collect();
    ids.sort_unstable_by(|one, other| one.0.cmp(&other.0));
    ids.dedup();
    if ids.is_empty() || by.require(Right::ClientsRead).is_err() {
        return Ok(HashMap::new());
    }
    Ok(client::names(&mut cx.app.db.conn().await?, cx.tenant, &ids).await?)
}
