//! Which passwords are good enough (NIST SP 800-63B §3.1.1.2: length counts, composition does not).

use crate::locale::Text;

/// Length limits: characters at least, bytes at most.
#[derive(Debug, Clone, Copy)]
pub struct Policy {
    pub min_length: usize,
    pub max_length: usize,
}

/// What is wrong with a password, in words for the person who typed it.
pub fn check(policy: Policy, password: &str, alike: &[&str]) -> Result<(), Text> {
    if password.chars().count() < policy.min_length {
        return Err(Text::new("password-short").with("count", policy.min_length));
    }
    if password.len() > policy.max_length {
        return Err(Text::new("password-long").with("count", policy.max_length));
    }
    if password.contains('\0') {
        return Err(Text::new("password-nul"));
    }
    let typed = password.to_lowercase();
    let names = alike.iter().flat_map(|name| [*name, name.split('@').next().unwrap_or_default()]);
    if names.filter(|name| !name.is_empty()).any(|name| typed == name.to_lowercase()) {
        return Err(Text::new("password-own-name"));
    }
    let mut letters = typed.chars();
    let first = letters.next();
    if letters.all(|letter| Some(letter) == first) {
        return Err(Text::new("password-one-character"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_good_enough() {
        let policy = Policy { min_length: 8, max_length: 64 };
        let check = |password: &str| check(policy, password, &["ada.lovelace@example.com", "adalovelace"]);
        assert_eq!(check("correct horse"), Ok(()));
        assert_eq!(check("äöüßäöüß"), Ok(()), "characters count, not bytes");
        let long = "x1".repeat(33);
        for bad in ["", "1234567", "aaaaaaaaaa", "ADALOVELACE", "ada.lovelace", "nul\0nul\0nul", &long] {
            assert!(check(bad).is_err(), "{bad}");
        }
    }
}
