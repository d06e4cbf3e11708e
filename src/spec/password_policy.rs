//! Which passwords are good enough (NIST SP 800-63B §3.1.1.2: length counts, composition need not; common ones and those
//! made of the own name are no passwords).

use super::common_password::is_common;
use crate::locale::Text;

/// Length limits, characters at least and bytes at most, and how many kinds of characters have to occur.
#[derive(Debug, Clone, Copy)]
pub struct Policy {
    pub min_length: usize,
    pub max_length: usize,
    /// Of small letters, capital letters, digits and all else.
    pub classes: usize,
}

/// What is wrong with a password, in words for the person who typed it. `alike` are the names and addresses of that
/// person. `static/live.js` says some of it while one types, and has to be of the same opinion.
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
    if alike.iter().any(|name| is_alike(password, name)) {
        return Err(Text::new("password-own-name"));
    }
    let mut letters = password.chars().flat_map(char::to_lowercase);
    let first = letters.next();
    if letters.all(|letter| Some(letter) == first) {
        return Err(Text::new("password-one-character"));
    }
    if classes(password) < policy.classes {
        return Err(Text::new("password-classes").with("count", policy.classes));
    }
    if is_common(password) {
        return Err(Text::new("password-common"));
    }
    Ok(())
}

/// How many kinds of characters occur. A letter of a script without capitals is none of the first three.
fn classes(password: &str) -> usize {
    let kind = |c: char| match c {
        c if c.is_lowercase() => 0,
        c if c.is_uppercase() => 1,
        c if c.is_numeric() => 2,
        _ => 3,
    };
    let mut found = [false; 4];
    for c in password.chars() {
        found[kind(c)] = true;
    }
    found.into_iter().filter(|found| *found).count()
}

/// Whether more than half of the password is the name, the part of an address before the `@`, or a word of either.
fn is_alike(password: &str, name: &str) -> bool {
    let typed = letters(password);
    let length = typed.chars().count();
    // only what is long enough is looked for: a name may be all of a form, and have thousands of words
    let counts = |name: &String| !name.is_empty() && 2 * name.chars().count() > length;
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= 3);
    let local = name.split('@').next().unwrap_or_default();
    [name, local].into_iter().chain(words).map(letters).any(|name| counts(&name) && typed.contains(&name))
}

/// What is left when nobody looks at capitals, dots and strokes.
fn letters(text: &str) -> String {
    text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: Policy = Policy { min_length: 8, max_length: 64, classes: 0 };

    #[test]
    fn what_is_good_enough() {
        let check = |password: &str| check(POLICY, password, &["ada.lovelace@example.com", "adalovelace"]);
        assert_eq!(check("correct horse"), Ok(()));
        assert_eq!(check("äöüßäöüß-"), Ok(()), "characters count, not bytes");
        let long = "x1y".repeat(22);
        for bad in ["", "1234567", "aaaaaaaaaa", "ADALOVELACE", "ada.lovelace", "nul\0nul\0nul", "Password1!", &long] {
            assert!(check(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_name_may_be_a_part_but_not_most_of_it() {
        let own = ["ada.lovelace@example.com", "countess", "Augusta Ada King"];
        let told = |password: &str| check(POLICY, password, &own).err().map(|text| text.id);
        for bad in
            ["adalovelace1", "Ada-Lovelace_1815", "lovelace99", "1countess1", "AugustaAda", "augusta1", "Example.1"]
        {
            assert_eq!(told(bad), Some("password-own-name"), "{bad}");
        }
        for good in ["lovelace wrote notes", "the countess of numbers", "ada and the engine", "kingfisher"] {
            assert_eq!(told(good), None, "{good}");
        }
        assert_eq!(check(POLICY, "anything goes", &["", "...", "@"]), Ok(()));
    }

    #[test]
    fn kinds_of_characters_are_counted() {
        for (password, count) in
            [("small", 1), ("Capital", 2), ("Digit 1", 4), ("Ünïcödé", 2), ("٣٤", 1), ("كلمة سر", 1), ("", 0)]
        {
            assert_eq!(classes(password), count, "{password}");
        }
        let check = |password, classes| check(Policy { classes, ..POLICY }, password, &[]);
        assert_eq!(check("correct horse", 2), Ok(()));
        assert_eq!(check("correct horse", 3).unwrap_err().id, "password-classes");
        assert_eq!(check("Correct horse 1", 4), Ok(()));
    }
}
