//! What several pages of the console show.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Map, Value};

use super::{API_KEYS, APPS, Desk, INVITATIONS, KEYS, PEOPLE, PERMISSIONS, ROLES, SETTINGS};
use crate::base::time::Ts;
use crate::config::{Field, Source};
use crate::flow;
use crate::flow::account::profile::own_id;
use crate::flow::admin::{Told, names};
use crate::locale::Text;
use crate::model::audit::{Action, Audit, Outcome, Party};
use crate::model::change::Changed;
use crate::spec::check::Check;
use crate::spec::right::Right;
use crate::web::page::parts::when;
use crate::web::view::admin::{ChangeLine, EventLine, Label, MemberLine, Who};
use crate::web::words;

/// User names by ids.
pub type Names = HashMap<String, String>;

/// Somebody or something, by its name where it has one, and its page where there is one to be seen.
pub fn who(desk: &Desk<'_>, (kind, id): (Party, Option<&str>), names: &Names) -> Who {
    let name = id.map(|id| names.get(id).cloned().unwrap_or_else(|| id.to_owned()));
    let page = |right, path| desk.may(right).then_some(path);
    let area = match kind {
        Party::User => page(Right::UsersRead, PEOPLE),
        Party::Role => page(Right::RolesRead, ROLES),
        Party::Client => page(Right::ClientsRead, APPS),
        Party::Permission => page(Right::RolesRead, PERMISSIONS),
        _ => None,
    };
    let href = match (area, id) {
        (Some(area), Some(id)) => Some(format!("{area}/{id}")),
        (_, Some(key)) if kind == Party::Setting => {
            page(Right::SettingsRead, SETTINGS).map(|path| format!("{path}#{key}"))
        }
        _ if kind == Party::ApiKey => page(Right::ApiKeysRead, API_KEYS).map(str::to_owned),
        _ if kind == Party::Key => page(Right::KeysRead, KEYS).map(str::to_owned),
        _ if kind == Party::Invitation => page(Right::InvitationsRead, INVITATIONS).map(str::to_owned),
        _ => None,
    };
    Who { kind: words::party(kind), name: name.unwrap_or_default(), href }
}

/// What people and apps are called, by their ids.
async fn names_of<'a>(desk: &Desk<'_>, parties: impl Iterator<Item = (Party, &'a str)>) -> flow::Result<Names> {
    let (apps, others): (Vec<_>, Vec<_>) = parties.partition(|(kind, _)| *kind == Party::Client);
    let mut names = names::of_people(desk.cx(), desk.by(), others.into_iter().map(|(_, id)| id)).await?;
    names.extend(names::of_clients(desk.cx(), desk.by(), apps.into_iter().map(|(_, id)| id)).await?);
    Ok(names)
}

/// Rows of the audit, each in a line.
pub async fn events(desk: &Desk<'_>, rows: &[Audit]) -> flow::Result<Vec<EventLine>> {
    let parties = rows.iter().flat_map(|row| {
        [Some((row.actor_kind, row.actor_id.as_deref())), row.target_kind.map(|kind| (kind, row.target_id.as_deref()))]
    });
    let parties = parties.flatten().filter_map(|(kind, id)| Some((kind, id?)));
    let names = names_of(desk, parties).await?;
    Ok(rows.iter().map(|row| event(desk, row, &names)).collect())
}

fn event(desk: &Desk<'_>, row: &Audit, names: &Names) -> EventLine {
    EventLine {
        id: row.id.clone(),
        at: when(&desk.live, row.at),
        what: words::action(row.action),
        failed: row.result == Outcome::Failed,
        actor: who(desk, (row.actor_kind, row.actor_id.as_deref()), names),
        target: row.target_kind.map(|kind| who(desk, (kind, row.target_id.as_deref()), names)),
        address: row.address.clone().unwrap_or_default(),
        detail: row.detail.clone(),
        batch: row.batch_id.as_ref().map(|id| id.0.clone()),
    }
}

/// What an act changes or has changed.
pub async fn told(desk: &Desk<'_>, changes: &[Told]) -> flow::Result<Vec<ChangeLine>> {
    let things: Vec<_> = changes
        .iter()
        .map(|told| ((told.action, told.is_final), (told.kind, told.id.as_str()), &told.changed))
        .collect();
    lines(desk, &things).await
}

/// One thing that changed: what was done, for good or not; to what; and what it was and is.
pub type Thing<'a> = ((Action, bool), (Party, &'a str), &'a Changed);

pub async fn lines(desk: &Desk<'_>, things: &[Thing<'_>]) -> flow::Result<Vec<ChangeLine>> {
    let names = names_of(desk, things.iter().map(|(_, party, _)| *party)).await?;
    let line = |((action, is_final), (kind, id), changed): &Thing<'_>| ChangeLine {
        what: words::action(*action),
        target: who(desk, (*kind, Some(*id)), &names),
        rows: match action {
            Action::FieldChange => labelled(desk, members(changed)),
            _ => members(changed),
        },
        is_final: *is_final,
    };
    Ok(things.iter().map(line).collect())
}

/// The tenant's own fields as the tenant calls them, in the language of the page.
pub fn labelled(desk: &Desk<'_>, rows: Vec<MemberLine>) -> Vec<MemberLine> {
    let (settings, locale) = (&desk.cx().app.config.profile, desk.ctx.sheet().locale);
    let label = |row: &MemberLine| {
        let Label::Plain(name) = &row.member else { return None };
        let is_it = |field: &&Field| field.name == *name || own_id(&field.name) == *name;
        settings.fields.iter().find(is_it).map(|field| Label::Plain(field.label.to(locale).to_owned()))
    };
    rows.into_iter()
        .map(|row| MemberLine { member: label(&row).unwrap_or_else(|| row.member.clone()), ..row })
        .collect()
}

/// Members before and after, by name.
pub fn members(changed: &Changed) -> Vec<MemberLine> {
    let of = |side: &Option<Map<String, Value>>, name: &str| value(name, side.as_ref().and_then(|side| side.get(name)));
    let sides = [&changed.before, &changed.after];
    let names: BTreeSet<&String> = sides.into_iter().flatten().flat_map(|side| side.keys()).collect();
    let line = |name: &String| MemberLine {
        member: words::member(name).map_or_else(|| Label::Plain(name.clone()), Label::Text),
        before: of(&changed.before, name),
        after: of(&changed.after, name),
    };
    names.into_iter().map(line).collect()
}

fn value(name: &str, value: Option<&Value>) -> Label {
    match value {
        None | Some(Value::Null) => Label::Plain("–".to_owned()),
        Some(Value::Bool(true)) => Label::Text(Text::new("field-yes")),
        Some(Value::Bool(false)) => Label::Text(Text::new("field-no")),
        Some(Value::String(text)) if name == "state" => crate::model::user::UserState::parse(text)
            .map_or_else(|| Label::Plain(text.clone()), |state| Label::Text(words::state(state))),
        Some(Value::String(text)) if name == "source" => {
            Source::parse(text).map_or_else(|| Label::Plain(text.clone()), |source| Label::Text(words::source(source)))
        }
        Some(Value::String(text)) => words::outcome(name, text).map_or_else(|| Label::Plain(text.clone()), Label::Text),
        Some(Value::Number(number)) if name == "expires_at" => {
            let at = number.as_i64().map(|seconds| Ts(seconds).readable());
            Label::Plain(at.unwrap_or_else(|| number.to_string()))
        }
        Some(Value::Array(items)) => {
            let texts = items.iter().map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned));
            Label::Plain(texts.collect::<Vec<_>>().join(", "))
        }
        Some(other) => Label::Plain(other.to_string()),
    }
}

/// Why something was not done to one of many, in a few words.
pub fn reason(check: Check) -> Text {
    match check {
        Check::Holds | Check::Right => Text::new("why-holds"),
        Check::LastAdmin => Text::new("why-last"),
        Check::Account => Text::new("why-account"),
        Check::Known => Text::new("why-known"),
        Check::Current => Text::new("why-current"),
        Check::Undo => Text::new("why-undo"),
        Check::Value | Check::Metadata => Text::new("why-value"),
        _ => Text::new("why-other"),
    }
}
