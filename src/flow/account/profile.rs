//! What people tell about themselves.

mod check;

use std::collections::BTreeMap;

use super::picture;
use crate::app::Cx;
use crate::base::text;
use crate::flow::attribute::{self, Fields};
use crate::flow::user::Mistake;
use crate::flow::{Error, Fault, Result, missing, profile as details};
use crate::model::UserId;
use crate::model::audit::{Action, Audit, Party};
use crate::model::blob::Kind;
use crate::model::profile::Profile;
use crate::model::user::User;
use crate::shared::limit::Rate;
use crate::spec::claims::{Address, Details};
use crate::spec::own_field;
use crate::store::{self, Conn, audit, blob, profile};

/// What the form holds, as it was typed; empty is not given.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    pub name: String,
    pub given_name: String,
    pub middle_name: String,
    pub family_name: String,
    pub nickname: String,
    pub username: String,
    pub profile: String,
    pub website: String,
    pub picture: String,
    /// The address of the one that was sent; not typed.
    pub own_picture: Option<String>,
    pub gender: String,
    pub birthdate: String,
    pub bio: String,
    /// Into the tenant's own fields, by their names.
    pub own: BTreeMap<String, String>,
    pub zone: String,
    pub locale: String,
    pub street: String,
    pub locality: String,
    pub region: String,
    pub postal_code: String,
    pub country: String,
}

/// Whether somebody has a user name can be found out here; not for many of them.
const RENAMES: Rate = Rate { burst: 20, interval: std::time::Duration::from_mins(3) };

/// A person, with what the person has told until now.
#[derive(Debug, Clone)]
pub struct Told {
    pub user: User,
    pub roles: Vec<String>,
    pub typed: Typed,
}

/// What the person has told until now.
pub async fn shown(cx: Cx<'_>, user: &User) -> Result<Typed> {
    read(cx, &mut cx.app.db.conn().await?, user).await
}

/// The same with the person, as the database has it now.
pub async fn told(cx: Cx<'_>, id: &UserId) -> Result<Told> {
    whole(cx, &mut cx.app.db.conn().await?, id).await
}

async fn whole(cx: Cx<'_>, conn: &mut Conn, id: &UserId) -> Result<Told> {
    let found = store::user::find(conn, cx.tenant, id).await?;
    let user = found.ok_or_else(|| missing("user", id.as_str()))?;
    let roles = store::user::roles(conn, cx.tenant, id).await?;
    Ok(Told { typed: read(cx, conn, &user).await?, user, roles })
}

async fn read(cx: Cx<'_>, conn: &mut Conn, user: &User) -> Result<Typed> {
    let known = if user.has_profile { details::details(cx, conn, &user.id).await? } else { Details::default() };
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let address = known.address.clone().unwrap_or_default();
    let own = if user.has_profile { picture::own(cx, conn, &user.id).await? } else { None };
    Ok(Typed {
        name: text(&user.name),
        given_name: text(&user.given_name),
        middle_name: text(&known.middle_name),
        family_name: text(&user.family_name),
        nickname: text(&known.nickname),
        username: user.username.clone(),
        profile: text(&known.profile),
        website: text(&known.website),
        // one that was sent is shown, and has no address to type
        picture: if own.is_some() { String::new() } else { text(&known.picture) },
        own_picture: own,
        gender: text(&known.gender),
        birthdate: text(&known.birthdate),
        bio: text(&known.bio),
        own: known.fields.iter().map(|(name, value)| (name.clone(), own_field::typed(value))).collect(),
        zone: text(&user.zoneinfo),
        locale: text(&user.locale),
        street: text(&address.street_address),
        locality: text(&address.locality),
        region: text(&address.region),
        postal_code: text(&address.postal_code),
        country: text(&address.country),
    })
}

/// Keeps what was typed, as a whole. Says what is wrong with it, if anything is; then nothing is kept.
pub async fn save(cx: Cx<'_>, user: &User, typed: &Typed) -> Result<Vec<Mistake>> {
    change(cx, &user.id, |_| Ok(typed.clone())).await
}

/// The same for what depends on what stands there: `wanted` is asked what is to stand there while nobody else can change
/// it, so that nothing is lost of what comes at once.
pub async fn change(cx: Cx<'_>, id: &UserId, wanted: impl FnOnce(&Told) -> Result<Typed>) -> Result<Vec<Mistake>> {
    let written = cx.app.db.write(async |tx| {
        store::user::lock(tx, cx.tenant, id).await?;
        let told = whole(cx, tx, id).await?;
        let typed = wanted(&told)?;
        write(cx, tx, &told.user, &typed).await
    });
    match written.await {
        Err(Error::Fault(Fault::Store(error))) if error.is_taken() => {
            Ok(vec![Mistake::new("username", "profile-username-taken")])
        }
        done => done,
    }
}

async fn write(cx: Cx<'_>, tx: &mut Conn, user: &User, typed: &Typed) -> Result<Vec<Mistake>> {
    let settings = &cx.app.config.profile;
    let mut wrong = check::wrong(cx, typed);
    let told = match attribute::read(settings, |name| typed.own.get(name).map_or("", String::as_str)) {
        Ok(told) if wrong.is_empty() => told,
        Ok(_) => return Ok(wrong),
        Err(own) => {
            wrong.extend(own.into_iter().map(|(name, text)| Mistake { field: own_id(name).into(), text }));
            return Ok(wrong);
        }
    };
    let new = changed(cx, user, typed);
    let mut row = row(cx, user, typed)?;
    let events = events(cx, user, &new);
    if new.username_key != user.username_key {
        cx.limit("rename", user.id.as_str(), RENAMES)?;
    }
    profile::update_user(tx, &new).await?;
    let before = profile::find(tx, cx.tenant, &user.id).await?;
    let mut fields = before.map_or_else(|| Ok(Fields::new()), |before| attribute::open(cx, &before))?;
    attribute::replace(settings, &mut fields, told);
    attribute::seal(cx, &mut row, &fields)?;
    match row.picture {
        // the address that was typed takes the place of the picture that was sent
        Some(_) => drop(blob::delete_of(tx, cx.tenant, &user.id, Kind::Picture).await?),
        None => row.picture = picture::own(cx, tx, &user.id).await?,
    }
    profile::upsert(tx, &row).await?;
    audit::insert_all(tx, &events).await?;
    Ok(Vec::new())
}

/// What a field of the tenant's own is called on the page, where others may have the same name.
pub fn own_id(name: &str) -> String {
    format!("own-{name}")
}

fn events(cx: Cx<'_>, user: &User, new: &User) -> Vec<Audit> {
    let event = |action| {
        let event = cx.audit(action, Party::User, Some(user.id.as_str()));
        event.on(Party::User, user.id.as_str())
    };
    let renamed = (new.username != user.username)
        .then(|| event(Action::UsernameChange).detail(format!("{} to {}", user.username, new.username)));
    std::iter::once(event(Action::ProfileChange)).chain(renamed).collect()
}

fn given(typed: &str) -> Option<String> {
    Some(typed.trim()).filter(|text| !text.is_empty()).map(str::to_owned)
}

fn changed(cx: Cx<'_>, user: &User, typed: &Typed) -> User {
    let username = typed.username.trim().to_owned();
    User {
        username_key: text::key(&username),
        username,
        name: given(&typed.name),
        given_name: given(&typed.given_name),
        family_name: given(&typed.family_name),
        locale: given(&typed.locale),
        zoneinfo: given(&typed.zone),
        has_profile: true,
        updated_at: cx.now,
        ..user.clone()
    }
}

fn row(cx: Cx<'_>, user: &User, typed: &Typed) -> Result<Profile> {
    let key = &cx.app.master_key;
    let address = Address {
        street_address: given(&typed.street),
        locality: given(&typed.locality),
        region: given(&typed.region),
        postal_code: given(&typed.postal_code),
        country: given(&typed.country),
    };
    let address = match address == Address::default() {
        true => None,
        false => Some(key.seal(&Profile::address_place(&user.id), &serde_json::to_vec(&address)?)?),
    };
    Ok(Profile {
        middle_name: given(&typed.middle_name),
        nickname: given(&typed.nickname),
        page: given(&typed.profile),
        picture: given(&typed.picture),
        website: given(&typed.website),
        gender: given(&typed.gender),
        birthdate: given(&typed.birthdate),
        sealed_address: address,
        sealed_bio: match given(&typed.bio) {
            Some(bio) => Some(key.seal(&Profile::bio_place(&user.id), bio.as_bytes())?),
            None => None,
        },
        ..Profile::empty(cx.tenant.clone(), user.id.clone(), cx.now)
    })
}
