//! `Op` is the whole server without a socket: real routes, real database, a clock we turn by hand.

pub mod atlas;
pub mod browser;
pub mod db;
pub mod keys;
pub mod mail;
pub mod people;
pub mod process;
pub mod rp;
pub mod sms;
pub mod smtp;
pub mod tenant;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use actix_web::App as Actix;
use actix_web::body::to_bytes;
use actix_web::http::header::HeaderMap;
use actix_web::test::{self, TestRequest};
use actix_web::web::Data;
use serde_json::{Value, json};
use signet::app::App;
use signet::base::time::{Clock, Ts};
use signet::config::Config;
use signet::flow::admin::client::{self, Registered};
use signet::flow::admin::{Actor, How, access};
use signet::flow::user::New;
use signet::model::audit::Audit;
use signet::model::user::User;
use signet::spec::client_meta::Metadata;
use signet::store::audit::Filter;
use signet::worker;

pub const ISSUER: &str = "http://localhost:8080";
pub const CALLBACK: &str = "https://rp.test/cb";
pub const VERIFIER: &str = "a-verifier-that-is-at-least-forty-three-characters";
pub const PASSWORD: &str = "correct horse battery";
pub const START: Ts = Ts(1_800_000_000);

pub struct Op {
    pub app: Arc<App>,
    seen: std::sync::Mutex<worker::Seen>,
    data: PathBuf,
    config: Config,
}

/// What came back.
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
    /// The same as it came.
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {} {}", self.status, self.body))
    }

    /// Status and error code of a refusal.
    pub fn error(&self) -> (u16, String) {
        (self.status, self.json()["error"].as_str().unwrap_or_default().to_owned())
    }

    /// The reference of a refusal, as `signet explain` takes it.
    pub fn reference(&self) -> String {
        let tagged =
            || self.body.find("id=\"error-reference\"").and_then(|at| Some(at + self.body[at..].find('>')? + 1));
        let at = self.body.find("(reference ").map(|at| at + 11).or_else(tagged);
        let at = at.unwrap_or_else(|| panic!("no reference in {}", self.body));
        self.body[at..].trim_start().chars().take(9).collect()
    }
}

impl Op {
    pub async fn start() -> Self {
        Self::with(|_| {}).await
    }

    /// A fresh SQLite file per test; with `TEST_DATABASE_URL` the same tests run on PostgreSQL, in a schema each.
    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let data = std::env::temp_dir().join(format!("signet-{}", signet::base::random::id()));
        let database = db::fresh(&data).await;
        let text = format!("data = {:?}\ndatabase = {database:?}\nissuer = {ISSUER:?}", data.display().to_string());
        let mut config = Config::load(&text, std::iter::empty()).unwrap();
        config.password.memory_kib = 64;
        config.password.iterations = 1;
        config.password.threads = 1;
        config.keys.master_key = keys::master_key().text();
        config.store.connections = 4;
        // people go straight to where they wanted
        config.factor.offer = false;
        change(&mut config);
        let app = Arc::new(App::open(config.clone(), Clock::fixed(START)).await.unwrap());
        keys::insert(&app).await;
        Self { app, seen: std::sync::Mutex::default(), data, config }
    }

    /// The same server for another tenant, in the same database.
    pub async fn neighbour(&self) -> Self {
        tenant::insert(&self.app).await;
        let mut app = App::open(self.config.clone(), self.app.clock.clone()).await.unwrap();
        app.tenant = tenant::id();
        app.keys.store(self.app.keys.load_full());
        // the folder is the other one's
        let data = self.data.join("neighbour");
        Self { app: Arc::new(app), seen: std::sync::Mutex::default(), data, config: self.config.clone() }
    }

    pub fn wait(&self, time: Duration) {
        self.app.clock.advance(time);
    }

    /// What the jobs of a node do between two requests.
    pub async fn settle(&self) {
        worker::flush(&self.app).await;
        let mut seen = std::mem::take(&mut *self.seen.lock().unwrap());
        worker::look(&self.app, &mut seen).await;
        *self.seen.lock().unwrap() = seen;
    }

    pub async fn call(&self, request: TestRequest) -> Answer {
        self.service().await(request).await
    }

    /// The routes, set up once for those who have much to ask.
    pub async fn service(&self) -> impl AsyncFn(TestRequest) -> Answer {
        let data = Data::from(self.app.clone());
        let service = test::init_service(Actix::new().app_data(data).configure(signet::web::configure)).await;
        async move |request: TestRequest| {
            let response = test::call_service(&service, request.to_request()).await;
            let (status, headers) = (response.status().as_u16(), response.headers().clone());
            let body = to_bytes(response.into_body()).await.unwrap_or_default();
            Answer { status, headers, body: String::from_utf8_lossy(&body).into_owned(), bytes: body.to_vec() }
        }
    }

    pub async fn get(&self, uri: &str) -> Answer {
        self.call(TestRequest::get().uri(uri)).await
    }

    pub async fn post(&self, uri: &str, form: &[(&str, &str)]) -> Answer {
        self.call(TestRequest::post().uri(uri).set_form(form)).await
    }

    /// A token request with Basic authentication.
    pub async fn token(&self, client: &Registered, form: &[(&str, &str)]) -> Answer {
        self.authenticated("/oauth2/token", client, form).await
    }

    pub async fn authenticated(&self, uri: &str, client: &Registered, form: &[(&str, &str)]) -> Answer {
        let request = TestRequest::post().uri(uri).set_form(form);
        self.call(request.insert_header(("authorization", basic(client)))).await
    }

    /// A confidential client with the code and refresh grants; `change` is laid over its metadata.
    pub async fn client(&self, change: Value) -> Registered {
        let mut metadata = json!({ "client_name": "Demo", "redirect_uris": [CALLBACK] });
        for (name, value) in change.as_object().unwrap() {
            metadata[name] = value.clone();
        }
        let metadata = Metadata::from_json(&metadata.to_string()).unwrap();
        self.register(metadata).await
    }

    /// A program.
    pub async fn program(&self, change: Value) -> Registered {
        let mut metadata =
            json!({ "client_name": "Job", "grant_types": ["client_credentials"], "scope": "read write" });
        for (name, value) in change.as_object().unwrap() {
            metadata[name] = value.clone();
        }
        self.register(Metadata::from_json(&metadata.to_string()).unwrap()).await
    }

    async fn register(&self, metadata: Metadata) -> Registered {
        client::register(self.app.cx(), &Actor::operator(), How::Apply, metadata).await.unwrap().value
    }

    /// As an operator does it.
    pub async fn switch(&self, client: &Registered, enabled: bool) {
        let (by, id) = (Actor::operator(), &client.client.id);
        client::set_enabled(self.app.cx(), &by, How::Apply, id, enabled).await.unwrap();
    }

    /// The client with another secret.
    pub async fn rotate_secret(&self, client: &Registered) -> Registered {
        let (by, id) = (Actor::operator(), &client.client.id);
        client::rotate_secret(self.app.cx(), &by, How::Apply, id).await.unwrap().value
    }

    pub async fn user(&self, name: &str) -> User {
        let new = New {
            email: format!("{name}@example.com"),
            username: name.to_owned(),
            name: Some(format!("{name} Example")),
            password: Some(PASSWORD.to_owned()),
            verified: true,
            roles: Vec::new(),
        };
        people::create(self.app.cx(), new).await.unwrap()
    }

    /// As an operator does it.
    pub async fn set_password(&self, name: &str, password: &str) {
        people::set_password(self.app.cx(), name, access::Given::Plain(password), access::Then::Keep).await.unwrap();
    }

    /// The latest rows of the audit, the newest first.
    pub async fn audit(&self, count: i64) -> Vec<Audit> {
        let conn = &mut self.app.db.conn().await.unwrap();
        signet::store::audit::search(conn, &self.app.tenant, &Filter::default(), (None, count)).await.unwrap()
    }

    /// The hash that is stored.
    pub async fn stored(&self, name: &str) -> String {
        let conn = &mut self.app.db.conn().await.unwrap();
        signet::store::user::find_by_key(conn, &self.app.tenant, name).await.unwrap().unwrap().1.unwrap()
    }

    /// What no flow does: a statement on the database itself; how many rows it touched.
    pub async fn sql(&self, text: &str) -> usize {
        use diesel_async::RunQueryDsl as _;
        use signet::store::Conn;
        let done = self.app.db.write(async |tx| {
            let count = match tx {
                Conn::Lite(conn) => diesel::sql_query(text).execute(&mut **conn).await,
                Conn::Pg(conn) => diesel::sql_query(text).execute(&mut ***conn).await,
            };
            Ok::<_, signet::store::Error>(count?)
        });
        done.await.unwrap()
    }

    /// As many more people like this one, who can only be counted: made at once.
    pub async fn crowd(&self, like: &User, count: usize) {
        let columns = "email_verified_at, name, given_name, family_name, locale, zoneinfo, state, created_at, updated_at, \
             has_profile, factor_skipped_at, unlocked_at, last_seen_at, kind, theme";
        let text = format!(
            "INSERT INTO \"user\" (tenant_id, id, username, username_key, email, email_key, {columns}) \
             WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) \
             SELECT tenant_id, id || '-' || i, username || i, username_key || i, i || email, i || email_key, {columns} \
             FROM \"user\", n WHERE id = '{}'",
            like.id
        );
        assert_eq!(self.sql(&text).await, count);
    }

    /// Fills in names, zone and language; also a language that no page offers.
    pub async fn complete(&self, user: &User, locale: &str) {
        use diesel::ExpressionMethods as _;
        use diesel_async::RunQueryDsl as _;
        use signet::schema::user;
        use signet::store::Conn;
        let changes = (
            user::given_name.eq("Ada"),
            user::family_name.eq("Lovelace"),
            user::locale.eq(locale),
            user::zoneinfo.eq("Europe/London"),
        );
        let target = diesel::update(diesel::QueryDsl::find(user::table, (&user.tenant_id, &user.id))).set(changes);
        let count = self.app.db.write(async |tx| {
            let count = match tx {
                Conn::Lite(conn) => target.execute(&mut **conn).await,
                Conn::Pg(conn) => target.execute(&mut ***conn).await,
            };
            Ok::<_, signet::store::Error>(count?)
        });
        assert_eq!(count.await.unwrap(), 1);
    }
}

impl Drop for Op {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.data).ok();
    }
}

pub fn basic(client: &Registered) -> String {
    use base64::Engine as _;
    let secret = client.secret.as_ref().map(signet::base::random::Opaque::reveal).unwrap_or_default();
    let pair = format!("{}:{secret}", client.client.id);
    format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(pair))
}

pub fn challenge() -> String {
    signet::base::random::sha256(VERIFIER)
}

/// An authorization request as a path; `change` replaces or adds parameters, an empty value takes one away.
pub fn authorize(client: &Registered, change: &[(&str, &str)]) -> String {
    let challenge = challenge();
    let mut params = vec![
        ("client_id", client.client.id.as_str()),
        ("redirect_uri", CALLBACK),
        ("response_type", "code"),
        ("scope", "openid profile email"),
        ("state", "the state"),
        ("nonce", "the nonce"),
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
    ];
    for (name, value) in change {
        params.retain(|(known, _)| known != name);
        if !value.is_empty() {
            params.push((name, value));
        }
    }
    format!("/oauth2/authorize?{}", serde_urlencoded::to_string(params).unwrap())
}

/// The form that redeems a code.
pub fn redeem(code: &str) -> [(&str, &str); 4] {
    [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", CALLBACK), ("code_verifier", VERIFIER)]
}
