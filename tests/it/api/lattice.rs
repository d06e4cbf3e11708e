//! P-06: whatever people do with roles, permissions, keys, invitations and what was done before, nobody comes to hold
//! more than whoever did it; and nobody gets into an account that holds more than the own one.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};
use signet::flow::Result;
use signet::flow::admin::access::{self, Given, Then};
use signet::flow::admin::api_key::New as NewKey;
use signet::flow::admin::invite::New as Invited;
use signet::flow::admin::role::{self, Wanted};
use signet::flow::admin::{Actor, Done, How, api_key, invite, person, state, undo};
use signet::flow::user::New;
use signet::model::invitation::Details;
use signet::model::{BatchId, UserId};
use signet::spec::account_state::Step;
use signet::spec::right::{Right, Rights};

use super::{call, get, key, master, post};
use crate::support::{Op, PASSWORD};

const STEPS: usize = 800;

/// Numbers that look like chance, and are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 32) % sides as u64).unwrap()
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.roll(all.len())]
    }
}

struct World<'a> {
    op: &'a Op,
    people: Vec<UserId>,
    roles: Vec<String>,
    permissions: Vec<String>,
    acts: Vec<BatchId>,
    dice: Dice,
    done: BTreeMap<&'static str, usize>,
}

type Held = BTreeMap<UserId, (Rights, BTreeSet<String>)>;

impl World<'_> {
    async fn held(&self) -> Held {
        let mut held = Held::new();
        for id in &self.people {
            let actor = Actor::person(self.op.app.cx(), id).await.unwrap();
            held.insert(id.clone(), (actor.rights, actor.permissions.into_iter().collect()));
        }
        held
    }

    /// Some permissions, by name.
    fn some(&mut self) -> Vec<String> {
        let count = self.dice.roll(3);
        (0..count).map(|_| self.dice.pick(&self.permissions).clone()).collect()
    }

    fn keep<T>(&mut self, name: &'static str, done: Result<Done<T>>) -> Option<T> {
        let done = done.ok()?;
        *self.done.entry(name).or_default() += 1;
        self.acts.push(done.batch);
        Some(done.value)
    }

    /// Gives everybody what they begin with; much of it is lost on the way.
    async fn arm(&mut self) {
        let (cx, root) = (self.op.app.cx(), Actor::operator());
        for (name, permissions) in [
            ("smith", &["roles.read", "roles.write", "users.read", "users.write", "orders:read"][..]),
            ("clerk", &["users.read", "users.write", "api-keys.write", "orders:approve"]),
        ] {
            for name in permissions.iter().filter(|name| name.contains(':')) {
                role::create_permission(cx, &root, How::Apply, (name, "")).await.ok();
            }
            let permissions = permissions.iter().map(|name| (*name).to_owned()).collect();
            let wanted = Wanted { permissions, ..Wanted::default() };
            let made = match role::create(cx, &root, How::Apply, (name, &wanted)).await {
                Err(_) => role::edit(cx, &root, How::Apply, (name, &wanted), |_| Ok(())).await,
                made => made,
            };
            self.acts.push(made.unwrap().batch);
        }
        let begin: [&[&str]; 6] =
            [&["admin"], &["support"], &["moderator"], &["smith"], &["smith", "clerk"], &["clerk"]];
        for (id, roles) in self.people.clone().iter().zip(begin) {
            for role in roles {
                self.acts.push(person::grant_role(cx, &root, How::Apply, (id, role)).await.unwrap().batch);
            }
        }
    }

    /// Something that somebody tries.
    async fn step(&mut self, by: &Actor, before: &Held) {
        let who = self.dice.pick(&self.people).clone();
        match self.dice.roll(13) {
            way @ 0..6 => self.change_roles(by, way, &who).await,
            6..8 => {
                let id = self.dice.pick(&self.acts).clone();
                let done = undo::undo(self.op.app.cx(), by, How::Apply, &id).await;
                self.keep("undo", done);
            }
            8 => {
                let name = self.dice.pick(&self.permissions).clone();
                let done = role::delete_permission(self.op.app.cx(), by, How::Apply, &name).await;
                self.keep("delete permission", done);
            }
            9 => self.make_key(by).await,
            10 => self.make_person(by).await,
            _ => {
                let Some(id) = self.take_over(by, &who).await else { return };
                let (rights, names) = &before[&id];
                let may = by.rights.and(Rights::own()).cover(*rights);
                assert!(may, "{by:?} got into an account that holds {rights} {names:?}");
            }
        }
    }

    async fn change_roles(&mut self, by: &Actor, way: usize, who: &UserId) {
        let (cx, name) = (self.op.app.cx(), self.dice.pick(&self.roles).clone());
        let wanted = Wanted { permissions: self.some(), ..Wanted::default() };
        match way {
            0 => {
                let new = format!("role{}", self.roles.len());
                if self.keep("create", role::create(cx, by, How::Apply, (&new, &wanted)).await).is_some() {
                    self.roles.push(new);
                }
            }
            1 | 2 => {
                let done = role::edit(cx, by, How::Apply, (&name, &wanted), |_| Ok(())).await;
                self.keep("edit", done);
            }
            3 => {
                let done = person::revoke_role(cx, by, How::Apply, (who, &name)).await;
                self.keep("revoke", done);
            }
            4 => {
                let done = role::delete(cx, by, How::Apply, &name).await;
                self.keep("delete", done);
            }
            _ => {
                let done = person::grant_role(cx, by, How::Apply, (who, &name)).await;
                self.keep("grant", done);
            }
        }
    }

    async fn make_key(&mut self, by: &Actor) {
        let own: Vec<Right> = by.rights.beyond(Rights::own()).iter().collect();
        let right =
            *self.dice.pick(if self.acts.len().is_multiple_of(2) && !own.is_empty() { &own } else { Right::ALL });
        let new = NewKey { name: "Key".into(), rights: [right].into_iter().collect(), ..NewKey::default() };
        let done = api_key::create(self.op.app.cx(), by, How::Apply, new).await;
        let made = self.keep("key", done);
        assert!(made.is_none_or(|(row, _)| by.rights.cover(row.rights())), "a key for {right} by {by:?}");
    }

    async fn make_person(&mut self, by: &Actor) {
        let name = format!("person{}", self.people.len());
        let new = New {
            email: format!("{name}@example.com"),
            username: name,
            name: None,
            password: None,
            verified: true,
            roles: vec![self.dice.pick(&self.roles).clone()],
        };
        let done = person::create(self.op.app.cx(), by, How::Apply, new).await;
        if let Some(user) = self.keep("person", done) {
            self.people.push(user.id);
        }
    }

    /// What would let somebody into the account of somebody else.
    async fn take_over(&mut self, by: &Actor, who: &UserId) -> Option<UserId> {
        let cx = self.op.app.cx();
        let done = match self.dice.roll(4) {
            0 => {
                let set = (who, Given::Plain("a password that is set"), Then::Keep);
                access::set_password(cx, by, How::Apply, set).await.map(|done| done.batch)
            }
            1 => access::reset_factors(cx, by, How::Apply, who).await.map(|done| done.batch),
            2 => {
                let change = Map::from_iter([("email".to_owned(), json!(format!("{who}@evil.example")))]);
                person::edit(cx, by, How::Apply, who, (&change, |_| Ok(()))).await.map(|done| done.batch)
            }
            _ => state::step(cx, by, How::Apply, (who, Step::Unlock)).await.map(|done| done.batch),
        };
        let batch = done.ok()?;
        *self.done.entry("enter").or_default() += 1;
        self.acts.push(batch);
        (!by.is_person(who)).then(|| who.clone())
    }
}

#[actix_web::test]
async fn nobody_comes_to_hold_more_than_whoever_gave_it() {
    let op = Op::start().await;
    let (cx, root) = (op.app.cx(), Actor::operator());
    let mut world = World {
        op: &op,
        people: Vec::new(),
        roles: ["user", "moderator", "support", "admin", "smith", "clerk"].map(str::to_owned).to_vec(),
        permissions: Right::ALL.iter().map(|right| right.text().to_owned()).collect(),
        acts: Vec::new(),
        dice: Dice(0x9e37_79b9_7f4a_7c15),
        done: BTreeMap::new(),
    };
    world
        .permissions
        .extend(["admin:users", "admin:system", "write:all", "orders:approve", "orders:read"].map(str::to_owned));
    for _ in 0..7 {
        world.people.push(op.user(&format!("person{}", world.people.len())).await.id);
    }
    world.arm().await;
    // what the operator took away is tempting to bring back
    let fallen = world.people[6].clone();
    person::grant_role(cx, &root, How::Apply, (&fallen, "admin")).await.unwrap();
    world.acts.push(person::revoke_role(cx, &root, How::Apply, (&fallen, "admin")).await.unwrap().batch);

    for at in 0..STEPS {
        if at % 5 == 0 {
            world.arm().await;
        }
        let before = world.held().await;
        // the administrator only looks on; now and then it is somebody who has come on the way
        let among = if at % 10 == 0 { world.people.len() } else { 6 };
        let who = world.people[1 + world.dice.roll(among - 1)].clone();
        let by = Actor::person(cx, &who).await.unwrap();
        world.step(&by, &before).await;
        let named = Actor::person(cx, &who).await.unwrap().permissions;
        for (id, (rights, names)) in world.held().await {
            let (had, knew) = before.get(&id).cloned().unwrap_or((Rights::own(), BTreeSet::new()));
            let gained = rights.beyond(had).beyond(Rights::own());
            assert!(by.rights.cover(gained), "{id} has got {gained} by {by:?}");
            let new =
                names.difference(&knew).find(|name| Rights::of_permission(name).is_empty() && !named.contains(name));
            assert_eq!(new, None, "{id} by {by:?}");
        }
    }
    for name in ["create", "edit", "grant", "revoke", "delete", "undo", "key", "person", "enter"] {
        assert!(world.done.get(name).is_some_and(|count| *count > 0), "{name} never went well: {:?}", world.done);
    }
}

#[actix_web::test]
async fn support_helps_no_administrator_into_trouble() {
    let op = Op::start().await;
    let (boss, by) = (op.user("boss").await, Actor::operator());
    person::grant_role(op.app.cx(), &by, How::Apply, (&boss.id, "admin")).await.unwrap();
    let support = key(&op, &[Right::UsersRead, Right::UsersWrite, Right::InvitationsWrite, Right::RolesRead]).await;
    let path = format!("/users/{}", boss.id);
    let before = get(&op, &support, &path).await.body;
    for (way, body) in [
        ("password", json!({ "password": "a password that is set" })),
        ("require-password-change", Value::Null),
        ("reset-factors", Value::Null),
        ("suspend", Value::Null),
        ("lock", Value::Null),
        ("unlock", Value::Null),
        ("deactivate", Value::Null),
        ("delete", Value::Null),
    ] {
        let refused = post(&op, &support, &format!("{path}/{way}"), body).await;
        assert_eq!((refused.status, refused.json()["code"].as_str()), (403, Some("access_denied")), "{way}");
    }
    let token = super::auth::signed_in(&op, "boss").await;
    let sessions = get(&op, &support, &format!("{path}/sessions")).await.json();
    let session = sessions["items"][0]["id"].as_str().unwrap().to_owned();
    for gone in [format!("{path}/sessions"), format!("{path}/sessions/{session}")] {
        assert_eq!(
            call(&op, &support, (actix_web::http::Method::DELETE, &gone), Value::Null).await.status,
            403,
            "{gone}"
        );
    }
    assert_eq!(get(&op, &token, "/users/me").await.status, 200);
    let change = super::patch(&op, &support, &path, json!({ "email": "mallory@example.com" })).await;
    assert_eq!(change.status, 403);
    let named = |body: &str| serde_json::from_str::<Value>(body).unwrap()["email"].clone();
    assert_eq!(named(&get(&op, &support, &path).await.body), named(&before));
    let login = json!({ "username": "boss", "password": PASSWORD });
    assert_eq!(super::auth::post(&op, "/auth/login", login).await.status, 200, "the password is as it was");
}

#[actix_web::test]
async fn what_was_taken_away_comes_back_only_by_those_who_may_give_it() {
    let op = Op::start().await;
    let (cx, root) = (op.app.cx(), Actor::operator());
    let boss = master(&op).await;
    let (mallory, friend) = (op.user("mallory").await, op.user("friend").await);
    for name in ["chief", "clerk"] {
        let wanted = Wanted { permissions: vec!["roles.write".into(), "users.read".into()], ..Wanted::default() };
        role::create(cx, &root, How::Apply, (name, &wanted)).await.unwrap();
    }
    person::grant_role(cx, &root, How::Apply, (&mallory.id, "chief")).await.unwrap();
    role::create_permission(cx, &root, How::Apply, ("orders:approve", "")).await.unwrap();
    let by = Actor::person(cx, &mallory.id).await.unwrap();
    // a permission of apps, a role with its holders, a role of somebody, rights of a role, a key
    let more = |names: &[&str]| Wanted {
        permissions: names.iter().map(|name| (*name).to_owned()).collect(),
        ..Wanted::default()
    };
    role::edit(cx, &root, How::Apply, ("clerk", &more(&["orders:approve", "users.read"])), |_| Ok(())).await.unwrap();
    let permission = role::delete_permission(cx, &root, How::Apply, "orders:approve").await.unwrap().batch;
    role::create(cx, &root, How::Apply, ("keeper", &more(&["keys.write"]))).await.unwrap();
    person::grant_role(cx, &root, How::Apply, (&friend.id, "keeper")).await.unwrap();
    let role = role::delete(cx, &root, How::Apply, "keeper").await.unwrap().batch;
    person::grant_role(cx, &root, How::Apply, (&friend.id, "admin")).await.unwrap();
    person::grant_role(cx, &root, How::Apply, (&op.user("other").await.id, "admin")).await.unwrap();
    let admin = person::revoke_role(cx, &root, How::Apply, (&friend.id, "admin")).await.unwrap().batch;
    role::edit(cx, &root, How::Apply, ("clerk", &more(&["users.read", "settings.write"])), |_| Ok(())).await.unwrap();
    let rights = role::edit(cx, &root, How::Apply, ("clerk", &more(&["users.read"])), |_| Ok(())).await.unwrap().batch;
    let made = post(&op, &boss, "/api-keys", json!({ "name": "Strong", "rights": ["keys.write"] })).await.json();
    let gone = format!("/api-keys/{}", made["id"].as_str().unwrap());
    let gone = call(&op, &boss, (actix_web::http::Method::DELETE, &gone), Value::Null).await;
    let strong = BatchId::from(gone.header("signet-batch"));
    for (what, batch) in
        [("rights", &rights), ("permission", &permission), ("role", &role), ("admin", &admin), ("key", &strong)]
    {
        assert!(undo::undo(cx, &by, How::Apply, batch).await.is_err(), "{what}");
        undo::undo(cx, &root, How::Apply, batch).await.unwrap_or_else(|error| panic!("{what}: {error}"));
    }
    let invited = Invited {
        email: "eve@example.com".into(),
        details: Details { roles: vec!["admin".into()], ..Details::default() },
        client_id: None,
        ttl: None,
        locale: signet::locale::Locale::default(),
    };
    let host = Actor { rights: [Right::InvitationsWrite].into_iter().collect(), ..by };
    assert!(invite::create(cx, &host, How::Apply, invited).await.is_err());
}
