//! The authorization endpoint (RFC 6749 §4.1.1, OIDC Core §3.1.2): from the request to a code, by way of whatever
//! pages are needed. After each page the whole policy is asked again.

use super::challenge::Asker;
use super::factor::{Held, offer, second};
use super::session::{self, Live};
use super::{Error, Result, client_auth, consent, engine};
use crate::app::Cx;
use crate::base::random::Opaque;
use crate::base::text::clip;
use crate::crypto::jose::Typ;
use crate::locale::Locale;
use crate::model::auth::{Grant, PendingRequest};
use crate::model::client::Client;
use crate::model::token::AuthCode;
use crate::model::{ChallengeId, ClientId, GrantId, RequestId};
use crate::shared::limit::Rate;
use crate::spec::acr::Level;
use crate::spec::authorize::{self, Asked, AuthRequest};
use crate::spec::check::Check;
use crate::spec::client_meta::{GrantType, Metadata};
use crate::spec::error::{Code, Refusal};
use crate::spec::params::Params;
use crate::spec::prompt::{self, Facts, SessionFacts, Step};
use crate::spec::return_to::{Mode, Reply, ReturnTo};
use crate::spec::right;
use crate::spec::scope::Scope;
use crate::store::{Conn, auth_code, auth_request, grant};

/// The browser that asks: the value that binds its requests to it, and who is signed in there.
#[derive(Debug, Clone, Copy)]
pub struct Browser<'a> {
    pub id: &'a Opaque,
    pub live: Option<&'a Live>,
}

/// What to do with the browser.
#[derive(Debug)]
pub enum Answer {
    /// Back to the client, with a code.
    Reply(Reply),
    /// Back to the client, with a refusal.
    Refused(ReturnTo, Refusal),
    /// To the sign-in page.
    Login(RequestId),
    /// To the second step.
    SecondFactor(ChallengeId),
    /// To the page where a second factor is set up first.
    SetUp(RequestId),
    /// To the consent page.
    Consent(RequestId),
}

/// A request under way, with everything that its pages show.
#[derive(Debug)]
pub struct Pending {
    pub row: PendingRequest,
    pub request: AuthRequest,
    pub client: std::sync::Arc<Client>,
    pub return_to: ReturnTo,
}

/// A request of which everything is known that needs no browser.
pub(super) struct Arrived {
    pub client: std::sync::Arc<Client>,
    pub return_to: ReturnTo,
    pub request: Result<AuthRequest, Refusal>,
}

/// Begins a request. Until client and redirect URI are known good an error is a page; from then on it is an answer.
pub async fn begin(cx: Cx<'_>, params: &Params, browser: Browser<'_>) -> Result<Answer> {
    let Arrived { client, return_to, request } = arrive(cx, params).await?;
    match request {
        Ok(request) => decide(cx, browser, &client, request, return_to, None).await,
        Err(refusal) => Ok(Answer::Refused(return_to, refusal)),
    }
}

/// Makes the checks that come before the browser is looked at. Fails where the error is a page.
pub(super) async fn arrive(cx: Cx<'_>, params: &Params) -> Result<Arrived> {
    let client_id = params.required("client_id")?;
    let client = cx.app.clients.find(cx, client_id).await?.ok_or_else(|| unknown_client(client_id))?;
    client_auth::enabled(&client).map_err(|refusal| refusal.with_status(400))?;
    let redirect_uri = params.required("redirect_uri")?;
    let state = params.get("state").map(str::to_owned);
    let return_to = ReturnTo::check(&client.metadata, redirect_uri, state, cx.issuer())?;
    let mode = params.get("response_mode").and_then(Mode::parse).unwrap_or(Mode::Query);
    let return_to = return_to.via(mode);
    let request = match check(cx, params, &client, redirect_uri) {
        Ok(request) => Ok(request),
        Err(Error::Refused(refusal)) => Err(refusal),
        Err(fault) => return Err(fault),
    };
    Ok(Arrived { client, return_to, request })
}

fn unknown_client(client_id: &str) -> Refusal {
    let refusal = Code::InvalidClient.because("client_id does not name a registered app").with_status(400);
    refusal.at(Check::ClientKnown, "a registered client_id", clip(client_id, 64))
}

fn check(cx: Cx<'_>, params: &Params, client: &Client, redirect_uri: &str) -> Result<AuthRequest> {
    let client_id = client.id.as_str();
    let extend = || {
        let hinted_sub = params.get("id_token_hint").map(|hint| hinted_sub(cx, hint)).transpose()?;
        let fields = &cx.app.config.profile.fields;
        let asked = Asked { params, client: &client.metadata, hinted_sub: hinted_sub.as_deref(), fields };
        authorize::check(&asked, client_id, redirect_uri)
    };
    let negotiate = |asked: Option<Scope>| negotiate(asked, &client.metadata);
    let (mut request, scope) = engine::authorize(params, client_id, redirect_uri, extend, negotiate)?;
    request.scope = scope;
    Ok(request)
}

/// The subject of an ID token of ours; it may have expired (OIDC Core §3.1.2.1).
fn hinted_sub(cx: Cx<'_>, hint: &str) -> Result<String, Refusal> {
    let keys = cx.app.keys.load();
    let bad = |received: String| {
        let refusal = Code::InvalidRequest.because("id_token_hint is not an ID token of this issuer");
        refusal.at(Check::IdTokenHint, "an ID token that we signed", received)
    };
    let claims = keys.verify(hint, Typ::Jwt).map_err(|invalid| bad(invalid.to_string()))?;
    let claims: serde_json::Value = serde_json::from_slice(&claims).map_err(|error| bad(error.to_string()))?;
    match (claims["iss"].as_str(), claims["sub"].as_str()) {
        (Some(issuer), Some(sub)) if issuer == cx.issuer() => Ok(sub.to_owned()),
        _ => Err(bad("a token without our iss and a sub".to_owned())),
    }
}

/// The scope that may be granted. Staying connected needs the refresh grant; without it the wish is left aside (OIDC
/// Core §11).
fn negotiate(asked: Option<Scope>, client: &Metadata) -> Result<Scope, Refusal> {
    let asked = asked.filter(|scope| !scope.is_empty()).ok_or_else(|| {
        let refusal = Code::InvalidScope.because("scope is missing");
        refusal.at(Check::Scope, client.scope.to_string(), "nothing")
    })?;
    let asked = if client.may(GrantType::RefreshToken) { asked } else { asked.without("offline_access") };
    super::token::allowed(&asked, &client.scope)?;
    Ok(asked)
}

/// A request under way, if it belongs to this browser and has not ended.
pub async fn pending(cx: Cx<'_>, id: &RequestId, browser: &Opaque) -> Result<Pending> {
    let row = auth_request::find(&mut cx.app.db.conn().await?, cx.tenant, id).await?;
    let row = row.ok_or_else(|| ended("this sign-in is not known here, or it took too long", "unknown"))?;
    if row.browser_hash != browser.hash() {
        return Err(ended("this sign-in was begun in another browser", "another browser").into());
    }
    if row.ended_at.is_some() {
        return Err(finished().into());
    }
    if row.expires_at <= cx.now {
        return Err(ended("this sign-in took too long", "expired").into());
    }
    let request = row.request()?;
    let found = cx.app.clients.find(cx, &request.client_id).await?;
    let client = found.ok_or_else(|| unknown_client(&request.client_id))?;
    client_auth::enabled(&client).map_err(|refusal| refusal.with_status(400))?;
    let return_to =
        ReturnTo::check(&client.metadata, &request.redirect_uri, request.state.clone(), cx.issuer())?.via(request.mode);
    Ok(Pending { row, request, client, return_to })
}

pub(super) fn finished() -> Refusal {
    ended("this sign-in has already been finished", "finished")
}

fn ended(reason: &'static str, received: &str) -> Refusal {
    Code::InvalidRequest.because(reason).at(Check::Browser, "a sign-in of this browser that is under way", received)
}

/// Goes on after a page: asks the policy again.
pub async fn resume(cx: Cx<'_>, pending: Pending, browser: Browser<'_>) -> Result<Answer> {
    let Pending { row, request, client, return_to } = pending;
    decide(cx, browser, &client, request, return_to, Some(&row)).await
}

/// The person pressed Deny: the client is told (RFC 6749 §4.1.2.1), and the request has ended.
pub(super) fn denied(return_to: ReturnTo) -> Answer {
    let refusal = Code::AccessDenied.because("the person did not allow it");
    Answer::Refused(return_to, refusal.at(Check::Decision, "Allow", "Deny"))
}

/// Whether the sign-in page is what this request needs now.
pub async fn needs_login(cx: Cx<'_>, pending: &Pending, browser: Browser<'_>) -> Result<bool> {
    let step = step(cx, browser, &pending.client, &pending.request, Some(&pending.row)).await?;
    Ok(step == Step::Login)
}

/// Whether the consent page is what this request needs now, for the person at this browser.
pub async fn needs_consent(cx: Cx<'_>, pending: &Pending, browser: Browser<'_>) -> Result<bool> {
    let step = step(cx, browser, &pending.client, &pending.request, Some(&pending.row)).await?;
    Ok(step == Step::Consent)
}

/// What the request needs next, for whoever is at the browser.
pub(super) async fn step(
    cx: Cx<'_>,
    browser: Browser<'_>,
    client: &Client,
    request: &AuthRequest,
    row: Option<&PendingRequest>,
) -> Result<Step> {
    let consented = consented(cx, browser, (client, request)).await?;
    let session = match browser.live {
        Some(live) => Some(session_facts(cx, live, (client, request), row).await?),
        None => None,
    };
    let facts = Facts { session, consented: &consented, first_party: client.metadata.first_party, now: cx.now };
    Ok(prompt::next(request, &facts))
}

async fn decide(
    cx: Cx<'_>,
    browser: Browser<'_>,
    client: &Client,
    request: AuthRequest,
    return_to: ReturnTo,
    row: Option<&PendingRequest>,
) -> Result<Answer> {
    match (step(cx, browser, client, &request, row).await?, browser.live) {
        (Step::Refuse(refusal), _) => Ok(Answer::Refused(return_to, refusal)),
        (Step::Issue, Some(live)) => issue(cx, live, &request, &return_to, row).await.map(Answer::Reply),
        (Step::SecondFactor, Some(live)) => {
            let wanted = request.wanted_level();
            let id = keep(cx, browser, request, row).await?;
            let asker = Asker { browser: browser.id, locale: Locale::default(), request: Some(&id) };
            Ok(Answer::SecondFactor(second::raise(cx, live, (wanted, asker)).await?))
        }
        (Step::SetUp, Some(_)) => Ok(Answer::SetUp(keep(cx, browser, request, row).await?)),
        (Step::Consent, Some(_)) => Ok(Answer::Consent(keep(cx, browser, request, row).await?)),
        (Step::Login | Step::SecondFactor | Step::SetUp | Step::Issue | Step::Consent, _) => {
            Ok(Answer::Login(keep(cx, browser, request, row).await?))
        }
    }
}

/// What the person has allowed the app before; of an app of the same house it matters only for scopes of Signet itself.
async fn consented(cx: Cx<'_>, browser: Browser<'_>, (client, request): (&Client, &AuthRequest)) -> Result<Scope> {
    let matters = !client.metadata.first_party || request.scope.iter().any(|scope| scope.starts_with(right::SCOPE));
    match browser.live.filter(|_| matters) {
        Some(live) => consent::given(cx, live, &client.id).await,
        None => Ok(Scope::default()),
    }
}

/// Whoever signed in since the request began has another session than was there then. The time counts as well: the
/// request may have begun without the cookie of a session that was there.
fn is_fresh(live: &Live, row: &PendingRequest) -> bool {
    row.session_then.as_ref() != Some(&live.session.id) && live.session.auth_time >= row.created_at
}

async fn session_facts<'a>(
    cx: Cx<'_>,
    live: &'a Live,
    (client, request): (&Client, &AuthRequest),
    row: Option<&PendingRequest>,
) -> Result<SessionFacts<'a>> {
    let level = live.level();
    let demanded = offer::is_demanded(live, Some(client));
    let wanted = [request.wanted_level(), demanded.then_some(Level::Multi)];
    // only who asks for more has to wait for the look at what there is
    let reach = match wanted.into_iter().flatten().any(|wanted| !level.satisfies(wanted)) {
        true => Held::by(cx, &mut cx.app.db.conn().await?, &live.user.id).await?.reach(&live.proved()),
        false => level,
    };
    Ok(SessionFacts {
        sub: live.user.id.as_str(),
        auth_time: live.session.auth_time,
        is_fresh: row.is_some_and(|row| is_fresh(live, row)),
        level,
        reach,
        demanded,
        has_consented: row.is_some_and(|row| row.consented_in.as_ref() == Some(&live.session.id)),
    })
}

/// Keeps the request while the person is busy; the one that is kept already stays.
async fn keep(
    cx: Cx<'_>,
    browser: Browser<'_>,
    request: AuthRequest,
    row: Option<&PendingRequest>,
) -> Result<RequestId> {
    if let Some(row) = row {
        return Ok(row.id.clone());
    }
    let rate = cx.config().limits.flows_per_minute;
    cx.limit_address("flow", "", Rate::per_minute(rate, rate))?;
    let row = pending_row(cx, browser, &request)?;
    cx.app.db.write(async |tx| auth_request::insert(tx, &row).await).await?;
    Ok(row.id)
}

pub(super) fn pending_row(cx: Cx<'_>, browser: Browser<'_>, request: &AuthRequest) -> Result<PendingRequest> {
    Ok(PendingRequest {
        tenant_id: cx.tenant.clone(),
        id: RequestId(Opaque::random().reveal().to_owned()),
        browser_hash: browser.id.hash(),
        client_id: ClientId(request.client_id.clone()),
        request: serde_json::to_string(request)?,
        session_then: browser.live.map(|live| live.session.id.clone()),
        consented_in: None,
        created_at: cx.now,
        expires_at: cx.now.plus(cx.config().session.flow_ttl),
        ended_at: None,
    })
}

/// Writes grant and code, and ends the request that waited, in one transaction.
async fn issue(
    cx: Cx<'_>,
    live: &Live,
    request: &AuthRequest,
    return_to: &ReturnTo,
    row: Option<&PendingRequest>,
) -> Result<Reply> {
    let written = cx.app.db.write(async |tx| {
        if let Some(row) = row
            && !auth_request::end(tx, cx.tenant, &row.id, cx.now).await?
        {
            return Ok(None);
        }
        write_code(cx, tx, live, request).await.map(Some)
    });
    let code = written.await?.ok_or_else(finished)?;
    Ok(return_to.with(vec![("code", code.reveal().to_owned())]))
}

/// Writes a grant and a code for it.
pub(super) async fn write_code(cx: Cx<'_>, tx: &mut Conn, live: &Live, request: &AuthRequest) -> Result<Opaque> {
    let code = Opaque::random();
    let grant = grant_row(cx, live, request)?;
    let code_row = AuthCode {
        tenant_id: cx.tenant.clone(),
        hash: code.hash(),
        grant_id: grant.id.clone(),
        client_id: grant.client_id.clone(),
        redirect_uri: request.redirect_uri.clone(),
        code_challenge: request.code_challenge.clone(),
        nonce: request.nonce.clone(),
        expires_at: cx.now.plus(cx.app.config.token.code_ttl),
        used_at: None,
    };
    session::hold(cx, tx, live).await?;
    grant::insert(tx, &grant).await?;
    auth_code::insert(tx, &code_row).await?;
    Ok(code)
}

pub(super) fn grant_row(cx: Cx<'_>, live: &Live, request: &AuthRequest) -> Result<Grant> {
    Ok(Grant {
        tenant_id: cx.tenant.clone(),
        id: GrantId::random(),
        client_id: ClientId(request.client_id.clone()),
        user_id: live.user.id.clone(),
        session_id: live.session.id.clone(),
        scope: request.scope.to_string(),
        claims: serde_json::to_string(&request.claims)?,
        auth_time: live.session.auth_time,
        acr: live.session.acr.clone(),
        amr: live.session.amr.clone(),
        created_at: cx.now,
        expires_at: cx.now.plus(cx.app.config.token.refresh_absolute),
        revoked_at: None,
    })
}
