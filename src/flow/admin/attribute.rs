//! What administrators note of people beside what everybody tells: their kind, and the tenant's own fields, also those
//! that people fill in themselves.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Act, Actor, Done, How, act};
use crate::app::Cx;
use crate::base::text::clip;
use crate::flow::Result;
use crate::flow::account::profile::own_id;
use crate::flow::attribute::{self, Fields};
use crate::flow::user::Mistake;
use crate::locale::{Locale, Text};
use crate::model::UserId;
use crate::model::audit::{Action, Party};
use crate::model::change::Changed;
use crate::model::profile::Profile;
use crate::model::user::User;
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::spec::own_field;
use crate::spec::right::Right;
use crate::store::profile;

/// What the kind of a person is called among the members that change.
pub const KIND: &str = "user_type";

/// What is to be noted, as it is typed; what is not named stays.
#[derive(Debug, Clone, Default)]
pub struct Wanted<'a> {
    /// One of the tenant's kinds of people; None inside: none of them.
    pub kind: Option<Option<&'a str>>,
    /// By the names of the fields; None: nothing is known any more.
    pub fields: BTreeMap<&'a str, Option<&'a str>>,
}

impl<'a> Wanted<'a> {
    pub fn kind(kind: Option<&'a str>) -> Self {
        Self { kind: Some(kind), ..Self::default() }
    }

    pub fn field(name: &'a str, typed: Option<&'a str>) -> Self {
        Self { fields: BTreeMap::from([(name, typed)]), ..Self::default() }
    }
}

/// The tenant's own fields of a person, by their names; also of fields that there are no more.
pub async fn show(cx: Cx<'_>, by: &Actor, user: &User) -> Result<Fields> {
    by.require(Right::UsersRead)?;
    attribute::of(cx, user).await
}

/// All that cannot be so, by the fields of a form. Whoever looks after people may leave out what they must tell
/// themselves.
pub fn check(cx: Cx<'_>, wanted: &Wanted<'_>) -> Vec<Mistake> {
    let settings = &cx.app.config.profile;
    let kind = wanted.kind.flatten().filter(|kind| !settings.types.iter().any(|known| known == kind));
    let kind = kind.map(|_| Mistake::new(KIND, "profile-choice-wrong"));
    let fields = wanted.fields.iter().filter_map(|(name, typed)| {
        let typed = typed.filter(|typed| !typed.trim().is_empty())?;
        let text = own_field::read(settings.field(name)?, typed).err()?;
        Some(Mistake { field: own_id(name).into(), text })
    });
    kind.into_iter().chain(fields).collect()
}

/// Notes it. `expected` is asked of the person and the fields as the database has them now, before anything changes.
/// Fails with the first thing that cannot be so.
pub async fn set(
    cx: Cx<'_>,
    by: &Actor,
    how: How,
    id: &UserId,
    (wanted, expected): (&Wanted<'_>, impl Fn(&User, &Fields) -> Result<()>),
) -> Result<Done<User>> {
    by.require(Right::UsersWrite)?;
    if let Some(Some(kind)) = wanted.kind {
        expect_kind(cx, kind)?;
    }
    let values = read(cx, wanted)?;
    let action = if wanted.fields.is_empty() { Action::KindChange } else { Action::FieldChange };
    act(cx, by, (action, how), async |act| {
        let user = act.person(id).await?;
        let fields = held(act, id).await?;
        expected(&user, &fields)?;
        let user = match wanted.kind {
            Some(kind) => set_kind(act, user, kind).await?,
            None => user,
        };
        set_fields(act, &user, (fields, values)).await?;
        Ok(user)
    })
    .await
}

fn expect_kind(cx: Cx<'_>, kind: &str) -> Result<(), Refusal> {
    let known = &cx.app.config.profile.types;
    if known.iter().any(|known| known == kind) {
        return Ok(());
    }
    let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    let refusal = Code::InvalidRequest.because(format!("there is no type {kind} of people; there are: {known}"));
    Err(refusal.with_status(422).at(Check::Metadata, known, kind).set_by("profile.types"))
}

fn read(cx: Cx<'_>, wanted: &Wanted<'_>) -> Result<BTreeMap<String, Value>> {
    let mut values = BTreeMap::new();
    for (name, typed) in &wanted.fields {
        values.insert((*name).to_owned(), value(cx, name, *typed)?);
    }
    Ok(values)
}

/// Null where nothing is typed.
fn value(cx: Cx<'_>, name: &str, typed: Option<&str>) -> Result<Value, Refusal> {
    let settings = cx.app.config.profile.field(name).ok_or_else(|| unknown(cx, name))?;
    let Some(typed) = typed.filter(|typed| !typed.trim().is_empty()) else { return Ok(Value::Null) };
    let read = own_field::read(settings, typed).map_err(|wrong| unfit(name, &wrong))?;
    Ok(read.unwrap_or_default())
}

fn unknown(cx: Cx<'_>, name: &str) -> Refusal {
    let known: Vec<_> = cx.app.config.profile.fields.iter().map(|field| field.name.as_str()).collect();
    let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    let name = clip(name, 64);
    let refusal =
        Code::InvalidRequest.because(format!("there is no field of people with the name {name}; there are: {known}"));
    refusal.with_status(422).at(Check::Metadata, known, name).set_by("profile.fields")
}

fn unfit(field: &str, wrong: &Text) -> Refusal {
    let text = wrong.to(Locale::En);
    let refusal = Code::InvalidRequest.because(format!("{field}: {text}")).with_status(422);
    refusal.at(Check::Metadata, field, text).set_by("profile.fields")
}

/// The fields as the database has them now, of a person who is held.
async fn held(act: &mut Act<'_>, id: &UserId) -> Result<Fields> {
    let row = profile::find(act.tx, act.cx.tenant, id).await?;
    row.map_or_else(|| Ok(Fields::new()), |row| attribute::open(act.cx, &row))
}

async fn set_kind(act: &mut Act<'_>, user: User, kind: Option<&str>) -> Result<User> {
    let changed = Changed::member(KIND, user.kind.clone(), kind.map(str::to_owned));
    if !changed.is_empty() {
        profile::set_kind(act.tx, act.cx.tenant, &user.id, (kind, act.cx.now)).await?;
        act.note(Action::KindChange, (Party::User, user.id.as_str()), changed);
    }
    Ok(User { kind: kind.map(str::to_owned), ..user })
}

/// Null takes a field away.
async fn set_fields(act: &mut Act<'_>, user: &User, (before, values): (Fields, BTreeMap<String, Value>)) -> Result<()> {
    let mut after = before.clone();
    for (name, value) in values {
        match value {
            Value::Null => after.remove(&name),
            value => after.insert(name, value),
        };
    }
    let changed = Changed::between(&before, &after);
    if changed.is_empty() {
        return Ok(());
    }
    let mut row = Profile::empty(act.cx.tenant.clone(), user.id.clone(), act.cx.now);
    attribute::seal(act.cx, &mut row, &after)?;
    profile::set_fields(act.tx, &row).await?;
    act.note(Action::FieldChange, (Party::User, user.id.as_str()), changed);
    Ok(())
}

/// Puts back what was noted. `false` when it has changed again since.
pub(super) async fn back(act: &mut Act<'_>, user: User, (action, changed): (Action, Changed)) -> Result<bool> {
    let (before, after) = (changed.before.unwrap_or_default(), changed.after.unwrap_or_default());
    if action == Action::KindChange {
        let kind = |side: &Fields| side.get(KIND).and_then(Value::as_str).map(str::to_owned);
        if user.kind != kind(&after) {
            return Ok(false);
        }
        set_kind(act, user, kind(&before).as_deref()).await?;
        return Ok(true);
    }
    let fields = held(act, &user.id).await?;
    let current = |name: &String| fields.get(name).unwrap_or(&Value::Null);
    if after.iter().any(|(name, value)| current(name) != value) {
        return Ok(false);
    }
    set_fields(act, &user, (fields, before.into_iter().collect())).await?;
    Ok(true)
}
