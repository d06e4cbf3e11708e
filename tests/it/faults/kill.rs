//! `kill -9` under load: whatever was acknowledged is still true afterwards (security.md S-1, S-2).

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::Duration;

use futures_util::future::join_all;
use serde_json::Value;

use crate::support::process::Installation;

/// One chain of refresh tokens: the last one whose answer arrived, and those that were used up for good.
#[derive(Default)]
struct Ledger {
    live: String,
    used: Vec<String>,
    /// A refresh was under way when the server went: nobody knows whether it happened.
    torn: bool,
}

#[actix_web::test]
async fn what_was_acknowledged_survives_a_kill_under_load() {
    let mut site = Installation::new().await;
    let client = site.json(
        &[
            "client",
            "create",
            "--name",
            "Load",
            "--redirect-uri",
            "https://rp.test/cb",
            "--auth",
            "none",
            "--first-party",
        ],
        "",
    );
    let client = client["client_id"].as_str().unwrap().to_owned();
    let password = "correct horse battery\n";
    let create = ["user", "create", "--email", "ada@example.com", "--username", "ada", "--password-stdin"];
    site.json(&create, password);
    site.serve().await;
    let mut chains = Vec::new();
    for _ in 0..4 {
        chains.push(Ledger { live: first_token(&site, &client).await, ..Ledger::default() });
    }
    for _ in 0..3 {
        chains = load_and_kill(&mut site, &client, chains).await;
        site.serve().await;
        for chain in &mut chains {
            check(&site, &client, chain).await;
        }
    }
    assert!(chains.iter().map(|chain| chain.used.len()).sum::<usize>() > 10, "too little load to mean anything");
}

async fn refresh(site: &Installation, client: &str, token: &str) -> Option<(u16, Value)> {
    let form = [("grant_type", "refresh_token"), ("client_id", client), ("refresh_token", token)];
    site.post("/oauth2/token", &form).await.map(|answer| (answer.status, answer.json()))
}

/// Every chain refreshes as fast as it can, until the server is gone.
async fn load_and_kill(site: &mut Installation, client: &str, chains: Vec<Ledger>) -> Vec<Ledger> {
    let gone = AtomicBool::new(false);
    let (reader, stop) = (&*site, &gone);
    let load = join_all(chains.into_iter().map(|mut chain| async move {
        while !stop.load(Relaxed) {
            match refresh(reader, client, &chain.live).await {
                Some((200, answer)) => {
                    let next = answer["refresh_token"].as_str().unwrap().to_owned();
                    chain.used.push(std::mem::replace(&mut chain.live, next));
                }
                Some(other) => panic!("{other:?}"),
                None => {
                    chain.torn = true;
                    break;
                }
            }
        }
        chain
    }));
    let killer = async {
        tokio::time::sleep(Duration::from_millis(400)).await;
        reader.kill_now();
    };
    let (chains, ()) = futures_util::future::join(load, killer).await;
    site.kill();
    chains
}

/// The last acknowledged token is good: as it is, or as the one repetition that a lost answer is granted.
async fn check(site: &Installation, client: &str, chain: &mut Ledger) {
    let (status, answer) = refresh(site, client, &chain.live).await.unwrap();
    assert_eq!(status, 200, "an acknowledged token was lost: {answer}");
    let next = answer["refresh_token"].as_str().unwrap().to_owned();
    chain.used.push(std::mem::replace(&mut chain.live, next));
    chain.torn = false;
}

/// Signs in through the pages and redeems the code.
async fn first_token(site: &Installation, client: &str) -> String {
    let verifier = crate::support::VERIFIER;
    let challenge = crate::support::challenge();
    let query = serde_urlencoded::to_string([
        ("client_id", client),
        ("redirect_uri", "https://rp.test/cb"),
        ("response_type", "code"),
        ("scope", "openid offline_access"),
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
    ])
    .unwrap();
    let code = site.sign_in(&format!("/oauth2/authorize?{query}"), "ada", "correct horse battery").await;
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", client),
        ("code", &code),
        ("redirect_uri", "https://rp.test/cb"),
        ("code_verifier", verifier),
    ];
    let answer = site.post("/oauth2/token", &form).await.unwrap();
    assert_eq!(answer.status, 200, "{answer:?}");
    let again = site.post("/oauth2/token", &form).await.unwrap();
    assert_eq!(again.status, 400, "a code is used once");
    // the replay has taken the first answer back, so the chain begins with a second sign-in
    let code = site.sign_in(&format!("/oauth2/authorize?{query}"), "ada", "correct horse battery").await;
    let mut form = form;
    form[2].1 = &code;
    let answer = site.post("/oauth2/token", &form).await.unwrap().json();
    answer["refresh_token"].as_str().unwrap().to_owned()
}
