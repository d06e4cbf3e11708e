//! What is changed while the server runs.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::{Map, Value, json};

use super::{Desk, SETTINGS, made, show};
use crate::base::colour::Colour;
use crate::base::picture::Wrong;
use crate::base::random::sha256;
use crate::config::{self, KeyKind, SECTIONS, key};
use crate::flow;
use crate::flow::admin::setting::{self, Shown, Wanted};
use crate::flow::admin::{names, wrong};
use crate::locale::Text;
use crate::model::audit::Party;
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::spec::params::Params;
use crate::spec::paths;
use crate::spec::right::Right;
use crate::web::ctx::Ctx;
use crate::web::form::Form;
use crate::web::page::parts::when;
use crate::web::signed_in::Stop;
use crate::web::upload::Upload;
use crate::web::view::Mistake;
use crate::web::view::admin::settings::{Field, Input, Section, Settings};
use crate::web::view::admin::{Choice, Label};
use crate::web::words;

/// What was typed into the form of a section, and what is wrong with it.
#[derive(Default)]
struct Typed<'a> {
    section: &'a str,
    form: Option<&'a Params>,
    mistakes: Vec<Mistake>,
}

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let desk = Desk::enter(&ctx).await?;
    page(&desk, StatusCode::OK, &Typed::default()).await
}

/// Changes what differs in the form of one section, once that was confirmed.
pub async fn edit(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Stop> {
    let desk = Desk::accept(&ctx, &form).await?;
    let section = SECTIONS.into_iter().find(|section| *section == desk.part("name"));
    let section = section.ok_or_else(|| flow::missing("section", desk.part("name")))?;
    let all = setting::list(desk.cx(), desk.by()).await?;
    let again = |mistakes| Typed { section, form: Some(&form), mistakes };
    let wanted = match read(&all, section, &form) {
        Ok(wanted) => wanted,
        Err(mistakes) => return page(&desk, StatusCode::BAD_REQUEST, &again(mistakes)).await,
    };
    let mistakes = setting::check(desk.cx(), desk.by(), &wanted).await?;
    if !mistakes.is_empty() {
        let mistakes = mistakes.iter().map(|told| worded(told, &wanted)).collect();
        return page(&desk, StatusCode::BAD_REQUEST, &again(mistakes)).await;
    }
    let seen = form.get("version").unwrap_or_default();
    let run = async |how| setting::change(desk.cx(), desk.by(), how, &wanted, |all| unchanged(seen, all)).await;
    let title = Text::new("admin-settings-change");
    match desk.confirmed(&form, (SETTINGS, title, SETTINGS), run).await {
        Err(Stop::Error(error)) if error.refusal.status == 412 => {
            let mistakes = vec![Mistake::new("", "admin-settings-meanwhile")];
            page(&desk, StatusCode::CONFLICT, &again(mistakes)).await
        }
        other => other,
    }
}

/// Lets the file or the default count again, once that was confirmed.
pub async fn reset(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Stop> {
    let desk = Desk::accept(&ctx, &form).await?;
    let name = form.get("key").unwrap_or_default();
    let known = key(name).ok_or_else(|| wrong("key", "a setting of the list"))?;
    let wanted = Map::from_iter([(known.name.to_owned(), Value::Null)]);
    let run = async |how| setting::change(desk.cx(), desk.by(), how, &wanted, |_| Ok(())).await;
    desk.confirmed(&form, (SETTINGS, Text::new("admin-settings-change"), SETTINGS), run).await
}

/// Shows the picture that was sent at the head of every page.
pub async fn logo(ctx: Ctx, sent: Upload) -> Result<HttpResponse, Stop> {
    let desk = Desk::accept(&ctx, &sent.params).await?;
    let again = async |id| {
        let mistakes = vec![Mistake::new("logo-file", id)];
        page(&desk, StatusCode::BAD_REQUEST, &Typed { mistakes, ..Typed::default() }).await
    };
    let Some(file) = sent.file else { return again("picture-missing").await };
    match setting::set_logo(desk.cx(), desk.by(), file).await? {
        Ok(done) => Ok(made(SETTINGS, &done)),
        Err(Wrong::Unreadable) => again("picture-unreadable").await,
        Err(Wrong::Huge) => again("picture-huge").await,
    }
}

/// What the form says otherwise than it is.
fn read(all: &[Shown], section: &str, form: &Params) -> Result<Wanted, Vec<Mistake>> {
    let mut wanted = Map::new();
    let mut mistakes = Vec::new();
    for shown in all.iter().filter(|shown| shown.key.section() == section && !shown.is_pinned()) {
        let key = shown.key;
        let text = form.get(key.name).unwrap_or_default();
        let value = match key.kind {
            KeyKind::Logo => continue,
            KeyKind::Switch => Some(json!(form.get(key.name).is_some())),
            KeyKind::Choices(names) => {
                Some(names.iter().filter(|name| form.get(&tick(key.name, name)).is_some()).copied().collect())
            }
            // a field for a colour always holds one
            KeyKind::Colour if text == USUAL && shown.value == json!("") => continue,
            kind => kind.read(text),
        };
        match value {
            Some(value) if value == shown.value => {}
            Some(value) if key.kind.fits(&value) => drop(wanted.insert(key.name.to_owned(), value)),
            _ => mistakes.push(Mistake { field: key.name.into(), text: kind_wrong(key.kind) }),
        }
    }
    if mistakes.is_empty() { Ok(wanted) } else { Err(mistakes) }
}

/// The colour of the style sheet.
const USUAL: &str = "#0b6b5d";

fn tick(key: &str, name: &str) -> String {
    format!("{key}.{name}")
}

fn kind_wrong(kind: KeyKind) -> Text {
    match kind {
        KeyKind::Seconds(least, most) | KeyKind::Number(least, most) => {
            Text::new("setting-wrong-range").with("least", least).with("most", most)
        }
        KeyKind::Line(most) => Text::new("setting-wrong-line").with("most", most.to_string()),
        KeyKind::Address => Text::new("setting-wrong-address"),
        KeyKind::Words => Text::new("setting-wrong-words"),
        KeyKind::Colour => Text::new("setting-wrong-colour"),
        KeyKind::Switch | KeyKind::Choice(_) | KeyKind::Choices(_) | KeyKind::Logo => Text::new("setting-wrong-choice"),
    }
}

/// What the configuration says against a value, in the words of the page.
fn worded(told: &config::Mistake, wanted: &Wanted) -> Mistake {
    let colour = || Colour::parse(wanted.get("branding.accent")?.as_str()?);
    let text = match told.key.as_str() {
        "branding.accent" => {
            colour().map(|colour| Text::new("setting-wrong-contrast").with("contrast", contrast(colour)))
        }
        "registration.terms_version" => Some(Text::new("setting-wrong-terms")),
        "factor.reset_delay" => Some(Text::new("setting-wrong-delay")),
        "password.min_length" | "password.max_length" => Some(Text::new("setting-wrong-room")),
        _ => None,
    };
    let usual = || key(&told.key).map_or_else(|| Text::new("admin-value-wrong"), |key| kind_wrong(key.kind));
    Mistake { field: told.key.clone().into(), text: text.unwrap_or_else(usual) }
}

/// Rounded down, so that what is not enough never looks as if it were.
fn contrast(colour: Colour) -> String {
    format!("{:.1}:1", (colour.on_pages() * 10.0).floor() / 10.0)
}

/// What the settings are, in short.
fn version(all: &[Shown]) -> String {
    let values: Vec<_> = all.iter().map(|shown| (shown.key.name, &shown.value, shown.source)).collect();
    sha256(&json!(values).to_string())
}

fn unchanged(seen: &str, all: &[Shown]) -> flow::Result<()> {
    if version(all) == seen {
        return Ok(());
    }
    let refusal: Refusal = Code::InvalidRequest.because("the settings were changed since the page was made");
    Err(refusal.with_status(412).at(Check::Precondition, "the settings as the page shows them", "others").into())
}

async fn page(desk: &Desk<'_>, status: StatusCode, typed: &Typed<'_>) -> Result<HttpResponse, Stop> {
    let all = setting::list(desk.cx(), desk.by()).await?;
    let people = all.iter().filter_map(|shown| shown.changed.as_ref()).map(|(_, by)| by.as_str());
    let names = names::of_people(desk.cx(), desk.by(), people).await?;
    let section = |name: &'static str| Section {
        name,
        title: format!("settings-{name}"),
        submit: format!("{name}-submit"),
        fields: all
            .iter()
            .filter(|shown| shown.key.section() == name)
            .map(|shown| field(desk, shown, typed.form.filter(|_| typed.section == name), &names))
            .collect(),
    };
    let sections = SECTIONS.map(section);
    let (sheet, bar) = (desk.ctx.sheet(), desk.bar(SETTINGS, SETTINGS));
    let view = Settings {
        frame: sheet.frame(&desk.ctx.app),
        bar: &bar,
        sections: &sections,
        version: &version(&all),
        can_change: desk.may(Right::SettingsWrite),
        mistakes: &typed.mistakes,
    };
    desk.page(status, &sheet, &view)
}

fn field(desk: &Desk<'_>, shown: &Shown, typed: Option<&Params>, names: &show::Names) -> Field {
    let key = shown.key;
    let typed = typed.filter(|_| !shown.is_pinned());
    let value = match typed.and_then(|form| form.get(key.name)) {
        Some(text) => text.to_owned(),
        None => text(&shown.value),
    };
    let id = words_of(key.name);
    Field {
        key: key.name,
        help: format!("{id}-help"),
        label: id,
        input: input(shown, typed, &value),
        note: note(shown),
        value: if key.kind == KeyKind::Colour && value.is_empty() { USUAL.to_owned() } else { value },
        source: words::source(shown.source),
        pinned: shown.is_pinned().then(|| key.variable()),
        changed: shown.changed.as_ref().map(|(at, by)| {
            let kind = if by == Party::Operator.text() { Party::Operator } else { Party::User };
            let id = Some(by.as_str()).filter(|_| kind == Party::User);
            (when(&desk.live, *at), show::who(desk, (kind, id), names))
        }),
        without: (shown.source == config::Source::Database).then(|| text(&shown.without)),
        left_out: shown.left_out.as_ref().map(|mistake| mistake.value.clone()),
    }
}

/// The id of the words for a key; those of its help end with `-help`.
fn words_of(key: &str) -> String {
    format!("setting-{}", key.replace(['.', '_'], "-"))
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

fn input(shown: &Shown, typed: Option<&Params>, value: &str) -> Input {
    let key = shown.key;
    let is_set = |name: &str| shown.value.as_array().is_some_and(|items| items.iter().any(|item| item == name));
    let choice = |name: &&'static str, chosen: bool, value: String| Choice {
        value,
        label: Label::Text(option(name)),
        hint: String::new(),
        chosen,
    };
    match key.kind {
        KeyKind::Seconds(least, most) | KeyKind::Number(least, most) => Input::Number(least, most),
        KeyKind::Switch => Input::Switch(match typed {
            Some(form) => form.get(key.name).is_some(),
            None => shown.value == json!(true),
        }),
        KeyKind::Choice(names) => {
            Input::Choice(names.iter().map(|name| choice(name, *name == value, (*name).to_owned())).collect())
        }
        KeyKind::Choices(names) => {
            let chosen = |name: &str| match typed {
                Some(form) => form.get(&tick(key.name, name)).is_some(),
                None => is_set(name),
            };
            Input::Ticks(names.iter().map(|name| choice(name, chosen(name), tick(key.name, name))).collect())
        }
        KeyKind::Words | KeyKind::Line(_) => Input::Line("text"),
        KeyKind::Address => Input::Line("url"),
        KeyKind::Colour => Input::Colour,
        KeyKind::Logo => Input::Logo(Some(paths::LOGO.replace("{file}", value)).filter(|_| !value.is_empty())),
    }
}

/// One of several, in words.
fn option(name: &str) -> Text {
    match name {
        "open" => Text::new("setting-option-open"),
        "approval" => Text::new("setting-option-approval"),
        "closed" => Text::new("setting-option-closed"),
        "email" => Text::new("setting-option-email"),
        _ => Text::new("setting-option-sms"),
    }
}

/// How long so many seconds are, and how well a colour can be read.
fn note(shown: &Shown) -> Option<Text> {
    let (number, colour) = (shown.value.as_u64(), shown.value.as_str().and_then(Colour::parse));
    match (shown.key.kind, number, colour) {
        (KeyKind::Seconds(..), Some(seconds), _) => span(seconds),
        (KeyKind::Colour, _, Some(colour)) => Some(Text::new("setting-contrast").with("contrast", contrast(colour))),
        _ => None,
    }
}

/// In the largest unit that leaves nothing over.
fn span(seconds: u64) -> Option<Text> {
    match seconds {
        0 => None,
        _ if seconds.is_multiple_of(86_400) => Some(Text::new("setting-days").with("count", seconds / 86_400)),
        _ if seconds.is_multiple_of(3600) => Some(Text::new("setting-hours").with("count", seconds / 3600)),
        _ if seconds.is_multiple_of(60) => Some(Text::new("setting-minutes").with("count", seconds / 60)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::KEYS;
    use crate::locale::Locale;

    #[test]
    fn every_setting_has_words_in_every_language() {
        for locale in Locale::ALL {
            let ids = KEYS.iter().flat_map(|key| [words_of(key.name), format!("{}-help", words_of(key.name))]);
            for id in ids.chain(SECTIONS.map(|section| format!("settings-{section}"))) {
                assert_ne!(locale.text(&id), id.as_str(), "{locale:?}");
            }
        }
    }

    #[test]
    fn spans_are_told_in_the_largest_unit() {
        let id = |seconds| span(seconds).map(|text| text.id);
        assert_eq!(
            [id(0), id(90), id(120), id(7200), id(172_800)],
            [None, None, Some("setting-minutes"), Some("setting-hours"), Some("setting-days")]
        );
    }
}
