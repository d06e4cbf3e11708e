//! A small app that lets people sign in with Signet, as a model for your own.
//!
//! ```text
//! main       what can be typed, and the pages: / /login /cb /refresh /logout
//! provider   everything that is `OpenID` Connect: this is the part to read
//! visits     what is remembered of each browser
//! http       the HTTP client behind `provider`
//! page       the HTML
//! ```
//!
//! Register it, then start it beside a running server:
//!
//! ```text
//! signet client create --name Demo --redirect-uri http://localhost:9000/cb --json > client.json
//! cargo run --example relying_party -- --client client.json
//! ```

mod http;
mod page;
mod provider;
mod visits;

use std::error::Error;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, LOCATION};
use actix_web::web::{Data, Query};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, get, post};
use clap::Parser as _;
use serde::Deserialize;

use provider::{Provider, Refusal, Registration};
use visits::Visits;

/// A demo relying party for Signet.
#[derive(Debug, clap::Parser)]
struct Args {
    /// The issuer, as the server prints it when it starts
    #[arg(long, value_name = "URL", default_value = "http://localhost:8080")]
    issuer: String,
    /// What `signet client create --json` printed
    #[arg(long, value_name = "FILE", required_unless_present = "client_id")]
    client: Option<PathBuf>,
    /// Instead of the file; the secret then comes from `CLIENT_SECRET`, or from the first line of standard input
    #[arg(long, value_name = "ID", conflicts_with = "client")]
    client_id: Option<String>,
    /// Where to listen; `http://localhost:PORT/cb` must be registered as redirect URI
    #[arg(long, default_value_t = 9000)]
    port: u16,
}

/// What the pages share.
struct Demo {
    provider: Provider,
    visits: Visits,
}

#[actix_web::main]
async fn main() -> ExitCode {
    match run(Args::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("relying_party: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(args: Args) -> Result<(), Box<dyn Error>> {
    let home = format!("http://localhost:{}", args.port);
    let registration = registration(&args)?;
    let provider = Provider::discover(&args.issuer, &format!("{home}/cb"), registration).await?;
    let demo = Data::new(Demo { provider, visits: Visits::default() });
    let app = move || {
        let app = App::new().app_data(demo.clone());
        app.service(index).service(login).service(callback).service(refresh).service(logout)
    };
    let server = HttpServer::new(app).workers(1).shutdown_timeout(1).bind(("localhost", args.port))?;
    println!("Open {home}");
    Ok(server.run().await?)
}

/// A secret is never an argument: other users of the machine can see those.
#[expect(clippy::disallowed_methods, reason = "the app has no configuration but this")]
fn registration(args: &Args) -> Result<Registration, Box<dyn Error>> {
    if let Some(file) = &args.client {
        return read(file).map_err(|error| format!("{}: {error}", file.display()).into());
    }
    let secret = match std::env::var("CLIENT_SECRET") {
        Ok(secret) => secret,
        Err(_) => ask()?,
    };
    let client_id = args.client_id.clone().unwrap_or_default();
    Ok(Registration::new(client_id, Some(secret).filter(|secret| !secret.is_empty())))
}

fn read(file: &Path) -> Result<Registration, Box<dyn Error>> {
    Ok(serde_json::from_str(&std::fs::read_to_string(file)?)?)
}

fn ask() -> std::io::Result<String> {
    if std::io::stdin().is_terminal() {
        eprintln!("client_secret (empty for a public client):");
    }
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    Ok(line.trim().to_owned())
}

/// The start page, with a button or with the person.
#[get("/")]
async fn index(demo: Data<Demo>, request: HttpRequest) -> HttpResponse {
    let person = browser(&request).and_then(|id| demo.visits.person(&id));
    html(&page::home(demo.provider.issuer(), person.as_ref()))
}

/// Sends the browser to the provider, and remembers what the answer must match.
#[get("/login")]
async fn login(demo: Data<Demo>, request: HttpRequest) -> HttpResponse {
    let (url, pending) = demo.provider.start();
    let id = browser(&request).unwrap_or_else(visits::new_id);
    demo.visits.begin(&id, pending);
    HttpResponse::SeeOther().cookie(cookie(id)).insert_header((LOCATION, url.as_str())).finish()
}

/// The answer to an authorization request (RFC 6749 §4.1.2, RFC 9207 §2).
#[derive(Deserialize)]
struct Callback {
    state: Option<String>,
    iss: Option<String>,
    code: Option<String>,
    error: Option<String>,
    error_description: Option<String>,
}

#[get("/cb")]
async fn callback(demo: Data<Demo>, request: HttpRequest, Query(answer): Query<Callback>) -> HttpResponse {
    // The state ties the answer to a sign-in that this very browser began; without it nothing else is looked at.
    let pending = browser(&request).zip(answer.state).and_then(|(id, state)| demo.visits.take(&id, &state));
    let Some(pending) = pending else {
        return failed("This sign-in was not begun in this browser, or it has ended. Start again.");
    };
    if answer.iss.as_deref() != Some(demo.provider.issuer()) {
        return failed("The answer is not from our provider.");
    }
    let Some(code) = answer.code else {
        let error = answer.error.unwrap_or_else(|| "neither code nor error".to_owned());
        return failed(&format!("{error}: {}", answer.error_description.unwrap_or_default()));
    };
    match demo.provider.finish(pending, code).await {
        Err(refusal) => failed(&refusal.to_string()),
        Ok(person) => {
            // A new cookie for the signed-in person: whoever knew the old value gains nothing by it.
            let id = visits::new_id();
            demo.visits.end(&browser(&request).unwrap_or_default());
            demo.visits.sign_in(&id, person);
            to_start().cookie(cookie(id)).finish()
        }
    }
}

/// Fetches new tokens and shows what is said of the person now. By POST, as it changes something: with `SameSite=Lax`
/// other sites cannot send one in the person's name.
#[post("/refresh")]
async fn refresh(demo: Data<Demo>, request: HttpRequest) -> HttpResponse {
    let Some(id) = browser(&request) else { return to_start().finish() };
    // Taken out, so that two clicks cannot use the same refresh token twice: that would end the whole grant.
    let Some((person, token)) = demo.visits.take_refresh_token(&id) else { return to_start().finish() };
    match demo.provider.refresh(&person, token.clone()).await {
        Ok(person) => {
            demo.visits.sign_in(&id, person);
            to_start().finish()
        }
        Err(refusal @ Refusal::Refused(_)) => {
            // The grant has ended (signed out, withdrawn, expired): so has the session here.
            demo.visits.end(&id);
            failed(&refusal.to_string())
        }
        Err(refusal) => {
            // Nobody knows whether the provider has seen the token; asking again soon is allowed.
            demo.visits.put_back(&id, token);
            failed(&refusal.to_string())
        }
    }
}

/// Signs out of this app only; the session at the provider lives on.
#[post("/logout")]
async fn logout(demo: Data<Demo>, request: HttpRequest) -> HttpResponse {
    if let Some(id) = browser(&request) {
        demo.visits.end(&id);
    }
    let mut gone = cookie(String::new());
    gone.make_removal();
    to_start().cookie(gone).finish()
}

const COOKIE: &str = "demo_rp";

fn browser(request: &HttpRequest) -> Option<String> {
    request.cookie(COOKIE).map(|cookie| cookie.value().to_owned())
}

/// With https it would be `Secure` too, and named `__Host-…`. Lax, as Strict would not come along from the provider.
fn cookie(id: String) -> Cookie<'static> {
    Cookie::build(COOKIE, id).path("/").http_only(true).same_site(SameSite::Lax).finish()
}

fn to_start() -> actix_web::HttpResponseBuilder {
    let mut answer = HttpResponse::SeeOther();
    answer.insert_header((LOCATION, "/"));
    answer
}

fn failed(reason: &str) -> HttpResponse {
    html(&page::failed(reason))
}

fn html(body: &str) -> HttpResponse {
    let policy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'";
    let mut answer = HttpResponse::Ok();
    answer.insert_header((CONTENT_SECURITY_POLICY, policy)).insert_header((CACHE_CONTROL, "no-store"));
    answer.content_type("text/html; charset=utf-8").body(body.to_owned())
}
