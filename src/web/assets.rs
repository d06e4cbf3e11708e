//! Style sheet, script and pictures of the pages, inside the binary.
//!
//! A file is served under a name with its hash in it, so that it can be cached for ever and never be stale.

use std::fmt::Write;
use std::sync::LazyLock;

use sha2::{Digest, Sha256};

/// A file ready to be served.
#[derive(Debug)]
pub struct Asset {
    pub content_type: &'static str,
    pub bytes: &'static [u8],
    /// A strong `ETag`, with its quotes.
    pub etag: String,
    name: &'static str,
    /// The last part of the address, like `signet-0123456789ab.css`.
    file: String,
}

const FILES: [(&str, &str, &[u8]); 9] = [
    ("signet.css", "text/css; charset=utf-8", include_bytes!("../../static/signet.css")),
    ("dark.css", "text/css; charset=utf-8", include_bytes!("../../static/dark.css")),
    ("form.js", "text/javascript; charset=utf-8", include_bytes!("../../static/form.js")),
    ("live.js", "text/javascript; charset=utf-8", include_bytes!("../../static/live.js")),
    ("api.js", "text/javascript; charset=utf-8", include_bytes!("../../static/api.js")),
    ("people.js", "text/javascript; charset=utf-8", include_bytes!("../../static/people.js")),
    ("job.js", "text/javascript; charset=utf-8", include_bytes!("../../static/job.js")),
    ("passkey.js", "text/javascript; charset=utf-8", include_bytes!("../../static/passkey.js")),
    ("icon.svg", "image/svg+xml", include_bytes!("../../static/icon.svg")),
];

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    let asset = |(name, content_type, bytes)| {
        let hash = hash(bytes);
        Asset { content_type, bytes, etag: format!("\"{hash}\""), name, file: with_hash(name, &hash) }
    };
    FILES.into_iter().map(asset).collect()
});

/// The address of a file by its plain name; an unknown one stays as it is, and is not found when asked for.
pub fn path(name: &str) -> String {
    let file = ASSETS.iter().find(|asset| asset.name == name).map_or(name, |asset| &asset.file);
    format!("/static/{file}")
}

/// The file behind the last part of an address that [`path`] gave. Names without the hash are not served: they
/// would be cached past their content.
pub fn find(file: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.file == file)
}

/// The first 48 bits of SHA-256, in hexadecimal.
fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(6).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn with_hash(name: &str, hash: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}-{hash}.{extension}"),
        None => format!("{name}-{hash}"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::*;

    #[test]
    fn every_file_is_found_under_its_hash_and_only_there() {
        for (name, content_type, bytes) in FILES {
            let address = path(name);
            let file = address.strip_prefix("/static/").unwrap();
            assert_ne!(file, name);
            let asset = find(file).unwrap();
            assert_eq!((asset.content_type, asset.bytes), (content_type, bytes));
            assert_eq!(asset.etag, format!("\"{}\"", hash(bytes)));
            assert!(find(name).is_none(), "{name} without its hash");
        }
        assert_eq!(hash(b""), "e3b0c44298fc");
    }

    #[test]
    fn unknown_names_are_not_found() {
        assert_eq!(path("missing.png"), "/static/missing.png");
        for file in ["missing.png", "", "../Cargo.toml", "signet-000000000000.css"] {
            assert!(find(file).is_none(), "{file}");
        }
    }

    #[test]
    fn the_style_sheet_is_small() {
        assert!(include_bytes!("../../static/signet.css").len() < 30 * 1024);
    }

    #[test]
    fn templates_name_only_files_that_exist() {
        let known = FILES.iter().map(|file| file.0).collect::<BTreeSet<_>>();
        for (path, text) in templates() {
            for rest in text.split("asset(\"").skip(1) {
                let name = rest.split('"').next().unwrap();
                assert!(known.contains(name), "{}: {name}", path.display());
            }
        }
    }

    /// What the `Content-Security-Policy` would block, and what would get around the escaping.
    #[test]
    fn templates_keep_to_the_policy() {
        // mail has no policy, and knows no style sheets
        for (path, text) in
            templates().into_iter().filter(|(path, _)| !path.parent().is_some_and(|dir| dir.ends_with("mail")))
        {
            let text = text.to_lowercase();
            for bad in ["|safe", "| safe", "escape none", " style=", "<style", "javascript:", "<base"] {
                assert!(!text.contains(bad), "{}: {bad}", path.display());
            }
            assert!(!text.split(" on").skip(1).any(is_handler), "{}: a handler inline", path.display());
            for tag in text.split("<script").skip(1) {
                assert!(tag.starts_with(" nonce=\"{{ frame.nonce }}\""), "{}: <script{tag}", path.display());
            }
        }
    }

    /// `click="…"` after ` on`.
    fn is_handler(rest: &str) -> bool {
        rest.trim_start_matches(|c: char| c.is_ascii_lowercase()).starts_with("=\"")
    }

    fn templates() -> Vec<(PathBuf, String)> {
        let mut found = Vec::new();
        let mut dirs = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("templates")];
        while let Some(dir) = dirs.pop() {
            for path in fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()) {
                match path.extension().and_then(|extension| extension.to_str()) {
                    None => dirs.push(path),
                    Some("html") => found.push((path.clone(), fs::read_to_string(path).unwrap())),
                    Some(_) => {}
                }
            }
        }
        assert!(!found.is_empty());
        found
    }
}
