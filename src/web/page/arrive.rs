//! What comes after a step of a sign-in: back to the app that waits, to the page of ours that wanted it, home, or on to
//! what is missing.

use actix_web::cookie::Cookie;
use actix_web::{HttpResponse, HttpResponseBuilder};

use super::parts::{to_challenge, waiting};
use super::start;
use crate::base::random::Opaque;
use crate::flow::authorize::{self, Browser};
use crate::flow::enter::{Arrived, Entered};
use crate::flow::factor::{offer, trust};
use crate::flow::familiar;
use crate::flow::session::Live;
use crate::spec::paths;
use crate::web::browser::Name;
use crate::web::ctx::Ctx;
use crate::web::error::{Error, busy};
use crate::web::html::see_other;
use crate::web::oauth::authorize::go;
use crate::web::signed_in::Stop;

/// After a step: signed in, or to what has to follow; afterwards to `to`, where no app waits.
pub async fn entered(ctx: &Ctx, entered: Entered, browser: &Opaque, to: Option<&str>) -> Result<HttpResponse, Error> {
    match entered {
        Entered::SignedIn(arrived) => arrive(ctx, &arrived, browser, to).await,
        Entered::SecondFactor(id) => Ok(to_challenge(paths::MFA, &id, to)),
        Entered::NewPassword(id) => Ok(to_challenge(paths::NEW_PASSWORD, &id, to)),
        Entered::Leaving(id) => Ok(to_challenge(paths::LEAVING, &id, to)),
    }
}

/// Signed in. The session exists whatever comes next, so its cookie reaches the browser in any case.
pub async fn arrive(ctx: &Ctx, arrived: &Arrived, browser: &Opaque, to: Option<&str>) -> Result<HttpResponse, Error> {
    let live = &arrived.live;
    ctx.speak_with(live);
    let cookies = cookies(ctx, arrived);
    // there may be a letter about it
    ctx.app.posted.notify_one();
    // where it has ended meanwhile there is nothing to go back to
    let Some(pending) = waiting(ctx, arrived.request.as_ref(), browser).await else {
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

/// What the browser of somebody who is signed in now keeps: the session, the mark that makes it known, and that it is
/// trusted.
fn cookies(ctx: &Ctx, arrived: &Arrived) -> Vec<Cookie<'static>> {
    let config = &ctx.config();
    let mark = ctx.mark().cloned().unwrap_or_else(|| familiar::mark(&arrived.cookie));
    let session = session_cookie(ctx, &arrived.cookie, &arrived.live);
    let trusted = arrived.trusted.as_ref().map(|trusted| Name::Trusted.keep(config, trusted, trust::TTL));
    [session, Name::Device.keep(config, &mark, familiar::TTL)].into_iter().chain(trusted).collect()
}

fn session_cookie(ctx: &Ctx, session: &Opaque, live: &Live) -> Cookie<'static> {
    let config = &ctx.config();
    match live.session.kept {
        true => Name::Session.keep(config, session, config.session.kept_absolute),
        false => Name::Session.set(config, session),
    }
}

/// An answer to somebody whose session goes on under another cookie. The one until now is gone, so this one reaches the
/// browser in any case.
pub fn renewed(
    ctx: &Ctx,
    (cookie, live): (&Opaque, &Live),
    answer: Result<HttpResponse, Stop>,
) -> Result<HttpResponse, Stop> {
    let mut answer = answer.unwrap_or_else(|_| see_other(paths::SECURITY).finish());
    answer.add_cookie(&session_cookie(ctx, cookie, live)).map_err(|_| Error::from(busy("no cookie")))?;
    Ok(answer)
}

/// An answer with these cookies.
fn sent(mut answer: HttpResponseBuilder, cookies: Vec<Cookie<'static>>) -> HttpResponse {
    for cookie in cookies {
        answer.cookie(cookie);
    }
    answer.finish()
}
