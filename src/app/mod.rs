//! What a request can reach. Built once, by `cli` or by a test.

pub mod atlas;
pub mod clients;
pub mod master_key;
pub mod metrics;
mod open;
pub mod record;
pub mod remembered;

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use arc_swap::{ArcSwap, Guard};
use quick_cache::sync::Cache;
use tokio::sync::Notify;

use crate::base::net::{Networks, limit_key};
use crate::base::random::{self, Opaque};
use crate::base::time::{Clock, Ts};
use crate::config::Config;
use crate::crypto::envelope::MasterKey;
use crate::crypto::jose::{Keyset, Published};
use crate::crypto::password;
use crate::deliver::Deliver;
use crate::locale::Locale;
use crate::model::answered::Answered;
use crate::model::audit::{Action, Audit, Outcome, Party};
use crate::model::stats::Stats;
use crate::model::{TenantId, UserId};
use crate::shared::failures::Failures;
use crate::shared::limit::{Limiter, Rate};
use crate::shared::places::Places;
use crate::shared::spread::Spread;
use crate::spec::access_token::AccessToken;
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::store::Db;

pub use atlas::{Atlas, Place};
pub use open::{Error as OpenError, breached};

pub struct App {
    /// What the server was started with. What administrators may change is asked of [`App::config`].
    pub config: Config,
    /// The same with what administrators have changed over it, replaced as a whole.
    current: ArcSwap<Config>,
    pub clock: Clock,
    pub db: Db,
    pub master_key: MasterKey,
    pub tenant: TenantId,
    pub passwords: password::Pool,
    /// Passwords that were found elsewhere, if a list of them is given.
    pub breached: Option<Arc<password::Breached>>,
    /// Replaced as a whole when a key is made, rotated or retired.
    pub keys: ArcSwap<Keyset>,
    pub clients: clients::Clients,
    pub discovery: Published,
    /// Limits by address, which anybody may have many of.
    pub limiter: Limiter,
    /// All others, kept apart so that no crowd of addresses makes them be forgotten.
    pub own_limiter: Limiter,
    pub failures: Failures,
    pub spread: Spread,
    /// Access tokens whose signature was checked here before, by their digest.
    pub verified: Cache<String, Arc<AccessToken>>,
    pub refusals: record::Refusals,
    pub programs: record::Programs,
    pub deliver: Deliver,
    /// Rung when a letter was put into the outbox.
    pub posted: Notify,
    /// Where addresses are.
    pub atlas: Arc<Atlas>,
    pub metrics: metrics::Metrics,
    /// What was counted lately.
    pub stats: remembered::Remembered<Stats>,
    pub proxies: Networks,
    /// Requests being worked on.
    pub places: Places,
    /// The server is about to stop and wants no new requests.
    pub draining: AtomicBool,
    exempt: Networks,
}

/// Where a request came from.
#[derive(Debug, Clone)]
pub struct Peer {
    pub address: IpAddr,
    /// The `User-Agent`, clipped.
    pub device: String,
    /// What tells this browser from others, whoever uses it; None where it brings nothing along.
    pub mark: Option<Opaque>,
}

/// One request: the app, its tenant, the single instant at which it takes place, and where it came from.
#[derive(Clone, Copy)]
pub struct Cx<'a> {
    pub app: &'a App,
    pub tenant: &'a TenantId,
    pub now: Ts,
    /// None at the command line and in jobs.
    pub peer: Option<&'a Peer>,
    /// The key under which the request is done once, where it came with one.
    pub once: Option<&'a Answered>,
}

impl App {
    /// The configuration as it is in force now. Not for keeping: a change is to be noticed.
    pub fn config(&self) -> Guard<Arc<Config>> {
        self.current.load()
    }

    /// Whether limits per address leave this one alone.
    pub fn is_exempt(&self, address: IpAddr) -> bool {
        self.exempt.contains(address)
    }

    /// The context of a command or a job.
    pub fn cx(&self) -> Cx<'_> {
        Cx { app: self, tenant: &self.tenant, now: self.clock.now(), peer: None, once: None }
    }

    /// The context of a request.
    pub fn request<'a>(&'a self, peer: &'a Peer) -> Cx<'a> {
        Cx { peer: Some(peer), ..self.cx() }
    }
}

impl Cx<'_> {
    /// The configuration as it is in force now.
    pub fn config(&self) -> Guard<Arc<Config>> {
        self.app.config()
    }

    pub fn issuer(&self) -> &str {
        &self.app.config.issuer
    }

    /// The address of a page, as somebody has to open it who is elsewhere.
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.issuer())
    }

    /// Where the request came from, if that is known, in words of this language.
    pub fn place(&self, locale: Locale) -> Option<Place> {
        self.app.atlas.find(self.peer?.address, locale)
    }

    /// An audit row of this request.
    pub fn audit(&self, action: Action, actor_kind: Party, actor_id: Option<&str>) -> Audit {
        Audit {
            tenant_id: self.tenant.clone(),
            id: random::id(),
            at: self.now,
            action,
            actor_kind,
            actor_id: actor_id.map(str::to_owned),
            target_kind: None,
            target_id: None,
            address: self.peer.map(|peer| peer.address.to_string()),
            device: self.peer.map(|peer| peer.device.clone()),
            result: Outcome::Ok,
            detail: String::new(),
            batch_id: None,
            changes: None,
            seal: 0,
        }
    }

    /// The same for what somebody does to the own account.
    pub fn audit_own(&self, action: Action, user: &UserId) -> Audit {
        self.audit(action, Party::User, Some(user.as_str())).on(Party::User, user.as_str())
    }

    /// Counts against a limit per address; some networks are exempt.
    pub fn limit_address(&self, class: &'static str, key: &str, rate: Rate) -> Result<(), Refusal> {
        let Some(peer) = self.peer.filter(|peer| !self.app.is_exempt(peer.address)) else { return Ok(()) };
        self.take(&self.app.limiter, class, &format!("{} {key}", limit_key(peer.address)), rate)
    }

    /// Counts an attempt to get in from one address. There may be as many of each class as there may be sign-ins.
    pub fn limit_attempts(&self, class: &'static str) -> Result<(), Refusal> {
        let config = self.config();
        let limits = &config.limits;
        self.limit_address(class, "", Rate::per_minute(limits.login_burst, limits.login_per_minute))
    }

    /// Counts against a limit of a person, a client, a mailbox; fails with 429 and how long to wait.
    pub fn limit(&self, class: &'static str, key: &str, rate: Rate) -> Result<(), Refusal> {
        self.take(&self.app.own_limiter, class, key, rate)
    }

    /// How many more [`Cx::limit`] would let through just now.
    pub fn left(&self, class: &'static str, key: &str, rate: Rate) -> u32 {
        self.app.own_limiter.left(class, key, rate, self.now)
    }

    fn take(&self, limiter: &Limiter, class: &'static str, key: &str, rate: Rate) -> Result<(), Refusal> {
        limiter.take(class, key, rate, self.now).map_err(|wait| {
            let refusal = Code::TemporarilyUnavailable.because("too many requests; come again later");
            let allowed = format!("{} at once, then one each {:?}", rate.burst, rate.interval);
            refusal.at(Check::Limit, allowed, format!("more ({class})")).with_status(429).retry_after(wait)
        })
    }
}
