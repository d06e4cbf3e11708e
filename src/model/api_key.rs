//! Keys with which programs use the API.

use std::net::IpAddr;

use diesel::prelude::*;

use super::{ApiKeyId, TenantId};
use crate::base::net::Networks;
use crate::base::time::Ts;
use crate::schema::api_key;
use crate::spec::right::{Right, Rights};

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = api_key, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct ApiKey {
    pub tenant_id: TenantId,
    pub id: ApiKeyId,
    pub name: String,
    pub hash: String,
    /// Names of rights, separated by spaces.
    pub rights: String,
    /// Networks that it may be used from, separated by spaces; empty for all.
    pub networks: String,
    pub created_at: Ts,
    pub created_by: String,
    pub expires_at: Option<Ts>,
    pub revoked_at: Option<Ts>,
    pub last_used_at: Option<Ts>,
    pub last_address: Option<String>,
}

impl ApiKey {
    pub fn rights(&self) -> Rights {
        self.rights.split(' ').filter_map(Right::parse).collect()
    }

    pub fn networks(&self) -> Vec<String> {
        self.networks.split(' ').filter(|network| !network.is_empty()).map(str::to_owned).collect()
    }

    /// Whether it may be used from there. A list that cannot be read lets nobody in.
    pub fn admits(&self, address: Option<IpAddr>) -> bool {
        let networks = self.networks();
        networks.is_empty()
            || address.is_some_and(|address| Networks::parse(&networks).is_ok_and(|known| known.contains(address)))
    }

    /// Whether it ends no later than another one, and may be used from nowhere else.
    pub fn is_within(&self, other: &Self) -> bool {
        let ends = other.expires_at.is_none_or(|end| self.expires_at.is_some_and(|own| own <= end));
        let (own, wider) = (self.networks(), other.networks());
        let covered = || Some(Networks::parse(&wider).ok()?.cover(&Networks::parse(&own).ok()?));
        ends && (wider.is_empty() || !own.is_empty() && covered() == Some(true))
    }

    pub fn is_live(&self, now: Ts) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|end| now < end)
    }
}
