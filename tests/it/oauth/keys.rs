//! Rotation of signing keys: no token that stops verifying (security.md P-07).

use std::time::Duration;

use serde_json::{Value, json};
use signet::flow::admin::{Actor, How};
use signet::flow::key::{self, Rotation, Stage};
use signet::spec::client_meta::Alg;

use crate::support::Op;

/// A relying party that keeps the key set as long as it may, and fetches it again for a key that it does not know.
#[derive(Default)]
struct Reader {
    kids: Vec<String>,
    fetched_at: i64,
}

impl Reader {
    async fn knows(&mut self, op: &Op, kid: &str, now: i64, max_age: i64) -> bool {
        if self.kids.is_empty() || now - self.fetched_at >= max_age {
            self.fetch(op, now).await;
        }
        self.kids.iter().any(|known| known == kid)
    }

    async fn fetch(&mut self, op: &Op, now: i64) {
        let keys = op.get("/oauth2/jwks").await.json()["keys"].clone();
        self.kids = keys.as_array().unwrap().iter().map(|key| key["kid"].as_str().unwrap().to_owned()).collect();
        self.fetched_at = now;
    }
}

fn kid(token: &str) -> String {
    let header = signet::base::random::from_base64url(token.split('.').next().unwrap()).unwrap();
    serde_json::from_slice::<Value>(&header).unwrap()["kid"].as_str().unwrap().to_owned()
}

/// As an operator does it.
async fn rotate(op: &Op, alg: Alg) -> Vec<Rotation> {
    signet::flow::admin::key::rotate(op.app.cx(), &Actor::operator(), How::Apply, Some(alg)).await.unwrap().value
}

#[actix_web::test]
async fn whatever_is_rotated_every_token_verifies_with_a_key_set_as_old_as_it_may_be() {
    let op = Op::start().await;
    let program = op.program(json!({})).await;
    let max_age = op.app.config.keys.jwks_max_age.as_secs().cast_signed();
    let mut reader = Reader::default();
    let mut issued: Vec<(String, i64)> = Vec::new();
    let mut kids = std::collections::HashSet::new();
    for step in 0..60 {
        let now = op.app.clock.now().0;
        let answer = op.token(&program, &[("grant_type", "client_credentials")]).await.json();
        let token = answer["access_token"].as_str().unwrap().to_owned();
        kids.insert(kid(&token));
        issued.push((token, now + 600));
        issued.retain(|(_, exp)| now < *exp);
        for (token, _) in &issued {
            assert!(reader.knows(&op, &kid(token), now, max_age).await, "step {step}");
            assert!(op.app.keys.load().verify(token, signet::crypto::jose::Typ::AccessToken).is_ok());
        }
        if step % 3 == 0 {
            rotate(&op, Alg::Es256).await;
        }
        key::tend(op.app.cx()).await.unwrap();
        op.wait(Duration::from_secs(31));
        op.settle().await;
    }
    assert!(kids.len() > 5, "only {} keys in use: nothing was rotated", kids.len());
}

#[actix_web::test]
async fn the_first_rotation_takes_effect_at_once_and_the_next_when_it_is_safe() {
    let op = Op::start().await;
    op.wait(Duration::from_secs(1));
    let now = op.app.clock.now();
    let first = rotate(&op, Alg::Es256).await;
    assert_eq!(first[0].active_at, now, "the next key has been published from the beginning");
    let second = rotate(&op, Alg::Es256).await;
    assert!(second[0].active_at > now.plus(op.app.config.keys.jwks_max_age));
}

#[actix_web::test]
async fn the_schedule_rotates_and_retires() {
    let op = Op::with(|config| config.keys.rotation = Duration::from_hours(24)).await;
    let stages = async |alg: Alg| {
        let keys = key::list(op.app.cx()).await.unwrap();
        keys.into_iter().filter(|(key, _)| key.alg == alg).map(|(_, stage)| stage).collect::<Vec<_>>()
    };
    op.wait(Duration::from_hours(23));
    key::tend(op.app.cx()).await.unwrap();
    assert_eq!(stages(Alg::Es256).await, [Stage::Current, Stage::Next]);
    op.wait(Duration::from_hours(1));
    key::tend(op.app.cx()).await.unwrap();
    assert_eq!(stages(Alg::Es256).await, [Stage::Retired, Stage::Current, Stage::Next]);
    op.wait(Duration::from_mins(10));
    key::tend(op.app.cx()).await.unwrap();
    assert_eq!(stages(Alg::Es256).await.len(), 3, "its last token has not quite ended");
    op.wait(Duration::from_secs(70));
    key::tend(op.app.cx()).await.unwrap();
    assert_eq!(stages(Alg::Es256).await, [Stage::Current, Stage::Next]);
}

#[actix_web::test]
async fn nodes_that_start_together_make_one_set() {
    let op = Op::start().await;
    let before = key::list(op.app.cx()).await.unwrap().len();
    rotate(&op, Alg::EdDsa).await;
    let made = futures_util::future::join_all((0..4).map(|_| key::ensure(op.app.cx()))).await;
    assert!(made.iter().all(Result::is_ok));
    assert_eq!(key::list(op.app.cx()).await.unwrap().len(), before + 1);
}

#[actix_web::test]
async fn signer_and_schedule_agree_on_the_current_key_however_often_it_is_rotated() {
    let op = Op::start().await;
    for _ in 0..5 {
        rotate(&op, Alg::Es256).await;
    }
    for _ in 0..100 {
        op.settle().await;
        op.app.reload_keys().await.unwrap();
        let now = op.app.clock.now();
        let keys = key::list(op.app.cx()).await.unwrap();
        let current: Vec<_> =
            keys.iter().filter(|(key, stage)| key.alg == Alg::Es256 && *stage == Stage::Current).collect();
        assert_eq!(current.len(), 1);
        assert_eq!(op.app.keys.load().current(Alg::Es256, now).unwrap().kid, current[0].0.kid);
        op.wait(Duration::from_secs(1));
    }
}
