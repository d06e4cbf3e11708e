//! What is known of people beside what everybody tells: their kind, and the tenant's own fields.

use serde_json::{Map, Value};

use super::Result;
use crate::app::Cx;
use crate::config::{FieldEditor, Profile as Settings};
use crate::locale::Text;
use crate::model::profile::Profile;
use crate::model::user::User;
use crate::spec::claims::Own;
use crate::spec::own_field;
use crate::store::profile;

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

/// All of them as they are kept.
pub async fn of(cx: Cx<'_>, user: &User) -> Result<Fields> {
    let found = profile::find(&mut cx.app.db.conn().await?, cx.tenant, &user.id).await?;
    found.map_or_else(|| Ok(Fields::new()), |row| open(cx, &row))
}
