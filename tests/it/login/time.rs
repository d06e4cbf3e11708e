//! Nobody learns from the time it takes whether a name is somebody's: what is done for one that is nobody's costs as
//! much.

use std::time::Duration;

use signet::base::random::Opaque;
use signet::base::time::Stopwatch;
use signet::config::Carrier;
use signet::flow::challenge::{Asker, Begun};
use signet::flow::enter::Visit;
use signet::flow::{login, login_code, recover};
use signet::locale::Locale;

use crate::support::Op;

/// Names of each kind in one round.
const NAMES: usize = 30;
/// Wrong passwords in a row that are no typing errors any more.
const ALARMING: usize = 10;
/// Rounds until a difference is believed: another program may have been busy in one of them.
const ROUNDS: usize = 4;

fn asker(browser: &Opaque) -> Asker<'_> {
    Asker { browser, locale: Locale::En, request: None }
}

/// Which of the times is the lower quarter: what disturbs a try makes it longer, never shorter.
fn quarter(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 4]
}

/// How much longer the one kind takes than the other; `what` is told whose name it is and says how long it took.
async fn ratio(op: &Op, round: usize, what: &impl AsyncFn(&Op, &str) -> Duration) -> f64 {
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for n in 0..NAMES {
        let (somebody, nobody) = (format!("known-{round}-{n}"), format!("empty-{round}-{n}"));
        op.user(&somebody).await;
        // each is the first as often as the other
        if n % 2 == 0 {
            known.push(what(op, &somebody).await);
            unknown.push(what(op, &nobody).await);
        } else {
            unknown.push(what(op, &nobody).await);
            known.push(what(op, &somebody).await);
        }
        op.mails().await;
    }
    quarter(known).as_secs_f64() / quarter(unknown).as_secs_f64()
}

/// Fails if one kind takes notably longer than the other in each of some rounds.
async fn assert_alike(name: &str, what: impl AsyncFn(&Op, &str) -> Duration) {
    let op = Op::with(|config| config.factor.alone = vec!["email".to_owned()]).await;
    let mut seen = Vec::new();
    for round in 0..ROUNDS {
        let ratio = ratio(&op, round, &what).await;
        if (0.75..=1.33).contains(&ratio) {
            return;
        }
        seen.push(ratio);
    }
    panic!("{name}: known to unknown {seen:?}");
}

async fn timed<T>(work: impl Future<Output = T>) -> (T, Duration) {
    let watch = Stopwatch::start();
    let done = work.await;
    (done, watch.elapsed())
}

#[actix_web::test]
async fn a_code_in_the_place_of_the_password_and_another_one() {
    assert_alike("asked for", async |op, name| {
        let browser = Opaque::random();
        let asked = login_code::begin(op.app.cx(), name, (Carrier::Email, false), asker(&browser));
        let (asked, time) = timed(asked).await;
        asked.unwrap();
        time
    })
    .await;
    assert_alike("sent again", async |op, name| {
        let browser = Opaque::random();
        let asked = login_code::begin(op.app.cx(), name, (Carrier::Email, false), asker(&browser)).await.unwrap();
        let (sent, time) = timed(login_code::again(op.app.cx(), &asked, &browser)).await;
        sent.unwrap();
        time
    })
    .await;
    assert_alike("a wrong code", async |op, name| {
        let browser = Opaque::random();
        let asked = login_code::begin(op.app.cx(), name, (Carrier::Email, false), asker(&browser)).await.unwrap();
        let visit = Visit { asker: asker(&browser), old: None, trusted: None, keep: false };
        let (typed, time) = timed(login_code::by_code(op.app.cx(), &asked, "wrong", visit)).await;
        typed.unwrap();
        time
    })
    .await;
}

#[actix_web::test]
async fn a_forgotten_password_and_another_letter() {
    let begin = async |op: &Op, name: &str, browser: &Opaque| {
        let email = format!("{name}@example.com");
        match recover::begin(op.app.cx(), (&email, Carrier::Email), asker(browser)).await.unwrap() {
            Begun::Asked(id) => id,
            Begun::Wrong(wrong) => panic!("{wrong:?}"),
        }
    };
    assert_alike("asked for", async |op, name| {
        let browser = Opaque::random();
        timed(begin(op, name, &browser)).await.1
    })
    .await;
    assert_alike("sent again", async |op, name| {
        let browser = Opaque::random();
        let asked = begin(op, name, &browser).await;
        let (sent, time) = timed(recover::again(op.app.cx(), &asked, &browser)).await;
        sent.unwrap();
        time
    })
    .await;
}

/// The try that has a letter with the way back written, if there is somebody to write to.
#[actix_web::test]
async fn the_wrong_password_that_locks() {
    assert_alike("locked", async |op, name| {
        let browser = Opaque::random();
        let visit = || Visit { asker: asker(&browser), old: None, trusted: None, keep: false };
        let mut last = Duration::ZERO;
        for _ in 0..ALARMING {
            op.wait(Duration::from_mins(1));
            let (tried, time) = timed(login::password(op.app.cx(), (name, "wrong"), visit())).await;
            tried.unwrap();
            last = time;
        }
        last
    })
    .await;
}
