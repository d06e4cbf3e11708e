//! The second step of a sign-in. Until it is done there is no session, only a challenge of this browser.

mod answer;

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::passkey::{self, Question};
use super::{Held, Way, sent};
use crate::app::Cx;
use crate::base::random::Opaque;
use crate::base::time::Ts;
use crate::flow::account::delete::keep;
use crate::flow::challenge::{self, About, Asker, Fresh};
use crate::flow::session::Live;
use crate::flow::{Error, Result};
use crate::locale::Locale;
use crate::model::challenge::{Challenge, Kind as Challenged};
use crate::model::factor::Kind;
use crate::model::user::User;
use crate::model::{ChallengeId, RequestId};
use crate::shared::limit::Rate;
use crate::spec::acr::{Level, Proved};
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::store::Conn;

pub use answer::{Answer, Done, Typed, finish};

const TTL: Duration = Duration::from_mins(10);

/// Letters with codes to one person.
const LETTERS: Rate = Rate { burst: 5, interval: Duration::from_mins(2) };
/// Steps that apps want to be surer by, of one session.
const RAISES: Rate = Rate { burst: 20, interval: Duration::from_secs(10) };

/// What was proved by the first step.
#[derive(Debug, Serialize, Deserialize)]
struct Waiting {
    proved: Proved,
    /// If that was a session before: when it began, and its hash.
    session: Option<(Ts, String)>,
    /// How sure an app wants to be.
    wanted: Option<Level>,
    /// Where the code was sent that may be typed.
    sent: Option<Kind>,
    /// Whether the session is to outlive the browser.
    #[serde(default)]
    keep: bool,
}

/// Begins the second step, in the transaction that has ended the first.
pub(in crate::flow) async fn begin(
    cx: Cx<'_>,
    tx: &mut Conn,
    user: &User,
    (proved, keep): (Proved, bool),
    asker: Asker<'_>,
) -> Result<ChallengeId> {
    wait(cx, tx, user, Waiting { proved, session: None, wanted: None, sent: None, keep }, asker).await
}

/// Asks somebody who is signed in for a further factor: an app or a page wants to be so sure. Fails when that is asked
/// for too often (429).
pub async fn raise(cx: Cx<'_>, live: &Live, (wanted, asker): (Option<Level>, Asker<'_>)) -> Result<ChallengeId> {
    cx.limit("raise", live.session.id.as_str(), RAISES)?;
    let session = Some((live.session.auth_time, live.session.hash.clone()));
    let waiting = Waiting { proved: live.proved(), session, wanted, sent: None, keep: live.session.kept };
    cx.app.db.write(async |tx| wait(cx, tx, &live.user, waiting, asker).await).await
}

async fn wait(cx: Cx<'_>, tx: &mut Conn, user: &User, waiting: Waiting, asker: Asker<'_>) -> Result<ChallengeId> {
    let about = About {
        kind: Challenged::SecondFactor,
        browser: asker.browser,
        request: asker.request,
        user: Some(&user.id),
        ttl: TTL,
    };
    Fresh::new(cx, &about, &waiting)?.keep(tx).await
}

/// What the page shows.
#[derive(Debug)]
pub struct Shown {
    pub id: ChallengeId,
    pub user: User,
    pub request: Option<RequestId>,
    /// Never empty; the first is the one to show.
    pub ways: Vec<Way>,
    /// Where a code was sent, and what its owner knows the place by.
    pub sent: Option<(Way, String)>,
}

pub async fn shown(cx: Cx<'_>, id: &ChallengeId, browser: &Opaque) -> Result<Shown> {
    let row = under_way(cx, id, browser).await?;
    let conn = &mut cx.app.db.conn().await?;
    let waiting: Waiting = challenge::then(cx, &row)?;
    let (user, held) = person(cx, conn, &row).await?;
    let ways = ways(&held, &waiting);
    if ways.is_empty() {
        return Err(challenge::gone("an account without factors").into());
    }
    let sent = match waiting.sent {
        Some(kind) => {
            sent::letter(cx, conn, &user, (kind, "", Locale::default())).await?.map(|letter| (kind, letter.to))
        }
        None => None,
    };
    let sent = sent.map(|(kind, to)| (Way::of(kind), sent::masked(&to)));
    Ok(Shown { id: row.id, user, request: row.request_id, ways, sent })
}

fn ways(held: &Held, waiting: &Waiting) -> Vec<Way> {
    let mut ways = held.ways_beside(&waiting.proved);
    if waiting.wanted == Some(Level::Phishing) && ways.contains(&Way::Passkey) {
        // a code would be right, and not enough
        ways.retain(|way| *way == Way::Passkey);
    }
    ways
}

async fn under_way(cx: Cx<'_>, id: &ChallengeId, browser: &Opaque) -> Result<Challenge> {
    challenge::in_time(cx, challenge::of_browser(cx, Challenged::SecondFactor, id, browser).await?)
}

/// Sends a code to where the person's codes of this way go, in the place of any that was sent before. Fails when the
/// person has no such way, or it is asked for too often (429).
pub async fn send(cx: Cx<'_>, id: &ChallengeId, way: Way, asker: Asker<'_>) -> Result<()> {
    let row = under_way(cx, id, asker.browser).await?;
    let mut waiting: Waiting = challenge::then(cx, &row)?;
    let (user, held) = person(cx, &mut cx.app.db.conn().await?, &row).await?;
    let kind = match way {
        Way::Email => Some(Kind::Email),
        Way::Sms => Some(Kind::Sms),
        Way::Totp | Way::Passkey | Way::Backup => None,
    };
    let kind = kind.filter(|_| ways(&held, &waiting).contains(&way)).ok_or_else(|| unknown(way))?;
    cx.limit("second-letter", user.id.as_str(), LETTERS)?;
    waiting.sent = Some(kind);
    let fresh = Fresh::again(cx, row, TTL, &waiting)?;
    let to = (kind, fresh.code.as_str(), asker.locale);
    let letter = sent::letter(cx, &mut cx.app.db.conn().await?, &user, to).await?;
    let letter = letter.ok_or_else(|| unknown(way))?;
    sent::count(cx, &letter)?;
    fresh.renew(cx, letter).await
}

fn unknown(way: Way) -> Refusal {
    let refusal = Code::AccessDenied.because("no code can be sent this way");
    refusal.at(Check::Factor, "a way of this person that codes are sent by", way.text())
}

/// Who it is, with what may be proved; fails when the account has been shut meanwhile.
async fn person(cx: Cx<'_>, conn: &mut Conn, row: &Challenge) -> Result<(User, Held)> {
    let Some(user) = challenge::person(cx, conn, row).await? else { return Err(shut()) };
    if !keep::may_come(cx, conn, &user).await? {
        return Err(shut());
    }
    let held = Held::by(cx, conn, &user.id).await?;
    Ok((user, held))
}

fn shut() -> Error {
    challenge::gone("an account that may not sign in").into()
}

/// What the person's passkeys are asked with.
pub async fn question(cx: Cx<'_>, id: &ChallengeId, browser: &Opaque) -> Result<Question> {
    let row = under_way(cx, id, browser).await?;
    let (_, held) = person(cx, &mut cx.app.db.conn().await?, &row).await?;
    passkey::ask_second(cx, browser, id, &held)
}
