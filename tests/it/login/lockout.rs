//! Guessing passwords and codes: what it costs, who is told, and how the owner gets in all the same.

use std::time::Duration;

use actix_web::test::TestRequest;
use futures_util::future::join_all;
use signet::app::Peer;
use signet::shared::limit::Rate;
use signet::spec::account_state::Step;

use crate::factor::{sign_in, with_app};
use crate::join::fill;
use crate::support::browser::{Browser, hidden, pairs};
use crate::support::people;
use crate::support::{Answer, Op, PASSWORD};

/// Many tries from one address are not what these tests are about.
fn exempt(config: &mut signet::config::Config) {
    config.limits.exempt_networks = vec!["127.0.0.0/8".to_owned()];
}

/// The sign-in page, open in a browser that sends from an address.
struct Visitor<'a> {
    browser: Browser<'a>,
    page: Answer,
    address: &'a str,
}

impl<'a> Visitor<'a> {
    async fn at(op: &'a Op, address: &'a str) -> Self {
        let mut browser = Browser::new(op);
        let (_, page) = browser.open("/login").await.page();
        Self { browser, page, address }
    }

    async fn try_one(&mut self, name: &str, password: &str) -> Answer {
        let mut form = hidden(&self.page.body);
        form.extend([("username", name), ("password", password)].map(|(name, value)| (name.into(), value.into())));
        let request = TestRequest::post().uri("/login").peer_addr(format!("{}:1", self.address).parse().unwrap());
        self.browser.send(request.set_form(pairs(&form))).await
    }
}

/// So many wrong passwords, each as soon as it may be.
async fn guess(op: &Op, name: &str, times: usize) {
    let mut visitor = Visitor::at(op, "127.0.0.1").await;
    for n in 0..times {
        assert_eq!(visitor.try_one(name, "wrong").await.status, 401, "{n}");
        op.wait(Duration::from_secs(10));
    }
}

async fn rows(op: &Op, sql: &str) -> i64 {
    use diesel::deserialize::QueryableByName;
    use diesel_async::RunQueryDsl as _;
    use signet::store::Conn;
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        count: i64,
    }
    let found: Count = match &mut op.app.db.conn().await.unwrap() {
        Conn::Lite(conn) => diesel::sql_query(sql).get_result(&mut **conn).await.unwrap(),
        Conn::Pg(conn) => diesel::sql_query(sql).get_result(&mut ***conn).await.unwrap(),
    };
    found.count
}

#[actix_web::test]
async fn many_guesses_at_once_are_no_more_than_one_after_the_other() {
    let op = Op::with(exempt).await;
    op.user("ada").await;
    for name in ["ada", "nobody"] {
        let mut visitors = Vec::new();
        for _ in 0..64 {
            visitors.push(Visitor::at(&op, "127.0.0.1").await);
        }
        let tries = visitors.iter_mut().map(async |visitor| visitor.try_one(name, "wrong").await.status);
        let answers = join_all(tries).await;
        let count = |status| answers.iter().filter(|answer| **answer == status).count();
        assert_eq!((count(401), count(429)), (4, 60), "{name}: {answers:?}");
        assert_eq!(visitors[0].try_one(name, PASSWORD).await.status, 429, "{name}");
    }
}

#[actix_web::test]
async fn user_name_and_address_share_a_limit_and_no_answer_tells_that_they_belong_together() {
    let op = Op::with(exempt).await;
    op.user("ada").await;
    let mut visitor = Visitor::at(&op, "127.0.0.1").await;
    for _ in 0..4 {
        assert_eq!(visitor.try_one("ada", "wrong").await.status, 401);
    }
    let other = visitor.try_one("ada@example.com", PASSWORD).await;
    assert_eq!(other.status, 401, "it may not be tried, and looks wrong");
    let stranger = visitor.try_one("eve@example.com", PASSWORD).await;
    let plain = |answer: &Answer, name: &str| {
        let nonce = answer.header("content-security-policy").split("nonce-").nth(1).unwrap()[..22].to_owned();
        answer.body.replace(name, "").replace(&nonce, "")
    };
    assert_eq!(plain(&other, "ada@example.com"), plain(&stranger, "eve@example.com"));
    op.wait(Duration::from_secs(2));
    assert_eq!(visitor.try_one("ada@example.com", PASSWORD).await.status, 303);
    for _ in 0..3 {
        assert_eq!(visitor.try_one("ada", "wrong").await.status, 401);
    }
    assert_eq!(visitor.try_one("ada", PASSWORD).await.status, 303, "the right password has ended the count");
}

#[actix_web::test]
async fn what_could_not_be_looked_at_is_not_counted() {
    let op = Op::with(|config| {
        exempt(config);
        config.password.queue = 1;
    })
    .await;
    op.user("ada").await;
    let mut visitor = Visitor::at(&op, "127.0.0.1").await;
    let held = op.app.passwords.hold().await.unwrap();
    let waits = tokio::spawn({
        let passwords = op.app.passwords.clone();
        async move { passwords.hash(PASSWORD).await }
    });
    while op.app.passwords.waiting() == 0 {
        tokio::task::yield_now().await;
    }
    for n in 0..5 {
        assert_eq!(visitor.try_one("ada", "wrong").await.status, 503, "{n}");
    }
    drop(held);
    waits.await.unwrap().unwrap();
    for n in 0..3 {
        assert_eq!(visitor.try_one("ada", "wrong").await.status, 401, "{n}");
    }
    assert_eq!(visitor.try_one("ada", PASSWORD).await.status, 303);
}

#[actix_web::test]
async fn the_owner_is_told_once_a_day_and_the_link_unlocks_once() {
    let op = Op::with(|config| {
        exempt(config);
        config.limits.account_failures = 12;
    })
    .await;
    op.user("ada").await;
    guess(&op, "ada", 5).await;
    guess(&op, "ada@example.com", 4).await;
    assert!(op.mails().await.is_empty(), "nine are none too many");
    guess(&op, "ada", 3).await;
    let mail = op.mail().await;
    assert_eq!(mail.to, "ada@example.com");
    assert!(mail.subject.contains("trying passwords") && mail.text.contains("127.0.0.1"), "{}", mail.text);
    assert!(mail.text.contains("2027-01-15 08:01:30 UTC") && mail.text.contains("Unknown device"), "{}", mail.text);

    let mut owner = Visitor::at(&op, "127.0.0.1").await;
    assert_eq!(owner.try_one("ada", PASSWORD).await.status, 401, "twelve in a day end it, in whatever name");
    let (_, page) = owner.browser.open(&mail.link()).await.page();
    op.wait(Duration::from_secs(10));
    assert_eq!(owner.try_one("ada", PASSWORD).await.status, 401, "looking at the page unlocks nothing");
    let (_, done) = fill(&mut owner.browser, "/unlock", &page, &[]).await.page();
    assert!(done.status == 200 && done.body.contains("Your account is unlocked"), "{}", done.body);
    assert!(owner.browser.cookie("signet_session").is_none(), "it signs nobody in");
    assert_eq!(owner.try_one("ada", PASSWORD).await.status, 303);
    let (_, again) = fill(&mut owner.browser, "/unlock", &page, &[]).await.page();
    assert_eq!(again.status, 400, "once");
    let (_, activity) = owner.browser.open("/account/activity").await.page();
    assert!(activity.body.contains("You unlocked your account"), "{}", activity.body);

    op.wait(Duration::from_secs(1));
    guess(&op, "ada", 11).await;
    assert_ne!(op.mail().await.link(), mail.link(), "who has unlocked it needs another link");
    guess(&op, "ada", 1).await;
    assert!(op.mails().await.is_empty(), "but one a day");
    op.wait(Duration::from_hours(24));
    guess(&op, "ada", 11).await;
    let late = op.mail().await.link();
    op.wait(Duration::from_hours(24));
    assert_eq!(op.get(&late).await.status, 400, "a day");
}

#[actix_web::test]
async fn strangers_cannot_keep_the_owner_out_at_a_browser_that_is_known() {
    let op = Op::with(|config| {
        exempt(config);
        config.limits.account_failures = 12;
    })
    .await;
    op.user("ada").await;
    let mut owner = Visitor::at(&op, "127.0.0.1").await;
    assert_eq!(owner.try_one("ada", PASSWORD).await.status, 303);
    guess(&op, "ada", 12).await;
    let mut stranger = Visitor::at(&op, "127.0.0.1").await;
    assert_eq!(stranger.try_one("ada", PASSWORD).await.status, 429);
    assert_eq!(stranger.try_one("ada@example.com", PASSWORD).await.status, 401, "nothing is told by it");
    for name in ["ada", "ada@example.com"] {
        assert_eq!(owner.try_one(name, "wrong").await.status, 401);
        assert_eq!(owner.try_one(name, PASSWORD).await.status, 303, "{name}");
    }
    assert_eq!(stranger.try_one("ada", PASSWORD).await.status, 429, "that lets in nobody else");
    // somebody else's account is not known there
    op.user("eve").await;
    guess(&op, "eve", 12).await;
    assert_eq!(owner.try_one("eve", PASSWORD).await.status, 429);

    // and it is no way to guess more often
    for n in 0..12 {
        let name = if n % 2 == 0 { "ada" } else { "ada@example.com" };
        assert_eq!(owner.try_one(name, "wrong").await.status, 401, "{n}");
        op.wait(Duration::from_secs(10));
    }
    assert_eq!(owner.try_one("ada", PASSWORD).await.status, 429);
    people::step(op.app.cx(), "ada", Step::Unlock).await.unwrap();
    assert_eq!(owner.try_one("ada", PASSWORD).await.status, 303);
}

#[actix_web::test]
async fn a_name_without_an_account_leaves_the_same_traces() {
    let op = Op::with(exempt).await;
    op.user("ada").await;
    let mut traces = Vec::new();
    for name in ["ada", "nobody"] {
        guess(&op, name, 11).await;
        let outbox = rows(&op, "SELECT count(*) AS count FROM outbox WHERE kind = 'locked'").await;
        let links = rows(&op, "SELECT count(*) AS count FROM challenge WHERE kind = 'unlock'").await;
        traces.push((outbox, links));
    }
    assert_eq!(traces, [(1, 1), (2, 2)]);
    assert_eq!(op.mail().await.to, "ada@example.com", "the other only looks as if it were sent");
}

#[actix_web::test]
async fn wrong_codes_are_told_from_the_first_long_wait_and_the_link_unlocks_them_too() {
    let op = Op::with(exempt).await;
    let (phone, _) = with_app(&op, "ada").await;
    op.mails().await;
    let mut browser = Browser::new(&op);
    let (_, mut page) = sign_in(&mut browser, "ada").await.page();
    for n in 1..=5 {
        assert!(op.mails().await.is_empty(), "{n}");
        (_, page) = fill(&mut browser, "/mfa", &page, &[("code", "000000")]).await.page();
        assert_eq!(page.status, 401);
    }
    let mail = op.mail().await;
    assert!(mail.subject.contains("trying codes"), "{}", mail.subject);
    let code = phone.code(op.app.clock.now());
    let (_, page) = fill(&mut browser, "/mfa", &page, &[("code", &code)]).await.page();
    assert_eq!(page.status, 429);
    let (_, unlock) = Browser::new(&op).open(&mail.link()).await.page();
    let mut elsewhere = Browser::new(&op);
    elsewhere.open(&mail.link()).await.page();
    let csrf = hidden(&unlock.body).into_iter().find(|(name, _)| name == "csrf").unwrap().1;
    let foreign = elsewhere.submit("/unlock", &[("csrf", &csrf), ("token", "x")]).await.page().1;
    assert_eq!(foreign.status, 403);
    let (_, unlock) = elsewhere.open(&mail.link()).await.page();
    assert_eq!(fill(&mut elsewhere, "/unlock", &unlock, &[]).await.page().1.status, 200);
    assert_eq!(fill(&mut browser, "/mfa", &page, &[("code", &code)]).await.page().0, "/");
}

#[actix_web::test]
async fn an_operator_unlocks_what_a_running_server_remembers() {
    let op = Op::with(|config| {
        exempt(config);
        config.limits.account_failures = 4;
    })
    .await;
    let (phone, _) = with_app(&op, "ada").await;
    let mut browser = Browser::new(&op);
    let (_, mut page) = sign_in(&mut browser, "ada").await.page();
    for _ in 0..5 {
        (_, page) = fill(&mut browser, "/mfa", &page, &[("code", "000000")]).await.page();
    }
    let mut visitor = Visitor::at(&op, "127.0.0.1").await;
    for status in [401, 401, 401, 401, 429] {
        assert_eq!(visitor.try_one("ada", "wrong").await.status, status);
    }
    // as another process does it: only the database is touched
    people::step(op.app.cx(), "ADA", Step::Unlock).await.unwrap();
    assert_eq!(visitor.try_one("ada", PASSWORD).await.status, 303);
    let code = phone.code(op.app.clock.now());
    assert_eq!(fill(&mut browser, "/mfa", &page, &[("code", &code)]).await.page().0, "/");
    let told = "SELECT count(*) AS count FROM audit WHERE action = 'user.unlock' AND actor_kind = 'operator'";
    assert_eq!(rows(&op, told).await, 1);
    op.wait(Duration::from_secs(1));
    for status in [401, 401, 401, 401, 429] {
        assert_eq!(visitor.try_one("ada", "wrong").await.status, status, "it counts again");
    }
}

#[actix_web::test]
async fn an_address_that_tries_many_names_is_shut_out_for_an_hour() {
    let op = Op::with(|config| {
        config.limits.login_burst = 1000;
        config.limits.exempt_networks = vec!["192.0.2.0/24".to_owned()];
    })
    .await;
    op.user("ada").await;
    for (address, shut) in [("198.51.100.1", true), ("[2001:db8::1]", true), ("192.0.2.1", false)] {
        let mut visitor = Visitor::at(&op, address).await;
        for n in 0..21 {
            let name = format!("name{n}{address}");
            assert_eq!(visitor.try_one(&name, "wrong").await.status, 401, "{n}");
            assert_eq!(visitor.try_one(&name, "wrong").await.status, if n < 20 || !shut { 401 } else { 429 });
        }
        let page = visitor.try_one("ada", PASSWORD).await;
        if !shut {
            assert_eq!(page.status, 303, "exempt networks have no such limit");
            continue;
        }
        assert_eq!((page.status, page.header("retry-after")), (429, "3600"));
        assert!(page.body.contains("Too many accounts were tried from your network"), "{}", page.body);
        op.settle().await;
        let conn = &mut op.app.db.conn().await.unwrap();
        let why = signet::store::refusal::find(conn, &op.app.tenant, &page.reference()).await.unwrap().unwrap();
        assert_eq!(why.setting.as_deref(), Some("limits.names_per_address"));
        visitor.address = "[2001:db8::2]";
        let near = visitor.try_one("ada", PASSWORD).await.status;
        assert_eq!(near, if address.starts_with('[') { 429 } else { 303 }, "one customer holds the whole /64");
        visitor.address = address;
        op.wait(Duration::from_hours(1));
        assert_eq!(visitor.try_one("ada", PASSWORD).await.status, 303);
    }
}

#[actix_web::test]
async fn a_crowd_of_addresses_makes_no_limit_of_a_person_be_forgotten() {
    let op = Op::start().await;
    let ada = op.user("ada").await;
    let rate = Rate { burst: 1, interval: Duration::from_hours(1) };
    let own = || op.app.cx().limit("email", ada.id.as_str(), rate);
    own().unwrap();
    for n in 0..200_000_u32 {
        let peer = Peer { address: std::net::Ipv4Addr::from(n).into(), device: String::new(), mark: None };
        op.app.request(&peer).limit_address("login", "", rate).unwrap();
    }
    assert!(own().is_err());
    guess(&op, "ada", 3).await;
    let take =
        |n: u32| op.app.failures.names.take(&n.to_string(), signet::shared::failures::FACTOR, START, op.app.cx().now);
    for n in 0..200_000 {
        take(n).unwrap();
    }
    let key = format!("password {}", ada.id);
    let rule = signet::shared::failures::password(100);
    assert_eq!(op.app.failures.people.take(&key, rule, signet::base::time::Ts(0), op.app.cx().now), Ok(4));
}

const START: signet::base::time::Ts = signet::base::time::Ts(0);
