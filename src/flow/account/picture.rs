//! A picture that the person has sent: kept as it was written anew, and seen by whoever has its address.

use std::time::Duration;

use tokio::sync::Semaphore;

use crate::app::Cx;
use crate::base::picture::{self, Portrait, Wrong};
use crate::base::random;
use crate::flow::session::Live;
use crate::flow::user::Mistake;
use crate::flow::{Error, Fault, Result, session};
use crate::model::audit::Action;
use crate::model::blob::{Blob, Kind, Part};
use crate::model::profile::Profile;
use crate::model::user::User;
use crate::model::{BlobId, UserId};
use crate::shared::limit::Rate;
use crate::spec::account_state::Use;
use crate::spec::paths;
use crate::store::{self, Conn, audit, blob, profile};

/// Pictures sent by one person.
const UPLOADS: Rate = Rate { burst: 10, interval: Duration::from_mins(3) };
/// Pictures unpacked at once: each may take a hundred megabytes for a moment.
static PLACE: Semaphore = Semaphore::const_new(1);

/// The address of the person's picture, if one was sent.
pub async fn own(cx: Cx<'_>, conn: &mut Conn, user: &UserId) -> Result<Option<String>> {
    let found = blob::of_person(conn, cx.tenant, user, (Kind::Picture, cx.now)).await?;
    Ok(found.map(|blob| address(&blob.id)))
}

/// Below the issuer, which may change.
fn address(id: &BlobId) -> String {
    paths::PICTURE.replace("{file}", id.as_str())
}

/// Keeps another picture in the place of any before. Says what is wrong with it, if anything is. Fails when that is
/// done too often (429).
pub async fn set(cx: Cx<'_>, live: &Live, file: Vec<u8>) -> Result<Option<Mistake>> {
    cx.limit("picture", live.user.id.as_str(), UPLOADS)?;
    let portrait = match unpack(file).await? {
        Ok(portrait) => portrait,
        Err(Wrong::Unreadable) => return Ok(Some(Mistake::new("picture-file", "picture-unreadable"))),
        Err(Wrong::Huge) => return Ok(Some(Mistake::new("picture-file", "picture-huge"))),
    };
    let (row, part) = rows(cx, &live.user, portrait);
    change(cx, live, Some((row, part))).await?;
    Ok(None)
}

/// On a thread of its own, one after the other; whoever hangs up does not make room before it is done.
async fn unpack(file: Vec<u8>) -> Result<Result<Portrait, Wrong>> {
    let place = PLACE.acquire().await.map_err(|_| Fault::Engine("no place to unpack pictures"))?;
    let work = tokio::task::spawn_blocking(move || {
        let made = picture::portrait(&file);
        drop(place);
        made
    });
    // a decoder that panics has found a file that is not what it says
    Ok(work.await.unwrap_or(Err(Wrong::Unreadable)))
}

fn rows(cx: Cx<'_>, user: &User, portrait: Portrait) -> (Blob, Part) {
    // its address is all that somebody needs to see it, so nobody can guess it
    let id = BlobId(random::base64url(random::bytes::<16>()));
    let row = Blob {
        tenant_id: cx.tenant.clone(),
        id: id.clone(),
        kind: Kind::Picture,
        user_id: user.id.clone(),
        content_type: portrait.content_type.to_owned(),
        size: i64::try_from(portrait.bytes.len()).unwrap_or(i64::MAX),
        created_at: cx.now,
        expires_at: None,
    };
    (row, Part { tenant_id: cx.tenant.clone(), blob_id: id, number: 0, bytes: portrait.bytes })
}

/// Takes the picture away, also one that is only an address.
pub async fn remove(cx: Cx<'_>, live: &Live) -> Result<()> {
    change(cx, live, None).await
}

async fn change(cx: Cx<'_>, live: &Live, new: Option<(Blob, Part)>) -> Result<()> {
    let user = &live.user.id;
    let event = cx.audit_own(Action::ProfileChange, user);
    let picture = new.as_ref().map(|(row, _)| address(&row.id));
    let told = Profile { picture, ..Profile::empty(cx.tenant.clone(), user.clone(), cx.now) };
    let changed = cx.app.db.write(async |tx| {
        session::hold(cx, tx, live).await?;
        blob::delete_of(tx, cx.tenant, user, Kind::Picture).await?;
        if let Some((row, part)) = &new {
            blob::insert(tx, row).await?;
            blob::insert_part(tx, part).await?;
        }
        profile::set_picture(tx, &told).await?;
        audit::insert(tx, &event.detail("picture")).await?;
        Ok::<_, Error>(())
    });
    changed.await
}

/// A picture with its bytes, as long as its person's account stands.
pub async fn find(cx: Cx<'_>, id: &BlobId) -> Result<Option<(Blob, Vec<u8>)>> {
    let conn = &mut cx.app.db.conn().await?;
    let Some(row) = blob::find(conn, cx.tenant, Kind::Picture, id, cx.now).await? else { return Ok(None) };
    let person = store::user::find(conn, cx.tenant, &row.user_id).await?;
    if !person.is_some_and(|user| user.may(Use::Token)) {
        return Ok(None);
    }
    let bytes = blob::part(conn, cx.tenant, id, 0).await?;
    Ok(bytes.map(|bytes| (row, bytes)))
}
