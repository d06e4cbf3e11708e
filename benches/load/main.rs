//! The load driver behind `make bench`: measures the release server and, beside it, the floor, which is bare actix-web
//! doing the same work with nothing else. Prints a table with the aims; a missed aim is told, a wrong answer fails.
//!
//! ```text
//! settings   what may be changed                        table      rows, aims, verdicts
//! child      a server process: start, stop, time, RSS   plan       which work is measured, in which order
//! proc       CPU and memory of a process                work       one unit of each kind of work
//! floor      the bare servers                           drive      many connections for a while, and the numbers
//! signet     the real server, its clients and people    browser    cookies, forms, the way through the pages
//! hash       the price of one password hash             http       one kept connection
//! pin        everything on one core                     factor     sign-ins with an authenticator app
//! admin      very many people and events, looked at and changed
//! ```

mod admin;
mod browser;
mod child;
mod drive;
mod factor;
mod floor;
mod hash;
mod http;
mod pin;
mod plan;
mod proc;
mod settings;
mod signet;
mod table;
mod work;

use std::error::Error;
use std::process::ExitCode;

use tokio::signal::unix::{SignalKind, signal};

use settings::Settings;
use signet::Backend;
use table::Table;

/// What may go wrong here ends the bench or is counted and told; nobody branches on its kind.
type Fault = Box<dyn Error>;

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let result = match (args.next(), args.next()) {
        (Some(first), Some(addr)) if first == floor::ARGUMENT => floor::serve(&addr),
        _ => drive_all(),
    };
    let Err(fault) = result else { return ExitCode::SUCCESS };
    eprintln!("\n{fault}");
    ExitCode::FAILURE
}

fn drive_all() -> Result<(), Fault> {
    let settings = Settings::read()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    tokio::task::LocalSet::new().block_on(&runtime, async {
        // returning, rather than dying of the signal, ends the servers too
        tokio::select! {
            result = bench(&settings) => result,
            () = stopped() => Err("stopped by a signal".into()),
        }
    })
}

async fn stopped() {
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return std::future::pending().await };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}

async fn bench(settings: &Settings) -> Result<(), Fault> {
    let hash = hash::measure()?;
    println!("{hash}");
    let mut table = Table::new(hash);
    plan::floors(settings, &mut table).await?;

    let mut memory = plan::backend(settings, &mut table, &Backend::Sqlite).await?;
    match &settings.postgres {
        Some(url) => memory.extend(plan::backend(settings, &mut table, &Backend::Postgres(url.clone())).await?),
        None => println!("PostgreSQL is left out: BENCH_DATABASE_URL does not name an empty database"),
    }

    println!();
    memory.push(plan::size(&settings.binary)?);
    for note in memory {
        println!("{note}");
    }
    table.end()
}
