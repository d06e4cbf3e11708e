//! `signet keys …`

use serde_json::json;

use super::print::{Answer, table};
use super::{Error, args};
use crate::app::Cx;
use crate::base::time::Ts;
use crate::flow::key::{self, Rotation, Stage};
use crate::model::key::SigningKey;
use crate::spec::client_meta::Alg;

pub async fn run(cx: Cx<'_>, command: args::Keys) -> Result<Answer, Error> {
    match command {
        args::Keys::List => list(cx).await,
        args::Keys::Rotate { alg } => rotate(cx, alg).await,
    }
}

async fn list(cx: Cx<'_>) -> Result<Answer, Error> {
    let keys = key::list(cx).await?;
    let row = |(key, stage): &(SigningKey, Stage)| {
        let since = key.active_at.map_or_else(|| "–".to_owned(), Ts::readable);
        vec![key.kid.clone(), key.alg.to_string(), name(*stage).to_owned(), since]
    };
    let object = |(key, stage): &(SigningKey, Stage)| {
        json!({
            "kid": key.kid,
            "alg": key.alg,
            "stage": name(*stage),
            "created_at": key.created_at,
            "active_at": key.active_at,
        })
    };
    let rows: Vec<_> = keys.iter().map(row).collect();
    let json = json!({ "keys": keys.iter().map(object).collect::<Vec<_>>() });
    Ok(Answer::new(json, table(&["kid", "alg", "stage", "signs since"], &rows)))
}

const fn name(stage: Stage) -> &'static str {
    match stage {
        Stage::Next => "next",
        Stage::Current => "current",
        Stage::Retired => "retired",
    }
}

async fn rotate(cx: Cx<'_>, alg: Option<Alg>) -> Result<Answer, Error> {
    let rotated = key::rotate(cx, alg).await?;
    let object = |key: &Rotation| json!({ "kid": key.kid, "alg": key.alg, "active_at": key.active_at });
    let json = json!({ "rotated": rotated.iter().map(object).collect::<Vec<_>>() });
    let line = |key: &Rotation| {
        let when = if key.active_at <= cx.now { "now".to_owned() } else { format!("at {}", key.active_at.readable()) };
        format!("{}  {}  signs {when}", key.kid, key.alg)
    };
    Ok(Answer::new(json, rotated.iter().map(line).collect::<Vec<_>>().join("\n")))
}
