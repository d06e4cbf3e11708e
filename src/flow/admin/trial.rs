//! What would happen if …: a request of an app for a person, with the checks that a real one goes through and the
//! claims that its tokens would have. Nothing is issued and nothing is written.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::Duration;

use super::{Actor, client, wrong};
use crate::app::{Cx, Peer};
use crate::base::random::Opaque;
use crate::base::time::Ts;
use crate::flow::authorize::{self, Arrived, Browser};
use crate::flow::explain::Went;
use crate::flow::factor::Held;
use crate::flow::session::Live;
use crate::flow::token::{Told, told};
use crate::flow::{Error, Fault, Result, lockout, user};
use crate::locale::Locale;
use crate::model::auth::Session;
use crate::model::client::Client;
use crate::model::user::User;
use crate::model::{ClientId, SessionId};
use crate::spec::account_state::Use;
use crate::spec::acr::{Level, Method, Proved};
use crate::spec::authorize::AuthRequest;
use crate::spec::check::{Check, Endpoint};
use crate::spec::error::{Code, Refusal};
use crate::spec::params::Params;
use crate::spec::prompt::Step;
use crate::spec::right::Right;
use crate::store;

/// The verifier's digest in RFC 7636 appendix B: whoever does not care about PKCE gets a request that does it right.
pub(super) const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
/// More pages than any request needs.
const MOST: usize = 8;
/// What only a real request can tell.
const UNTRIED: [Check; 3] = [Check::Capacity, Check::Browser, Check::Decision];

/// What is to be tried.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Id, user name or address of the person; without one it ends where somebody has to sign in.
    pub user: Option<String>,
    /// Parameters of the request. They lie over those of a request that is right; an empty one takes one away.
    pub parameters: BTreeMap<String, String>,
    /// The person is signed in already.
    pub session: Option<SignedIn>,
    /// Where the request would come from.
    pub address: Option<IpAddr>,
}

/// A sign-in that lies behind the person.
#[derive(Debug, Clone, Copy)]
pub struct SignedIn {
    pub ago: Duration,
    pub level: Level,
}

crate::text_enum! {
    /// A page that the person would see.
    Page {
        Login = "login",
        SecondFactor = "second_factor",
        SetUp = "set_up_factor",
        Consent = "consent",
    }
}

/// What would happen.
#[derive(Debug)]
pub struct Trial {
    /// The checks of the authorization endpoint, in order.
    pub checks: Vec<(Check, Went)>,
    pub refusal: Option<Refusal>,
    /// In the order in which the person would see them.
    pub pages: Vec<Page>,
    /// None where nothing would be issued.
    pub tokens: Option<Told>,
    pub origin: Option<Origin>,
}

/// What an address is to us.
#[derive(Debug)]
pub struct Origin {
    pub place: Option<String>,
    /// Limits per address leave it alone.
    pub is_exempt: bool,
    /// Nobody may sign in from there just now.
    pub refusal: Option<Refusal>,
}

/// Tries it. With a person it needs the right to see people.
pub async fn run(cx: Cx<'_>, by: &Actor, id: &ClientId, asked: &Asked) -> Result<Trial> {
    by.require(Right::ClientsRead)?;
    let person = match &asked.user {
        None => None,
        Some(name) => {
            by.require(Right::UsersRead)?;
            Some(user::show(cx, name).await?.0)
        }
    };
    let client = client::show(cx, by, id).await?;
    attempt(cx, &client, person.as_ref(), asked).await
}

/// What a person would get who signs in to an app anew and allows everything.
pub async fn of_person(cx: Cx<'_>, by: &Actor, name: &str, (id, scope): (&ClientId, &str)) -> Result<Trial> {
    by.require(Right::UsersRead)?;
    let (person, _) = user::show(cx, name).await?;
    let found = store::client::find_any(&mut cx.app.db.conn().await?, cx.tenant, id).await?;
    let client = found.ok_or_else(|| wrong("client_id", "there is no such client"))?;
    let mut asked = Asked::default();
    if !scope.is_empty() {
        asked.parameters.insert("scope".to_owned(), scope.to_owned());
    }
    attempt(cx, &client, Some(&person), &asked).await
}

async fn attempt(cx: Cx<'_>, client: &Client, person: Option<&User>, asked: &Asked) -> Result<Trial> {
    let mut trial = Trial { checks: Vec::new(), refusal: None, pages: Vec::new(), tokens: None, origin: None };
    trial.origin = asked.address.map(|address| origin(cx, address));
    let came = match go(cx, client, person, asked, &mut trial).await {
        Ok(came) => came,
        Err(Error::Refused(refusal)) => {
            trial.refusal = Some(refusal);
            Came::Refused
        }
        Err(fault) => return Err(fault),
    };
    trial.checks = checks(came, trial.refusal.as_ref());
    Ok(trial)
}

/// How far it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Came {
    Refused,
    /// To the sign-in page, and nobody is there to sign in.
    ToLogin,
    ThroughAll,
}

fn checks(came: Came, refusal: Option<&Refusal>) -> Vec<(Check, Went)> {
    let order = Endpoint::Authorize.checks();
    let place = |wanted: Check| order.iter().position(|check| *check == wanted);
    let (end, then) = match came {
        Came::Refused => (refusal.and_then(|refusal| place(refusal.why.as_ref()?.check)), Went::Failed),
        Came::ToLogin => (place(Check::Account), Went::NotReached),
        Came::ThroughAll => (Some(order.len()), Went::Passed),
    };
    let went = |at: usize, check: Check| match end {
        _ if UNTRIED.contains(&check) => Went::NotTried,
        Some(end) if at < end => Went::Passed,
        Some(end) if at == end => then,
        _ => Went::NotReached,
    };
    order.iter().enumerate().map(|(at, check)| (*check, went(at, *check))).collect()
}

/// The way of a request, by the functions that a real one goes through.
async fn go(cx: Cx<'_>, client: &Client, person: Option<&User>, asked: &Asked, trial: &mut Trial) -> Result<Came> {
    let Arrived { client, request, .. } = authorize::arrive(cx, &params(client, asked)?).await?;
    let request = request?;
    let Some(person) = person else {
        return match authorize::step(cx, Browser { id: &Opaque::random(), live: None }, &client, &request, None).await?
        {
            Step::Refuse(refusal) => Err(refusal.into()),
            _ => {
                trial.pages.push(Page::Login);
                Ok(Came::ToLogin)
            }
        };
    };
    let needed = if asked.session.is_some() { Use::Session } else { Use::SignIn };
    if !person.may(needed) || !person.may(Use::Token) {
        let refusal = Code::AccessDenied.because("the state of the account does not allow it");
        return Err(refusal.at(Check::Account, "active", person.state.text()).into());
    }
    let live = walk(cx, (&client, &request), (person, asked.session), &mut trial.pages).await?;
    let grant = authorize::grant_row(cx, &live, &request)?;
    let conn = &mut cx.app.db.conn().await?;
    trial.tokens = Some(told(cx, conn, &client, (&grant, person), request.nonce.as_deref()).await?);
    Ok(Came::ThroughAll)
}

/// The parameters, read as those of a real request are.
fn params(client: &Client, asked: &Asked) -> Result<Params, Refusal> {
    let scope = client.metadata.scope.to_string();
    let redirect_uri = client.metadata.redirect_uris.first().map_or("", String::as_str);
    let mut all: BTreeMap<&str, &str> = BTreeMap::from([
        ("redirect_uri", redirect_uri),
        ("response_type", "code"),
        ("scope", &scope),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ]);
    all.extend(asked.parameters.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    all.insert("client_id", client.id.as_str());
    Params::parse(serde_urlencoded::to_string(&all).unwrap_or_default().as_bytes())
}

/// Asks the policy again after each page, as a real request does, until a code would be issued.
async fn walk(
    cx: Cx<'_>,
    (client, request): (&Client, &AuthRequest),
    (person, signed_in): (&User, Option<SignedIn>),
    pages: &mut Vec<Page>,
) -> Result<Live> {
    let browser = &Opaque::random();
    let mut live = match signed_in {
        None => None,
        Some(SignedIn { ago, level }) => Some(session(cx, person, &proof(level), cx.now.minus(ago)).await?),
    };
    let mut row = authorize::pending_row(cx, Browser { id: browser, live: live.as_ref() }, request)?;
    for _ in 0..MOST {
        let at = Browser { id: browser, live: live.as_ref() };
        let next = authorize::step(cx, at, client, request, Some(&row)).await?;
        live = Some(match (next, live) {
            (Step::Refuse(refusal), _) => return Err(refusal.into()),
            (Step::Issue, Some(live)) => return Ok(live),
            (Step::SecondFactor, Some(live)) => {
                pages.push(Page::SecondFactor);
                raised(cx, live).await?
            }
            (Step::SetUp, Some(live)) => {
                pages.push(Page::SetUp);
                surer(live, &proof(Level::Multi))
            }
            (Step::Consent, Some(live)) => {
                pages.push(Page::Consent);
                row.consented_in = Some(live.session.id.clone());
                live
            }
            _ => {
                pages.push(Page::Login);
                let live = session(cx, person, &proof(Level::Single), cx.now).await?;
                // whoever has a second factor is asked for it at each sign-in
                let reach = reach(cx, &live).await?;
                if reach == Level::Single {
                    live
                } else {
                    pages.push(Page::SecondFactor);
                    surer(live, &proof(reach))
                }
            }
        });
    }
    Err(Fault::Engine("a trial did not come to an end").into())
}

/// What is proved where nobody really proves anything: a password; with a code; with a passkey.
fn proof(level: Level) -> Proved {
    let password = Proved::by(&[Method::Password]);
    match level {
        Level::Single => password,
        Level::Multi => password.and_second(&[Method::OneTime]),
        Level::Phishing => password.and_second(&[Method::Software, Method::User]),
    }
}

async fn reach(cx: Cx<'_>, live: &Live) -> Result<Level> {
    Ok(Held::by(cx, &mut cx.app.db.conn().await?, &live.user.id).await?.reach(&live.proved()))
}

async fn raised(cx: Cx<'_>, live: Live) -> Result<Live> {
    let reach = reach(cx, &live).await?;
    Ok(surer(live, &proof(reach)))
}

fn surer(live: Live, proved: &Proved) -> Live {
    let (acr, amr) = (proved.level().text().to_owned(), proved.amr());
    Live { session: Session { acr, amr, needs_factor: false, ..live.session }, ..live }
}

/// A session as a sign-in would begin it, that stands nowhere.
pub(super) async fn session(cx: Cx<'_>, user: &User, proved: &Proved, auth_time: Ts) -> Result<Live> {
    let needs_factor = !proved.level().satisfies(Level::Multi)
        && store::user::needs_factor(&mut cx.app.db.conn().await?, cx.tenant, &user.id).await?;
    Ok(Live { session: stand_in(cx, user, proved, (auth_time, needs_factor)), user: user.clone() })
}

pub(super) fn stand_in(cx: Cx<'_>, user: &User, proved: &Proved, (auth_time, needs_factor): (Ts, bool)) -> Session {
    Session {
        tenant_id: cx.tenant.clone(),
        hash: Opaque::random().hash(),
        id: SessionId::random(),
        user_id: user.id.clone(),
        auth_time,
        acr: proved.level().text().to_owned(),
        amr: proved.amr(),
        address: String::new(),
        device: String::new(),
        created_at: auth_time,
        last_seen_at: cx.now,
        expires_at: cx.now.plus(cx.config().session.absolute),
        ended_at: None,
        needs_factor,
        kept: false,
        place: None,
        latitude: None,
        longitude: None,
        admin_seen_at: None,
    }
}

fn origin(cx: Cx<'_>, address: IpAddr) -> Origin {
    let peer = Peer { address, device: String::new(), mark: None };
    let there = Cx { peer: Some(&peer), ..cx };
    Origin {
        place: there.place(Locale::default()).map(|place| place.name),
        is_exempt: cx.app.is_exempt(address),
        refusal: lockout::admit(there).err(),
    }
}
