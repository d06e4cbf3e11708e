//! A `User-Agent` in plain words.

use woothee::parser::Parser;

use crate::locale::Text;

/// As in "Firefox on Windows".
pub fn words(agent: &str) -> Text {
    let found = Parser::new().parse(agent);
    let known = |name: &str| (!name.is_empty() && name != "UNKNOWN").then(|| name.to_owned());
    let browser = found.as_ref().and_then(|found| known(found.name));
    let system = found.as_ref().and_then(|found| known(system(found.os)));
    match (browser, system) {
        (Some(browser), Some(system)) => Text::new("device-both").with("browser", browser).with("system", system),
        (Some(one), None) | (None, Some(one)) => Text::new("device-one").with("name", one),
        (None, None) => Text::new("device-unknown"),
    }
}

/// As people call it. Browsers no longer tell which Windows it is.
fn system(name: &str) -> &str {
    match name {
        "Mac OSX" => "macOS",
        name if name.starts_with("Windows Phone") => "Windows Phone",
        name if name.starts_with("Windows") => "Windows",
        name => name,
    }
}

#[cfg(test)]
mod tests {
    use super::words;
    use crate::locale::Locale;

    #[test]
    fn what_people_use() {
        for (agent, said) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
                "Chrome on Windows",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15",
                "Safari on macOS",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1",
                "Safari on iPhone",
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox on Linux"),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
                "Chrome on Android",
            ),
            ("<script>", "Unknown device"),
            ("", "Unknown device"),
        ] {
            assert_eq!(words(agent).to(Locale::En), said, "{agent}");
        }
    }
}
