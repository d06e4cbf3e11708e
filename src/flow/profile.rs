//! What is told about a person beyond the person's own row, which is all that most tokens need.

use super::{Result, attribute};
use crate::app::Cx;
use crate::model::UserId;
use crate::model::profile::Profile;
use crate::model::user::User;
use crate::spec::claims::{self, Details};
use crate::spec::scope::Scope;
use crate::store::{self, Conn, profile, role};

/// The details, if any of them is asked for and the person has given some.
pub async fn wanted(
    cx: Cx<'_>,
    conn: &mut Conn,
    user: &User,
    scope: &Scope,
    asked: &[String],
) -> Result<Option<Details>> {
    let told = match user.has_profile && claims::wants_details(scope, asked, &cx.app.config.profile.fields) {
        true => Some(details(cx, conn, &user.id).await?),
        false => None,
    };
    let [roles, permissions] = claims::wants_power(scope, asked);
    if !roles && !permissions {
        return Ok(told);
    }
    let mut told = told.unwrap_or_default();
    if roles {
        told.roles = Some(store::user::roles(conn, cx.tenant, &user.id).await?);
    }
    if permissions {
        told.permissions = Some(role::permissions_of(conn, cx.tenant, &user.id).await?);
    }
    Ok(Some(told))
}

/// The number that codes may go to.
pub(super) async fn proved_phone(cx: Cx<'_>, conn: &mut Conn, user: &User) -> Result<Option<String>> {
    if !user.has_profile {
        return Ok(None);
    }
    let known = details(cx, conn, &user.id).await?;
    Ok(known.phone_number.filter(|_| known.phone_number_verified))
}

/// All details; empty for a person who has given none.
pub(super) async fn details(cx: Cx<'_>, conn: &mut Conn, id: &UserId) -> Result<Details> {
    let Some(row) = profile::find(conn, cx.tenant, id).await? else { return Ok(Details::default()) };
    let key = &cx.app.master_key;
    let address = match &row.sealed_address {
        Some(sealed) => Some(serde_json::from_slice(&key.open(&Profile::address_place(id), sealed)?)?),
        None => None,
    };
    let phone = match &row.sealed_phone {
        Some(sealed) => Some(key.open(&Profile::phone_place(id), sealed)?),
        None => None,
    };
    let bio = match &row.sealed_bio {
        Some(sealed) => Some(key.open(&Profile::bio_place(id), sealed)?),
        None => None,
    };
    let fields = attribute::open(cx, &row)?;
    Ok(Details {
        middle_name: row.middle_name,
        nickname: row.nickname,
        profile: row.page,
        // one that was sent stands below the issuer
        picture: row.picture.map(|picture| match picture.starts_with('/') {
            true => cx.address(&picture),
            false => picture,
        }),
        website: row.website,
        gender: row.gender,
        birthdate: row.birthdate,
        bio: bio.map(|bio| String::from_utf8_lossy(&bio).into_owned()),
        address,
        own: attribute::told(cx, &fields),
        fields,
        phone_number_verified: row.phone_verified_at.is_some(),
        phone_number: phone.map(|phone| String::from_utf8_lossy(&phone).into_owned()),
        roles: None,
        permissions: None,
    })
}
