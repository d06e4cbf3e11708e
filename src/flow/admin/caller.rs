//! Who calls the API: a program with its key, an app for a person or for itself, or a person signed in by the API.

use super::{Actor, api_key, console};
use crate::app::Cx;
use crate::base::random::Opaque;
use crate::flow::session::{self, Live};
use crate::flow::{Result, factor, token};
use crate::model::audit::Party;
use crate::model::auth::Session;
use crate::model::user::User;
use crate::model::{GrantId, UserId};
use crate::spec::access_token::AccessToken;
use crate::spec::acr::Level;
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::spec::right::{Right, Rights};
use crate::spec::scope::Scope;
use crate::store::{self, grant};

/// How API keys begin; each kind of token is looked for in one place only.
const KEY: &str = "sgt_key_";
/// Letters of the value of a session.
const SESSION: usize = 43;

/// Whoever calls, and what stands behind it.
#[derive(Debug)]
pub struct Caller {
    pub by: Actor,
    /// The person, where one is there.
    pub user: Option<Box<User>>,
    /// The session, where the person signed in by the API.
    pub live: Option<Box<Live>>,
    /// What the person allowed the app that calls.
    pub grant: Option<GrantId>,
}

/// Reads a bearer token. Fails with `invalid_token`.
pub async fn caller(cx: Cx<'_>, bearer: &str) -> Result<Caller> {
    if bearer.starts_with(KEY) {
        let by = api_key::caller(cx, &Opaque::from(bearer)).await?;
        return Ok(Caller { by, user: None, live: None, grant: None });
    }
    if bearer.len() == SESSION {
        let live = session::current(cx, Some(&Opaque::from(bearer))).await?.ok_or_else(dead)?;
        let by = of_session(cx, &live).await?;
        return Ok(Caller { by, user: Some(Box::new(live.user.clone())), live: Some(Box::new(live)), grant: None });
    }
    let live = token::live(cx, bearer).await?.ok_or_else(dead)?;
    let scope = of_scope(&live.claims.scope);
    let Some(person) = live.person else {
        let rights = scope.beyond(Rights::own());
        let id = Some(live.claims.client_id.clone());
        let by = Actor { kind: Party::Client, id, rights, permissions: Vec::new(), held_back: None };
        return Ok(Caller { by, user: None, live: None, grant: None });
    };
    let grant = live.claims.grant_id.as_deref().map(GrantId::from);
    let user = person.1;
    let by = Actor::person(cx, &user.id).await?;
    let by = match factor_is_missing(cx, &live.claims, &user.id).await? {
        true => by.within(Rights::own(), FACTOR),
        false => by,
    };
    let by = by.within(scope, "the app was not given it");
    Ok(Caller { by, user: Some(Box::new(user)), live: None, grant })
}

/// The session that stands behind a call, if one does that is still live: that of the person who signed in by the API,
/// or the one in which the person let the app in. What the app's token proves is what was proved then.
pub async fn session_of(cx: Cx<'_>, caller: &Caller) -> Result<Option<Live>> {
    if let Some(live) = &caller.live {
        return Ok(Some(live.as_ref().clone()));
    }
    let Some(id) = &caller.grant else { return Ok(None) };
    let conn = &mut cx.app.db.conn().await?;
    let Some((grant, user)) = grant::find(conn, cx.tenant, id).await? else { return Ok(None) };
    let at = (cx.now, session::seen(cx));
    let found = store::session::find_by_id(conn, cx.tenant, (&user.id, &grant.session_id), at).await?;
    Ok(found.map(|found| {
        let session = Session { auth_time: grant.auth_time, acr: grant.acr, amr: grant.amr, ..found };
        Live { session, user }
    }))
}

/// The same for what takes a sign-in of just now, as sure as the person can make it. Fails with 403, which says so.
pub async fn fresh(cx: Cx<'_>, caller: &Caller) -> Result<Live> {
    let reauth = cx.config().session.reauth.as_secs();
    let stale = |received: &str| {
        let refusal = Code::LoginRequired
            .because(format!("this takes a sign-in of the last {reauth} seconds: sign in again, then come back"));
        let refusal = refusal.at(Check::Session, format!("a sign-in of the last {reauth} seconds"), received);
        refusal.with_status(403).set_by("session.reauth")
    };
    let live = session_of(cx, caller).await?.ok_or_else(|| stale("none, or one that has ended"))?;
    if !live.is_fresh(cx) {
        return Err(stale("an older one").into());
    }
    if factor::is_owed(cx, &live).await? {
        let refusal = Code::UnmetAuthenticationRequirements.because("this takes a sign-in with the second factor");
        let refusal = refusal.at(Check::Factor, "a sign-in with the second factor", live.session.amr);
        return Err(refusal.with_status(403).into());
    }
    Ok(live)
}

/// What a signed-in person may do just now: as long as the console would be open, and changes only after a sign-in of
/// just now that is as sure as the person can make it.
pub async fn of_session(cx: Cx<'_>, live: &Live) -> Result<Actor> {
    let by = Actor::person(cx, &live.user.id).await?;
    if by.rights.beyond(Rights::own()).is_empty() {
        return Ok(by);
    }
    if !console::is_open(cx, live) {
        return Ok(by.within(Rights::own(), "the sign-in is too old: sign in again"));
    }
    console::note_use(cx, live).await;
    let by = just_now(cx, live, by);
    match live.is_fresh(cx) && factor::is_owed(cx, live).await? {
        true => Ok(by.within(reads(), FACTOR)),
        false => Ok(by),
    }
}

const FACTOR: &str = "sign in with the second factor first";

/// The same of somebody whose rights are known, and who is asked for factors elsewhere.
pub(super) fn just_now(cx: Cx<'_>, live: &Live, by: Actor) -> Actor {
    if live.session.needs_factor {
        return by.within(Rights::own(), FACTOR);
    }
    if live.is_fresh(cx) {
        return by;
    }
    by.within(reads(), "changes take a sign-in of just now: sign in again")
}

/// All that changes nothing of others.
fn reads() -> Rights {
    Right::ALL.iter().copied().filter(|right| !right.is_write()).collect::<Rights>().and(Rights::own())
}

/// Whether a role of the person wants a second factor, and the sign-in that the app had was without one.
async fn factor_is_missing(cx: Cx<'_>, claims: &AccessToken, id: &UserId) -> Result<bool> {
    let level = claims.acr.as_deref().and_then(Level::parse).unwrap_or(Level::Single);
    if level.satisfies(Level::Multi) {
        return Ok(false);
    }
    Ok(store::user::needs_factor(&mut cx.app.db.conn().await?, cx.tenant, id).await?)
}

fn of_scope(scope: &Scope) -> Rights {
    scope.iter().filter_map(Right::of_scope).collect()
}

fn dead() -> Refusal {
    let refusal = Code::InvalidToken.because("the token is not valid, has expired or was revoked");
    refusal.at(Check::Credential, "a live API key, access token or session token", "another")
}
