//! What can be typed.

#![expect(clippy::doc_markdown, reason = "these comments are the help texts")]

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::model::audit::Action;
use crate::model::client::ClientState;
use crate::spec::client_meta::{Alg, AuthMethod, GrantType, TokenFormat};
use crate::spec::right::Right;

/// An OAuth 2 and OpenID Connect identity provider.
///
/// Settings come from built-in defaults, the file given with --config, the environment (SIGNET__SECTION__KEY) and
/// these flags, the later over the earlier.
#[derive(Debug, Parser)]
#[command(name = "signet", version, max_term_width = 100)]
pub struct Args {
    /// The configuration file (TOML); config/default.toml documents every key
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The folder for the master key and the SQLite database
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// sqlite:PATH or postgres: with user, password, host and database, as a URL
    #[arg(long, global = true, value_name = "URL")]
    pub database: Option<String>,
    /// Answer with one JSON object on standard output
    #[arg(long, global = true)]
    pub json: bool,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the server
    Serve(Serve),
    /// Bring the database schema up to date
    Migrate,
    /// Manage people
    #[command(subcommand)]
    User(User),
    /// Manage clients, the apps and programs that use this server
    #[command(subcommand)]
    Client(Client),
    /// Manage the keys that sign tokens
    #[command(subcommand)]
    Keys(Keys),
    /// Manage the keys with which programs use the API
    #[command(subcommand)]
    ApiKey(ApiKey),
    /// See and change what is changed while the server runs
    #[command(subcommand)]
    Settings(Settings),
    /// Look through the audit, and prove that nobody has rewritten it
    #[command(subcommand)]
    Audit(Audit),
    /// Tell why a request was refused: the checks in order, expected and received, and the setting that decides
    Explain {
        /// The reference shown with the refusal, as in K7QM-2F9X
        reference: String,
    },
    /// Fill a database with people and events that nobody needs, to see how Signet fares with very many
    #[command(hide = true)]
    Seed {
        #[arg(long, default_value_t = 1_000_000)]
        people: u64,
        #[arg(long, default_value_t = 5_000_000)]
        events: u64,
    },
    /// Check configuration, folders, database, keys and the speed of password hashing
    Doctor,
    /// Ask the running server on this machine whether it is ready
    Healthcheck,
}

#[derive(Debug, clap::Args)]
pub struct Serve {
    /// Where to listen
    #[arg(long, value_name = "ADDR:PORT")]
    pub listen: Option<String>,
    /// The issuer identifier: where clients and browsers reach this server
    #[arg(long, value_name = "URL")]
    pub issuer: Option<String>,
    /// Only check the configuration
    #[arg(long)]
    pub check: bool,
}

#[derive(Debug, Subcommand)]
pub enum User {
    /// Create a person
    Create {
        #[arg(long)]
        email: String,
        /// Without it: what stands before the @ of the address
        #[arg(long)]
        username: Option<String>,
        /// How the person is called
        #[arg(long)]
        name: Option<String>,
        /// Read the password from the first line of standard input
        #[arg(long)]
        password_stdin: bool,
        /// The e-mail address is known to be the person's
        #[arg(long)]
        verified: bool,
        /// A role beside `user`; may be repeated
        #[arg(long = "role", value_name = "ROLE")]
        roles: Vec<String>,
    },
    /// List people, ordered by age
    List(Page),
    /// Show one person
    Show {
        /// Id, user name or e-mail address
        user: String,
    },
    /// Shut an account: its sessions and tokens end at once
    Disable {
        /// Id, user name or e-mail address
        user: String,
    },
    /// Open a shut account again
    Enable {
        /// Id, user name or e-mail address
        user: String,
    },
    /// Delete an account: it is shut at once, and erased after account.deletion_delay
    Delete {
        /// Id, user name or e-mail address
        user: String,
        /// Erase it at once, for good
        #[arg(long)]
        now: bool,
    },
    /// Keep an account that was to be erased, as it was before
    Restore {
        /// Id, user name or e-mail address
        user: String,
    },
    /// Let somebody in again who is kept out by wrong passwords or codes; running servers notice at the next try
    Unlock {
        /// Id, user name or e-mail address
        user: String,
    },
    /// Take all second factors away, from somebody who has lost them; sessions and tokens end
    ResetFactors {
        /// Id, user name or e-mail address
        user: String,
    },
    /// Say which of profile.types somebody is one of
    SetType {
        /// Id, user name or e-mail address
        user: String,
        /// Without it: of none
        #[arg(value_name = "TYPE")]
        kind: Option<String>,
    },
    /// Fill in one of profile.fields for somebody
    SetField {
        /// Id, user name or e-mail address
        user: String,
        /// The name of the field
        field: String,
        /// As the page takes it: yes or no, 2026-12-31. Without it: nothing
        #[arg(allow_hyphen_values = true)]
        value: Option<String>,
    },
    /// Set a password, read from the first line of standard input; sessions and tokens end
    SetPassword {
        /// Id, user name or e-mail address
        user: String,
        /// The line is a hash that another system has made: argon2, bcrypt, scrypt or PBKDF2
        #[arg(long)]
        hash_stdin: bool,
        /// The person has to choose another one at the next sign-in
        #[arg(long)]
        must_change: bool,
    },
    /// Have a person choose another password at the next sign-in; nothing ends before
    RequirePasswordChange {
        /// Id, user name or e-mail address
        user: String,
    },
    /// Give a person a role
    GrantRole {
        /// Id, user name or e-mail address
        user: String,
        role: String,
    },
    /// Take a role from a person
    RevokeRole {
        /// Id, user name or e-mail address
        user: String,
        role: String,
    },
}

/// A part of a long list.
#[derive(Debug, clap::Args)]
pub struct Page {
    /// Begin after this; the page before has told it as `next`
    #[arg(long, value_name = "NEXT", default_value = "")]
    pub after: String,
    /// At most so many
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(i64).range(1..=1000))]
    pub limit: i64,
}

impl Page {
    /// One more than is shown tells whether there is another page.
    pub const fn rows(&self) -> i64 {
        self.limit + 1
    }
}

#[derive(Debug, Subcommand)]
pub enum Client {
    /// Register a client; the secret is shown this once
    Create(Box<NewClient>),
    /// List clients, ordered by age
    List {
        /// Only those whose name begins so, in whichever letters
        #[arg(long, default_value = "")]
        name: String,
        /// Only those that are enabled, disabled or deleted [default: the first two]
        #[arg(long, value_name = "STATE")]
        state: Option<ClientState>,
        #[command(flatten)]
        page: Page,
    },
    /// Show one client's metadata
    Show { client_id: String },
    /// Change members of a client's metadata; those that are not named stay
    Edit {
        client_id: String,
        /// The members as JSON (RFC 7591), null for what one is by itself; - for standard input
        #[arg(long, value_name = "FILE|-")]
        metadata: String,
    },
    /// Make a new secret; the one before it stays good for a day
    RotateSecret {
        client_id: String,
        /// End the one before it at once
        #[arg(long)]
        end_old: bool,
    },
    /// Shut a client out; its tokens count no more
    Disable { client_id: String },
    /// Let a client in again
    Enable { client_id: String },
    /// Delete a client; it can be restored
    Delete { client_id: String },
    /// Bring back a client that was deleted
    Restore { client_id: String },
    /// Try how an app fares that is registered so: Signet plays the relying party against itself
    SelfTest { client_id: String },
    /// Take back what all people have allowed a client; everybody is asked again
    Withdraw { client_id: String },
}

#[derive(Debug, clap::Args)]
pub struct NewClient {
    /// What people see when the app asks them to sign in (client_name)
    #[arg(long, required_unless_present = "metadata", conflicts_with = "metadata")]
    pub name: Option<String>,
    /// Where codes may be sent; may be repeated
    #[arg(long = "redirect-uri", value_name = "URI", conflicts_with = "metadata")]
    pub redirect_uris: Vec<String>,
    /// Where people may go after signing out; may be repeated
    #[arg(long = "post-logout-redirect-uri", value_name = "URI", conflicts_with = "metadata")]
    pub post_logout_redirect_uris: Vec<String>,
    /// A scope that the client may have; may be repeated, or several in one value
    #[arg(long = "scope", conflicts_with = "metadata")]
    pub scopes: Vec<String>,
    /// authorization_code, refresh_token or client_credentials; may be repeated [default: the first two]
    #[arg(long = "grant", value_name = "GRANT", conflicts_with = "metadata")]
    pub grants: Vec<GrantType>,
    /// none, client_secret_basic or client_secret_post [default: client_secret_basic]
    #[arg(long, value_name = "METHOD", conflicts_with = "metadata")]
    pub auth: Option<AuthMethod>,
    /// RS256, ES256, PS256 or EdDSA [default: RS256]
    #[arg(long, value_name = "ALG", conflicts_with = "metadata")]
    pub id_token_alg: Option<Alg>,
    /// jwt or opaque [default: jwt]
    #[arg(long, value_name = "FORMAT", conflicts_with = "metadata")]
    pub access_token: Option<TokenFormat>,
    /// Let a confidential client do without PKCE
    #[arg(long, conflicts_with = "metadata")]
    pub no_pkce: bool,
    /// An app of the same house: people are not asked for consent
    #[arg(long, conflicts_with = "metadata")]
    pub first_party: bool,
    /// Nobody signs in to it with one factor alone
    #[arg(long, conflicts_with = "metadata")]
    pub require_factor: bool,
    /// Client metadata (RFC 7591) as JSON instead of the flags; - for standard input
    #[arg(long, value_name = "FILE|-")]
    pub metadata: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum Keys {
    /// List the signing keys and what each is good for
    List,
    /// Let the next keys take over, as soon as every client can know them; tokens in use stay good
    Rotate {
        /// Only this algorithm
        #[arg(long, value_name = "ALG")]
        alg: Option<Alg>,
    },
    /// Take a key out of use at once, because somebody else may have it; what it has signed counts no more
    Revoke { kid: String },
}

#[derive(Debug, Subcommand)]
pub enum ApiKey {
    /// Make a key; it is shown this once
    Create {
        /// What it is for
        #[arg(long)]
        name: String,
        /// What it may do, as in users.read; may be repeated
        #[arg(long = "right", value_name = "RIGHT", required = true)]
        rights: Vec<Right>,
        /// An address or a network that it may be used from; may be repeated [default: any]
        #[arg(long = "network", value_name = "CIDR")]
        networks: Vec<String>,
        /// The key ends after so many days [default: never]
        #[arg(long, value_name = "DAYS")]
        expires_in_days: Option<u32>,
    },
    /// List keys, ordered by age
    List(Page),
    /// End a key at once
    Revoke { id: String },
}

#[derive(Debug, Subcommand)]
pub enum Settings {
    /// List the settings: what is in force, and what says so
    List,
    /// Set one, over what the configuration file says; running servers follow within a second
    Set {
        /// As in password.min_length
        key: String,
        /// A number (lifetimes in seconds), true or false, a text, or a list with commas
        value: String,
    },
    /// Let the configuration file or the default count again
    Reset { key: String },
}

#[derive(Debug, Subcommand)]
pub enum Audit {
    /// List what happened, the newest first
    List {
        /// Only by this one: an id
        #[arg(long, value_name = "ID")]
        actor: Option<String>,
        /// Only about this one: an id
        #[arg(long, value_name = "ID")]
        target: Option<String>,
        /// Only this, as in user.create
        #[arg(long)]
        action: Option<Action>,
        /// Begin before this id; the page before has told it as `next`
        #[arg(long, value_name = "ID")]
        before: Option<String>,
        /// At most so many
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(i64).range(1..=1000))]
        limit: i64,
    },
    /// Go through all of it and find what was changed, taken out or put in; the head that is printed, kept elsewhere, shows
    /// later that nothing was cut off
    Verify {
        /// A head that was printed before
        #[arg(long, value_name = "NUMBER:HASH")]
        expect: Option<String>,
    },
}
