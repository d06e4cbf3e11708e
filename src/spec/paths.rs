//! Where the endpoints are, below the issuer.

pub const DISCOVERY: &str = "/.well-known/openid-configuration";
pub const METADATA: &str = "/.well-known/oauth-authorization-server";
pub const AUTHORIZE: &str = "/oauth2/authorize";
pub const TOKEN: &str = "/oauth2/token";
pub const USERINFO: &str = "/oauth2/userinfo";
pub const JWKS: &str = "/oauth2/jwks";
pub const INTROSPECT: &str = "/oauth2/introspect";
pub const REVOKE: &str = "/oauth2/revoke";
pub const HOME: &str = "/";
pub const LOGIN: &str = "/login";
pub const CONSENT: &str = "/consent";
pub const SIGN_UP: &str = "/signup";
pub const VERIFY: &str = "/verify";
pub const FORGOT: &str = "/forgot";
pub const RESET: &str = "/reset";
pub const LOGOUT: &str = "/logout";
pub const SIGNED_OUT: &str = "/signed-out";
pub const SETUP: &str = "/setup";
pub const STATIC: &str = "/static/{file}";
pub const HEALTHZ: &str = "/healthz";
pub const READYZ: &str = "/readyz";
