//! People, their passwords and roles.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::{TenantId, UserId};
use crate::base::text;
use crate::base::time::Ts;
use crate::locale::Locale;
use crate::schema::{password, password_history, user, user_role};
use crate::spec::account_state::Use;
use crate::spec::claims::Person;
use crate::spec::preferences::Theme;

pub use crate::spec::account_state::State as UserState;

/// Words of the names of one person, and bytes of each, that are kept for finding.
const MOST_WORDS: usize = 12;
pub const LONGEST_WORD: usize = 64;

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = user, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct User {
    pub tenant_id: TenantId,
    pub id: UserId,
    pub username: String,
    pub username_key: String,
    pub email: String,
    pub email_key: String,
    pub email_verified_at: Option<Ts>,
    pub name: Option<String>,
    pub given_name: Option<String>,
    pub family_name: Option<String>,
    pub locale: Option<String>,
    pub zoneinfo: Option<String>,
    pub state: UserState,
    pub created_at: Ts,
    pub updated_at: Ts,
    /// Whether the person has told more: [`super::profile::Profile`].
    pub has_profile: bool,
    /// Wrong passwords and codes until then count no more.
    pub unlocked_at: Option<Ts>,
    /// When the person was last there, to within some minutes.
    pub last_seen_at: Option<Ts>,
    /// One of the tenant's kinds of people.
    pub kind: Option<String>,
    /// How pages look, if not as the system wants; out of the preferences, as every page asks for it.
    pub theme: Option<Theme>,
}

impl User {
    /// How the person is called on pages.
    pub fn called(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.username)
    }

    /// What letters to the person are written in, if one of ours was chosen.
    pub fn language(&self) -> Option<Locale> {
        self.locale.as_deref().and_then(Locale::wanted)
    }

    /// The words by which the person is found, each once: user name, address, and what the names are made of.
    pub fn words(&self) -> BTreeSet<String> {
        let names = [&self.name, &self.given_name, &self.family_name].into_iter().flatten();
        let parts = names.flat_map(|name| name.split_whitespace()).take(MOST_WORDS).map(text::key);
        let keys = [self.username_key.clone(), self.email_key.clone()];
        keys.into_iter().chain(parts).map(|word| text::clip(&word, LONGEST_WORD).to_owned()).collect()
    }

    pub fn is_active(&self) -> bool {
        self.state == UserState::Active
    }

    /// Whether the state of the account allows it.
    pub fn may(&self, what: Use) -> bool {
        self.state.allows(what)
    }

    pub fn person(&self) -> Person<'_> {
        Person {
            sub: self.id.as_str(),
            name: self.name.as_deref(),
            given_name: self.given_name.as_deref(),
            family_name: self.family_name.as_deref(),
            username: Some(&self.username),
            locale: self.locale.as_deref(),
            zoneinfo: self.zoneinfo.as_deref(),
            email: Some(&self.email),
            email_verified: self.email_verified_at.is_some(),
            kind: self.kind.as_deref(),
            updated_at: self.updated_at,
            details: None,
        }
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = password, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct Password {
    pub tenant_id: TenantId,
    pub user_id: UserId,
    /// As PHC string; also a hash that another system has made.
    pub phc: String,
    pub changed_at: Ts,
    /// Another has to be chosen at the next sign-in.
    pub must_change: bool,
}

/// A password that was replaced, so that it is not chosen again.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = password_history, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct FormerPassword {
    pub tenant_id: TenantId,
    pub user_id: UserId,
    pub id: String,
    pub phc: String,
    pub replaced_at: Ts,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = user_role, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct UserRole {
    pub tenant_id: TenantId,
    pub user_id: UserId,
    pub role: String,
    pub granted_at: Ts,
    pub granted_by: String,
}

/// The role that may do everything, and the one that everybody has.
pub const ADMIN: &str = "admin";
pub const USER: &str = "user";
