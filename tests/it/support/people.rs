//! What an operator does with people, by their names.

use signet::app::Cx;
use signet::flow::Result;
use signet::flow::admin::access::{self, Given, Then};
use signet::flow::admin::attribute::{self, Wanted};
use signet::flow::admin::{Actor, How, person, state};
use signet::flow::user::New;
use signet::model::UserId;
use signet::model::user::User;
use signet::spec::account_state::Step;

async fn id(cx: Cx<'_>, name: &str) -> Result<UserId> {
    Ok(person::show(cx, &Actor::operator(), name).await?.user.id)
}

pub async fn create(cx: Cx<'_>, new: New) -> Result<User> {
    Ok(person::create(cx, &Actor::operator(), How::Apply, new).await?.value)
}

pub async fn step(cx: Cx<'_>, name: &str, step: Step) -> Result<User> {
    let id = id(cx, name).await?;
    Ok(state::step(cx, &Actor::operator(), How::Apply, (&id, step)).await?.value)
}

pub async fn set_enabled(cx: Cx<'_>, name: &str, enabled: bool) -> Result<User> {
    step(cx, name, if enabled { Step::Activate } else { Step::Deactivate }).await
}

pub async fn erase(cx: Cx<'_>, name: &str) -> Result<User> {
    let id = id(cx, name).await?;
    state::erase(cx, &Actor::operator(), &id).await
}

pub async fn set_password(cx: Cx<'_>, name: &str, given: Given<'_>, then: Then) -> Result<User> {
    let id = id(cx, name).await?;
    Ok(access::set_password(cx, &Actor::operator(), How::Apply, (&id, given, then)).await?.value)
}

pub async fn require_password_change(cx: Cx<'_>, name: &str) -> Result<User> {
    let id = id(cx, name).await?;
    Ok(access::require_password_change(cx, &Actor::operator(), How::Apply, &id).await?.value)
}

pub async fn reset_factors(cx: Cx<'_>, name: &str) -> Result<User> {
    let id = id(cx, name).await?;
    Ok(access::reset_factors(cx, &Actor::operator(), How::Apply, &id).await?.value)
}

async fn note(cx: Cx<'_>, name: &str, wanted: &Wanted<'_>) -> Result<User> {
    let id = id(cx, name).await?;
    Ok(attribute::set(cx, &Actor::operator(), How::Apply, &id, (wanted, |_: &User, _: &_| Ok(()))).await?.value)
}

pub async fn set_kind(cx: Cx<'_>, name: &str, kind: Option<&str>) -> Result<User> {
    note(cx, name, &Wanted::kind(kind)).await
}

pub async fn set_field(cx: Cx<'_>, name: &str, (field, typed): (&str, Option<&str>)) -> Result<User> {
    note(cx, name, &Wanted::field(field, typed)).await
}
