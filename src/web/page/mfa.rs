//! The second step of a sign-in.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::RETRY_AFTER;

use super::arrive::entered;
use super::parts::{client_info, render_for, too_often_anew, waiting};
use super::passkey;
use super::start::with_to;
use crate::base::random::Opaque;
use crate::flow;
use crate::flow::factor::Way;
use crate::flow::factor::second::{self, Answer, Done, Typed};
use crate::flow::session::Wish;
use crate::locale::Text;
use crate::model::ChallengeId;
use crate::spec::check::Endpoint;
use crate::spec::error::Refusal;
use crate::spec::params::Params;
use crate::spec::paths;
use crate::web::ctx::Ctx;
use crate::web::error::Error;
use crate::web::form::Form;
use crate::web::html::see_other;
use crate::web::signed_in::back;
use crate::web::view::{Mfa, Mistake};
use crate::web::{csrf, frame};

/// The second step by one way, or by the one that comes first; afterwards to `to`, where no app waits.
pub fn address(id: &ChallengeId, to: Option<&str>, way: Option<Way>) -> String {
    let address = with_to(&format!("{}?challenge={id}", paths::MFA), to);
    match way {
        Some(way) => format!("{address}&way={}", way.text()),
        None => address,
    }
}

/// What the page was asked with.
struct Asked<'a> {
    id: ChallengeId,
    way: Option<Way>,
    to: Option<&'a str>,
    trust: bool,
    /// A code that was not looked at, so it need not be typed again.
    code: &'a str,
}

impl<'a> Asked<'a> {
    fn read(params: &'a Params) -> Result<Self, Error> {
        Ok(Self {
            id: ChallengeId::from(params.required("challenge")?),
            way: params.get("way").and_then(Way::parse),
            to: params.get("to").and_then(back),
            trust: params.get("trust").is_some(),
            code: "",
        })
    }
}

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Error> {
    let params = ctx.query()?;
    let browser = ctx.browser_or_new();
    let asked = Asked::read(&params)?;
    show(&ctx, StatusCode::OK, &browser, &asked, &[]).await
}

pub async fn post(ctx: Ctx, Form(params): Form) -> Result<HttpResponse, Error> {
    let browser = csrf::check(&ctx, &params)?;
    let asked = Asked::read(&params)?;
    let (old, code) = (ctx.session_cookie(), params.get("code").unwrap_or_default());
    let way = asked.way.unwrap_or(Way::Totp);
    if params.get("send").is_some() {
        let visit = ctx.visit(&browser, (None, None));
        return match second::send(ctx.cx(), &asked.id, way, visit.asker).await {
            Ok(()) => Ok(see_other(&address(&asked.id, asked.to, Some(way))).finish()),
            Err(error) => often(&ctx, &browser, &asked, error).await,
        };
    }
    let (answer, mistake) = match way {
        Way::Passkey => (Answer::Passkey(passkey::sent(&params)), Mistake::new("", "passkey-wrong")),
        Way::Totp => (Answer::Code(Typed::Totp(code)), Mistake::new("code", "mfa-wrong")),
        Way::Email | Way::Sms => (Answer::Code(Typed::Sent(code)), Mistake::new("code", "mfa-wrong")),
        Way::Backup => (Answer::Code(Typed::Backup(code)), Mistake::new("code", "mfa-wrong")),
    };
    let wish = Wish { old: old.as_ref(), trust: asked.trust, ..Wish::default() };
    let done = match second::finish(ctx.cx(), &asked.id, &browser, answer, wish).await {
        Ok(done) => done,
        Err(error) => return often(&ctx, &browser, &Asked { code, ..asked }, error).await,
    };
    match done {
        Done::Entered(next) => entered(&ctx, next, &browser, asked.to).await,
        Done::Wrong(refusal) => again(&ctx, &browser, &asked, &refusal, (StatusCode::UNAUTHORIZED, mistake)).await,
        Done::Locked(seconds, refusal) => {
            let text = Text::new("mfa-locked").with("count", seconds.div_ceil(60).max(1));
            let wrong = (StatusCode::TOO_MANY_REQUESTS, Mistake { field: "code".into(), text });
            let mut answer = again(&ctx, &browser, &asked, &refusal, wrong).await?;
            answer.headers_mut().insert(RETRY_AFTER, seconds.max(1).into());
            Ok(answer)
        }
    }
}

async fn often(ctx: &Ctx, browser: &Opaque, asked: &Asked<'_>, error: flow::Error) -> Result<HttpResponse, Error> {
    let form = async |status, mistake| show(ctx, status, browser, asked, &[mistake]).await;
    too_often_anew(ctx, Endpoint::Login, error, form).await
}

async fn again(
    ctx: &Ctx,
    browser: &Opaque,
    asked: &Asked<'_>,
    refusal: &Refusal,
    (status, mistake): (StatusCode, Mistake),
) -> Result<HttpResponse, Error> {
    frame::keep(&ctx.app, &ctx.request, Endpoint::Login, refusal);
    show(ctx, status, browser, asked, &[mistake]).await
}

async fn show(
    ctx: &Ctx,
    status: StatusCode,
    browser: &Opaque,
    asked: &Asked<'_>,
    mistakes: &[Mistake],
) -> Result<HttpResponse, Error> {
    let shown = second::shown(ctx.cx(), &asked.id, browser).await?;
    let pending = waiting(ctx, shown.request.as_ref(), browser).await;
    let (sheet, csrf) = (ctx.sheet(), csrf::token(browser));
    let way = asked.way.filter(|way| shown.ways.contains(way)).or(shown.ways.first().copied()).unwrap_or(Way::Totp);
    let others = shown.ways.iter().filter(|other| **other != way);
    let others: Vec<_> = others.map(|other| (address(&asked.id, asked.to, Some(*other)), name(*other))).collect();
    let view = Mfa {
        frame: sheet.frame(&ctx.app),
        csrf: &csrf,
        challenge: asked.id.as_str(),
        request: pending.as_ref().map(|pending| pending.row.id.as_str()),
        client: pending.as_ref().map(client_info),
        person: shown.user.called(),
        way: way.text(),
        sent: shown.sent.as_ref().filter(|(sent, _)| *sent == way).map(|(_, to)| to.as_str()),
        others: &others,
        to: asked.to.unwrap_or_default(),
        trust: asked.trust,
        code: asked.code,
        can_lose: !ctx.config().factor.reset_delay.is_zero(),
        mistakes,
    };
    render_for(ctx, status, &sheet, (browser, pending.as_ref()), &view)
}

fn name(way: Way) -> Text {
    match way {
        Way::Totp => Text::new("mfa-way-totp"),
        Way::Passkey => Text::new("mfa-way-passkey"),
        Way::Email => Text::new("mfa-way-email"),
        Way::Sms => Text::new("mfa-way-sms"),
        Way::Backup => Text::new("mfa-way-backup"),
    }
}
