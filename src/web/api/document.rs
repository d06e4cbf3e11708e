//! What the API says of itself (`OpenAPI` 3.1), written down beside the handlers.

use std::sync::LazyLock;

use actix_web::HttpResponse;
use serde_json::Value;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{Info, Server};
use utoipa::{Modify, OpenApi};

use super::{acts, api_keys, audit, clients, invitations, keys, refusals, roles, trials, users};
use crate::web::ctx::Ctx;

/// How callers say who they are.
struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let mut scheme = Http::new(HttpAuthScheme::Bearer);
        scheme.description = Some(
            "An API key (`sgt_key_…`), an access token with scopes as in `signet:users.read`, or a session token. The \
             rights that an operation takes stand beside it."
                .to_owned(),
        );
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("bearer", SecurityScheme::Http(scheme));
    }
}

#[derive(OpenApi)]
#[openapi(
    modifiers(&Bearer),
    paths(
        users::list,
        users::show,
        users::create,
        users::edit,
        users::step,
        roles::list,
        roles::show,
        roles::create,
        roles::edit,
        roles::delete,
        roles::holders,
        roles::permissions,
        roles::create_permission,
        roles::delete_permission,
        acts::list,
        acts::show,
        acts::undo,
        invitations::list,
        invitations::create,
        invitations::show,
        invitations::revoke,
        invitations::resend,
        audit::list,
        audit::show,
        audit::export,
        clients::list,
        clients::create,
        clients::show,
        clients::replace,
        clients::edit,
        clients::rotate_secret,
        clients::end_old_secret,
        clients::disable,
        clients::enable,
        clients::delete,
        clients::restore,
        clients::access,
        clients::withdraw,
        trials::dry_run,
        trials::self_test,
        trials::claims,
        refusals::list,
        refusals::show,
        keys::list,
        keys::rotate,
        keys::revoke,
        api_keys::list,
        api_keys::show,
        api_keys::create,
        api_keys::revoke,
    )
)]
struct Document;

static DOCUMENT: LazyLock<utoipa::openapi::OpenApi> = LazyLock::new(|| {
    let mut document = Document::openapi();
    document.info = Info::new("Signet", "1");
    document.info.description = Some("People, apps and who may do what, for programs.".to_owned());
    document
});

/// The same as the page shows it.
static JSON: LazyLock<Value> = LazyLock::new(|| serde_json::to_value(&*DOCUMENT).unwrap_or_default());

pub fn json() -> &'static Value {
    &JSON
}

/// The document; its server is this issuer.
pub async fn get(ctx: Ctx) -> HttpResponse {
    let mut document = DOCUMENT.clone();
    document.servers = Some(vec![Server::new(ctx.app.config.issuer.clone())]);
    HttpResponse::Ok().json(document)
}
