//! Which work is measured, in which order, and what each should cost.

use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;
use std::time::Duration;

use crate::Fault;
use crate::admin;
use crate::browser::{self, Flow, Jar, Tokens, is_signed_with};
use crate::child::Server;
use crate::drive::{self, End, Outcome, Tally, Work};
use crate::factor::{self, WithApp};
use crate::floor;
use crate::http::Conn;
use crate::proc;
use crate::settings::{Limit, Settings};
use crate::signet::{Backend, Cast, Client, Home};
use crate::table::{Aim, Floor, Row, Table, millis};

/// A server that has had nothing to do for so long has given back what it needed only for the load.
const REST: Duration = Duration::from_secs(15);
use crate::work::{Code, Forgot, Refresh, Same, SignIn, SignUp};

/// Connections of the flood, and of those that it should not disturb.
const FLOOD: usize = 64;
const OTHERS: usize = 16;

const SCOPE: &str = "openid profile email";

/// One server under measurement and what is needed to use it.
struct Bench<'a> {
    home: &'a Home,
    /// The number of the last person that was made here.
    people: usize,
    settings: &'a Settings,
    table: &'a mut Table,
    backend: String,
    server: Server,
    cast: Cast,
    /// Browsers with a session, one for each connection.
    jars: Vec<Jar>,
    sign_ins: u32,
    /// What is told below the table.
    notes: Vec<String>,
}

pub async fn floors(settings: &Settings, table: &mut Table) -> Result<(), Fault> {
    let server = floor::start().await?;
    let works = [
        ("F0 static JSON", Floor::F0, Same::get(&server.site, "/f0", "issuer")),
        ("F1 form, ES256, JSON", Floor::F1, Same::floor(&server.site, "/f1")),
        ("F1R form, RS256, JSON", Floor::F1R, Same::floor(&server.site, "/f1r")),
    ];
    for (name, floor, work) in works {
        for &concurrency in &settings.concurrency {
            let tally = drive::measure(&server, vec![work.clone(); concurrency], settings.limit).await?;
            table.push(Row { work: name, backend: "-", concurrency }, &tally, Aim::Is(floor));
        }
    }
    Ok(())
}

/// Everything on one database. The answer is notes on memory and start.
pub async fn backend(settings: &Settings, table: &mut Table, backend: &Backend) -> Result<Vec<String>, Fault> {
    let home = Home::new(&settings.binary, backend)?;
    let server = home.start().await?;
    let empty = millis(server.started_in);
    let cast = home.cast()?;
    server.stop().await?;

    let mut starts = Vec::new();
    for _ in 0..4 {
        let server = home.start().await?;
        starts.push(server.started_in);
        server.stop().await?;
    }
    let server = home.start().await?;
    starts.push(server.started_in);
    starts.sort_unstable();
    tokio::time::sleep(Duration::from_secs(1)).await;
    let idle = mebibytes(proc::resident(server.pid())?);

    let name = backend.to_string();
    let mut bench = Bench {
        home: &home,
        people: 1000,
        settings,
        table,
        backend: name,
        server,
        cast,
        jars: Vec::new(),
        sign_ins: 0,
        notes: Vec::new(),
    };
    if let Err(fault) = bench.all().await {
        return Err(format!("{fault}\nThe server's log:\n{}", bench.server.log()).into());
    }
    if bench.table.is_wrong() {
        println!("{backend} gave wrong answers; the server's log:\n{}", bench.server.log());
    }
    let after = mebibytes(proc::resident(bench.server.pid())?);
    tokio::time::sleep(REST).await;
    let rested = mebibytes(proc::resident(bench.server.pid())?);
    // memory is judged before the crowd comes
    if let Err(fault) = bench.crowd().await {
        return Err(format!("{fault}\nThe server's log:\n{}", bench.server.log()).into());
    }
    let Bench { server, sign_ins, notes, .. } = bench;
    server.stop().await?;
    let (median, slowest) = (millis(starts[starts.len() / 2]), millis(starts[starts.len() - 1]));
    let own = [
        format!("{backend}: start to first answer, empty database: {empty:.0} ms (aim ≤ 1000)"),
        format!("{backend}: existing database: median {median:.0} ms, slowest {slowest:.0} ms of 5 (aim ≤ 60)"),
        format!("{backend}: resident, idle: {idle:.1} MiB (aim ≤ 25)"),
        format!(
            "{backend}: resident, after all this with {sign_ins} sign-ins: {after:.1} MiB at once, {rested:.1} MiB fifteen seconds later (aim ≤ 50)"
        ),
    ];
    Ok(own.into_iter().chain(notes).collect())
}

pub fn size(binary: &Path) -> Result<String, Fault> {
    let tenths = std::fs::metadata(binary)?.len() / 100_000;
    Ok(format!("binary: {}.{} MB (aim ≤ 25)", tenths / 10, tenths % 10))
}

impl Bench<'_> {
    async fn all(&mut self) -> Result<(), Fault> {
        self.sessions().await?;
        self.fixed().await?;
        let name = "refresh, rotation, ES256";
        self.rows(name, Aim::Cpu(Floor::F1, 5.5), async |bench, count| bench.refreshes(count).await).await?;
        let name = "code flow, ES256";
        self.rows(name, Aim::Cpu(Floor::F1, 9.0), async |bench, count| {
            (0..count).map(|at| bench.flow(at, &bench.cast.app_jwt, SCOPE).map(Code)).collect()
        })
        .await?;
        let aim = Aim::OverHash(Duration::from_millis(1));
        self.sign_ins += self.rows("sign-in", aim, async |bench, count| Ok(bench.visits(count))).await?;
        self.with_apps().await?;
        self.newcomers().await?;
        self.pages().await?;
        self.flood().await?;
        self.fill_up().await
    }

    /// What administrators do where there are very many people.
    async fn crowd(&mut self) -> Result<(), Fault> {
        let all = "admin: a role for everybody";
        let wanted = |name: &str| self.settings.wants(name);
        if !wanted(all) && !admin::LOOKS.iter().any(|(name, _)| wanted(name)) {
            return Ok(());
        }
        admin::fill(self.home, self.settings.crowd)?;
        let (site, key) = (self.server.site.clone(), admin::key(self.home)?);
        for (name, path) in admin::LOOKS {
            let work = admin::look(&site, &key, path);
            let aim = Aim::Within(Duration::from_millis(100));
            self.rows(name, aim, async |_, count| Ok(vec![work.clone(); count])).await?;
        }
        if self.settings.wants(all) {
            let rate = admin::give_all(&site, &key, "bench").await?;
            self.notes.push(format!("{}: {all}: {rate:.0} people a second (aim ≥ 2000)", self.backend));
        }
        Ok(())
    }

    /// Sign-ins with a second step.
    async fn with_apps(&mut self) -> Result<(), Fault> {
        let name = "sign-in, authenticator app";
        if !self.settings.wants(name) {
            return Ok(());
        }
        let (site, mut conn) = (self.server.site.clone(), Conn::open(self.server.site.addr).await?);
        for (concurrency, units) in [(1, 20), (OTHERS, 48)] {
            let mut phones = Vec::new();
            // some more: for the warming up, and for those that are on their way at the end
            for _ in 0..units + units / 10 + u32::try_from(concurrency)? {
                self.people += 1;
                phones.push(factor::set_up(&mut conn, &site, self.home.person(self.people)?).await?);
            }
            let phones = Rc::new(RefCell::new(phones));
            let crew = (0..concurrency).map(|_| WithApp { site: site.clone(), phones: phones.clone() }).collect();
            let limit = Limit { time: Duration::from_secs(20), units };
            let tally = drive::measure(&self.server, crew, limit).await?;
            self.push(name, concurrency, &tally, Aim::OverHash(Duration::from_millis(2)));
        }
        Ok(())
    }

    /// People who are new, and people who have forgotten their password; their letters go into a folder.
    async fn newcomers(&mut self) -> Result<(), Fault> {
        let aim = Aim::OverHash(Duration::from_millis(50));
        self.rows("sign-up", aim, async |bench, count| {
            let site = &bench.server.site;
            Ok((0..count).map(|at| SignUp { site: site.clone(), at: format!("{count}-{at}"), count: 0 }).collect())
        })
        .await?;
        self.rows("recovery request", Aim::None, async |bench, count| {
            let email = format!("{}@example.com", bench.cast.resident.username);
            Ok(vec![Forgot { site: bench.server.site.clone(), email }; count])
        })
        .await?;
        Ok(())
    }

    /// A page with much on it: the devices of somebody who is signed in at a hundred of them.
    async fn pages(&mut self) -> Result<(), Fault> {
        let name = "devices page, 100 sessions";
        if !self.settings.wants(name) {
            return Ok(());
        }
        let site = self.server.site.clone();
        let Some(person) = self.cast.visitors.first().cloned() else { return Ok(()) };
        let mut conn = Conn::open(site.addr).await?;
        let mut jar = Jar::default();
        for _ in 0..100 {
            jar = Jar::default();
            browser::sign_in(&mut conn, &site, &person, &mut jar).await?;
        }
        let work = Same { request: site.get("/account/sessions", &jar.header()), expected: "sessions-form" };
        self.rows(name, Aim::None, async |_, count| Ok(vec![work.clone(); count])).await?;
        Ok(())
    }

    /// Work that is one request, always the same.
    async fn fixed(&mut self) -> Result<(), Fault> {
        let site = self.server.site.clone();
        let mut conn = Conn::open(site.addr).await?;
        let cast = &self.cast;
        let Tokens { access: jwt, id, .. } = self.flow(0, &cast.app_jwt, SCOPE)?.run(&mut conn).await?;
        let opaque = self.flow(0, &cast.app_opaque, SCOPE)?.run(&mut conn).await?.access;
        let rs256 =
            Tokens::read(&conn.call(&Same::client_credentials(&site, &cast.program_rs256).request).await?)?.access;
        let es256 = Tokens::read(&conn.call(&Same::client_credentials(&site, &cast.program).request).await?)?.access;
        // a row that measures something else than it says is worse than none
        let all_es256 = [&jwt, &id, &es256].iter().all(|token| is_signed_with(token, "ES256"));
        if !all_es256 || !is_signed_with(&rs256, "RS256") || opaque.contains('.') {
            return Err(format!("tokens of other kinds than registered: {jwt} {id} {es256} {rs256} {opaque}").into());
        }
        let works = [
            (
                "discovery",
                Aim::CpuAndRate(Floor::F0, 1.5, 0.7),
                Same::get(&site, "/.well-known/openid-configuration", "issuer"),
            ),
            ("JWKS", Aim::CpuAndRate(Floor::F0, 1.5, 0.7), Same::get(&site, "/oauth2/jwks", "keys")),
            ("client_credentials ES256", Aim::Cpu(Floor::F1, 1.6), Same::client_credentials(&site, &cast.program)),
            (
                "client_credentials RS256",
                Aim::Cpu(Floor::F1R, 1.1),
                Same::client_credentials(&site, &cast.program_rs256),
            ),
            ("introspection, JWT", Aim::Cpu(Floor::F1, 1.0), Same::introspect(&site, &cast.app_jwt, &jwt)),
            ("introspection, opaque", Aim::Cpu(Floor::F1, 1.0), Same::introspect(&site, &cast.app_opaque, &opaque)),
            ("userinfo, JWT", Aim::Cpu(Floor::F1, 1.0), Same::userinfo(&site, &jwt)),
            ("userinfo, opaque", Aim::Cpu(Floor::F1, 1.0), Same::userinfo(&site, &opaque)),
        ];
        for (name, aim, work) in works {
            self.rows(name, aim, async |_, count| Ok(vec![work.clone(); count])).await?;
        }
        Ok(())
    }

    /// One row for each number of connections; the answer is how many units were done.
    async fn rows<W: Work>(
        &mut self,
        name: &str,
        aim: Aim,
        crew: impl AsyncFn(&Self, usize) -> Result<Vec<W>, Fault>,
    ) -> Result<u32, Fault> {
        let mut units = 0;
        if self.settings.wants(name) {
            for &concurrency in &self.settings.concurrency {
                let crew = crew(self, concurrency).await?;
                let tally = drive::measure(&self.server, crew, self.settings.limit).await?;
                self.push(name, concurrency, &tally, aim);
                units += tally.units();
            }
        }
        Ok(units)
    }

    fn push(&mut self, work: &str, concurrency: usize, tally: &Tally, aim: Aim) {
        self.table.push(Row { work, backend: &self.backend, concurrency }, tally, aim);
    }

    /// Signs in once for each connection there will be.
    async fn sessions(&mut self) -> Result<(), Fault> {
        let mut conn = Conn::open(self.server.site.addr).await?;
        for _ in 0..self.settings.concurrency.iter().max().copied().unwrap_or(1) {
            let mut jar = Jar::default();
            let outcome = browser::sign_in(&mut conn, &self.server.site, &self.cast.resident, &mut jar).await?;
            if outcome == Outcome::Busy {
                return Err("a sign-in with nobody else about was turned away".into());
            }
            self.jars.push(jar);
        }
        Ok(())
    }

    fn flow(&self, at: usize, client: &Client, scope: &str) -> Result<Flow, Fault> {
        Flow::new(&self.server.site, client, &self.jars[at], scope)
    }

    /// A chain of refresh tokens for each connection.
    async fn refreshes(&self, count: usize) -> Result<Vec<Refresh>, Fault> {
        let site = &self.server.site;
        let mut conn = Conn::open(site.addr).await?;
        let mut crew = Vec::with_capacity(count);
        for at in 0..count {
            let flow = self.flow(at, &self.cast.app_jwt, "openid offline_access")?;
            let token = flow.run(&mut conn).await?.refresh;
            crew.push(Refresh { site: site.clone(), authorization: self.cast.app_jwt.authorization(), token });
        }
        Ok(crew)
    }

    fn visits(&self, count: usize) -> Vec<SignIn> {
        let people = self.cast.visitors.iter().cycle().take(count);
        people.map(|person| SignIn { site: self.server.site.clone(), person: person.clone() }).collect()
    }

    /// Programs ask for tokens, first alone, then while many people sign in.
    async fn flood(&mut self) -> Result<(), Fault> {
        let name = "client_credentials, flooded";
        if !self.settings.wants(name) {
            return Ok(());
        }
        let work = Same::client_credentials(&self.server.site, &self.cast.program);
        // by time only: the count would end it before the flood is felt
        let limit = Limit { units: u32::MAX, ..self.settings.limit };
        let quiet = drive::measure(&self.server, vec![work.clone(); OTHERS], limit).await?;
        self.push("client_credentials, quiet", OTHERS, &quiet, Aim::None);

        let end = End::after(Limit { time: limit.time * 100, units: u32::MAX });
        let mut pairs = Vec::new();
        for visit in self.visits(FLOOD) {
            pairs.push((Conn::open(self.server.site.addr).await?, visit));
        }
        let stop = end.clone();
        let flood = tokio::task::spawn_local(async move { drive::run(pairs, &end).await.map(|(tally, _)| tally) });
        let mut tally = drive::measure(&self.server, vec![work; OTHERS], limit).await?;
        stop.now();
        // the hashes are in it
        tally.cpu = Duration::ZERO;
        self.push(name, OTHERS, &tally, Aim::Quiet(quiet.percentile(99), 5.0));
        let flood: Tally = flood.await??;
        self.sign_ins += flood.units();
        self.push("  the sign-ins meanwhile", FLOOD, &flood, Aim::None);
        Ok(())
    }

    /// Sign-ins up to the number that memory is judged by.
    async fn fill_up(&mut self) -> Result<(), Fault> {
        let missing = self.settings.sign_ins.saturating_sub(self.sign_ins);
        if missing > 0 {
            let mut pairs = Vec::new();
            for visit in self.visits(OTHERS) {
                pairs.push((Conn::open(self.server.site.addr).await?, visit));
            }
            let limit = Limit { time: Duration::from_mins(5), units: missing };
            self.sign_ins += drive::run(pairs, &End::after(limit)).await?.0.units();
        }
        Ok(())
    }
}

fn mebibytes(kibibytes: u32) -> f64 {
    f64::from(kibibytes) / 1024.0
}
