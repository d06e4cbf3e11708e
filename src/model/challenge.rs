//! Something that somebody has to prove by a code or a link before it happens.

use diesel::prelude::*;

use super::{ChallengeId, RequestId, TenantId, UserId};
use crate::base::time::Ts;
use crate::schema::{acceptance, challenge};

crate::text_enum! {
    /// What happens when it is proved.
    Kind {
        SignUp = "sign_up",
        Recover = "recover",
        /// Another e-mail address.
        Email = "email",
        /// Another phone number.
        Phone = "phone",
        /// A code or link in the place of the password.
        SignIn = "sign_in",
        /// The second step of a sign-in.
        SecondFactor = "second_factor",
        /// All second factors, to be taken away after a delay unless the owner stops it.
        FactorReset = "factor_reset",
        /// A factor that is being set up.
        SetUp = "set_up",
        /// A password that has to be changed before a sign-in ends.
        NewPassword = "new_password",
        /// A passkey that is asked for: to be added, or used up.
        Passkey = "passkey",
        /// An account that is not to be erased after all: the letter's link, and the sign-in to it.
        Undo = "undo",
        Return = "return",
        /// An account with too many wrong passwords or codes is let in again.
        Unlock = "unlock",
    }
}

/// Wrong codes that end it.
pub const MOST_TRIES: i32 = 5;

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = challenge, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct Challenge {
    pub tenant_id: TenantId,
    pub id: ChallengeId,
    pub kind: Kind,
    /// The browser where it began; only there a code is taken.
    pub browser_hash: String,
    /// The authorization request that goes on afterwards.
    pub request_id: Option<RequestId>,
    pub user_id: Option<UserId>,
    /// What happens then, as JSON, sealed for [`Challenge::place`].
    pub sealed: Vec<u8>,
    pub code_hash: String,
    pub token_hash: String,
    pub code_expires_at: Ts,
    pub tries: i32,
    pub created_at: Ts,
    pub expires_at: Ts,
    pub proved_at: Option<Ts>,
    pub ended_at: Option<Ts>,
}

impl Challenge {
    pub fn place(id: &ChallengeId) -> String {
        format!("challenge/{id}")
    }

    /// Whether anything may still come of it.
    pub fn is_open(&self, now: Ts) -> bool {
        self.ended_at.is_none() && now < self.expires_at
    }
}

/// The terms that a person has accepted, and when.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = acceptance, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct Acceptance {
    pub tenant_id: TenantId,
    pub user_id: UserId,
    pub version: String,
    pub accepted_at: Ts,
    pub address: Option<String>,
}
