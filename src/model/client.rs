//! Clients: the row, its secrets and URIs, and the whole that requests are checked against.

use diesel::prelude::*;

use super::{ClientId, TenantId};
use crate::base::random::{Opaque, same};
use crate::base::text;
use crate::base::time::Ts;
use crate::schema::{client, client_secret, redirect_uri};
use crate::spec::client_meta::Metadata;

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = client, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct ClientRow {
    pub tenant_id: TenantId,
    pub id: ClientId,
    pub name: String,
    /// [`Metadata`] as JSON, without the URIs.
    pub metadata: String,
    pub created_at: Ts,
    pub updated_at: Ts,
    pub disabled_at: Option<Ts>,
    /// It is gone for everybody but those who may bring it back.
    pub deleted_at: Option<Ts>,
    /// The name in the form in which names are compared.
    pub name_key: String,
}

crate::text_enum! {
    /// Whether a client is served.
    ClientState {
        Enabled = "enabled",
        Disabled = "disabled",
        Deleted = "deleted",
    }
}

impl ClientState {
    fn of(disabled_at: Option<Ts>, deleted_at: Option<Ts>) -> Self {
        match (disabled_at, deleted_at) {
            (_, Some(_)) => Self::Deleted,
            (Some(_), None) => Self::Disabled,
            (None, None) => Self::Enabled,
        }
    }
}

impl ClientRow {
    pub fn state(&self) -> ClientState {
        ClientState::of(self.disabled_at, self.deleted_at)
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = client_secret, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct ClientSecret {
    pub tenant_id: TenantId,
    pub id: String,
    pub client_id: ClientId,
    pub hash: String,
    pub created_at: Ts,
    pub expires_at: Option<Ts>,
}

impl ClientSecret {
    pub fn is_live(&self, now: Ts) -> bool {
        self.expires_at.is_none_or(|end| now < end)
    }
}

crate::text_enum! {
    /// What a registered URI is for.
    UriKind {
        Redirect = "redirect",
        PostLogout = "post_logout",
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = redirect_uri, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct RedirectUri {
    pub tenant_id: TenantId,
    pub client_id: ClientId,
    pub kind: UriKind,
    pub position: i32,
    pub uri: String,
}

/// A client as requests see it; kept in memory.
#[derive(Debug, Clone)]
pub struct Client {
    pub id: ClientId,
    pub metadata: Metadata,
    pub secrets: Vec<ClientSecret>,
    pub created_at: Ts,
    pub updated_at: Ts,
    pub disabled_at: Option<Ts>,
    /// Only administrators meet one that has this.
    pub deleted_at: Option<Ts>,
}

impl Client {
    /// Puts the rows together. Fails when the metadata column does not hold metadata.
    pub fn assemble(row: ClientRow, secrets: Vec<ClientSecret>, uris: Vec<RedirectUri>) -> serde_json::Result<Self> {
        let mut metadata: Metadata = serde_json::from_str(&row.metadata)?;
        for uri in uris {
            match uri.kind {
                UriKind::Redirect => metadata.redirect_uris.push(uri.uri),
                UriKind::PostLogout => metadata.post_logout_redirect_uris.push(uri.uri),
            }
        }
        let ClientRow { id, created_at, updated_at, disabled_at, deleted_at, .. } = row;
        Ok(Self { id, metadata, secrets, created_at, updated_at, disabled_at, deleted_at })
    }

    /// The opposite of [`Client::assemble`].
    pub fn rows(&self, tenant_id: &TenantId) -> serde_json::Result<(ClientRow, Vec<RedirectUri>)> {
        let mut kept = self.metadata.clone();
        let redirects = std::mem::take(&mut kept.redirect_uris);
        let logouts = std::mem::take(&mut kept.post_logout_redirect_uris);
        let row = ClientRow {
            tenant_id: tenant_id.clone(),
            id: self.id.clone(),
            name: kept.client_name.clone(),
            metadata: serde_json::to_string(&kept)?,
            created_at: self.created_at,
            updated_at: self.updated_at,
            disabled_at: self.disabled_at,
            deleted_at: self.deleted_at,
            name_key: text::key(&kept.client_name),
        };
        let uri = |kind: UriKind| {
            move |(position, uri): (i32, String)| RedirectUri {
                tenant_id: tenant_id.clone(),
                client_id: self.id.clone(),
                kind,
                position,
                uri,
            }
        };
        let redirects = (0..).zip(redirects).map(uri(UriKind::Redirect));
        let logouts = (0..).zip(logouts).map(uri(UriKind::PostLogout));
        Ok((row, redirects.chain(logouts).collect()))
    }

    /// Whether this is one of the live secrets. Every one is compared, so that the time tells nothing.
    pub fn knows(&self, secret: &Opaque, now: Ts) -> bool {
        let hash = secret.hash();
        self.live_secrets(now).fold(false, |found, known| found | same(&known.hash, &hash))
    }

    pub fn is_enabled(&self) -> bool {
        self.state() == ClientState::Enabled
    }

    pub fn state(&self) -> ClientState {
        ClientState::of(self.disabled_at, self.deleted_at)
    }

    /// The secrets that still count.
    pub fn live_secrets(&self, now: Ts) -> impl Iterator<Item = &ClientSecret> {
        self.secrets.iter().filter(move |secret| secret.is_live(now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::random::Kind;

    fn secret(secret: &Opaque, expires_at: Option<i64>) -> ClientSecret {
        ClientSecret {
            tenant_id: TenantId::default_one(),
            id: "1".into(),
            client_id: "app".into(),
            hash: secret.hash(),
            created_at: Ts(0),
            expires_at: expires_at.map(Ts),
        }
    }

    #[test]
    fn rows_and_back_and_two_secrets_at_once() {
        let (old, new) = (Opaque::of(Kind::ClientSecret), Opaque::of(Kind::ClientSecret));
        let metadata = Metadata {
            client_name: "Demo".into(),
            redirect_uris: vec!["https://b.test/".into(), "https://a.test/".into()],
            ..Metadata::default()
        };
        let secrets = vec![secret(&old, Some(10)), secret(&new, None)];
        let client = Client {
            id: "app".into(),
            metadata,
            secrets,
            created_at: Ts(1),
            updated_at: Ts(1),
            disabled_at: None,
            deleted_at: None,
        };
        let (row, uris) = client.rows(&TenantId::default_one()).unwrap();
        assert!(!row.metadata.contains("a.test"), "a URI stands in one place only");
        let again = Client::assemble(row, client.secrets.clone(), uris).unwrap();
        assert_eq!(again.metadata, client.metadata);
        assert!(again.knows(&old, Ts(9)) && again.knows(&new, Ts(9)));
        assert!(!again.knows(&old, Ts(10)) && again.knows(&new, Ts(10)));
        assert!(!again.knows(&Opaque::of(Kind::ClientSecret), Ts(9)));
    }
}
