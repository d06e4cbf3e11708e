//! Somebody has just been signed in: with the cookie of the new session back to the app that waits, to the page of ours
//! that wanted it, or home.

use actix_web::cookie::Cookie;
use actix_web::{HttpResponse, HttpResponseBuilder};

use super::{leaving, mfa, renew, start};
use crate::base::random::Opaque;
use crate::flow::authorize::{self, Browser, Pending};
use crate::flow::enter::Entered;
use crate::flow::factor::offer;
use crate::flow::familiar;
use crate::flow::session::Live;
use crate::model::RequestId;
use crate::spec::paths;
use crate::web::browser::Name;
use crate::web::ctx::Ctx;
use crate::web::error::Error;
use crate::web::html::see_other;
use crate::web::oauth::authorize::go;

/// The session exists whatever comes next, so its cookie reaches the browser in any case.
pub async fn arrive(
    ctx: &Ctx,
    (cookie, live): (&Opaque, &Live),
    browser: &Opaque,
    pending: Option<Pending>,
    to: Option<&str>,
) -> Result<HttpResponse, Error> {
    ctx.speak_with(live);
    let cookies = cookies(ctx, cookie, live);
    // there may be a letter about it
    ctx.app.posted.notify_one();
    let Some(pending) = pending else {
        let next = match to {
            Some(to) => to.to_owned(),
            None if offer::is_due(ctx.cx(), live).await? => start::address(None),
            None => paths::HOME.to_owned(),
        };
        return Ok(sent(see_other(&next), cookies));
    };
    let next = format!("{}?request={}", paths::CONSENT, pending.row.id);
    match authorize::resume(ctx.cx(), pending, Browser { id: browser, live: Some(live) }).await {
        Err(_) => Ok(sent(see_other(&next), cookies)),
        Ok(answer) => go(ctx, answer, |to| {
            for cookie in cookies {
                to.cookie(cookie);
            }
        }),
    }
}

/// After a first step: as above, or to the second step.
pub async fn entered(
    ctx: &Ctx,
    entered: Entered,
    browser: &Opaque,
    (request, to): (Option<&RequestId>, Option<&str>),
) -> Result<HttpResponse, Error> {
    match entered {
        Entered::SignedIn(cookie, live) => arrive_from(ctx, (&cookie, &live), browser, request, to).await,
        Entered::SecondFactor(id) => Ok(mfa::to(&id, to)),
        Entered::NewPassword(id) => Ok(renew::to(&id, to)),
        Entered::Leaving(id) => Ok(leaving::to(&id, to)),
    }
}

/// What the browser of somebody who is signed in now keeps: the session, and the mark that makes it known.
fn cookies(ctx: &Ctx, session: &Opaque, live: &Live) -> [Cookie<'static>; 2] {
    let config = &ctx.app.config;
    let mark = ctx.mark().cloned().unwrap_or_else(|| familiar::mark(session));
    let session = match live.session.kept {
        true => Name::Session.keep(config, session, config.session.kept_absolute),
        false => Name::Session.set(config, session),
    };
    [session, Name::Device.keep(config, &mark, familiar::TTL)]
}

/// An answer with these cookies.
fn sent(mut answer: HttpResponseBuilder, cookies: [Cookie<'static>; 2]) -> HttpResponse {
    for cookie in cookies {
        answer.cookie(cookie);
    }
    answer.finish()
}

/// The same with a request that may have ended meanwhile; then there is nothing to go back to.
pub async fn arrive_from(
    ctx: &Ctx,
    signed_in: (&Opaque, &Live),
    browser: &Opaque,
    request: Option<&RequestId>,
    to: Option<&str>,
) -> Result<HttpResponse, Error> {
    let pending = match request {
        Some(id) => authorize::pending(ctx.cx(), id, browser).await.ok(),
        None => None,
    };
    arrive(ctx, signed_in, browser, pending, to).await
}
