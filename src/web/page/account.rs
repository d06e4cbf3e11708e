//! The pages where signed-in people look after themselves.

pub mod activity;
pub mod apps;
pub mod email;
pub mod password;
pub mod profile;
pub mod sessions;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use crate::base::random::Opaque;
use crate::base::time::Ts;
use crate::base::zone::Zone;
use crate::flow::session::Live;
use crate::web::browser::Name;
use crate::web::ctx::Ctx;
use crate::web::device;
use crate::web::error::Error;
use crate::web::html::{Sheet, page};
use crate::web::view::{Agent, When};

/// The page as an answer, with the cookie that its forms are bound to.
fn render(
    ctx: &Ctx,
    status: StatusCode,
    sheet: &Sheet,
    browser: &Opaque,
    view: &impl Template,
) -> Result<HttpResponse, Error> {
    let mut rendered = page(status, sheet, "", view)?;
    rendered.answer.cookie(Name::Browser.set(&ctx.app.config, browser));
    Ok(rendered.finish())
}

/// An instant as the person's clock shows it.
fn when(live: &Live, at: Ts) -> When {
    let zone = live.user.zoneinfo.as_deref().and_then(Zone::parse);
    When { text: Zone::show(zone, at), exact: at.exact(), zone: zone.map(Zone::name) }
}

/// The longest `User-Agent` that a page repeats.
const AGENT: usize = 160;

pub(super) fn device(agent: &str) -> Agent {
    Agent { words: device::words(agent), agent: crate::base::text::clip(agent, AGENT).to_owned() }
}
