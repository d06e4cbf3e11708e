//! What goes into the archive: a file of each kind of thing, no secret in any of them.

use serde_json::{Value, json};

use super::archive::Archive;
use crate::app::Cx;
use crate::base::time::Ts;
use crate::flow::account::{apps, preferences};
use crate::flow::{Result, post, profile};
use crate::model::audit::{Action, Audit};
use crate::model::blob::Kind;
use crate::model::user::User;
use crate::store::{acceptance, audit, backup_code, blob, factor, outbox, session, trusted_device, user};

/// Rows of one file, where there could be many.
const MOST: i64 = 1000;
/// Events read at once, and in all.
const PAGE: i64 = 500;
const MOST_EVENTS: i64 = 100_000;

pub async fn all(cx: Cx<'_>, archive: &mut Archive<'_>, person: &User) -> Result<()> {
    archive.json("profile.json", &about(cx, person).await?).await?;
    archive.json("preferences.json", &preferences::get(cx, &person.id).await?).await?;
    archive.json("factors.json", &factors(cx, person).await?).await?;
    archive.json("sessions.json", &sessions(cx, person).await?).await?;
    archive.json("apps.json", &access(cx, person).await?).await?;
    archive.json("acceptances.json", &acceptances(cx, person).await?).await?;
    archive.json("letters.json", &letters(cx, person).await?).await?;
    portrait(cx, archive, person).await?;
    activity(cx, archive, person).await
}

fn at(at: Option<Ts>) -> Value {
    at.map(Ts::exact).into()
}

async fn about(cx: Cx<'_>, person: &User) -> Result<Value> {
    let conn = &mut cx.app.db.conn().await?;
    let details = profile::details(cx, conn, &person.id).await?;
    Ok(json!({
        "made_at": cx.now.exact(),
        "made_by": cx.issuer(),
        "id": person.id,
        "username": person.username,
        "email": person.email,
        "email_verified_at": at(person.email_verified_at),
        "name": person.name,
        "given_name": person.given_name,
        "middle_name": details.middle_name,
        "family_name": person.family_name,
        "nickname": details.nickname,
        "profile": details.profile,
        "picture": details.picture,
        "website": details.website,
        "gender": details.gender,
        "birthdate": details.birthdate,
        "bio": details.bio,
        "type": person.kind,
        "fields": details.fields,
        "locale": person.locale,
        "zoneinfo": person.zoneinfo,
        "address": details.address,
        "phone_number": details.phone_number,
        "phone_number_verified": details.phone_number_verified,
        "roles": user::roles(conn, cx.tenant, &person.id).await?,
        "state": person.state,
        "created_at": person.created_at.exact(),
        "updated_at": person.updated_at.exact(),
    }))
}

async fn factors(cx: Cx<'_>, person: &User) -> Result<Value> {
    let conn = &mut cx.app.db.conn().await?;
    let factors = factor::list(conn, cx.tenant, &person.id).await?;
    let factors = factors.iter().map(|factor| {
        json!({
            "kind": factor.kind,
            "name": factor.name,
            "created_at": factor.created_at.exact(),
            "last_used_at": at(factor.last_used_at),
        })
    });
    let devices = trusted_device::list(conn, cx.tenant, &person.id, cx.now).await?;
    let devices = devices.iter().map(|device| {
        json!({
            "device": device.device,
            "address": device.address,
            "created_at": device.created_at.exact(),
            "last_used_at": device.last_used_at.exact(),
            "expires_at": device.expires_at.exact(),
        })
    });
    Ok(json!({
        "factors": factors.collect::<Vec<_>>(),
        "backup_codes_left": backup_code::left(conn, cx.tenant, &person.id).await?,
        "trusted_browsers": devices.collect::<Vec<_>>(),
    }))
}

async fn sessions(cx: Cx<'_>, person: &User) -> Result<Vec<Value>> {
    let rows = session::list(&mut cx.app.db.conn().await?, cx.tenant, &person.id, MOST).await?;
    let row = rows.iter().map(|session| {
        json!({
            "id": session.id,
            "device": session.device,
            "address": session.address,
            "methods": session.amr,
            "signed_in_at": session.auth_time.exact(),
            "last_seen_at": session.last_seen_at.exact(),
            "expires_at": session.expires_at.exact(),
            "ended_at": at(session.ended_at),
        })
    });
    Ok(row.collect())
}

async fn access(cx: Cx<'_>, person: &User) -> Result<Vec<Value>> {
    let found = apps::list(cx, &person.id).await?;
    let row = found.iter().map(|app| {
        json!({
            "client_id": app.client_id,
            "name": app.name,
            "scope": app.scope.to_string(),
            "since": app.since.exact(),
            "last_used_at": at(app.last_used),
        })
    });
    Ok(row.collect())
}

async fn acceptances(cx: Cx<'_>, person: &User) -> Result<Vec<Value>> {
    let rows = acceptance::list(&mut cx.app.db.conn().await?, cx.tenant, &person.id, MOST).await?;
    let row = rows
        .iter()
        .map(|row| json!({ "version": row.version, "accepted_at": row.accepted_at.exact(), "address": row.address }));
    Ok(row.collect())
}

/// Those that have not left; others are not kept.
async fn letters(cx: Cx<'_>, person: &User) -> Result<Vec<Value>> {
    let recipient = post::recipient(cx, &person.email);
    let rows = outbox::list_to(&mut cx.app.db.conn().await?, cx.tenant, &recipient, MOST).await?;
    let row = rows.iter().map(|row| {
        json!({
            "channel": row.channel,
            "kind": row.kind,
            "written_at": row.created_at.exact(),
            "tries": row.attempts,
            "given_up_at": at(row.dead_at),
        })
    });
    Ok(row.collect())
}

/// The picture that was sent, if one was.
async fn portrait(cx: Cx<'_>, archive: &mut Archive<'_>, person: &User) -> Result<()> {
    let conn = &mut cx.app.db.conn().await?;
    let found = blob::of_person(conn, cx.tenant, &person.id, (Kind::Picture, cx.now)).await?;
    let Some(found) = found else { return Ok(()) };
    let Some(bytes) = blob::part(conn, cx.tenant, &found.id, 0).await? else { return Ok(()) };
    archive.start(if found.content_type == "image/png" { "picture.png" } else { "picture.jpg" })?;
    archive.write(&bytes)?;
    archive.step().await
}

/// Page by page, the newest first: what somebody has done in years need not be held at once.
async fn activity(cx: Cx<'_>, archive: &mut Archive<'_>, person: &User) -> Result<()> {
    archive.start("activity.json")?;
    let (mut before, mut count, mut comma) = (None, 0, "");
    archive.write(b"[")?;
    while count < MOST_EVENTS {
        let asked = (Action::ALL, before.as_deref());
        let rows = audit::of_person(&mut cx.app.db.conn().await?, cx.tenant, &person.id, asked, PAGE).await?;
        let Some((last, _)) = rows.last() else { break };
        before = Some(last.id.clone());
        for (row, app) in &rows {
            archive.write(format!("{comma}\n").as_bytes())?;
            archive.write(&serde_json::to_vec(&event(row, app.as_deref()))?)?;
            comma = ",";
        }
        count += PAGE;
        archive.step().await?;
    }
    archive.write(b"\n]\n")?;
    archive.step().await
}

fn event(row: &Audit, app: Option<&str>) -> Value {
    json!({
        "at": row.at.exact(),
        "action": row.action,
        "result": row.result,
        "app": app,
        "address": row.address,
        "device": row.device,
        "detail": row.detail,
    })
}
