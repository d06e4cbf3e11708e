//! The layering rule, checked: see the picture in `src/lib.rs`.

use std::fs;
use std::path::Path;

/// Bottom first. A module may use itself and what stands before it.
const LAYERS: [&str; 15] = [
    "base", "locale", "config", "spec", "crypto", "schema", "model", "store", "shared", "deliver", "app", "flow",
    "worker", "web", "cli",
];

#[test]
fn arrows_point_down() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    visit(Path::new("src"), &mut |path, text| {
        let Some(from) = layer(path.strip_prefix("src").unwrap().to_str().unwrap()) else { return };
        seen += 1;
        for used in text.split("crate::").skip(1) {
            if used.starts_with('{') {
                wrong.push(format!("{}: write one `use crate::…` per module", path.display()));
            }
            if let Some(to) = layer(used).filter(|to| *to > from) {
                wrong.push(format!("{}: {} must not use {}", path.display(), LAYERS[from], LAYERS[to]));
            }
        }
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(seen > 80, "{seen} files: did the sources move?");
}

/// What each layer may not even name.
#[test]
fn layers_keep_to_their_trade() {
    let mut wrong = Vec::new();
    visit(Path::new("src"), &mut |path, text| {
        let inside = path.strip_prefix("src").unwrap();
        let name = inside.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs");
        let forbidden: &[&str] = match name {
            "base" | "locale" | "config" | "spec" | "crypto" | "model" => &["actix_web", "diesel_async", "askama"],
            "store" => &["actix_web", "askama", "josekit", "argon2"],
            "flow" => &["actix_web", "askama", "diesel"],
            "web" => &["diesel", "josekit", "argon2", "oxide_auth"],
            _ => &[],
        };
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        for word in forbidden.iter().filter(|word| code.contains(&format!("{word}::"))) {
            wrong.push(format!("{}: {word}", path.display()));
        }
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Sections in which administrators change things while the server runs.
const CHANGING: [&str; 7] = ["account", "api", "factor", "limits", "password", "registration", "session"];

/// What the server was started with is not what is in force.
#[test]
fn what_may_change_is_asked_anew() {
    let mut wrong = Vec::new();
    visit(Path::new("src"), &mut |path, text| {
        let alone = text.contains("= &cx.app.config;") || text.contains("= &ctx.app.config;");
        // what is put over it has to know it
        if alone && !path.ends_with("admin/setting.rs") {
            wrong.push(format!("{}: all of it: cx.config() knows what is in force", path.display()));
        }
        for read in text.split("app.config.").skip(1) {
            let section = read.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap();
            if CHANGING.contains(&section) && !path.ends_with("doctor.rs") {
                wrong.push(format!("{}: {section}: cx.config() knows it", path.display()));
            }
        }
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The layer that a path like `store/client.rs` or `store::client::find` begins with.
fn layer(path: &str) -> Option<usize> {
    let name: String = path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    LAYERS.iter().position(|layer| *layer == name)
}

fn visit(dir: &Path, look: &mut impl FnMut(&Path, &str)) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            visit(&path, look);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            look(&path, &fs::read_to_string(&path).unwrap());
        }
    }
}
