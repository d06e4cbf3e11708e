//! `signet serve`: open, listen, work, and end in order.

use std::sync::Arc;
use std::time::Duration;

use super::print::Answer;
use super::{Error, log};
use crate::app::{App, OpenError};
use crate::base::time::{Clock, Stopwatch};
use crate::config::{Config, Format};
use crate::flow::{key, setup};
use crate::spec::paths;
use crate::web::serve;
use crate::worker::Workers;

/// A database that is starting as well gets so long.
const PATIENCE: Duration = Duration::from_secs(30);

pub async fn run(config: Config) -> Result<Answer, Error> {
    log::start(&config.log);
    let app = Arc::new(open(config).await?);
    let server = serve::bind(&app)?;
    let metrics = serve::metrics(&app);
    let (mail, sms) = app.deliver.places();
    tracing::info!(mail, sms, "letters and short messages leave this way");
    announce(&app, metrics.as_ref().map(|(address, _)| address.to_string())).await?;
    let metrics = metrics.map(|(_, server)| {
        let handle = server.handle();
        tokio::spawn(server);
        handle
    });
    // RSA keys take a moment to make; requests that need none are answered meanwhile
    tokio::spawn(first_keys(app.clone()));
    let workers = Workers::start(&app);
    tokio::spawn(serve::stop_on_signal(app.clone(), server.handle()));
    server.await.map_err(serve::Error::Run)?;
    workers.stop().await;
    if let Some(metrics) = metrics {
        metrics.stop(false).await;
    }
    tracing::info!("stopped");
    Ok(Answer::new(serde_json::json!({ "message": "stopped" }), ""))
}

async fn open(config: Config) -> Result<App, OpenError> {
    let watch = Stopwatch::start();
    loop {
        match App::open(config.clone(), Clock::System).await {
            Err(error) if error.is_passing() && watch.elapsed() < PATIENCE => {
                tracing::warn!(%error, "the database does not answer yet");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
            other => return other,
        }
    }
}

async fn first_keys(app: Arc<App>) {
    let made = async {
        key::ensure(app.cx()).await?;
        app.reload_keys().await.map_err(|error| crate::store::Error::other(error).into())
    };
    if let Err::<(), crate::flow::Error>(error) = made.await {
        tracing::error!(%error, "the signing keys could not be made; trying again within a minute");
    }
}

async fn announce(app: &App, metrics: Option<String>) -> Result<(), Error> {
    let issuer = app.config.issuer.as_str();
    let discovery = format!("{issuer}{}", paths::DISCOVERY);
    let link = setup::link(app.cx()).await?;
    if app.config.log.format() == Format::Json {
        tracing::info!(issuer, discovery, metrics, "serving");
        if let Some(link) = link {
            tracing::warn!(link, "there is no administrator yet: open this link once to make the first one");
        }
        return Ok(());
    }
    println!("Signet {}", env!("CARGO_PKG_VERSION"));
    println!("  issuer     {issuer}");
    println!("  discovery  {discovery}");
    println!("  listening  {}", app.config.server.listen);
    println!("  data       {}", app.config.data.display());
    if let Some(address) = metrics {
        println!("  metrics    http://{address}/metrics");
    }
    if let Some(link) = link {
        println!("\nThere is no administrator yet. Open this link once to make the first one:\n  {link}\n");
    }
    Ok(())
}
