//! What people tell beyond name and address, in the shape that it has in tokens.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What few people tell and few apps ask for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Details {
    pub middle_name: Option<String>,
    pub nickname: Option<String>,
    pub profile: Option<String>,
    pub picture: Option<String>,
    pub website: Option<String>,
    pub gender: Option<String>,
    pub birthdate: Option<String>,
    pub bio: Option<String>,
    pub address: Option<Address>,
    /// In the form of E.164, and whether it was proved.
    pub phone_number: Option<String>,
    pub phone_number_verified: bool,
    /// The tenant's own fields by their names, as they are kept.
    pub fields: Map<String, Value>,
    /// Those of them that apps may get.
    pub own: Vec<Own>,
    /// The roles of the person, and what they hold; where they are asked for.
    pub roles: Option<Vec<String>>,
    pub permissions: Option<Vec<String>>,
}

/// A field of the tenant's own as apps get it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    pub claim: String,
    pub scope: String,
    pub value: Value,
}

/// The address claim (OIDC Core §5.1.1).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Address {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub street_address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locality: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

impl Address {
    /// As it stands on a letter.
    fn formatted(&self) -> String {
        let words = |parts: [&Option<String>; 2]| parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
        let lines = [
            words([&self.street_address, &None]),
            words([&self.postal_code, &self.locality]),
            words([&self.region, &None]),
            words([&self.country, &None]),
        ];
        lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    }

    pub(super) fn claim(&self) -> Option<Value> {
        let mut claim = serde_json::to_value(self).ok()?;
        claim.as_object_mut()?.insert("formatted".to_owned(), self.formatted().into());
        Some(claim)
    }
}
