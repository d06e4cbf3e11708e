//! The colour that somebody has chosen for the pages, as a style sheet: a page may hold no style of its own.

use crate::base::colour::{Colour, Shades};

/// The address of the style sheet for a colour. It says all that is in it, so it can be cached for ever.
pub fn path(accent: Colour, is_dark: bool) -> String {
    let end = if is_dark { "-dark" } else { "" };
    format!("/static/accent-{}{end}.css", accent.to_string().trim_start_matches('#'))
}

/// The style sheet behind the last part of such an address.
pub fn sheet(file: &str) -> Option<String> {
    let name = file.strip_prefix("accent-")?.strip_suffix(".css")?;
    let read = |digits: &str| Colour::parse(&format!("#{digits}"));
    let Shades { accent, strong, soft, on } = match name.strip_suffix("-dark") {
        Some(digits) => read(digits)?.dark(),
        None => read(name)?.light(),
    };
    Some(format!(
        ":root {{\n  --accent: {accent};\n  --accent-strong: {strong};\n  --accent-soft: {soft};\n  --on-accent: {on};\n}}\n"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_to_its_style_sheet() {
        let accent = Colour::parse("#7a1fa2").unwrap();
        for (is_dark, holds) in [(false, "--accent: #7a1fa2;"), (true, "--on-accent: ")] {
            let path = path(accent, is_dark);
            let sheet = sheet(path.strip_prefix("/static/").unwrap()).unwrap();
            assert!(sheet.contains(holds), "{sheet}");
        }
        for bad in
            ["accent-7a1fa.css", "accent-7A1FA2.css", "accent-red.css", "accent-7a1fa2", "signet.css", "accent-;}.css"]
        {
            assert_eq!(sheet(bad), None, "{bad}");
        }
    }
}
