//! The floor: bare actix-web with the same parts as the server and nothing else. What it costs cannot be undercut, so
//! aims are given as multiples of it. `F0` answers bytes made once; `F1` reads a form, signs one ES256 token and
//! answers JSON; `F1R` the same with RS256.

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use actix_web::error::ErrorInternalServerError;
use actix_web::web::{Bytes, Data, Form, get, post};
use actix_web::{App, HttpResponse, HttpServer};
use josekit::JoseError;
use josekit::jwk::Jwk;
use josekit::jwk::alg::ec::EcCurve;
use josekit::jws::{ES256, JwsHeader, JwsSigner, RS256};
use josekit::jwt::{self, JwtPayload};
use serde::Deserialize;

use crate::Fault;
use crate::child::{Server, Site};
use crate::drive::wall;

/// The argument that makes this program the floor instead of the driver.
pub const ARGUMENT: &str = "floor";

/// About as long as a discovery document.
const DOCUMENT: usize = 2_400;

struct Keys {
    es256: Box<dyn JwsSigner>,
    rs256: Box<dyn JwsSigner>,
    count: AtomicU64,
}

#[derive(Deserialize)]
struct Fields {
    grant_type: String,
    scope: String,
}

/// Starts this program again as the floor.
pub async fn start() -> Result<Server, Fault> {
    let site = Site::free()?;
    let mut command = Command::new(std::env::current_exe()?);
    command.args([ARGUMENT, &site.addr.to_string()]);
    let log = std::env::temp_dir().join(format!("signet-bench-floor-{}.log", std::process::id()));
    let server = Server::start(command, site, "/f0", log.clone()).await;
    // the running floor keeps the file open; its name is not needed
    std::fs::remove_file(log)?;
    server
}

/// The floor itself: serves on `addr` until it is ended.
pub fn serve(addr: &str) -> Result<(), Fault> {
    let keys = Data::from(Arc::new(Keys::generate()?));
    let document = Bytes::from(format!(r#"{{"issuer":"{}"}}"#, "x".repeat(DOCUMENT)));
    let server = HttpServer::new(move || {
        let document = document.clone();
        App::new()
            .app_data(keys.clone())
            .route("/f0", get().to(move || std::future::ready(json(document.clone()))))
            .route("/f1", post().to(async |keys: Data<Keys>, form: Form<Fields>| token(&keys, &*keys.es256, &form)))
            .route("/f1r", post().to(async |keys: Data<Keys>, form: Form<Fields>| token(&keys, &*keys.rs256, &form)))
    });
    actix_web::rt::System::new().block_on(server.workers(2).bind(addr)?.run())?;
    Ok(())
}

impl Keys {
    fn generate() -> Result<Self, JoseError> {
        let mut elliptic = Jwk::generate_ec_key(EcCurve::P256)?;
        elliptic.set_key_id("floor-es256");
        let mut rsa = Jwk::generate_rsa_key(2_048)?;
        rsa.set_key_id("floor-rs256");
        Ok(Self {
            es256: Box::new(ES256.signer_from_jwk(&elliptic)?),
            rs256: Box::new(RS256.signer_from_jwk(&rsa)?),
            count: AtomicU64::new(0),
        })
    }
}

fn token(keys: &Keys, signer: &dyn JwsSigner, form: &Fields) -> actix_web::Result<HttpResponse> {
    let serial = keys.count.fetch_add(1, Ordering::Relaxed);
    let token = sign(signer, &form.scope, serial).map_err(ErrorInternalServerError)?;
    let answer = serde_json::json!({
        "access_token": token, "token_type": "Bearer", "expires_in": 600, "scope": form.scope, "grant": form.grant_type,
    });
    Ok(json(answer.to_string().into()))
}

/// As many claims as an access token has (RFC 9068 §2.2).
fn sign(signer: &dyn JwsSigner, scope: &str, serial: u64) -> Result<String, JoseError> {
    let mut header = JwsHeader::new();
    header.set_token_type("at+jwt");
    header.set_key_id(signer.key_id().unwrap_or_default());
    let now = wall();
    let mut claims = JwtPayload::new();
    claims.set_issuer("http://127.0.0.1");
    claims.set_subject("0198f2aa-77d2-7bb2-8d0a-5ed0a1b9c001");
    claims.set_audience(vec!["http://127.0.0.1"]);
    claims.set_issued_at(&now);
    claims.set_expires_at(&(now + Duration::from_mins(10)));
    claims.set_jwt_id(format!("{serial:032x}"));
    claims.set_claim("client_id", Some("0198f2aa-77d2-7bb2-8d0a-5ed0a1b9c001".into()))?;
    claims.set_claim("scope", Some(scope.into()))?;
    jwt::encode_with_signer(&claims, &header, signer)
}

fn json(body: Bytes) -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").insert_header(("cache-control", "no-store")).body(body)
}
