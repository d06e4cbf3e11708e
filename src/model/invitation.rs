//! Invitations: who may become a person here, and as what.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::{ClientId, InvitationId, TenantId, UserId};
use crate::base::time::Ts;
use crate::locale::Locale;
use crate::schema::invitation;

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = invitation, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct Invitation {
    pub tenant_id: TenantId,
    pub id: InvitationId,
    pub email: String,
    pub email_key: String,
    /// [`Details`] as JSON, and the language of the letter.
    pub details: String,
    /// The app in which the person arrives.
    pub client_id: Option<ClientId>,
    pub token_hash: String,
    pub created_at: Ts,
    pub created_by: String,
    pub sent_at: Ts,
    pub expires_at: Ts,
    pub accepted_at: Option<Ts>,
    /// Who came of it.
    pub user_id: Option<UserId>,
    pub revoked_at: Option<Ts>,
}

/// What the person is made with.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Details {
    pub name: Option<String>,
    pub roles: Vec<String>,
    pub user_type: Option<String>,
}

crate::text_enum! {
    /// How far an invitation has come.
    State {
        Open = "open",
        Accepted = "accepted",
        Revoked = "revoked",
        Expired = "expired",
    }
}

impl Invitation {
    pub fn state(&self, now: Ts) -> State {
        match self {
            Self { accepted_at: Some(_), .. } => State::Accepted,
            Self { revoked_at: Some(_), .. } => State::Revoked,
            Self { expires_at, .. } if *expires_at <= now => State::Expired,
            _ => State::Open,
        }
    }

    /// What its letters are written in.
    pub fn language(&self) -> Locale {
        #[derive(Deserialize)]
        struct Spoken {
            locale: Option<Locale>,
        }
        let spoken = serde_json::from_str::<Spoken>(&self.details).ok();
        spoken.and_then(|spoken| spoken.locale).unwrap_or_default()
    }

    /// Fails when the column holds something else.
    pub fn details(&self) -> serde_json::Result<Details> {
        serde_json::from_str(&self.details)
    }
}
