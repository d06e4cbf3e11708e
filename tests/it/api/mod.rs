//! The REST API.

mod audit;
mod auth;
mod bulk;
mod callers;
mod changes;
mod clients;
mod contract;
mod document;
mod edits;
mod guard;
mod invitations;
mod keys;
mod lattice;
mod matrix;
mod me;
mod members;
mod once;
mod people;
mod refusals;
mod roles;
mod sample;
mod selftest;
mod settings;
mod tenants;
mod trial;
mod undo;

use actix_web::http::Method;
use actix_web::test::TestRequest;
use serde_json::Value;
use signet::flow::admin::api_key::{self, New};
use signet::flow::admin::{Actor, How};
use signet::spec::right::{Right, Rights};

use crate::support::{Answer, Op};

pub use matrix::filled;

/// An API key with these rights.
pub async fn key(op: &Op, rights: &[Right]) -> String {
    let new = New { name: "Test".into(), rights: rights.iter().copied().collect::<Rights>(), ..New::default() };
    let made = api_key::create(op.app.cx(), &Actor::operator(), How::Apply, new).await.unwrap();
    made.value.1.reveal().to_owned()
}

/// A key that may do everything that a key can.
pub async fn master(op: &Op) -> String {
    let rights: Vec<Right> = Right::ALL.iter().copied().filter(|right| !right.is_own()).collect();
    key(op, &rights).await
}

/// A call with a bearer token; null for no body.
pub async fn call(op: &Op, token: &str, (method, path): (Method, &str), body: Value) -> Answer {
    let request = TestRequest::default().method(method).uri(&format!("/api/v1{path}"));
    let request = request.insert_header(("authorization", format!("Bearer {token}")));
    op.call(if body.is_null() { request } else { request.set_json(body) }).await
}

pub async fn get(op: &Op, token: &str, path: &str) -> Answer {
    call(op, token, (Method::GET, path), Value::Null).await
}

pub async fn post(op: &Op, token: &str, path: &str, body: Value) -> Answer {
    call(op, token, (Method::POST, path), body).await
}

pub async fn patch(op: &Op, token: &str, path: &str, body: Value) -> Answer {
    call(op, token, (Method::PATCH, path), body).await
}
