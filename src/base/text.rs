//! Text that people type: one form of it to compare, and what may not be in it.

/// The form in which user names and addresses are compared: trimmed and in small letters.
///
/// Two addresses that differ only so are one person's (RFC 5321 §2.4 leaves it to the receiving host, and no
/// host in use tells them apart).
pub fn key(text: &str) -> String {
    text.trim().to_lowercase()
}

/// Whether this can be an e-mail address: something, one `@`, a host; 254 bytes at most (RFC 5321 §4.5.3.1.3).
/// Whether it exists only a letter to it can tell.
pub fn is_email(text: &str) -> bool {
    let Some((local, host)) = text.rsplit_once('@') else { return false };
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !is_disguised(c);
    text.len() <= 254
        && (1..=64).contains(&local.len())
        && local.chars().all(|c| plain(c) && c != '@')
        && !host.is_empty()
        && host.split('.').all(is_label)
}

/// Whether it only becomes an ASCII letter by being made small, as the Kelvin sign does: another mailbox with the same key.
fn is_disguised(c: char) -> bool {
    !c.is_ascii() && c.to_lowercase().any(|small| small.is_ascii())
}

fn is_label(label: &str) -> bool {
    let inner = |c: char| (c.is_alphanumeric() && !is_disguised(c)) || c == '-';
    (1..=63).contains(&label.len()) && label.chars().all(inner) && !label.starts_with('-') && !label.ends_with('-')
}

/// User names: 3 to 64 characters, letters, digits and `. _ -`, so that they can stand in an address or a path.
pub fn is_username(text: &str) -> bool {
    let length = text.chars().count();
    (3..=64).contains(&length) && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'))
}

/// At most `limit` bytes of `text`, cut between characters; for what others send us and we show again.
pub fn clip(text: &str, limit: usize) -> &str {
    if text.len() <= limit {
        return text;
    }
    let end = (0..=limit).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    &text[..end]
}

/// A number in the form of E.164, whatever stands between its digits.
pub fn phone(text: &str) -> Option<String> {
    let number: String = text.chars().filter(|c| !c.is_whitespace() && !"-./()".contains(*c)).collect();
    let digits = number.strip_prefix('+')?;
    let good = (7..=15).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit());
    (good && !digits.starts_with('0')).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        assert_eq!(phone(" +44 (20) 7946-0958 ").as_deref(), Some("+442079460958"));
        for bad in
            ["", "+", "020 7946 0958", "+0123456789", "+123456", "+1234567890123456", "+44 20 79x6", "++4420794609"]
        {
            assert_eq!(phone(bad), None, "{bad}");
        }
    }

    #[test]
    fn addresses() {
        for good in ["a@b.de", "first.last+tag@sub.example.com", "ü@bücher.example", "root@localhost"] {
            assert!(is_email(good), "{good}");
        }
        let long = format!("{}@example.com", "a".repeat(65));
        for bad in [
            "",
            "@",
            "a@",
            "@b.de",
            "a b@c.de",
            "a@b..de",
            "a@-b.de",
            "a@b@c.de",
            "a\0@b.de",
            "mi\u{212a}e@b.de",
            "a@\u{130}.de",
            &long,
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn user_names() {
        assert!(is_username("ada") && is_username("ada.lovelace-1"));
        for bad in ["ab", "a b c", "ada@x", "<ada>", &"a".repeat(65)] {
            assert!(!is_username(bad), "{bad}");
        }
    }

    #[test]
    fn clipping_keeps_characters_whole() {
        assert_eq!(clip("äöü", 3), "ä");
        assert_eq!(clip("abc", 3), "abc");
    }
}
