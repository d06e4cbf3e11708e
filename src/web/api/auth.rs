//! `/api/v1/auth`: what the pages of a sign-in do, for apps that have pages of their own. The same limits count, and the
//! same answers are given, whoever has an account.
//!
//! A page is bound to its browser by a cookie. Here the first answer gives a `challenge_token` in its place, which every
//! further request about the same `challenge` has to bring along.

pub mod join;
pub mod mfa;
pub mod password;
pub mod second;
pub mod session;

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::body::Body;
use super::me::denied;
use super::users::Person;
use crate::base::random::Opaque;
use crate::flow::account::delete::keep;
use crate::flow::enter::{Arrived, Entered, Visit};
use crate::flow::factor::Way;
use crate::flow::factor::second as step;
use crate::flow::familiar;
use crate::flow::login::{self, Attempt};
use crate::model::ChallengeId;
use crate::spec::check::Check;
use crate::spec::error::Code;
use crate::web::ctx::Ctx;
use crate::web::error::Error;

/// Fails where nobody signs in by the API.
fn open(ctx: &Ctx) -> Result<(), Error> {
    if ctx.config().api.sign_in {
        return Ok(());
    }
    let refusal = Code::AccessDenied.because("nobody signs in by the API here; use the pages").with_status(403);
    Err(refusal.at(Check::Right, "a sign-in by the pages", "one by the API").set_by("api.sign_in").into())
}

/// What a further request names: the challenge, and the proof that it is of whoever began.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Under {
    pub challenge: String,
    pub challenge_token: String,
}

impl Under {
    fn parts(&self) -> (ChallengeId, Opaque) {
        (ChallengeId::from(self.challenge.as_str()), Opaque::from(self.challenge_token.as_str()))
    }
}

/// A challenge that was begun: what further requests name.
#[derive(Serialize, ToSchema)]
pub struct Begun {
    pub challenge: String,
    pub challenge_token: String,
}

impl Begun {
    fn new(id: &ChallengeId, browser: &Opaque) -> Self {
        Self { challenge: id.0.clone(), challenge_token: browser.reveal().to_owned() }
    }
}

fn accepted(id: &ChallengeId, browser: &Opaque) -> HttpResponse {
    HttpResponse::Accepted().json(Begun::new(id, browser))
}

/// Somebody who is signed in.
#[derive(Serialize, ToSchema)]
pub struct SignedIn {
    /// The bearer token of the person, and the only time that it is shown
    pub session_token: String,
    /// Seconds since 1970; it ends before that when it is not used
    pub expires_at: i64,
    pub user: Person,
    /// A role of the person wants a second factor; until there is one only the own account can be used
    pub needs_factor: bool,
    /// Tells this device from others of the person; send it with the next sign-in
    pub device_token: String,
    /// With it, the next sign-in needs no second factor
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trust_token: Option<String>,
}

/// What is asked for before somebody is signed in.
#[derive(Serialize, ToSchema)]
pub struct Next {
    #[serde(flatten)]
    pub begun: Begun,
    #[serde(flatten)]
    pub wanted: Wanted,
}

/// One of these, each with what belongs to it.
#[derive(Default, Serialize, ToSchema)]
pub struct Wanted {
    /// A second factor, by one of the `ways`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requires_2fa: Option<bool>,
    /// totp, email, sms or backup
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ways: Option<Vec<String>>,
    /// Another password
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requires_new_password: Option<bool>,
    /// Whether the account is to stay that is to be erased at `erased_at`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requires_decision: Option<bool>,
    /// Seconds since 1970
    #[serde(skip_serializing_if = "Option::is_none")]
    pub erased_at: Option<i64>,
}

/// Where a step of a sign-in leads to.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub enum Arrival {
    SignedIn(Box<SignedIn>),
    Next(Next),
}

fn signed_in(ctx: &Ctx, arrived: &Arrived) -> HttpResponse {
    // there may be a letter about it
    ctx.app.posted.notify_one();
    let live = &arrived.live;
    let mark = ctx.mark().cloned().unwrap_or_else(|| familiar::mark(&arrived.cookie));
    HttpResponse::Ok().json(Arrival::SignedIn(Box::new(SignedIn {
        session_token: arrived.cookie.reveal().to_owned(),
        expires_at: live.session.expires_at.0,
        user: Person::from(&live.user),
        needs_factor: live.session.needs_factor,
        device_token: mark.reveal().to_owned(),
        trust_token: arrived.trusted.as_ref().map(|token| token.reveal().to_owned()),
    })))
}

/// Where a step has led to: signed in, or what is asked for next.
async fn entered(ctx: &Ctx, browser: &Opaque, entered: Entered) -> Result<HttpResponse, Error> {
    let (id, wanted) = match entered {
        Entered::SignedIn(arrived) => return Ok(signed_in(ctx, &arrived)),
        Entered::SecondFactor(id) => {
            let shown = step::shown(ctx.cx(), &id, browser).await?;
            // a passkey is shown to our own pages only
            let ways = shown
                .ways
                .into_iter()
                .filter(|way| *way != Way::Passkey)
                .map(|way| way.to_string())
                .collect::<Vec<_>>();
            (id, Wanted { requires_2fa: Some(true), ways: Some(ways), ..Wanted::default() })
        }
        Entered::NewPassword(id) => (id, Wanted { requires_new_password: Some(true), ..Wanted::default() }),
        Entered::Leaving(id) => {
            let shown = keep::shown(ctx.cx(), &id, browser).await?;
            let erased_at = Some(shown.due_at.0);
            (id, Wanted { requires_decision: Some(true), erased_at, ..Wanted::default() })
        }
    };
    Ok(HttpResponse::Ok().json(Arrival::Next(Next { begun: Begun::new(&id, browser), wanted })))
}

/// Who signs in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Login {
    /// User name or e-mail address; also called `email`
    #[serde(alias = "email")]
    pub username: String,
    pub password: String,
    /// Stay signed in for long
    #[serde(default)]
    pub keep: bool,
    pub trust_token: Option<String>,
    pub device_token: Option<String>,
}

/// Signs in by password: `session_token`, or what is asked for next (`requires_2fa`, `requires_new_password`,
/// `requires_decision`) with a `challenge`.
#[utoipa::path(post, path = "/api/v1/auth/login", tag = "auth", operation_id = "auth_login", request_body = Login,
    responses((status = 200, body = Arrival)))]
pub async fn login(mut ctx: Ctx, Body(typed): Body<Login>) -> Result<HttpResponse, Error> {
    open(&ctx)?;
    ctx.is_marked(typed.device_token.as_deref());
    let (browser, trusted) = (Opaque::random(), typed.trust_token.as_deref().map(Opaque::from));
    let visit = Visit { keep: typed.keep, ..ctx.visit(&browser, (None, trusted.as_ref())) };
    match login::password(ctx.cx(), (&typed.username, &typed.password), visit).await? {
        Attempt::Entered(next) => entered(&ctx, &browser, next).await,
        Attempt::Denied(no) => Err(denied(no).into()),
    }
}

/// Keeps an account that was to be erased, and signs in; for whom `login` has told `requires_decision`.
#[utoipa::path(post, path = "/api/v1/auth/keep", tag = "auth", operation_id = "auth_stay", request_body = Under,
    responses((status = 200, body = Arrival)))]
pub async fn stay(mut ctx: Ctx, Body(under): Body<Under>) -> Result<HttpResponse, Error> {
    open(&ctx)?;
    ctx.is_marked(None);
    let (id, browser) = under.parts();
    let next = keep::by_sign_in(ctx.cx(), &id, &browser, None).await?;
    entered(&ctx, &browser, next).await
}
