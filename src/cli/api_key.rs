//! `signet api-key …`

use serde_json::{Value, json};

use super::print::{self, Answer};
use super::{Error, args};
use crate::app::Cx;
use crate::base::time::Ts;
use crate::flow::admin::api_key::{self, New};
use crate::flow::admin::{Actor, How};
use crate::model::ApiKeyId;
use crate::model::api_key::ApiKey;

pub async fn run(cx: Cx<'_>, command: args::ApiKey) -> Result<Answer, Error> {
    let by = Actor::operator();
    match command {
        args::ApiKey::Create { name, rights, networks, expires_in_days } => {
            let day = std::time::Duration::from_hours(24);
            let expires_at = expires_in_days.map(|days| cx.now.plus(day.saturating_mul(days)));
            let new = New { name, rights: rights.into_iter().collect(), networks, expires_at };
            let (row, key) = api_key::create(cx, &by, How::Apply, new).await?.value;
            let mut json = object(&row);
            json["key"] = json!(key.reveal());
            let text = format!("id   {}\nkey  {}\nThe key is shown this once.", row.id, key.reveal());
            Ok(Answer::new(json, text))
        }
        args::ApiKey::List(page) => {
            let rows = api_key::list(cx, &by, &page.after, page.rows()).await?;
            let (keys, next) = print::page(rows, page.limit, |row: &ApiKey| row.id.to_string());
            let json = json!({ "api_keys": keys.iter().map(object).collect::<Vec<_>>(), "next": next });
            let lines: Vec<_> = keys.iter().map(line).collect();
            Ok(Answer::new(json, print::list(&["id", "name", "rights", "ends"], &lines, next.as_deref())))
        }
        args::ApiKey::Revoke { id } => {
            let row = api_key::revoke(cx, &by, How::Apply, &ApiKeyId::from(id.as_str())).await?.value;
            Ok(Answer::new(object(&row), format!("the key {} was revoked", row.name)))
        }
    }
}

fn line(row: &ApiKey) -> Vec<String> {
    let end = match (row.revoked_at, row.expires_at) {
        (Some(at), _) => format!("revoked {}", at.readable()),
        (None, Some(at)) => at.readable(),
        (None, None) => "–".to_owned(),
    };
    vec![row.id.to_string(), row.name.clone(), row.rights.clone(), end]
}

fn object(row: &ApiKey) -> Value {
    let seconds = |at: Option<Ts>| at.map(|at| at.0);
    json!({
        "id": row.id,
        "name": row.name,
        "rights": row.rights().iter().collect::<Vec<_>>(),
        "networks": row.networks(),
        "created_at": row.created_at,
        "expires_at": seconds(row.expires_at),
        "revoked_at": seconds(row.revoked_at),
        "last_used_at": seconds(row.last_used_at),
    })
}
