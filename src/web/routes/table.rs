//! The table. Rows of one kind share what they have in common.

use actix_web::http::Method;
use actix_web::web::{self, ServiceConfig};

use super::{Access, Cache, Capacity, Cors, Csrf, Face, Route, accepts};
use crate::spec::check::Endpoint;
use crate::spec::paths;
use crate::spec::right::Right;
use crate::web::{admin, api, health, oauth, page};

/// A row of the API: it is called with credentials that no browser adds by itself.
const fn of_api(method: Method, path: &'static str, access: Access) -> Route {
    let csrf = if matches!(method, Method::GET) { Csrf::Reads } else { Csrf::NoCookie };
    Route {
        method,
        path,
        endpoint: Endpoint::Api,
        access,
        csrf,
        face: Face::Problem,
        cache: Cache::Never,
        cors: Cors::Open,
        capacity: Capacity::Counted,
    }
}

/// A page of the console.
const fn of_console(method: Method, path: &'static str, right: Right) -> Route {
    let csrf = if matches!(method, Method::GET) { Csrf::Reads } else { Csrf::Token };
    Route {
        method,
        path,
        endpoint: Endpoint::Admin,
        access: Access::Admin(right),
        csrf,
        face: Face::Page,
        cache: Cache::Never,
        cors: Cors::Closed,
        capacity: Capacity::Counted,
    }
}

fn route(method: Method) -> actix_web::Route {
    web::route().guard(accepts(method))
}

macro_rules! routes {
    (
        pages {
            $($method:ident $path:expr => $handler:path, $endpoint:ident, $access:ident, $csrf:ident, $face:ident,
              $cache:ident, $cors:ident, $capacity:ident;)+
        }
        admin { $($admin_method:ident $admin_path:literal => $admin_handler:path, $admin_right:ident;)+ }
        open { $($open_method:ident $open_path:literal => $open_handler:path;)+ }
        callers { $($own_method:ident $own_path:literal => $own_handler:path;)+ }
        api { $($api_method:ident $api_path:literal => $api_handler:path, $right:ident;)+ }
    ) => {
        pub const ROUTES: &[Route] = &[
            $(Route {
                method: Method::$method,
                path: $path,
                endpoint: Endpoint::$endpoint,
                access: Access::$access,
                csrf: Csrf::$csrf,
                face: Face::$face,
                cache: Cache::$cache,
                cors: Cors::$cors,
                capacity: Capacity::$capacity,
            },)+
            $(of_console(Method::$admin_method, concat!("/admin", $admin_path), Right::$admin_right),)+
            $(of_api(Method::$open_method, concat!("/api/v1", $open_path), Access::Anyone),)+
            $(of_api(Method::$own_method, concat!("/api/v1", $own_path), Access::Caller),)+
            $(of_api(Method::$api_method, concat!("/api/v1", $api_path), Access::Right(Right::$right)),)+
        ];

        pub fn mount(config: &mut ServiceConfig) {
            $(config.route($path, route(Method::$method).to($handler));)+
            $(config.route(concat!("/admin", $admin_path), route(Method::$admin_method).to($admin_handler));)+
            $(config.route(concat!("/api/v1", $open_path), route(Method::$open_method).to($open_handler));)+
            $(config.route(concat!("/api/v1", $own_path), route(Method::$own_method).to($own_handler));)+
            $(config.route(concat!("/api/v1", $api_path), route(Method::$api_method).to($api_handler));)+
        }
    };
}

routes! {
    pages {
        GET  paths::DISCOVERY  => oauth::documents::discovery, Other, Anyone, Reads, Json, Handler, Open, Always;
        GET  paths::METADATA   => oauth::documents::discovery, Other, Anyone, Reads, Json, Handler, Open, Always;
        GET  paths::JWKS       => oauth::documents::jwks, Other, Anyone, Reads, Json, Handler, Open, Always;
        GET  paths::AUTHORIZE  => oauth::authorize::get, Authorize, Anyone, Reads, Page, Never, Closed, Counted;
        POST paths::AUTHORIZE  => oauth::authorize::post, Authorize, Anyone, NoCookie, Page, Never, Closed, Counted;
        POST paths::TOKEN      => oauth::token::post, Token, Client, NoCookie, Json, Never, Open, Counted;
        GET  paths::USERINFO   => oauth::userinfo::get, Userinfo, Bearer, Reads, Bearer, Never, Open, Counted;
        POST paths::USERINFO   => oauth::userinfo::post, Userinfo, Bearer, NoCookie, Bearer, Never, Open, Counted;
        POST paths::INTROSPECT => oauth::token::introspect, Introspect, Client, NoCookie, Json, Never, Closed, Counted;
        POST paths::REVOKE     => oauth::token::revoke, Revoke, Client, NoCookie, Json, Never, Open, Counted;
        GET  paths::HOME       => page::home::get, Other, Session, Reads, Page, Never, Closed, Counted;
        GET  paths::ACCOUNT    => page::home::redirect, Account, Session, Reads, Page, Never, Closed, Counted;
        GET  paths::SESSIONS   => page::account::sessions::get, Account, Session, Reads, Page, Never, Closed, Counted;
        POST paths::SESSIONS   => page::account::sessions::post, Account, Session, Token, Page, Never, Closed, Counted;
        GET  paths::APPS       => page::account::apps::get, Account, Session, Reads, Page, Never, Closed, Counted;
        POST paths::APPS       => page::account::apps::post, Account, Session, Token, Page, Never, Closed, Counted;
        GET  paths::ACTIVITY   => page::account::activity::get, Account, Session, Reads, Page, Never, Closed, Counted;
        GET  paths::PROFILE    => page::account::profile::get, Account, Session, Reads, Page, Never, Closed, Counted;
        POST paths::PROFILE    => page::account::profile::post, Account, Session, Token, Page, Never, Closed, Counted;
        GET  paths::PREFERENCES => page::account::preferences::get, Account, Session, Reads, Page, Never, Closed, Counted;
        POST paths::PREFERENCES => page::account::preferences::post, Account, Session, Token, Page, Never, Closed, Counted;
        GET  paths::EMAIL      => page::account::email::get, Account, Fresh, Reads, Page, Never, Closed, Counted;
        POST paths::EMAIL      => page::account::email::post, Account, Fresh, Token, Page, Never, Closed, Counted;
        GET  paths::PHONE      => page::account::phone::get, Account, Fresh, Reads, Page, Never, Closed, Counted;
        POST paths::PHONE      => page::account::phone::post, Account, Fresh, Token, Page, Never, Closed, Counted;
        GET  paths::PASSWORD   => page::account::password::get, Account, Fresh, Reads, Page, Never, Closed, Counted;
        POST paths::PASSWORD   => page::account::password::post, Account, Fresh, Token, Page, Never, Closed, Counted;
        GET  paths::PRIVACY    => page::account::privacy::get, Account, Fresh, Reads, Page, Never, Closed, Counted;
        POST paths::PRIVACY    => page::account::privacy::post, Account, Fresh, Token, Page, Never, Closed, Counted;
        GET  paths::EXPORT     => page::account::privacy::get_export, Account, Fresh, Reads, Page, Never, Closed, Counted;
        GET  paths::API        => page::api::get, Other, Anyone, Reads, Page, Never, Closed, Counted;
        GET  paths::LOGIN      => page::login::get, Login, Anyone, Reads, Page, Never, Closed, Counted;
        POST paths::LOGIN      => page::login::post, Login, Anyone, Token, Page, Never, Closed, Counted;
        GET  paths::LOGIN_CODE => page::login_code::get, Login, Anyone, Reads, Page, Never, Closed, Counted;
        POST paths::LOGIN_CODE => page::login_code::post, Login, Anyone, Token, Page, Never, Closed, Counted;
        GET  paths::SIGN_UP    => page::signup::get, SignUp, Anyone, Reads, Page, Never, Closed, Counted;
        POST paths::SIGN_UP    => page::signup::post, SignUp, Anyone, Token, Page, Never, Closed, Counted;
        GET  paths::VERIFY     => page::signup::get_verify, SignUp, Anyone, Reads, Page, Never, Closed, Counted;
        POST paths::VERIFY     => page::signup::post_verify, SignUp, Anyone, Token, Page, Never, Closed, Counted;
        GET  paths::INVITATION => page::invited::get, SignUp, Anyone, Reads, Page, Never, Closed, Counted;
        POST paths::INVITATION => page::invited::post, SignUp, Anyone, Token, Page, Never, Closed, Counted;
        GET  paths::FORGOT     => page::recover::get, Recover, Anyone, Reads, Page, Never, Closed, Counted;
        POST paths::FORGOT     => page::recover::post, Recover, Anyone, Token, Page, Never, Closed, Counted;
        GET  paths::RESET      => page::recover::get_reset, Recover, Anyone, Reads, Page, Never, Closed, Counted;
        POST paths::RESET      => page::recover::post_reset, Recover, Anyone, Token, Page, Never, Closed, Counted;
        GET  paths::UNLOCK     => page::unlock::get, Recover, Anyone, Reads, Page, Never, Closed, Counted;
        POST paths::UNLOCK     => page::unlock::post, Recover, Anyone, Token, Page, Never, Closed, Counted;
        GET  paths::CONSENT    => page::consent::get, Consent, Session, Reads, Page, Never, Closed, Counted;
        POST paths::CONSENT    => page::consent::post, Consent, Session, Token, Page, Never, Closed, Counted;
        GET  paths::MFA        => page::mfa::get, Login, Anyone, Reads, Page, Never, Closed, Counted;
        POST paths::MFA        => page::mfa::post, Login, Anyone, Token, Page, Never, Closed, Counted;
        GET  paths::LOST       => page::lost::get, Login, Anyone, Reads, Page, Never, Closed, Counted;
        POST paths::LOST       => page::lost::post, Login, Anyone, Token, Page, Never, Closed, Counted;
        GET  paths::NEW_PASSWORD => page::renew::get, Login, Anyone, Reads, Page, Never, Closed, Counted;
        POST paths::NEW_PASSWORD => page::renew::post, Login, Anyone, Token, Page, Never, Closed, Counted;
        GET  paths::SECURITY   => page::security::get, Other, Fresh, Reads, Page, Never, Closed, Counted;
        GET  paths::START      => page::start::get, Account, Session, Reads, Page, Never, Closed, Counted;
        POST paths::START      => page::start::post, Account, Session, Token, Page, Never, Closed, Counted;
        GET  paths::TOTP       => page::security::get_totp, Other, Fresh, Reads, Page, Never, Closed, Counted;
        POST paths::TOTP       => page::security::post_totp, Other, Fresh, Token, Page, Never, Closed, Counted;
        GET  paths::PASSKEY    => page::passkey::get, Other, Fresh, Reads, Page, Never, Closed, Counted;
        POST paths::PASSKEY    => page::passkey::post, Other, Fresh, Token, Page, Never, Closed, Counted;
        POST paths::PASSKEY_LOGIN => page::passkey::post_login, Login, Anyone, Token, Page, Never, Closed, Counted;
        POST paths::PASSKEY_OPTIONS => page::passkey::post_options, Login, Anyone, Token, Json, Never, Closed, Counted;
        POST paths::BACKUP_CODES => page::security::post_codes, Other, Fresh, Token, Page, Never, Closed, Counted;
        POST paths::FACTOR     => page::security::post_factor, Other, Fresh, Token, Page, Never, Closed, Counted;
        GET  paths::LEAVING    => page::leaving::get, Login, Anyone, Reads, Page, Never, Closed, Counted;
        POST paths::LEAVING    => page::leaving::post, Login, Anyone, Token, Page, Never, Closed, Counted;
        POST paths::LOGOUT     => page::logout::post, Other, Anyone, Token, Page, Never, Closed, Counted;
        GET  paths::SIGNED_OUT => page::logout::get, Other, Anyone, Reads, Page, Never, Closed, Counted;
        GET  paths::SETUP      => page::setup::get, Setup, SetupLink, Reads, Page, Never, Closed, Counted;
        POST paths::SETUP      => page::setup::post, Setup, SetupLink, Token, Page, Never, Closed, Counted;
        POST paths::OWN_PICTURE => page::picture::post, Account, Session, Token, Page, Never, Closed, Counted;
        GET  paths::PICTURE    => page::picture::get, Other, Anyone, Reads, Page, Handler, Closed, Counted;
        GET  paths::LOGO       => page::logo::get, Other, Anyone, Reads, Page, Handler, Closed, Counted;
        GET  paths::STATIC     => page::files::get, Other, Anyone, Reads, Page, Handler, Closed, Always;
        GET  paths::ADMIN      => admin::overview::get, Admin, Console, Reads, Page, Never, Closed, Counted;
        POST paths::UNDO       => admin::changes::undo, Admin, Console, Token, Page, Never, Closed, Counted;
        GET  "/admin/jobs"     => admin::jobs::list, Admin, Console, Reads, Page, Never, Closed, Counted;
        GET  "/admin/jobs/{id}" => admin::jobs::get, Admin, Console, Reads, Page, Never, Closed, Counted;
        POST "/admin/jobs/{id}/stop" => admin::jobs::stop, Admin, Console, Token, Page, Never, Closed, Counted;
        GET  paths::HEALTHZ    => health::healthz, Other, Anyone, Reads, Json, Never, Closed, Always;
        GET  paths::READYZ     => health::readyz, Other, Anyone, Reads, Json, Never, Closed, Always;
    }
    // fixed paths stand before those with parts that vary
    admin {
        GET  "/people" => admin::people::list, UsersRead;
        GET  "/people/new" => admin::people::get_new, UsersWrite;
        POST "/people/new" => admin::people::create, UsersWrite;
        GET  "/people/bulk" => admin::bulk::get, UsersRead;
        POST "/people/bulk" => admin::bulk::post, UsersRead;
        GET  "/people/import" => admin::import::get, InvitationsWrite;
        POST "/people/import" => admin::import::post, InvitationsWrite;
        GET  "/people/{id}" => admin::person::get, UsersRead;
        POST "/people/{id}" => admin::person::edit, UsersWrite;
        POST "/people/{id}/state" => admin::person::step, UsersWrite;
        POST "/people/{id}/roles" => admin::person::roles, RolesWrite;
        POST "/people/{id}/noted" => admin::person::note, UsersWrite;
        GET  "/people/{id}/factors" => admin::person::factors::get, UsersRead;
        POST "/people/{id}/factors" => admin::person::factors::post, UsersWrite;
        GET  "/people/{id}/sessions" => admin::person::sessions::get, UsersRead;
        POST "/people/{id}/sessions" => admin::person::sessions::post, UsersWrite;
        GET  "/people/{id}/apps" => admin::person::apps::get, UsersRead;
        POST "/people/{id}/apps" => admin::person::apps::post, UsersWrite;
        GET  "/people/{id}/activity" => admin::person::activity::get, UsersRead;
        GET  "/people/{id}/claims" => admin::person::claims::get, UsersRead;
        GET  "/invitations" => admin::invitations::list, InvitationsRead;
        GET  "/invitations/new" => admin::invitations::get_new, InvitationsWrite;
        POST "/invitations/new" => admin::invitations::create, InvitationsWrite;
        POST "/invitations/{id}/resend" => admin::invitations::resend, InvitationsWrite;
        POST "/invitations/{id}/revoke" => admin::invitations::revoke, InvitationsWrite;
        GET  "/roles" => admin::roles::list, RolesRead;
        GET  "/roles/new" => admin::roles::get_new, RolesWrite;
        POST "/roles/new" => admin::roles::create, RolesWrite;
        GET  "/roles/{name}" => admin::roles::get, RolesRead;
        POST "/roles/{name}" => admin::roles::edit, RolesWrite;
        POST "/roles/{name}/delete" => admin::roles::delete, RolesWrite;
        GET  "/apps" => admin::apps::list, ClientsRead;
        GET  "/apps/new" => admin::apps::get_new, ClientsWrite;
        POST "/apps/new" => admin::apps::create, ClientsWrite;
        GET  "/apps/{id}" => admin::app::get, ClientsRead;
        POST "/apps/{id}" => admin::app::edit, ClientsWrite;
        POST "/apps/{id}/state" => admin::app::step, ClientsWrite;
        POST "/apps/{id}/secret" => admin::app::secret, ClientsWrite;
        POST "/apps/{id}/access" => admin::app::withdraw, ClientsWrite;
        POST "/apps/{id}/test" => admin::app::test, ClientsWrite;
        GET  "/refusals" => admin::refusals::list, ClientsRead;
        GET  "/refusals/{id}" => admin::refusals::get, ClientsRead;
        GET  "/trial" => admin::trial::get, ClientsRead;
        GET  "/permissions" => admin::permissions::list, RolesRead;
        POST "/permissions" => admin::permissions::create, RolesWrite;
        GET  "/permissions/{name}" => admin::permissions::get, RolesRead;
        POST "/permissions/{name}" => admin::permissions::edit, RolesWrite;
        POST "/permissions/{name}/delete" => admin::permissions::delete, RolesWrite;
        GET  "/keys" => admin::keys::list, KeysRead;
        POST "/keys/rotate" => admin::keys::rotate, KeysWrite;
        POST "/keys/{id}/retire" => admin::keys::retire, KeysWrite;
        POST "/jobs/{id}/apply" => admin::jobs::apply, InvitationsWrite;
        GET  "/audit" => admin::audit::list, AuditRead;
        GET  "/audit/{id}" => admin::audit::get, AuditRead;
        GET  "/changes" => admin::changes::list, AuditRead;
        GET  "/changes/{id}" => admin::changes::get, AuditRead;
        GET  "/api-keys" => admin::api_keys::list, ApiKeysRead;
        GET  "/api-keys/new" => admin::api_keys::get_new, ApiKeysWrite;
        POST "/api-keys/new" => admin::api_keys::create, ApiKeysWrite;
        POST "/api-keys/{id}/revoke" => admin::api_keys::revoke, ApiKeysWrite;
        GET  "/settings" => admin::settings::get, SettingsRead;
        POST "/settings/logo" => admin::settings::logo, SettingsWrite;
        POST "/settings/reset" => admin::settings::reset, SettingsWrite;
        POST "/settings/{name}" => admin::settings::edit, SettingsWrite;
    }
    // anybody may call these
    open {
        GET    "/openapi.json" => api::document::get;
        POST   "/auth/register" => api::auth::join::register;
        POST   "/auth/verify-email" => api::auth::join::verify;
        POST   "/auth/resend" => api::auth::join::resend;
        POST   "/auth/login" => api::auth::login;
        POST   "/auth/keep" => api::auth::stay;
        POST   "/auth/2fa/send" => api::auth::second::send;
        POST   "/auth/2fa/verify" => api::auth::second::verify;
        POST   "/auth/new-password" => api::auth::password::another;
        POST   "/auth/forgot-password" => api::auth::password::forgot;
        POST   "/auth/reset-password" => api::auth::password::reset;
    }
    // whoever comes with a credential; what it takes depends on what is asked for
    callers {
        POST   "/changes/{id}/undo" => api::acts::undo;
        POST   "/users/bulk-operation" => api::jobs::begin;
        GET    "/jobs" => api::jobs::list;
        GET    "/jobs/{id}" => api::jobs::show;
        GET    "/jobs/{id}/rows" => api::jobs::rows;
        POST   "/jobs/{id}/stop" => api::jobs::stop;
    }
    // fixed paths stand before those with parts that vary
    api {
        POST   "/auth/logout" => api::auth::session::logout, SelfWrite;
        POST   "/auth/refresh" => api::auth::session::refresh, SelfWrite;
        POST   "/auth/mfa/setup" => api::auth::mfa::set_up, SelfWrite;
        POST   "/auth/mfa/confirm" => api::auth::mfa::confirm, SelfWrite;
        POST   "/auth/mfa/disable" => api::auth::mfa::disable, SelfWrite;
        POST   "/auth/mfa/backup-codes" => api::auth::mfa::backup_codes, SelfWrite;
        GET    "/users" => api::users::search::list, UsersRead;
        POST   "/users" => api::users::create, UsersWrite;
        POST   "/users/search" => api::users::search::search, UsersRead;
        GET    "/users/me" => api::me::get, SelfRead;
        PUT    "/users/me" => api::me::put, SelfWrite;
        PATCH  "/users/me" => api::me::patch, SelfWrite;
        DELETE "/users/me" => api::me::kept::end, SelfWrite;
        GET    "/users/profile" => api::me::get_profile, SelfRead;
        PUT    "/users/profile" => api::me::put_profile, SelfWrite;
        PATCH  "/users/profile" => api::me::patch_profile, SelfWrite;
        POST   "/users/me/password" => api::me::password, SelfWrite;
        GET    "/users/me/sessions" => api::me::places::sessions, SelfRead;
        DELETE "/users/me/sessions" => api::me::places::end_others, SelfWrite;
        DELETE "/users/me/sessions/{session}" => api::me::places::end_session, SelfWrite;
        GET    "/users/me/consents" => api::me::places::consents, SelfRead;
        DELETE "/users/me/consents/{client}" => api::me::places::withdraw, SelfWrite;
        GET    "/users/me/activity" => api::me::places::activity, SelfRead;
        GET    "/users/me/factors" => api::me::places::factors, SelfRead;
        GET    "/users/me/preferences" => api::me::places::preferences, SelfRead;
        PATCH  "/users/me/preferences" => api::me::places::prefer, SelfWrite;
        GET    "/users/me/export" => api::me::kept::show, SelfRead;
        POST   "/users/me/export" => api::me::kept::begin, SelfWrite;
        DELETE "/users/me/export" => api::me::kept::discard, SelfWrite;
        GET    "/users/me/export/file" => api::me::kept::fetch, SelfRead;
        GET    "/users/{id}" => api::users::show, UsersRead;
        PUT    "/users/{id}" => api::users::put, UsersWrite;
        PATCH  "/users/{id}" => api::users::edit, UsersWrite;
        POST   "/users/{id}/activate" => api::users::steps::activate, UsersWrite;
        POST   "/users/{id}/deactivate" => api::users::steps::deactivate, UsersWrite;
        POST   "/users/{id}/suspend" => api::users::steps::suspend, UsersWrite;
        POST   "/users/{id}/lock" => api::users::steps::lock, UsersWrite;
        POST   "/users/{id}/unlock" => api::users::steps::unlock, UsersWrite;
        POST   "/users/{id}/delete" => api::users::steps::delete, UsersWrite;
        POST   "/users/{id}/restore" => api::users::steps::restore, UsersWrite;
        POST   "/users/{id}/password" => api::users::access::set_password, UsersWrite;
        POST   "/users/{id}/require-password-change" => api::users::access::require_password_change, UsersWrite;
        POST   "/users/{id}/reset-factors" => api::users::access::reset_factors, UsersWrite;
        GET    "/users/{id}/factors" => api::users::access::factors, UsersRead;
        DELETE "/users/{id}/factors/{factor}" => api::users::noted::reset_factor, UsersWrite;
        GET    "/users/{id}/fields" => api::users::noted::show, UsersRead;
        PATCH  "/users/{id}/fields" => api::users::noted::note, UsersWrite;
        GET    "/users/{id}/activity" => api::users::access::activity, UsersRead;
        GET    "/users/{id}/roles" => api::users::access::roles, UsersRead;
        GET    "/users/{id}/roles/{role}" => api::users::access::role, UsersRead;
        PUT    "/users/{id}/roles/{role}" => api::users::access::grant, RolesWrite;
        DELETE "/users/{id}/roles/{role}" => api::users::access::revoke, RolesWrite;
        GET    "/users/{id}/sessions" => api::users::access::sessions, UsersRead;
        DELETE "/users/{id}/sessions" => api::users::access::end_sessions, UsersWrite;
        DELETE "/users/{id}/sessions/{session}" => api::users::access::end_session, UsersWrite;
        GET    "/users/{id}/consents" => api::users::access::consents, UsersRead;
        DELETE "/users/{id}/consents/{client}" => api::users::access::withdraw, UsersWrite;
        GET    "/roles" => api::roles::list, RolesRead;
        POST   "/roles" => api::roles::create, RolesWrite;
        GET    "/roles/{name}" => api::roles::show, RolesRead;
        PUT    "/roles/{name}" => api::roles::edit, RolesWrite;
        DELETE "/roles/{name}" => api::roles::delete, RolesWrite;
        GET    "/roles/{name}/users" => api::roles::holders, RolesRead;
        GET    "/permissions" => api::roles::permissions, RolesRead;
        POST   "/permissions" => api::roles::create_permission, RolesWrite;
        PATCH  "/permissions/{name}" => api::roles::describe_permission, RolesWrite;
        DELETE "/permissions/{name}" => api::roles::delete_permission, RolesWrite;
        GET    "/changes" => api::acts::list, AuditRead;
        GET    "/changes/{id}" => api::acts::show, AuditRead;
        GET    "/invitations" => api::invitations::list, InvitationsRead;
        POST   "/invitations" => api::invitations::create, InvitationsWrite;
        POST   "/invitations/bulk" => api::jobs::invite, InvitationsWrite;
        POST   "/jobs/{id}/apply" => api::jobs::apply, InvitationsWrite;
        GET    "/invitations/{id}" => api::invitations::show, InvitationsRead;
        DELETE "/invitations/{id}" => api::invitations::revoke, InvitationsWrite;
        POST   "/invitations/{id}/resend" => api::invitations::resend, InvitationsWrite;
        GET    "/audit" => api::audit::list, AuditRead;
        GET    "/audit/export" => api::audit::export, AuditRead;
        GET    "/audit/{id}" => api::audit::show, AuditRead;
        GET    "/clients" => api::clients::list, ClientsRead;
        POST   "/clients" => api::clients::create, ClientsWrite;
        GET    "/clients/{id}" => api::clients::show, ClientsRead;
        PUT    "/clients/{id}" => api::clients::replace, ClientsWrite;
        PATCH  "/clients/{id}" => api::clients::edit, ClientsWrite;
        DELETE "/clients/{id}" => api::clients::delete, ClientsWrite;
        POST   "/clients/{id}/restore" => api::clients::restore, ClientsWrite;
        POST   "/clients/{id}/disable" => api::clients::disable, ClientsWrite;
        POST   "/clients/{id}/enable" => api::clients::enable, ClientsWrite;
        POST   "/clients/{id}/rotate-secret" => api::clients::rotate_secret, ClientsWrite;
        DELETE "/clients/{id}/old-secret" => api::clients::end_old_secret, ClientsWrite;
        GET    "/clients/{id}/access" => api::clients::access, ClientsRead;
        DELETE "/clients/{id}/access" => api::clients::withdraw, ClientsWrite;
        POST   "/clients/{id}/dry-run" => api::trials::dry_run, ClientsRead;
        POST   "/clients/{id}/self-test" => api::trials::self_test, ClientsWrite;
        GET    "/users/{id}/claims" => api::trials::claims, UsersRead;
        GET    "/refusals" => api::refusals::list, ClientsRead;
        GET    "/refusals/{reference}" => api::refusals::show, ClientsRead;
        GET    "/keys" => api::keys::list, KeysRead;
        POST   "/keys/rotate" => api::keys::rotate, KeysWrite;
        DELETE "/keys/{kid}" => api::keys::revoke, KeysWrite;
        GET    "/settings" => api::settings::list, SettingsRead;
        PATCH  "/settings" => api::settings::edit, SettingsWrite;
        GET    "/settings/{key}" => api::settings::show, SettingsRead;
        GET    "/stats" => api::stats::get, StatsRead;
        GET    "/api-keys" => api::api_keys::list, ApiKeysRead;
        POST   "/api-keys" => api::api_keys::create, ApiKeysWrite;
        GET    "/api-keys/{id}" => api::api_keys::show, ApiKeysRead;
        DELETE "/api-keys/{id}" => api::api_keys::revoke, ApiKeysWrite;
    }
}
