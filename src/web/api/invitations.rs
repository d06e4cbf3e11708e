//! `/api/v1/invitations`: who may become a person here.

use std::time::Duration;

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::body::{Body, changed, created, shown};
use super::once::once;
use super::page::{List, Page, list as listed};
use super::{Api, ROOT};
use crate::base::time::Ts;
use crate::flow::admin::invite::{self, New};
use crate::flow::admin::wrong;
use crate::locale::Locale;
use crate::model;
use crate::model::InvitationId;
use crate::model::invitation::Details;
use crate::web::error::Error;

/// An invitation.
#[derive(Debug, Serialize, ToSchema)]
pub struct Invitation {
    pub id: String,
    pub email: String,
    pub name: Option<String>,
    pub roles: Vec<String>,
    pub user_type: Option<String>,
    pub client_id: Option<String>,
    /// open, accepted, revoked or expired
    pub state: String,
    /// Seconds since 1970
    pub created_at: i64,
    pub created_by: String,
    pub sent_at: i64,
    pub expires_at: i64,
    pub accepted_at: Option<i64>,
    /// Who came of it
    pub user_id: Option<String>,
}

/// An invitation to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewInvitation {
    pub email: String,
    pub name: Option<String>,
    #[serde(default)]
    pub roles: Vec<String>,
    pub user_type: Option<String>,
    /// The app in which the person arrives
    pub client_id: Option<String>,
    /// Seconds; without it as `registration.invitation_ttl` says
    pub expires_in: Option<u64>,
    /// The language of the letter
    pub locale: Option<String>,
}

fn view(now: Ts, row: &model::invitation::Invitation) -> Invitation {
    let Details { name, roles, user_type } = row.details().unwrap_or_default();
    Invitation {
        id: row.id.0.clone(),
        email: row.email.clone(),
        name,
        roles,
        user_type,
        client_id: row.client_id.as_ref().map(|id| id.0.clone()),
        state: row.state(now).to_string(),
        created_at: row.created_at.0,
        created_by: row.created_by.clone(),
        sent_at: row.sent_at.0,
        expires_at: row.expires_at.0,
        accepted_at: row.accepted_at.map(|at| at.0),
        user_id: row.user_id.as_ref().map(|id| id.0.clone()),
    }
}

/// Invitations, the oldest first.
#[utoipa::path(get, path = "/api/v1/invitations", tag = "invitations", operation_id = "list_invitations",
    params(("after" = Option<String>, Query), ("limit" = Option<i64>, Query)),
    responses((status = 200, body = List<Invitation>)), security(("bearer" = ["invitations.read"])))]
pub async fn list(api: Api) -> Result<HttpResponse, Error> {
    let (page, now) = (Page::of(&api)?, api.cx().now);
    let rows = invite::list(api.cx(), &api.caller.by, &page.after, page.rows()).await?;
    let id = |row: &model::invitation::Invitation| row.id.0.clone();
    Ok(listed(&api, &page, rows, (id, |row: &model::invitation::Invitation| view(now, row))))
}

/// One invitation.
#[utoipa::path(get, path = "/api/v1/invitations/{id}", tag = "invitations", operation_id = "show_invitation",
    params(("id" = String, Path)), responses((status = 200, body = Invitation)),
    security(("bearer" = ["invitations.read"])))]
pub async fn show(api: Api) -> Result<HttpResponse, Error> {
    let row = invite::show(api.cx(), &api.caller.by, &InvitationId::from(api.part("id"))).await?;
    Ok(shown(&view(api.cx().now, &row)))
}

/// Invites somebody by a letter.
#[utoipa::path(post, path = "/api/v1/invitations", tag = "invitations", operation_id = "create_invitation",
    params(("preview" = Option<bool>, Query), ("idempotency-key" = Option<String>, Header)),
    request_body = NewInvitation, responses((status = 201, body = Invitation)),
    security(("bearer" = ["invitations.write"])))]
pub async fn create(api: Api, Body(new): Body<NewInvitation>) -> Result<HttpResponse, Error> {
    once(&api, async || {
        let locale =
            new.locale.as_deref().map(|tag| Locale::wanted(tag).ok_or_else(|| wrong("locale", "no language of ours")));
        let new = New {
            email: new.email,
            details: Details { name: new.name, roles: new.roles, user_type: new.user_type },
            client_id: new.client_id.as_deref().map(Into::into),
            ttl: new.expires_in.map(Duration::from_secs),
            locale: locale.transpose()?.unwrap_or_default(),
        };
        let done = invite::create(api.cx(), &api.caller.by, api.how(), new).await?;
        let (at, now) = (|row: &model::invitation::Invitation| format!("{ROOT}/invitations/{}", row.id), api.cx().now);
        Ok(created(&api, &done, (at, |row: &model::invitation::Invitation| view(now, row))))
    })
    .await
}

/// Takes an invitation back.
#[utoipa::path(delete, path = "/api/v1/invitations/{id}", tag = "invitations", operation_id = "revoke_invitation",
    params(("id" = String, Path), ("preview" = Option<bool>, Query)), responses((status = 200, body = Invitation)),
    security(("bearer" = ["invitations.write"])))]
pub async fn revoke(api: Api) -> Result<HttpResponse, Error> {
    let (id, now) = (InvitationId::from(api.part("id")), api.cx().now);
    let done = invite::revoke(api.cx(), &api.caller.by, api.how(), &id).await?;
    Ok(changed(&api, &done, |row| view(now, row)))
}

/// Sends the letter again, in the same language, with another link.
#[utoipa::path(post, path = "/api/v1/invitations/{id}/resend", tag = "invitations",
    operation_id = "resend_invitation", params(("id" = String, Path), ("preview" = Option<bool>, Query)),
    responses((status = 200, body = Invitation)), security(("bearer" = ["invitations.write"])))]
pub async fn resend(api: Api) -> Result<HttpResponse, Error> {
    let (id, now) = (InvitationId::from(api.part("id")), api.cx().now);
    let done = invite::resend(api.cx(), &api.caller.by, api.how(), &id).await?;
    Ok(changed(&api, &done, |row| view(now, row)))
}
