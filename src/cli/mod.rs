//! The command line. Each command parses, calls one flow and prints; with `--json` one object on standard output, all
//! else goes to standard error.

mod api_key;
mod args;
mod audit;
mod client;
mod doctor;
mod explain;
mod healthcheck;
mod keys;
mod log;
mod print;
mod seed;
mod serve;
mod settings;
mod user;

use std::io::Read as _;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser as _;

use crate::app::{App, OpenError};
use crate::base::time::Clock;
use crate::config::Config;
use crate::flow;
use args::{Args, Command};
use print::Answer;

/// Why a command failed, in words that say what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the configuration file {path}: {source}")]
    File { path: String, source: std::io::Error },
    #[error("the configuration has mistakes:\n{0}")]
    Config(#[from] crate::config::Error),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Flow(#[from] flow::Error),
    #[error(transparent)]
    Serve(#[from] crate::web::serve::Error),
    #[error("{0}: {1}")]
    Io(&'static str, std::io::Error),
    #[error("{0}")]
    Other(String),
}

/// Runs the command that was asked for. 0: done, 1: failed, 2: not understood.
pub fn main() -> ExitCode {
    let args = Args::parse();
    // whatever is written here is the owner's alone
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    // a huge page for each small thing that an allocator keeps doubles the memory of an idle server
    #[cfg(target_os = "linux")]
    rustix::thread::disable_transparent_huge_pages(true).ok();
    let json = args.json;
    let result = runtime().and_then(|runtime| runtime.block_on(run(args)));
    match result {
        Ok(answer) => {
            answer.print(json);
            if answer.good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            print::failure(&error, json);
            ExitCode::FAILURE
        }
    }
}

/// The requests have threads of their own; this one is for jobs.
fn runtime() -> Result<tokio::runtime::Runtime, Error> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    runtime.map_err(|error| Error::Io("the runtime cannot start", error))
}

async fn run(args: Args) -> Result<Answer, Error> {
    let config = configure(&args)?;
    match args.command {
        Command::Serve(serve) if serve.check => {
            crate::app::breached(&config.password.breached_file)?;
            Ok(Answer::text("the configuration is good"))
        }
        Command::Serve(_) => serve::run(config).await,
        Command::Healthcheck => healthcheck::run(&config),
        command => {
            log::start(&crate::config::Log { level: "warn".to_owned(), ..config.log.clone() });
            act(command, config).await
        }
    }
}

async fn act(command: Command, config: Config) -> Result<Answer, Error> {
    if let Command::Doctor = command {
        return Ok(doctor::run(config).await);
    }
    let app = Arc::new(App::open(config, Clock::System).await?);
    let cx = app.cx();
    match command {
        Command::Migrate => Ok(Answer::text("the database is up to date")),
        Command::User(command) => user::run(cx, command).await,
        Command::Client(command) => client::run(cx, command).await,
        Command::Keys(command) => keys::run(cx, command).await,
        Command::Audit(command) => audit::run(cx, command).await,
        Command::ApiKey(command) => api_key::run(cx, command).await,
        Command::Settings(command) => settings::run(cx, command).await,
        Command::Seed { people, events } => seed::run(&app, people, events).await,
        Command::Explain { reference } => explain::run(cx, &reference).await,
        Command::Serve(_) | Command::Doctor | Command::Healthcheck => {
            Err(Error::Other("not a command here".to_owned()))
        }
    }
}

/// File, then environment, then flags.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
fn configure(args: &Args) -> Result<Config, Error> {
    let file = match &args.config {
        None => String::new(),
        Some(path) => {
            std::fs::read_to_string(path).map_err(|source| Error::File { path: path.display().to_string(), source })?
        }
    };
    let lossy = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
        (name.to_string_lossy().into_owned(), value.to_string_lossy().into_owned())
    };
    let mut settings: Vec<(String, String)> = std::env::vars_os().map(lossy).collect();
    let mut set = |key: &str, value: Option<String>| settings.extend(value.map(|value| (key.to_owned(), value)));
    set("SIGNET__DATA", args.data.as_ref().map(|path| path.display().to_string()));
    set("SIGNET__DATABASE", args.database.clone());
    if let Command::Serve(serve) = &args.command {
        set("SIGNET__SERVER__LISTEN", serve.listen.clone());
        set("SIGNET__ISSUER", serve.issuer.clone());
    }
    Ok(Config::load(&file, settings.into_iter())?)
}

/// Reads all of standard input, or of a file.
fn read_all(path: &str) -> Result<String, Error> {
    let mut text = String::new();
    let read = match path {
        "-" => std::io::stdin().read_to_string(&mut text).map(drop),
        path => std::fs::read_to_string(path).map(|read| text = read),
    };
    read.map_err(|source| Error::File { path: path.to_owned(), source })?;
    Ok(text)
}

/// The first line of standard input: a password is no command-line argument, where others could see it.
fn read_password() -> Result<String, Error> {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).map_err(|error| Error::Io("the password could not be read", error))?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
