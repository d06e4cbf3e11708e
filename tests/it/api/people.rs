//! Finding people, looking after them, and what nobody may do to them.

use std::time::Duration;

use actix_web::http::Method;
use actix_web::test::TestRequest;
use serde_json::{Value, json};
use signet::flow::admin::{Actor, How, person, undo};
use signet::model::BatchId;
use signet::spec::account_state::Step;
use signet::spec::right::Right;

use super::{call, get, key, master, patch, post};
use crate::factor::{add_app, sign_in, with_app};
use crate::support::browser::Browser;
use crate::support::{Answer, Op, PASSWORD, people};

fn names(answer: &Answer) -> Vec<String> {
    let items = answer.json()["items"].as_array().unwrap_or_else(|| panic!("{}", answer.body)).clone();
    items.iter().map(|person| person["username"].as_str().unwrap().to_owned()).collect()
}

async fn found(op: &Op, token: &str, query: &str) -> Vec<String> {
    names(&get(op, token, &format!("/users?{query}")).await)
}

async fn delete(op: &Op, token: &str, path: &str) -> Answer {
    call(op, token, (Method::DELETE, path), Value::Null).await
}

async fn put(op: &Op, token: &str, path: &str, body: Value) -> Answer {
    call(op, token, (Method::PUT, path), body).await
}

/// Three people, one minute after the other.
async fn three(op: &Op) {
    for name in ["ada", "berta", "carla"] {
        op.user(name).await;
        op.wait(Duration::from_mins(1));
    }
}

#[actix_web::test]
async fn people_are_found_by_how_their_words_begin() {
    let op = Op::start().await;
    let boss = master(&op).await;
    three(&op).await;
    let cases: [(&str, &[&str]); 9] = [
        ("search=ad", &["ada"]),
        ("search=AD", &["ada"]),
        ("search=exam", &["ada", "berta", "carla"]),
        ("search=exam+ber", &["berta"]),
        ("search=ber%20ada", &[]),
        ("search=carla@example.com", &["carla"]),
        ("search=da", &[]),
        ("search=%25", &[]),
        ("search=", &["ada", "berta", "carla"]),
    ];
    for (query, expected) in cases {
        assert_eq!(found(&op, &boss, query).await, expected, "{query}");
    }
    let renamed = json!({ "name": "Zoë Q'x \"y\" 100%" });
    let ada = get(&op, &boss, "/users/ada").await.json()["id"].as_str().unwrap().to_owned();
    super::patch(&op, &boss, &format!("/users/{ada}"), renamed).await;
    assert_eq!(found(&op, &boss, "search=zo%C3%AB").await, ["ada"]);
    assert_eq!(found(&op, &boss, "search=q'x").await, ["ada"]);
}

#[actix_web::test]
async fn filters_go_together_and_the_body_says_the_same() {
    let op = Op::start().await;
    let boss = master(&op).await;
    three(&op).await;
    people::step(op.app.cx(), "berta", Step::Suspend).await.unwrap();
    let carla = get(&op, &boss, "/users/carla").await.json()["id"].as_str().unwrap().to_owned();
    put(&op, &boss, &format!("/users/{carla}/roles/support"), Value::Null).await;
    super::patch(&op, &boss, &format!("/users/{carla}"), json!({ "email_verified": false })).await;
    let mut browser = Browser::new(&op);
    sign_in(&mut browser, "ada").await;
    add_app(&op, &mut browser).await;
    let start = crate::support::START.0;
    let cases: [(&str, Value, &[&str]); 10] = [
        ("state=suspended", json!({ "state": "suspended" }), &["berta"]),
        ("role=support", json!({ "role": "support" }), &["carla"]),
        ("role=nothing", json!({ "role": "nothing" }), &[]),
        ("factor=true", json!({ "factor": true }), &["ada"]),
        ("factor=false", json!({ "factor": false }), &["berta", "carla"]),
        ("verified=false", json!({ "verified": false }), &["carla"]),
        ("verified=true&state=active", json!({ "verified": true, "state": "active" }), &["ada"]),
        (&format!("created_after={}", start + 60), json!({ "created_after": start + 60 }), &["berta", "carla"]),
        (
            &format!("created_before={}&search=exam", start + 60),
            json!({ "created_before": start + 60, "search": "exam" }),
            &["ada"],
        ),
        (&format!("last_seen_after={start}&role=user"), json!({ "last_seen_after": start, "role": "user" }), &["ada"]),
    ];
    for (query, body, expected) in cases {
        assert_eq!(found(&op, &boss, query).await, expected, "{query}");
        let answer = post(&op, &boss, "/users/search", body).await;
        assert_eq!(names(&answer), expected, "{query}");
        assert_eq!(answer.json()["count"].as_u64(), Some(expected.len() as u64), "{query}");
        assert_eq!(answer.json()["more"], false);
    }
    for wrong in
        ["state=here", "sort=x", "limit=0", "limit=201", "factor=maybe", "unknown=1", "after=x", "state=a&state=b"]
    {
        let status = get(&op, &boss, &format!("/users?{wrong}")).await.status;
        assert!(matches!(status, 400 | 422), "{wrong}: {status}");
    }
    assert_eq!(post(&op, &boss, "/users/search", json!({ "tenant_id": "x" })).await.status, 422);
}

#[actix_web::test]
async fn pages_follow_each_other_in_every_order() {
    let op = Op::with(|config| config.limits.api_rate = 1000).await;
    let boss = master(&op).await;
    three(&op).await;
    for name in ["carla", "ada"] {
        sign_in(&mut Browser::new(&op), name).await;
        op.wait(Duration::from_mins(1));
    }
    let orders: [(&str, [&str; 3]); 6] = [
        ("created", ["ada", "berta", "carla"]),
        ("-created", ["carla", "berta", "ada"]),
        ("username", ["ada", "berta", "carla"]),
        ("-username", ["carla", "berta", "ada"]),
        ("last_seen", ["berta", "carla", "ada"]),
        ("-last_seen", ["ada", "carla", "berta"]),
    ];
    for (sort, expected) in orders {
        for filter in ["", "&search=exam", "&role=user&verified=true"] {
            let (mut seen, mut after) = (Vec::new(), String::new());
            loop {
                let page = get(&op, &boss, &format!("/users?sort={sort}&limit=1{filter}{after}")).await;
                assert_eq!(page.json().get("count").is_some(), seen.is_empty(), "told on the first page");
                seen.extend(names(&page));
                let Some(next) = page.json()["next"].as_str().map(str::to_owned) else { break };
                assert!(page.header("link").contains("rel=\"next\""));
                after = format!("&after={next}");
            }
            assert_eq!(seen, expected, "{sort}{filter}");
        }
    }
}

#[actix_web::test]
async fn put_sets_all_and_takes_away_what_is_not_named() {
    let op = Op::start().await;
    let (boss, ada) = (master(&op).await, op.user("ada").await);
    let path = format!("/users/{}", ada.id);
    let body = json!({ "username": "ada", "email": "new@example.com", "given_name": "Ada" });
    let answer = put(&op, &boss, &path, body).await.json();
    assert_eq!((&answer["name"], &answer["given_name"]), (&Value::Null, &json!("Ada")));
    assert_eq!((&answer["email"], &answer["email_verified"]), (&json!("new@example.com"), &json!(false)));
    for body in [json!({ "username": "ada" }), json!({ "username": "ada", "email": "a@b.c", "state": "active" })] {
        assert_eq!(put(&op, &boss, &path, body.clone()).await.status, 422, "{body}");
    }
    op.user("berta").await;
    let taken = json!({ "username": "berta", "email": "new@example.com" });
    assert_eq!(put(&op, &boss, &path, taken).await.status, 409);
}

#[actix_web::test]
async fn every_step_has_its_address() {
    let op = Op::start().await;
    let (boss, ada) = (master(&op).await, op.user("ada").await);
    for (step, state) in [
        ("suspend", "suspended"),
        ("activate", "active"),
        ("lock", "locked"),
        ("unlock", "active"),
        ("deactivate", "deactivated"),
        ("delete", "deleting"),
        ("restore", "deactivated"),
        ("activate", "active"),
    ] {
        let answer = post(&op, &boss, &format!("/users/{}/{step}", ada.id), Value::Null).await;
        assert_eq!((answer.status, answer.json()["state"].as_str()), (200, Some(state)), "{step}");
    }
    assert_eq!(post(&op, &boss, &format!("/users/{}/erase", ada.id), Value::Null).await.status, 404);
}

#[actix_web::test]
async fn roles_tell_since_when_and_by_whom() {
    let op = Op::start().await;
    let (boss, ada) = (master(&op).await, op.user("ada").await);
    let path = format!("/users/{}/roles", ada.id);
    let given = put(&op, &boss, &format!("{path}/support"), Value::Null).await;
    assert_eq!(given.json()["items"][0]["role"], "support");
    let row = get(&op, &boss, &format!("{path}/support")).await.json();
    assert_eq!(row["granted_at"], op.app.clock.now().0);
    assert_eq!(get(&op, &boss, &path).await.json()["items"].as_array().unwrap().len(), 2);
    assert_eq!(delete(&op, &boss, &format!("{path}/support")).await.status, 200);
    assert_eq!(get(&op, &boss, &format!("{path}/support")).await.status, 404);
    assert_eq!(delete(&op, &boss, &format!("{path}/user")).await.status, 422, "everybody has this one");
    assert_eq!(put(&op, &boss, &format!("{path}/nothing"), Value::Null).await.status, 404);
    let helper = key(&op, &[Right::UsersRead, Right::UsersWrite]).await;
    assert_eq!(put(&op, &helper, &format!("{path}/support"), Value::Null).await.status, 403);
    let smith = key(&op, &[Right::UsersRead, Right::RolesWrite]).await;
    assert_eq!(put(&op, &smith, &format!("{path}/admin"), Value::Null).await.status, 403, "beyond what it holds");
}

#[actix_web::test]
async fn the_last_administrator_stays() {
    let op = Op::start().await;
    let (boss, ada) = (master(&op).await, op.user("ada").await);
    person::grant_role(op.app.cx(), &Actor::operator(), How::Apply, (&ada.id, "admin")).await.unwrap();
    let path = format!("/users/{}", ada.id);
    assert_eq!(delete(&op, &boss, &format!("{path}/roles/admin")).await.status, 409);
    for step in ["suspend", "deactivate", "lock"] {
        assert_eq!(post(&op, &boss, &format!("{path}/{step}"), Value::Null).await.status, 409, "{step}");
    }
    assert_eq!(post(&op, &boss, &format!("{path}/delete"), Value::Null).await.status, 409);
    assert_eq!(get(&op, &boss, &path).await.json()["state"], "active");
    let berta = op.user("berta").await;
    put(&op, &boss, &format!("/users/{}/roles/admin", berta.id), Value::Null).await;
    assert_eq!(delete(&op, &boss, &format!("{path}/roles/admin")).await.status, 200);
}

#[actix_web::test]
async fn sessions_are_seen_and_ended_and_only_the_persons_own() {
    let op = Op::start().await;
    let boss = master(&op).await;
    let (ada, berta) = (op.user("ada").await, op.user("berta").await);
    sign_in(&mut Browser::new(&op), "ada").await;
    sign_in(&mut Browser::new(&op), "ada").await;
    sign_in(&mut Browser::new(&op), "berta").await;
    let sessions = |id: &str| format!("/users/{id}/sessions");
    let of_ada = get(&op, &boss, &sessions(ada.id.as_str())).await.json();
    assert_eq!(of_ada["items"].as_array().unwrap().len(), 2);
    assert!(!of_ada.to_string().contains("hash"), "{of_ada}");
    let of_berta = get(&op, &boss, &sessions(berta.id.as_str())).await.json();
    let other = of_berta["items"][0]["id"].as_str().unwrap();
    assert_eq!(delete(&op, &boss, &format!("/users/{}/sessions/{other}", ada.id)).await.status, 404);
    assert_eq!(get(&op, &boss, &sessions(berta.id.as_str())).await.json()["items"].as_array().unwrap().len(), 1);
    let own = of_ada["items"][0]["id"].as_str().unwrap();
    let ended = delete(&op, &boss, &format!("/users/{}/sessions/{own}", ada.id)).await;
    assert_eq!(ended.status, 200);
    let batch = BatchId::from(ended.header("signet-batch"));
    assert!(undo::undo(op.app.cx(), &Actor::operator(), How::Apply, &batch).await.is_err(), "nothing brings it back");
    assert_eq!(delete(&op, &boss, &sessions(ada.id.as_str())).await.status, 200);
    assert!(get(&op, &boss, &sessions(ada.id.as_str())).await.json()["items"].as_array().unwrap().is_empty());
}

#[actix_web::test]
async fn a_password_that_is_set_counts_and_ends_what_was_open() {
    let op = Op::start().await;
    let (boss, ada) = (master(&op).await, op.user("ada").await);
    sign_in(&mut Browser::new(&op), "ada").await;
    let path = format!("/users/{}", ada.id);
    for bad in [json!({ "password": "short" }), json!({ "password": PASSWORD, "phc": "x" }), json!({})] {
        assert_eq!(post(&op, &boss, &format!("{path}/password"), bad.clone()).await.status, 422, "{bad}");
    }
    let before = op.stored("ada").await;
    let preview =
        post(&op, &boss, &format!("{path}/password?preview=true"), json!({ "password": "another long one" })).await;
    assert_eq!((preview.status, op.stored("ada").await == before), (200, true));
    assert!(!preview.body.contains("another long one") && !preview.body.contains("argon2"), "{}", preview.body);
    let set =
        post(&op, &boss, &format!("{path}/password"), json!({ "password": "another long one", "must_change": true }))
            .await;
    assert_eq!(set.status, 200);
    assert_ne!(op.stored("ada").await, before);
    assert!(get(&op, &boss, &format!("{path}/sessions")).await.json()["items"].as_array().unwrap().is_empty());
    let told = get(&op, &boss, &format!("{path}/factors")).await;
    assert_eq!(told.json()["password"]["must_change"], true);
    assert!(!told.body.contains("$argon2id"), "{}", told.body);
}

#[actix_web::test]
async fn having_to_choose_a_password_is_taken_back() {
    let op = Op::start().await;
    let (boss, ada) = (master(&op).await, op.user("ada").await);
    let path = format!("/users/{}", ada.id);
    let must = async || get(&op, &boss, &format!("{path}/factors")).await.json()["password"]["must_change"].clone();
    let asked = post(&op, &boss, &format!("{path}/require-password-change"), Value::Null).await;
    assert_eq!((asked.status, must().await), (200, json!(true)));
    let batch = BatchId::from(asked.header("signet-batch"));
    undo::undo(op.app.cx(), &Actor::operator(), How::Apply, &batch).await.unwrap();
    assert_eq!(must().await, json!(false));
}

#[actix_web::test]
async fn factors_are_reset_and_the_person_is_told() {
    let op = Op::start().await;
    let boss = master(&op).await;
    with_app(&op, "ada").await;
    let ada = get(&op, &boss, "/users/ada").await.json()["id"].as_str().unwrap().to_owned();
    let path = format!("/users/{ada}");
    let held = get(&op, &boss, &format!("{path}/factors")).await.json();
    assert_eq!(held["factors"][0]["kind"], "totp");
    op.mails().await;
    assert_eq!(post(&op, &boss, &format!("{path}/reset-factors"), Value::Null).await.status, 200);
    assert!(get(&op, &boss, &format!("{path}/factors")).await.json()["factors"].as_array().unwrap().is_empty());
    assert_eq!(op.mails().await.len(), 1);
}

#[actix_web::test]
async fn whoever_holds_more_is_left_alone() {
    let op = Op::start().await;
    let helper = key(&op, &[Right::UsersRead, Right::UsersWrite]).await;
    let (root, _) = (op.user("root").await, op.user("ada").await);
    person::grant_role(op.app.cx(), &Actor::operator(), How::Apply, (&root.id, "admin")).await.unwrap();
    let path = format!("/users/{}", root.id);
    let before = op.stored("root").await;
    for (what, body) in [
        ("password", json!({ "password": "another long one" })),
        ("require-password-change", Value::Null),
        ("reset-factors", Value::Null),
        ("suspend", Value::Null),
        ("delete", Value::Null),
    ] {
        assert_eq!(post(&op, &helper, &format!("{path}/{what}"), body).await.status, 403, "{what}");
    }
    assert_eq!(delete(&op, &helper, &format!("{path}/sessions")).await.status, 403);
    assert_eq!(op.stored("root").await, before);
    let reader = key(&op, &[Right::UsersRead]).await;
    assert_eq!(delete(&op, &reader, &format!("{path}/sessions")).await.status, 403);
}

#[actix_web::test]
async fn kind_and_own_fields_are_noted_as_their_types() {
    let op = Op::with(crate::account::fields::company).await;
    let boss = master(&op).await;
    op.user("ada").await;
    let id = get(&op, &boss, "/users/ada").await.json()["id"].as_str().unwrap().to_owned();
    let path = format!("/users/{id}/fields");
    let note = json!({ "user_type": "guest", "fields": { "badge": 4711, "remote": false, "motto": "On" } });
    let done = patch(&op, &boss, &path, note).await;
    assert_eq!((done.status, &done.json()["user_type"]), (200, &json!("guest")), "{}", done.body);
    let seen = get(&op, &boss, &path).await;
    let fields = json!({ "badge": 4711, "remote": false, "motto": "On" });
    assert_eq!(seen.json(), json!({ "user_type": "guest", "fields": fields }));

    let less = patch(&op, &boss, &path, json!({ "fields": { "motto": null } })).await;
    assert_eq!(less.json()["user_type"], "guest", "what is not named stays");
    for wrong in [
        json!({ "user_type": "pirate" }),
        json!({ "fields": { "badge": "gold" } }),
        json!({ "fields": { "motto": ["On"] } }),
        json!({ "fields": { "shoe": 42 } }),
        json!({ "state": "active" }),
    ] {
        assert_eq!(patch(&op, &boss, &path, wrong.clone()).await.status, 422, "{wrong}");
    }
    let request = TestRequest::patch().uri(&format!("/api/v1{path}")).insert_header(("if-match", seen.header("etag")));
    let request = request.insert_header(("authorization", format!("Bearer {boss}")));
    assert_eq!(op.call(request.set_json(json!({ "fields": { "badge": 1 } }))).await.status, 412, "it changed since");
    let none = patch(&op, &boss, &path, json!({ "user_type": null })).await;
    assert_eq!(none.json()["user_type"], json!(null));
    assert_eq!(get(&op, &boss, &path).await.json()["fields"], json!({ "badge": 4711, "remote": false }));
}

#[actix_web::test]
async fn one_second_factor_is_taken_away() {
    let op = Op::start().await;
    let boss = master(&op).await;
    with_app(&op, "ada").await;
    let id = get(&op, &boss, "/users/ada").await.json()["id"].as_str().unwrap().to_owned();
    let factors = async || get(&op, &boss, &format!("/users/{id}/factors")).await.json()["factors"].clone();
    let path = format!("/users/{id}/factors/{}", factors().await[0]["id"].as_str().unwrap());
    let told = call(&op, &boss, (Method::DELETE, &format!("{path}?preview=true")), Value::Null).await.json();
    assert_eq!((&told["changes"][0]["final"], factors().await.as_array().unwrap().len()), (&json!(true), 1), "{told}");
    assert_eq!(call(&op, &boss, (Method::DELETE, &path), Value::Null).await.status, 200);
    assert_eq!(factors().await, json!([]));
    assert_eq!(call(&op, &boss, (Method::DELETE, &path), Value::Null).await.status, 404);
    let reader = key(&op, &[Right::UsersRead]).await;
    assert_eq!(call(&op, &reader, (Method::DELETE, &path), Value::Null).await.status, 403);
}
