//! Listening: the server, the metrics beside it, and stopping without losing a request.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use actix_web::dev::{Server, ServerHandle};
use actix_web::http::KeepAlive;
use actix_web::web::{self, Data};
use actix_web::{App as Actix, HttpResponse, HttpServer};

use super::{configure, tls};
use crate::app::App;

const HEAD: Duration = Duration::from_secs(5);
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// Between failing readiness and refusing connections, so that a load balancer can notice.
const NOTICE: Duration = Duration::from_secs(1);

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{address} cannot be listened on: {source}. Is another server running there? Choose with --listen")]
    Listen { address: String, source: std::io::Error },
    #[error("TLS: {0}")]
    Tls(#[from] tls::Error),
    #[error("the server stopped: {0}")]
    Run(#[from] std::io::Error),
}

/// Binds the address; nothing is answered before the server is awaited.
pub fn bind(app: &Arc<App>) -> Result<Server, Error> {
    let settings = &app.config.server;
    let data = Data::from(app.clone());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let workers = if settings.workers == 0 { cores } else { settings.workers };
    let server = HttpServer::new(move || Actix::new().app_data(data.clone()).configure(configure))
        .workers(workers)
        .max_connections(settings.connections.div_ceil(workers))
        .client_request_timeout(HEAD)
        .keep_alive(KeepAlive::Timeout(KEEP_ALIVE))
        .shutdown_timeout(settings.drain.as_secs())
        .disable_signals();
    let address = settings.listen.as_str();
    let failed = |source| Error::Listen { address: address.to_owned(), source };
    let server = match settings.has_tls() {
        true => server.bind_rustls_0_23(address, tls::config(&settings.tls_certificate, &settings.tls_key)?),
        false => server.bind(address),
    };
    Ok(server.map_err(failed)?.run())
}

/// The metrics, on a listener of their own. Without it the server runs all the same.
pub fn metrics(app: &Arc<App>) -> Option<(SocketAddr, Server)> {
    let address = app.config.server.metrics_listen.as_str();
    if address.is_empty() {
        return None;
    }
    let data = Data::from(app.clone());
    let server = HttpServer::new(move || Actix::new().app_data(data.clone()).route("/metrics", web::get().to(text)));
    match server.workers(1).disable_signals().shutdown_timeout(1).bind(address) {
        Ok(server) => Some((server.addrs().first().copied()?, server.run())),
        Err(error) => {
            tracing::warn!(address, %error, "no metrics: the address cannot be listened on; see server.metrics_listen");
            None
        }
    }
}

async fn text(app: Data<App>) -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(app.metrics.text())
}

/// Waits for Ctrl-C or SIGTERM, then lets the requests in flight end. A second Ctrl-C does not wait for them.
pub async fn stop_on_signal(app: Arc<App>, server: ServerHandle) -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let notice = tokio::select! {
        _ = terminate.recv() => NOTICE,
        done = tokio::signal::ctrl_c() => { done?; Duration::ZERO }
    };
    tracing::info!("stopping: requests in flight may end");
    app.draining.store(true, Relaxed);
    tokio::time::sleep(notice).await;
    tokio::select! {
        () = server.stop(true) => {}
        _ = tokio::signal::ctrl_c() => server.stop(false).await,
    }
    Ok(())
}
