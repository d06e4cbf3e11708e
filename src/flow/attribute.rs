//! What is known of people beside what everybody tells: their kind, and the tenant's own fields.

use serde_json::{Map, Value};

use super::{Error, Result, missing, user};
use crate::app::Cx;
use crate::config::{FieldEditor, Profile as Settings};
use crate::locale::{Locale, Text};
use crate::model::audit::{Action, Party};
use crate::model::profile::Profile;
use crate::model::user::User;
use crate::spec::check::Check;
use crate::spec::claims::Own;
use crate::spec::error::{Code, Refusal};
use crate::spec::own_field;
use crate::store::{audit, profile, user as users};

/// The values of the tenant's own fields, by their names; also of fields that there are no more.
pub type Fields = Map<String, Value>;

/// As a row holds them.
pub(super) fn open(cx: Cx<'_>, row: &Profile) -> Result<Fields> {
    let Some(sealed) = &row.sealed_fields else { return Ok(Fields::new()) };
    let plain = cx.app.master_key.open(&Profile::fields_place(&row.user_id), sealed)?;
    Ok(serde_json::from_slice(&plain)?)
}

/// Puts them into a row.
pub(super) fn seal(cx: Cx<'_>, row: &mut Profile, fields: &Fields) -> Result<()> {
    let place = Profile::fields_place(&row.user_id);
    row.sealed_fields = match fields.is_empty() {
        true => None,
        false => Some(cx.app.master_key.seal(&place, &serde_json::to_vec(fields)?)?),
    };
    Ok(())
}

/// What apps may get of them, as the settings are today.
pub(super) fn told(cx: Cx<'_>, fields: &Fields) -> Vec<Own> {
    let settings = &cx.app.config.profile.fields;
    let told = settings.iter().filter(|field| !field.claim.is_empty()).filter_map(|field| {
        let value = fields.get(&field.name).filter(|value| own_field::fits(field, value))?;
        Some(Own { claim: field.claim.clone(), scope: field.scope.clone(), value: value.clone() })
    });
    told.collect()
}

/// Reads what a person has typed into the fields that people fill in; all that is wrong at once, by the names of the
/// fields.
pub(super) fn read<'a>(
    settings: &'a Settings,
    typed: impl Fn(&str) -> &'a str,
) -> Result<Fields, Vec<(&'a str, Text)>> {
    let (mut read, mut wrong) = (Fields::new(), Vec::new());
    for field in settings.of(FieldEditor::Person) {
        match own_field::read(field, typed(&field.name)) {
            Ok(Some(value)) => drop(read.insert(field.name.clone(), value)),
            Ok(None) => {}
            Err(text) => wrong.push((field.name.as_str(), text)),
        }
    }
    if wrong.is_empty() { Ok(read) } else { Err(wrong) }
}

/// What a person has told, in the place of what the person had told before; the rest stays.
pub(super) fn replace(settings: &Settings, fields: &mut Fields, told: Fields) {
    for field in settings.of(FieldEditor::Person) {
        fields.remove(&field.name);
    }
    fields.extend(told);
}

/// Says which of the tenant's kinds of people somebody is one of; None: of none.
pub async fn set_kind(cx: Cx<'_>, name: &str, kind: Option<&str>) -> Result<User> {
    let (user, _) = user::show(cx, name).await?;
    let known = &cx.app.config.profile.types;
    if let Some(kind) = kind.filter(|kind| !known.iter().any(|known| known == kind)) {
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        let refusal = Code::InvalidRequest.because(format!("there is no type {kind} of people; there are: {known}"));
        return Err(refusal.at(Check::Metadata, known, kind).set_by("profile.types").into());
    }
    let event = cx.audit(Action::KindChange, Party::Operator, None).on(Party::User, user.id.as_str());
    let event = event.detail(kind.unwrap_or("none"));
    let work = cx.app.db.write(async |tx| {
        profile::set_kind(tx, cx.tenant, &user.id, (kind, cx.now)).await?;
        audit::insert(tx, &event).await
    });
    work.await?;
    Ok(User { kind: kind.map(str::to_owned), ..user })
}

/// Fills in one of the tenant's own fields for somebody, whoever else may; None: empties it.
pub async fn set_field(cx: Cx<'_>, name: &str, (field, typed): (&str, Option<&str>)) -> Result<User> {
    let (user, _) = user::show(cx, name).await?;
    let settings = cx.app.config.profile.field(field).ok_or_else(|| unknown(cx, field))?;
    let value = match typed {
        Some(typed) => own_field::read(settings, typed).map_err(|wrong| unfit(field, &wrong))?,
        None => None,
    };
    let event = cx.audit(Action::FieldChange, Party::Operator, None).on(Party::User, user.id.as_str());
    let event = event.detail(field);
    let work = cx.app.db.write(async |tx| {
        users::lock(tx, cx.tenant, &user.id).await?;
        let before = profile::find(tx, cx.tenant, &user.id).await?;
        let mut fields = before.as_ref().map_or_else(|| Ok(Fields::new()), |row| open(cx, row))?;
        match value {
            Some(value) => fields.insert(field.to_owned(), value),
            None => fields.remove(field),
        };
        let mut row = Profile::empty(cx.tenant.clone(), user.id.clone(), cx.now);
        seal(cx, &mut row, &fields)?;
        profile::set_fields(tx, &row).await?;
        audit::insert(tx, &event).await?;
        Ok::<_, Error>(())
    });
    work.await?;
    Ok(user)
}

fn unknown(cx: Cx<'_>, name: &str) -> Error {
    let known: Vec<_> = cx.app.config.profile.fields.iter().map(|field| field.name.as_str()).collect();
    match missing("field of people with the name", name) {
        Error::Refused(refusal) => refusal.at(Check::Metadata, known.join(", "), name).set_by("profile.fields").into(),
        fault @ Error::Fault(_) => fault,
    }
}

fn unfit(field: &str, wrong: &Text) -> Refusal {
    let text = wrong.to(Locale::En);
    Code::InvalidRequest.because(format!("{field}: {text}")).at(Check::Metadata, field, text).set_by("profile.fields")
}

/// All of them as they are kept.
pub async fn of(cx: Cx<'_>, user: &User) -> Result<Fields> {
    let found = profile::find(&mut cx.app.db.conn().await?, cx.tenant, &user.id).await?;
    found.map_or_else(|| Ok(Fields::new()), |row| open(cx, &row))
}
