//! What signed-in people see and change of their own accounts.

pub mod activity;
pub mod apps;
pub mod delete;
pub mod email;
pub mod export;
pub mod password;
pub mod phone;
pub mod picture;
pub mod preferences;
pub mod profile;
pub mod sessions;

use super::Result;
use super::session::Live;
use crate::app::Cx;
use crate::store::{consent, user};

#[derive(Debug)]
pub struct Overview {
    pub roles: Vec<String>,
    /// The names of the apps that hold a consent.
    pub apps: Vec<String>,
}

pub async fn overview(cx: Cx<'_>, live: &Live) -> Result<Overview> {
    let conn = &mut cx.app.db.conn().await?;
    let roles = user::roles(conn, cx.tenant, &live.user.id).await?;
    let apps = consent::client_names(conn, cx.tenant, &live.user.id).await?;
    Ok(Overview { roles, apps })
}
