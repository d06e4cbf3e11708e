//! Fills a database with people and events that look like real ones, so that it can be seen how Signet fares with very
//! many. Nobody of them can sign in.

use std::time::Duration;

use super::{Result, admin};
use crate::app::{App, Cx};
use crate::base::random;
use crate::base::text;
use crate::base::time::Ts;
use crate::model::audit::{Action, Audit, Outcome, Party};
use crate::model::auth::Session;
use crate::model::user::{USER, User, UserRole, UserState};
use crate::model::{SessionId, UserId};
use crate::spec::acr::Level;
use crate::store::{self, Conn, seed};

/// People and events of one transaction.
const STEP: u64 = 2_000;
/// How far back it goes.
const AGE: Duration = Duration::from_hours(3 * 365 * 24);
/// The people to whom most events happen.
const BUSY: usize = 20_000;

const FIRST: [&str; 48] = [
    "Ada", "Aisha", "Alan", "Amélie", "Anna", "Ben", "Bilal", "Björn", "Carla", "Chen", "Clara", "Daniel", "Dilek",
    "Emma", "Eva", "Farid", "Fatima", "Grace", "Hana", "Hassan", "Hedy", "Ines", "Ivan", "Jonas", "Julia", "Karim",
    "Layla", "Leon", "Lin", "Maria", "Mehmet", "Mia", "Mohammed", "Nadia", "Niklas", "Noor", "Olga", "Omar", "Paul",
    "Priya", "Rania", "Rosa", "Samir", "Sofia", "Tariq", "Ursula", "Yusuf", "Zoë",
];
const LAST: [&str; 56] = [
    "Abdallah",
    "Ahmed",
    "Andersson",
    "Bauer",
    "Becker",
    "Brown",
    "Chen",
    "Costa",
    "Dubois",
    "El-Sayed",
    "Fischer",
    "Fernández",
    "García",
    "Ghosh",
    "Haddad",
    "Hansen",
    "Hoffmann",
    "Hopper",
    "Hussein",
    "Ivanova",
    "Jansen",
    "Johnson",
    "Kaya",
    "Khalil",
    "Kim",
    "Klein",
    "Kowalski",
    "Krüger",
    "Lamarr",
    "Larsson",
    "Lopez",
    "Lovelace",
    "Mansour",
    "Martin",
    "Meyer",
    "Müller",
    "Nakamura",
    "Nguyen",
    "Novák",
    "Okafor",
    "Öztürk",
    "Patel",
    "Richter",
    "Rossi",
    "Saleh",
    "Schmidt",
    "Schneider",
    "Silva",
    "Smith",
    "Tanaka",
    "Turing",
    "Wagner",
    "Weber",
    "Williams",
    "Yılmaz",
    "Zimmermann",
];
const HOSTS: [&str; 5] = ["example.com", "example.org", "example.net", "mail.example", "corp.example"];
const DEVICES: [&str; 3] = [
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1",
];
const EVENTS: [(Action, u64); 12] = [
    (Action::SignIn, 34),
    (Action::TokenIssue, 20),
    (Action::TokenRefresh, 22),
    (Action::SignOut, 8),
    (Action::ConsentGive, 4),
    (Action::PasswordSet, 2),
    (Action::ProfileChange, 3),
    (Action::FactorAdd, 2),
    (Action::SessionEnd, 2),
    (Action::SignUp, 1),
    (Action::EmailChange, 1),
    (Action::UserUnlock, 1),
];

/// Random enough, and the same each time.
struct Dice(u64);

impl Dice {
    /// Marsaglia, Xorshift RNGs (2003).
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end.max(1)
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        let at = self.below(u64::try_from(all.len()).unwrap_or(1));
        all[usize::try_from(at).unwrap_or_default()]
    }

    fn percent(&mut self, chance: u64) -> bool {
        self.below(100) < chance
    }

    fn between(&mut self, from: Ts, to: Ts) -> Ts {
        let span = u64::try_from(to.0.saturating_sub(from.0)).unwrap_or(1);
        Ts(from.0.saturating_add_unsigned(self.below(span)))
    }
}

/// Makes so many people, with the words by which they are found, roles, and here and there a session; after each step it
/// is told how many there are.
pub async fn people(app: &App, count: u64, mut told: impl FnMut(u64)) -> Result<()> {
    let cx = app.cx();
    let before = seed::count(&mut app.db.conn().await?, cx.tenant).await?.unsigned_abs();
    let mut dice = Dice(0x5151_6e65_7400 + before);
    let mut made = 0;
    while made < count {
        let step = STEP.min(count - made);
        let mut crowd = Crowd::default();
        for number in made..made + step {
            crowd.add(cx, &mut dice, (before + number, number, count));
        }
        cx.app.db.write(async |tx| crowd.keep(tx).await).await?;
        made += step;
        told(made);
    }
    Ok(())
}

/// The rows of some people.
#[derive(Default)]
struct Crowd {
    users: Vec<User>,
    roles: Vec<UserRole>,
    sessions: Vec<Session>,
}

impl Crowd {
    /// One more; the later the number of all, the later the person has come.
    fn add(&mut self, cx: Cx<'_>, dice: &mut Dice, (number, at, of): (u64, u64, u64)) {
        let (given, family) = (dice.one_of(&FIRST), dice.one_of(&LAST));
        let username = format!("{}.{}.{number}", plain(given), plain(family));
        let email = format!("{username}@{}", dice.one_of(&HOSTS));
        let begin = cx.now.minus(AGE);
        let age = AGE.as_secs().saturating_mul(at) / of.max(1);
        let created_at = Ts(begin.0.saturating_add_unsigned(age));
        let state = match dice.below(1000) {
            0..930 => UserState::Active,
            930..950 => UserState::Suspended,
            950..965 => UserState::Locked,
            965..985 => UserState::Deactivated,
            _ => UserState::Pending,
        };
        let seen = dice.percent(85).then(|| dice.between(created_at, cx.now));
        let user = User {
            tenant_id: cx.tenant.clone(),
            id: UserId::random(),
            username_key: text::key(&username),
            username,
            email_key: text::key(&email),
            email,
            email_verified_at: dice.percent(90).then_some(created_at),
            name: Some(format!("{given} {family}")),
            given_name: Some(given.to_owned()),
            family_name: Some(family.to_owned()),
            locale: Some(dice.one_of(&["en", "de", "ar"]).to_owned()),
            zoneinfo: None,
            state,
            created_at,
            updated_at: created_at,
            has_profile: false,
            unlocked_at: None,
            last_seen_at: seen,
            kind: None,
            theme: None,
        };
        let role = match dice.below(200) {
            0 => Some("support"),
            1..4 => Some("moderator"),
            _ => None,
        };
        for role in role.into_iter().chain([USER]) {
            self.roles.push(UserRole {
                tenant_id: cx.tenant.clone(),
                user_id: user.id.clone(),
                role: role.to_owned(),
                granted_at: created_at,
                granted_by: Party::Operator.text().to_owned(),
            });
        }
        if state == UserState::Active && dice.percent(5) {
            self.sessions.push(session(cx, dice, &user));
        }
        self.users.push(user);
    }

    async fn keep(&self, tx: &mut Conn) -> store::Result<()> {
        seed::users(tx, &self.users).await?;
        store::bulk::give_roles(tx, &self.roles).await?;
        for session in &self.sessions {
            store::session::insert(tx, session).await?;
        }
        Ok(())
    }
}

/// As it can stand in an address.
fn plain(name: &str) -> String {
    let letter = |c: char| match c {
        'é' | 'ë' => 'e',
        'á' => 'a',
        'í' | 'ı' => 'i',
        'ö' => 'o',
        'ü' => 'u',
        other => other,
    };
    name.to_lowercase().chars().map(letter).filter(char::is_ascii_alphabetic).collect()
}

fn session(cx: Cx<'_>, dice: &mut Dice, user: &User) -> Session {
    let age = Duration::from_secs(dice.below(86_400));
    Session {
        tenant_id: cx.tenant.clone(),
        hash: random::sha256(&random::id()),
        id: SessionId::random(),
        user_id: user.id.clone(),
        auth_time: cx.now.minus(age),
        acr: Level::Single.text().to_owned(),
        amr: "pwd".to_owned(),
        address: address(dice),
        device: dice.one_of(&DEVICES).to_owned(),
        created_at: cx.now.minus(age),
        last_seen_at: cx.now,
        expires_at: cx.now.plus(Duration::from_hours(24)),
        ended_at: None,
        needs_factor: false,
        kept: false,
        place: None,
        latitude: None,
        longitude: None,
        admin_seen_at: None,
    }
}

fn address(dice: &mut Dice) -> String {
    // RFC 5737 §3 and RFC 2544 §C.2: nobody's
    format!("198.{}.{}.{}", 18 + dice.below(2), dice.below(256), 1 + dice.below(254))
}

/// Makes so many rows of the audit, of the last year in their order, about people who are there.
pub async fn events(app: &App, count: u64, mut told: impl FnMut(u64)) -> Result<()> {
    let cx = app.cx();
    let ids = seed::some(&mut app.db.conn().await?, cx.tenant, i64::try_from(BUSY).unwrap_or(i64::MAX)).await?;
    let mut dice = Dice(0x6175_6469_7400 + count);
    let all: u64 = EVENTS.iter().map(|(_, weight)| weight).sum();
    let begin = cx.now.minus(AGE / 3);
    let mut made = 0;
    while made < count && !ids.is_empty() {
        let step = STEP.min(count - made);
        let mut rows = Vec::with_capacity(usize::try_from(step).unwrap_or_default());
        for number in made..made + step {
            let age = (AGE / 3).as_secs().saturating_mul(number) / count;
            let at = Ts(begin.0.saturating_add_unsigned(age));
            rows.push(event(cx, &mut dice, (&ids, at, all)));
        }
        cx.app.db.write(async |tx| store::audit::insert_all(tx, &rows).await).await?;
        made += step;
        told(made);
    }
    // a server that finds them would have to do it first
    while admin::audit::seal(app).await? > 0 {
        tokio::task::yield_now().await;
    }
    Ok(())
}

fn event(cx: Cx<'_>, dice: &mut Dice, (ids, at, all): (&[UserId], Ts, u64)) -> Audit {
    let mut throw = dice.below(all);
    let action = EVENTS.iter().find(|(_, weight)| {
        let is_this = throw < *weight;
        throw = throw.saturating_sub(*weight);
        is_this
    });
    let action = action.map_or(Action::SignIn, |(action, _)| *action);
    let place = dice.below(u64::try_from(ids.len()).unwrap_or(1));
    let id = &ids[usize::try_from(place).unwrap_or_default()];
    let failed = action == Action::SignIn && dice.percent(6);
    Audit {
        at,
        address: Some(address(dice)),
        device: Some(dice.one_of(&DEVICES).to_owned()),
        result: if failed { Outcome::Failed } else { Outcome::Ok },
        ..cx.audit(action, Party::User, Some(id.as_str())).on(Party::User, id.as_str())
    }
}
