//! `signet keys …`

use serde_json::json;

use super::print::{Answer, table};
use super::{Error, args};
use crate::app::Cx;
use crate::base::time::Ts;
use crate::flow::admin::{Actor, How, key};
use crate::flow::key::{Rotation, Stage};
use crate::model::key::SigningKey;
use crate::spec::client_meta::Alg;

pub async fn run(cx: Cx<'_>, command: args::Keys) -> Result<Answer, Error> {
    match command {
        args::Keys::List => list(cx).await,
        args::Keys::Rotate { alg } => rotate(cx, alg).await,
        args::Keys::Revoke { kid } => revoke(cx, &kid).await,
    }
}

async fn list(cx: Cx<'_>) -> Result<Answer, Error> {
    let keys = key::list(cx, &Actor::operator()).await?;
    let row = |(key, stage): &(SigningKey, Stage)| {
        let since = key.active_at.map_or_else(|| "–".to_owned(), Ts::readable);
        vec![key.kid.clone(), key.alg.to_string(), stage.to_string(), since]
    };
    let object = |(key, stage): &(SigningKey, Stage)| {
        json!({
            "kid": key.kid,
            "alg": key.alg,
            "stage": stage,
            "created_at": key.created_at,
            "active_at": key.active_at,
        })
    };
    let rows: Vec<_> = keys.iter().map(row).collect();
    let json = json!({ "keys": keys.iter().map(object).collect::<Vec<_>>() });
    Ok(Answer::new(json, table(&["kid", "alg", "stage", "signs since"], &rows)))
}

async fn rotate(cx: Cx<'_>, alg: Option<Alg>) -> Result<Answer, Error> {
    let rotated = key::rotate(cx, &Actor::operator(), How::Apply, alg).await?.value;
    let object = |key: &Rotation| json!({ "kid": key.kid, "alg": key.alg, "active_at": key.active_at });
    let json = json!({ "rotated": rotated.iter().map(object).collect::<Vec<_>>() });
    let line = |key: &Rotation| {
        let when = if key.active_at <= cx.now { "now".to_owned() } else { format!("at {}", key.active_at.readable()) };
        format!("{}  {}  signs {when}", key.kid, key.alg)
    };
    Ok(Answer::new(json, rotated.iter().map(line).collect::<Vec<_>>().join("\n")))
}

async fn revoke(cx: Cx<'_>, kid: &str) -> Result<Answer, Error> {
    let next = key::revoke(cx, &Actor::operator(), How::Apply, kid).await?.value;
    let json = json!({ "revoked": kid, "next": next.as_ref().map(|next| json!({ "kid": next.kid, "alg": next.alg })) });
    let told = match &next {
        Some(next) => format!("{kid} was revoked; {} signs instead", next.kid),
        None => format!("{kid} was revoked"),
    };
    Ok(Answer::new(json, told))
}
