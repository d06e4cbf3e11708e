//! What a row means. Derives the table mapping, holds the invariants, does no input or output.

pub mod answered;
pub mod api_key;
pub mod audit;
pub mod audit_seal;
pub mod auth;
pub mod blob;
pub mod bulk;
pub mod challenge;
pub mod change;
pub mod client;
pub mod deletion;
pub mod factor;
pub mod invitation;
pub mod job;
pub mod key;
pub mod outbox;
pub mod profile;
pub mod refusal;
pub mod role;
pub mod setting;
pub mod stats;
pub mod token;
pub mod user;

crate::text_id! {
    /// A tenant: people, clients and settings of its own.
    TenantId,
    UserId,
    ClientId,
    /// What a person allowed a client once; all tokens of it end together.
    GrantId,
    /// The public name of a session, `sid` in ID tokens. The secret one is in the cookie only.
    SessionId,
    /// An authorization request under way; stands in the address of its pages.
    RequestId,
    /// Something that a person has to prove; stands in the address of its pages.
    ChallengeId,
    /// Something that a person can prove beside the password.
    FactorId,
    /// Work beside the requests.
    JobId,
    /// One act of an administrator, however many things it changes.
    BatchId,
    ApiKeyId,
    InvitationId,
    /// A file; stands in the address of a picture.
    BlobId,
}

impl TenantId {
    /// The tenant that the first migration makes.
    pub fn default_one() -> Self {
        Self("default".to_owned())
    }
}

impl UserId {
    /// Looked up where there is nobody, so that it takes the same time.
    pub fn nobody() -> Self {
        Self(String::new())
    }
}
