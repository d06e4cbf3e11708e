//! Secrets at rest, passwords, signatures. Computes; asks neither database nor clock.

pub mod envelope;
pub mod jose;
pub mod passkey;
pub mod password;
pub mod totp;
