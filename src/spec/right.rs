//! What somebody may do here. A route names the right that it wants; roles hold permissions, and API keys and access
//! tokens rights, by the same names.

use std::fmt;

crate::text_enum! {
    /// One right: an area, and whether things are only read there or changed as well.
    Right {
        SelfRead = "self.read",
        SelfWrite = "self.write",
        UsersRead = "users.read",
        UsersWrite = "users.write",
        InvitationsRead = "invitations.read",
        InvitationsWrite = "invitations.write",
        ClientsRead = "clients.read",
        ClientsWrite = "clients.write",
        RolesRead = "roles.read",
        RolesWrite = "roles.write",
        AuditRead = "audit.read",
        KeysRead = "keys.read",
        KeysWrite = "keys.write",
        SettingsRead = "settings.read",
        SettingsWrite = "settings.write",
        ApiKeysRead = "api-keys.read",
        ApiKeysWrite = "api-keys.write",
        StatsRead = "stats.read",
    }
}

/// How a scope begins that is a right: `signet:users.read`.
pub const SCOPE: &str = "signet:";

impl Right {
    /// Whether the right is about one's own account only, and so means nothing to a program.
    pub const fn is_own(self) -> bool {
        matches!(self, Self::SelfRead | Self::SelfWrite)
    }

    /// Whether whoever has it may change something.
    pub fn is_write(self) -> bool {
        self.text().split_once('.').is_some_and(|(_, how)| how == "write")
    }

    /// The scope of an access token that gives it.
    pub fn scope(self) -> String {
        format!("{SCOPE}{self}")
    }

    /// The opposite of [`Right::scope`].
    pub fn of_scope(scope: &str) -> Option<Self> {
        Self::parse(scope.strip_prefix(SCOPE)?)
    }

    const fn bit(self) -> u32 {
        1 << (self as u32)
    }
}

/// The permissions that stand for several rights, in the words that other systems know.
const BUNDLES: &[(&str, &[Right])] = {
    use Right as R;
    &[
        ("read:own", &[R::SelfRead]),
        ("write:own", &[R::SelfWrite]),
        ("read:all", &[R::UsersRead, R::InvitationsRead, R::ClientsRead, R::RolesRead, R::StatsRead]),
        ("write:all", &[R::UsersRead, R::UsersWrite]),
        (
            "admin:users",
            &[R::UsersRead, R::UsersWrite, R::InvitationsRead, R::InvitationsWrite, R::RolesRead, R::StatsRead],
        ),
        ("admin:clients", &[R::ClientsRead, R::ClientsWrite, R::StatsRead]),
        ("admin:roles", &[R::RolesRead, R::RolesWrite]),
        ("admin:audit", &[R::AuditRead]),
        (
            "admin:system",
            &[
                R::KeysRead,
                R::KeysWrite,
                R::SettingsRead,
                R::SettingsWrite,
                R::ApiKeysRead,
                R::ApiKeysWrite,
                R::StatsRead,
            ],
        ),
    ]
};

/// A set of rights.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Rights(u32);

impl Rights {
    pub const NONE: Self = Self(0);

    pub fn all() -> Self {
        Right::ALL.iter().copied().collect()
    }

    /// Those about one's own account only.
    pub fn own() -> Self {
        Right::ALL.iter().copied().filter(|right| right.is_own()).collect()
    }

    /// What a permission stands for: a bundle, one right by its own name, or nothing here at all, as those do that
    /// only apps understand.
    pub fn of_permission(name: &str) -> Self {
        match BUNDLES.iter().find(|(known, _)| *known == name) {
            Some((_, rights)) => rights.iter().copied().collect(),
            None => Right::parse(name).into_iter().collect(),
        }
    }

    /// What the permissions stand for together.
    pub fn of_permissions<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        names.into_iter().fold(Self::NONE, |rights, name| rights.and(Self::of_permission(name)))
    }

    pub const fn has(self, right: Right) -> bool {
        self.0 & right.bit() != 0
    }

    /// Whether all of `other` are among them.
    pub const fn cover(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }

    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those that are in both.
    #[must_use]
    pub const fn within(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Those that `other` lacks.
    #[must_use]
    pub const fn beyond(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn iter(self) -> impl Iterator<Item = Right> {
        Right::ALL.iter().copied().filter(move |right| self.has(*right))
    }
}

impl FromIterator<Right> for Rights {
    fn from_iter<T: IntoIterator<Item = Right>>(rights: T) -> Self {
        Self(rights.into_iter().fold(0, |bits, right| bits | right.bit()))
    }
}

impl fmt::Display for Rights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.iter().map(Right::text).collect::<Vec<_>>().join(" "))
    }
}

impl fmt::Debug for Rights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rights({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn permissions_stand_for_rights() {
        let admin = Rights::of_permissions(BUNDLES.iter().map(|(name, _)| *name));
        assert_eq!(admin, Rights::all(), "together the bundles are everything");
        assert_eq!(Rights::of_permission("clients.read").to_string(), "clients.read");
        assert!(Rights::of_permission("orders:approve").is_empty());
    }

    #[test]
    fn sets() {
        let support = Rights::of_permissions(["read:all", "admin:users"]);
        assert!(support.has(Right::UsersWrite) && !support.has(Right::RolesWrite));
        assert!(Rights::all().cover(support) && !support.cover(Rights::all()));
        assert_eq!(Rights::all().beyond(support).within(support), Rights::NONE);
    }

    #[test]
    fn scopes_and_back() {
        for right in Right::ALL {
            assert_eq!(Right::of_scope(&right.scope()), Some(*right));
        }
        assert_eq!(Right::of_scope("users.read"), None);
    }
}
