//! What the API says of itself (`OpenAPI` 3.1), written down beside the handlers. What all operations of a kind have in
//! common, their refusals and what their parameters may be, is added here once.

mod answers;
pub mod params;
mod shape;

use std::sync::LazyLock;

use actix_web::HttpResponse;
use serde_json::{Value, json};
use utoipa::openapi::Info;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};

use super::body::Preview;
use super::problem::Problem;
use super::{
    acts, api_keys, audit, auth, clients, invitations, jobs, keys, me, refusals, roles, settings, stats, trials, users,
};
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
    components(schemas(Preview, Problem)),
    paths(
        users::show,
        users::create,
        users::edit,
        users::put,
        users::search::list,
        users::search::search,
        users::steps::activate,
        users::steps::deactivate,
        users::steps::suspend,
        users::steps::lock,
        users::steps::unlock,
        users::steps::delete,
        users::steps::restore,
        users::access::roles,
        users::access::role,
        users::access::grant,
        users::access::revoke,
        users::access::sessions,
        users::access::end_sessions,
        users::access::end_session,
        users::access::consents,
        users::access::withdraw,
        users::access::activity,
        users::access::factors,
        users::access::reset_factors,
        users::noted::show,
        users::noted::note,
        users::noted::reset_factor,
        users::access::set_password,
        users::access::require_password_change,
        me::get,
        me::put,
        me::patch,
        me::get_profile,
        me::put_profile,
        me::patch_profile,
        me::password,
        me::kept::show,
        me::kept::begin,
        me::kept::fetch,
        me::kept::discard,
        me::kept::end,
        me::places::sessions,
        me::places::end_others,
        me::places::end_session,
        me::places::consents,
        me::places::withdraw,
        me::places::activity,
        me::places::preferences,
        me::places::prefer,
        me::places::factors,
        auth::login,
        auth::stay,
        auth::join::register,
        auth::join::verify,
        auth::join::resend,
        auth::second::send,
        auth::second::verify,
        auth::password::forgot,
        auth::password::reset,
        auth::password::another,
        auth::session::logout,
        auth::session::refresh,
        auth::mfa::set_up,
        auth::mfa::confirm,
        auth::mfa::disable,
        auth::mfa::backup_codes,
        roles::list,
        roles::show,
        roles::create,
        roles::edit,
        roles::delete,
        roles::holders,
        roles::permissions,
        roles::create_permission,
        roles::describe_permission,
        roles::delete_permission,
        acts::list,
        acts::show,
        acts::undo,
        invitations::list,
        invitations::create,
        invitations::show,
        invitations::revoke,
        invitations::resend,
        jobs::begin,
        jobs::invite,
        jobs::list,
        jobs::show,
        jobs::rows,
        jobs::stop,
        jobs::apply,
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
        settings::list,
        settings::show,
        settings::edit,
        stats::get,
        api_keys::list,
        api_keys::show,
        api_keys::create,
        api_keys::revoke,
    )
)]
struct Document;

/// The same as the page shows it.
static JSON: LazyLock<Value> = LazyLock::new(|| {
    let mut document = Document::openapi();
    document.info = Info::new("Signet", "1");
    document.info.description = Some("People, apps and who may do what, for programs.".to_owned());
    let mut document = serde_json::to_value(document).unwrap_or_default();
    complete(&mut document);
    document
});

/// Adds to each operation what follows from what it says of itself.
fn complete(document: &mut Value) {
    shape::write_out(document);
    let schemas = document["components"]["schemas"].clone();
    let paths = document["paths"].as_object_mut().into_iter().flatten();
    for (method, operation) in paths.flat_map(|(_, methods)| methods.as_object_mut().into_iter().flatten()) {
        params::complete(operation);
        if method == "patch" {
            shape::in_part(operation, &schemas);
        }
        answers::complete(method, operation);
    }
    document["components"]["responses"] = answers::refusals();
}

pub fn json() -> &'static Value {
    &JSON
}

/// The document; its server is this issuer.
pub async fn get(ctx: Ctx) -> HttpResponse {
    let mut document = JSON.clone();
    document["servers"] = json!([{ "url": ctx.app.config.issuer }]);
    HttpResponse::Ok().json(document)
}
