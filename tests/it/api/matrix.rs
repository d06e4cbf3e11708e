//! Every route of the API and everybody who may come: let in or refused as the table of routes says.

use std::time::Duration;

use actix_web::test::TestRequest;
use serde_json::json;
use signet::flow::admin::api_key::{self, New};
use signet::flow::admin::{Actor, How, person};
use signet::model::ApiKeyId;
use signet::spec::right::{Right, Rights};
use signet::web::routes::{Access, ROUTES, Route};

use super::auth::signed_in;
use super::{key, sample};
use crate::admin::relax;
use crate::support::{Answer, Op};

/// The routes that take a credential, each with its right.
fn guarded() -> impl Iterator<Item = (&'static Route, Option<Right>)> {
    let of_api = ROUTES.iter().filter(|route| route.path.starts_with("/api/v1/"));
    of_api.filter_map(|route| match route.access {
        Access::Right(right) => Some((route, Some(right))),
        Access::Caller => Some((route, None)),
        _ => None,
    })
}

/// A request that is complete, about things that there are not.
fn request(route: &Route, bearer: Option<&str>) -> TestRequest {
    sample::request(route, &filled(route.path, "nothing"), bearer)
}

/// A path with something in the place of its parts.
pub fn filled(path: &str, part: &str) -> String {
    let fill = |piece: &str| if piece.starts_with('{') { part.to_owned() } else { piece.to_owned() };
    path.split('/').map(fill).collect::<Vec<_>>().join("/")
}

fn is_turned_away(answer: &Answer) -> bool {
    answer.status == 403 && answer.json()["code"] == "insufficient_scope"
}

async fn generous() -> Op {
    Op::with(|config| {
        config.limits.api_rate = 1_000_000;
        config.limits.login_burst = 1_000_000;
        config.limits.login_per_minute = 1_000_000;
    })
    .await
}

fn all_but(right: Right) -> Vec<Right> {
    Right::ALL.iter().copied().filter(|other| *other != right && !other.is_own()).collect()
}

#[actix_web::test]
async fn a_credential_counts_or_is_refused_before_anything_else() {
    let op = generous().await;
    let neighbour = op.neighbour().await;
    neighbour.user("nina").await;
    let (now, by) = (op.app.clock.now(), Actor::operator());
    let new = |expires_at| New {
        name: "Key".into(),
        rights: all_but(Right::SelfRead).into_iter().collect(),
        expires_at,
        ..New::default()
    };
    let expired =
        api_key::create(op.app.cx(), &by, How::Apply, new(Some(now.plus(Duration::from_secs(1))))).await.unwrap();
    let (row, revoked) = api_key::create(op.app.cx(), &by, How::Apply, new(None)).await.unwrap().value;
    api_key::revoke(op.app.cx(), &by, How::Apply, &ApiKeyId::from(row.id.as_str())).await.unwrap();
    op.wait(Duration::from_secs(1));
    let bearers = [
        ("nobody", None),
        ("a guess", Some("guess".to_owned())),
        ("a key that was never made", Some(format!("sgt_key_{}", "x".repeat(43)))),
        ("a session that was never begun", Some("x".repeat(43))),
        ("an expired key", Some(expired.value.1.reveal().to_owned())),
        ("a revoked key", Some(revoked.reveal().to_owned())),
        ("a key of another tenant", Some(super::master(&neighbour).await)),
        ("a session of another tenant", Some(signed_in(&neighbour, "nina").await)),
    ];
    let ask = op.service().await;
    for (route, _) in guarded() {
        for (who, bearer) in &bearers {
            let answer = ask(request(route, bearer.as_deref())).await;
            assert_eq!(answer.status, 401, "{who}: {} {}: {}", route.method, route.path, answer.body);
            assert_eq!(answer.header("content-type"), "application/problem+json", "{who}: {}", route.path);
        }
        // whoever does not come in does not learn either what is wrong with the body
        let bare = TestRequest::default().method(route.method.clone()).uri(&filled(route.path, "nothing"));
        assert_eq!(ask(bare.set_payload("no JSON")).await.status, 401, "{} {}", route.method, route.path);
    }
}

#[actix_web::test]
async fn a_key_opens_the_routes_of_its_right_and_no_others() {
    let op = generous().await;
    let ask = op.service().await;
    for right in Right::ALL {
        let exact = if right.is_own() { None } else { Some(key(&op, &[*right]).await) };
        let others = key(&op, &all_but(*right)).await;
        for (route, _) in guarded().filter(|(_, needed)| *needed == Some(*right)) {
            let name = format!("{} {}", route.method, route.path);
            let refused = ask(request(route, Some(&others))).await;
            assert!(is_turned_away(&refused), "without {right}: {name}: {} {}", refused.status, refused.body);
            let Some(exact) = &exact else { continue };
            let answer = ask(request(route, Some(exact))).await;
            let needs_more = answer.status == 403 && answer.body.contains("this needs the right");
            assert!(
                answer.status != 401 && answer.status < 500,
                "with {right}: {name}: {} {}",
                answer.status,
                answer.body
            );
            // what it is about beside may take another right, which the refusal names
            assert!(
                !is_turned_away(&answer) || needs_more && !answer.body.contains(&format!("right {right}\"")),
                "{name}"
            );
        }
    }
}

#[actix_web::test]
async fn people_may_what_their_role_says() {
    let op = generous().await;
    relax(&op).await;
    let (by, ask) = (Actor::operator(), op.service().await);
    for role in ["user", "moderator", "support", "admin"] {
        let user = op.user(role).await;
        if role != "user" {
            person::grant_role(op.app.cx(), &by, How::Apply, (&user.id, role)).await.unwrap();
        }
        let rights = Actor::person(op.app.cx(), &user.id).await.unwrap().rights;
        assert!(rights.cover(Rights::own()), "{role}");
        let shared = signed_in(&op, role).await;
        let mut allowed = 0;
        for (at, (route, right)) in guarded().enumerate() {
            // what ends the own session or account is done by somebody who comes for nothing else
            let token = match right {
                Some(Right::SelfWrite) => {
                    let name = format!("{role}{at}");
                    op.user(&name).await;
                    signed_in(&op, &name).await
                }
                _ => shared.clone(),
            };
            let answer = ask(request(route, Some(&token))).await;
            let may = right.is_none_or(|right| rights.has(right));
            let name = format!("{role}: {} {}: {} {}", route.method, route.path, answer.status, answer.body);
            // a wrong code or password is another matter
            let proves = route.path.starts_with("/api/v1/auth/") || route.path.ends_with("/me/password");
            assert!(answer.status != 401 || proves, "{name}");
            assert_eq!(is_turned_away(&answer), !may, "{name}");
            assert!(answer.status < 500, "{name}");
            allowed += usize::from(may);
        }
        assert!(allowed > 20 && (role == "admin") == (allowed == guarded().count()), "{role}: {allowed}");
    }
}

/// Whoever makes another: only as much as the maker has, for no longer, and from nowhere else.
#[actix_web::test]
async fn a_key_makes_none_that_reaches_further() {
    let op = generous().await;
    let (now, by) = (op.app.clock.now(), Actor::operator());
    let end = now.plus(Duration::from_hours(1));
    let rights: Rights = [Right::ApiKeysWrite, Right::UsersRead].into_iter().collect();
    let new = New { name: "Bound".into(), rights, networks: vec!["127.0.0.0/8".into()], expires_at: Some(end) };
    let bound = api_key::create(op.app.cx(), &by, How::Apply, new).await.unwrap().value.1;
    let make = async |rights: &[&str], networks: &[&str], expires_at: Option<i64>| {
        let new = json!({ "name": "Other", "rights": rights, "networks": networks, "expires_at": expires_at });
        super::post(&op, bound.reveal(), "/api-keys", new).await.status
    };
    let soon = Some(end.0 - 1);
    assert_eq!(make(&["users.read"], &["127.0.0.1"], soon).await, 201);
    assert_eq!(make(&["users.read"], &["127.0.0.0/8"], Some(end.0)).await, 201);
    assert_eq!(make(&["users.write"], &["127.0.0.1"], soon).await, 403, "another right");
    assert_eq!(make(&["users.read"], &["127.0.0.1"], Some(end.0 + 1)).await, 403, "longer");
    assert_eq!(make(&["users.read"], &["127.0.0.1"], None).await, 403, "for ever");
    assert_eq!(make(&["users.read"], &[], soon).await, 403, "from everywhere");
    assert_eq!(make(&["users.read"], &["127.0.0.1", "192.0.2.1"], soon).await, 403, "from elsewhere");
    assert_eq!(make(&["users.read"], &["126.0.0.0/7"], soon).await, 403, "from more");
}
