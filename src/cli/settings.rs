//! `signet settings …`

use serde_json::{Map, Value, json};

use super::print::{Answer, table};
use super::{Error, args};
use crate::app::Cx;
use crate::config::key;
use crate::flow::admin::setting::{self, Shown};
use crate::flow::admin::{Actor, How};

pub async fn run(cx: Cx<'_>, command: args::Settings) -> Result<Answer, Error> {
    match command {
        args::Settings::List => {
            let all = setting::list(cx, &Actor::operator()).await?;
            let rows: Vec<_> = all.iter().map(row).collect();
            let json = json!({ "settings": all.iter().map(object).collect::<Vec<_>>() });
            Ok(Answer::new(json, table(&["key", "value", "source"], &rows)))
        }
        args::Settings::Set { key: name, value } => {
            let known = key(&name).ok_or_else(|| unknown(&name))?;
            let read = known.kind.read(&value);
            let read = read.ok_or_else(|| Error::Other(format!("{name} = {value:?}: {}", known.kind.allowed())))?;
            change(cx, &name, read).await
        }
        args::Settings::Reset { key: name } => {
            key(&name).ok_or_else(|| unknown(&name))?;
            change(cx, &name, Value::Null).await
        }
    }
}

async fn change(cx: Cx<'_>, name: &str, value: Value) -> Result<Answer, Error> {
    let wanted = Map::from_iter([(name.to_owned(), value)]);
    let all = setting::change(cx, &Actor::operator(), How::Apply, &wanted, |_| Ok(())).await?.value;
    let shown = all.iter().find(|shown| shown.key.name == name).ok_or_else(|| unknown(name))?;
    Ok(Answer::new(object(shown), format!("{name} = {} ({})", shown.value, shown.source)))
}

fn unknown(name: &str) -> Error {
    Error::Other(format!("{name} is not a setting that is changed here: signet settings list tells them"))
}

fn row(shown: &Shown) -> Vec<String> {
    let source = match &shown.left_out {
        Some(mistake) => format!("{}; not in force: {mistake}", shown.source),
        None => shown.source.to_string(),
    };
    vec![shown.key.name.to_owned(), shown.value.to_string(), source]
}

fn object(shown: &Shown) -> Value {
    json!({
        "key": shown.key.name,
        "value": shown.value,
        "source": shown.source,
        "without": shown.without,
        "changed_at": shown.changed.as_ref().map(|(at, _)| at),
        "changed_by": shown.changed.as_ref().map(|(_, by)| by),
        "left_out": shown.left_out.as_ref().map(ToString::to_string),
    })
}
