//! A real server and an app that uses it, both on loopback. They are different sites to a browser: one is called
//! `localhost`, the other `127.0.0.1`.

use std::collections::BTreeMap;
use std::future::ready;
use std::net::TcpListener;

use actix_web::dev::ServerHandle;
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use serde_json::Value;
use signet::flow::admin::client::Registered;

use crate::support::mail::Mail;
use crate::support::{self, Op};

pub struct Site {
    pub op: Op,
    pub issuer: String,
    app: String,
    servers: [ServerHandle; 2],
}

impl Site {
    pub async fn start() -> Self {
        let (server, app) = (listener(), listener());
        let (issuer, app_port) = (format!("http://localhost:{}", port(&server)), port(&app));
        let op = Op::with(|config| {
            config.issuer.clone_from(&issuer);
            "https://op.test/terms".clone_into(&mut config.registration.terms_uri);
            "https://op.test/privacy".clone_into(&mut config.registration.privacy_uri);
            config.factor.alone = vec!["email".to_owned(), "sms".to_owned()];
            crate::account::fields::company(config);
        })
        .await;
        let data = Data::from(op.app.clone());
        let op_handle = serve(server, move |config| {
            config.app_data(data.clone()).configure(signet::web::configure);
        });
        let app_handle = serve(app, move |config| {
            let onward = format!("http://localhost:{app_port}");
            config.route("/cb", web::route().to(callback));
            let forward = move |request: HttpRequest| ready(forward(&onward, &request));
            config.route("/onward", web::route().to(forward));
        });
        Self { op, issuer, app: format!("http://127.0.0.1:{app_port}"), servers: [op_handle, app_handle] }
    }

    pub async fn stop(self) {
        for server in &self.servers {
            server.stop(false).await;
        }
    }

    /// The address of a page of the server.
    pub fn page(&self, path: &str) -> String {
        format!("{}{path}", self.issuer)
    }

    /// The one letter that has left, and the address of the link in it.
    pub async fn letter(&self) -> (Mail, String) {
        let mail = self.op.mail().await;
        let link = self.page(&mail.link_at(&self.issuer));
        (mail, link)
    }

    pub fn callback(&self) -> String {
        format!("{}/cb", self.app)
    }

    /// Where the app sends the browser on to another host of its own.
    pub fn onward(&self) -> String {
        format!("{}/onward", self.app)
    }

    /// The app, registered; `change` is laid over its metadata.
    pub async fn client(&self, mut change: Value) -> Registered {
        change["redirect_uris"] = vec![self.callback(), self.onward()].into();
        self.op.client(change).await
    }

    /// The address where the app sends a browser to sign in.
    pub fn authorize(&self, client: &Registered, change: &[(&str, &str)]) -> String {
        let callback = self.callback();
        let mut params = vec![("redirect_uri", callback.as_str())];
        params.extend_from_slice(change);
        self.page(&support::authorize(client, &params))
    }
}

fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").unwrap()
}

fn port(listener: &TcpListener) -> u16 {
    listener.local_addr().unwrap().port()
}

fn serve(listener: TcpListener, routes: impl Fn(&mut ServiceConfig) + Clone + Send + 'static) -> ServerHandle {
    let server = HttpServer::new(move || App::new().configure(&routes)).workers(1).disable_signals();
    let server = server.listen(listener).unwrap().run();
    let handle = server.handle();
    actix_web::rt::spawn(server);
    handle
}

/// Shows what the app was sent, and how.
async fn callback(request: HttpRequest, body: String) -> HttpResponse {
    let sent = if request.method() == "POST" { &body } else { request.query_string() };
    let mut shown: BTreeMap<String, String> = serde_urlencoded::from_str(sent).unwrap();
    shown.insert("method".to_owned(), request.method().to_string());
    let shown = serde_json::to_string(&shown).unwrap().replace('&', "&amp;").replace('<', "&lt;");
    let page = "<!doctype html><title>App</title><link rel=icon href=\"data:,\"><pre id=received>";
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(format!("{page}{shown}</pre>"))
}

fn forward(onward: &str, request: &HttpRequest) -> HttpResponse {
    let location = format!("{onward}/cb?{}", request.query_string());
    HttpResponse::SeeOther().insert_header(("location", location)).finish()
}
