//! Who calls, and whether they may.

use std::cell::OnceCell;
use std::future::{Ready, ready};

use actix_web::dev::{Payload, ServiceRequest};
use actix_web::http::header::AUTHORIZATION;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};

use super::document::params;
use crate::app::Cx;
use crate::flow::admin::caller::{Caller, caller, fresh};
use crate::flow::admin::{Actor, How};
use crate::flow::session::Live;
use crate::model::answered::Answered;
use crate::model::user::User;
use crate::shared::limit::Rate;
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::web::ctx::Ctx;
use crate::web::error::Error;
use crate::web::routes::{self, Access, Route};

/// A call of the API by somebody who may make it: the route says which right that takes.
pub struct Api {
    pub ctx: Ctx,
    pub caller: Caller,
    /// Set by [`super::once::once`].
    pub once: OnceCell<Answered>,
    how: How,
}

impl Api {
    pub fn cx(&self) -> Cx<'_> {
        Cx { once: self.once.get(), ..self.ctx.cx() }
    }

    /// The person who calls. Fails for programs.
    pub fn user(&self) -> Result<&User, Refusal> {
        self.caller.user.as_deref().ok_or_else(|| {
            let refusal = Code::InsufficientScope.because("this is for people: no person stands behind this token");
            refusal.at(Check::Credential, "a person's token", "a program's")
        })
    }

    /// The person's session, as lately begun and as sure as what is sensitive takes. Fails with 403, which says so.
    pub async fn fresh(&self) -> Result<Live, Error> {
        self.user()?;
        Ok(fresh(self.cx(), &self.caller).await?)
    }

    /// With `?preview=true` a change is only looked at.
    pub const fn how(&self) -> How {
        self.how
    }

    /// A part of the path, by its name in the route.
    pub fn part(&self, name: &str) -> &str {
        self.ctx.request.match_info().query(name)
    }
}

impl FromRequest for Api {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let ctx = Ctx::from_request(request, payload).into_inner();
        ready(ctx.and_then(|ctx| {
            let query = ctx.query()?;
            params::check(routes::path(&ctx.request), ctx.request.query_string())?;
            let how = if query.get("preview") == Some("true") { How::Preview } else { How::Apply };
            let caller = ctx.request.extensions_mut().remove::<Caller>();
            let caller = caller.ok_or_else(|| Code::ServerError.because("the route asks for no credential"))?;
            Ok(Self { ctx, caller, once: OnceCell::new(), how })
        }))
    }
}

/// Lets in whoever the route lets in, before anything of the body is read.
pub async fn admit(request: &ServiceRequest, route: Option<&Route>) -> Result<(), Error> {
    let right = match route.map(|route| route.access) {
        Some(Access::Right(right)) => Some(right),
        Some(Access::Caller) => None,
        _ => return Ok(()),
    };
    let caller = known(&Ctx::from_request(request.request(), &mut Payload::None).into_inner()?).await?;
    if let Some(right) = right {
        caller.by.require(right)?;
    }
    request.extensions_mut().insert(caller);
    Ok(())
}

async fn known(ctx: &Ctx) -> Result<Caller, Error> {
    let bearer = bearer(ctx)?;
    let caller = match caller(ctx.cx(), &bearer).await {
        Ok(caller) => caller,
        Err(error) => {
            ctx.cx().limit_attempts("credential")?;
            return Err(error.into());
        }
    };
    limit(ctx, &caller.by)?;
    Ok(caller)
}

/// What is left of the limit of a caller, for the answer.
#[derive(Debug, Clone, Copy)]
pub struct Left {
    pub most: u32,
    pub left: u32,
}

/// Counts the calls of those who are known: what strangers make up takes no place in memory.
fn limit(ctx: &Ctx, by: &Actor) -> Result<(), Refusal> {
    let key = &format!("{} {}", by.kind, by.name());
    let most = ctx.config().limits.api_rate;
    let rate = Rate::per_second(most, most);
    let taken = ctx.cx().limit("api", key, rate);
    ctx.request.extensions_mut().insert(Left { most, left: ctx.cx().left("api", key, rate) });
    taken
}

/// RFC 6750 §2.1: in the header, nowhere else.
pub fn bearer(ctx: &Ctx) -> Result<String, Refusal> {
    let value = ctx.request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    match value.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") && !token.trim().is_empty() => {
            Ok(token.trim().to_owned())
        }
        _ => {
            let refusal = Code::InvalidToken.because("no API key or token was sent");
            Err(refusal.at(Check::TokenPresent, "Authorization: Bearer …", "nothing"))
        }
    }
}
