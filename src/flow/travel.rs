//! Sign-ins that are further apart than anybody travels between them.

use super::Result;
use crate::app::Cx;
use crate::base::globe::Spot;
use crate::locale::Locale;
use crate::model::user::User;
use crate::store::{Conn, session};

/// Places are known to the next large town at best, and people live in between: nearer is no travel (km).
const FAR: f64 = 500.0;
/// Faster than airliners (km/h).
const FAST: f64 = 1000.0;

/// Whether the person cannot have come here since the last sign-in. Where it is not known where one of the two was, the
/// answer is no.
pub(super) async fn is_impossible(cx: Cx<'_>, tx: &mut Conn, user: &User) -> Result<bool> {
    let Some(here) = cx.place(Locale::default()).and_then(|place| place.spot) else { return Ok(false) };
    let Some((at, latitude, longitude)) = session::last_place(tx, cx.tenant, &user.id).await? else { return Ok(false) };
    let distance = here.distance(Spot { latitude, longitude });
    let hours = cx.now.since(at).as_secs_f64() / 3600.0;
    Ok(distance > FAR && distance > FAST * hours)
}
