//! How it goes.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::{Desk, KEYS, PEOPLE, first};
use crate::flow::admin::stats;
use crate::locale::Text;
use crate::model::stats::{Day, Stats};
use crate::model::user::UserState;
use crate::spec::paths;
use crate::spec::right::Right;
use crate::web::ctx::Ctx;
use crate::web::html::see_other;
use crate::web::signed_in::Stop;
use crate::web::view::admin::{DayLine, Overview};

/// How high the chart is, and how far its bars are apart; in its own measure.
const HIGH: i64 = 120;
const STEP: i64 = 20;

/// The overview; whoever may not see it goes on to what there is for them.
pub async fn get(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let desk = Desk::enter(&ctx).await?;
    if !desk.may(Right::StatsRead) {
        return Ok(see_other(first(desk.visitor.rights).unwrap_or(paths::HOME)).finish());
    }
    let stats = stats::show(desk.cx(), desk.by()).await?;
    let (sheet, bar) = (ctx.sheet(), desk.bar(paths::ADMIN, paths::ADMIN));
    let days = lines(&stats.days);
    let view = Overview {
        frame: sheet.frame(&ctx.app),
        bar: &bar,
        facts: &facts(&stats),
        hands: &hands(&desk, &stats),
        days: &days,
        sign_ins: stats.days.iter().map(|day| day.sign_ins).sum(),
        failed: stats.days.iter().map(|day| day.failed).sum(),
    };
    desk.page(StatusCode::OK, &sheet, &view)
}

fn facts(stats: &Stats) -> [(Text, i64); 5] {
    [
        (Text::new("admin-facts-people"), stats.people),
        (Text::new("admin-facts-active"), stats.active),
        (Text::new("admin-facts-verified"), stats.verified),
        (Text::new("admin-facts-new"), stats.new),
        (Text::new("admin-facts-sessions"), stats.sessions),
    ]
}

/// What needs a hand, with the page that helps.
fn hands(desk: &Desk<'_>, stats: &Stats) -> Vec<(Text, Option<String>)> {
    let page = |right, path: &str| desk.may(right).then(|| path.to_owned());
    let locked = format!("{PEOPLE}?state={}", UserState::Locked);
    let all = [
        (Text::new("admin-hand-letters").with("count", stats.dead_letters), stats.dead_letters, None),
        (Text::new("admin-hand-locked").with("count", stats.locked), stats.locked, page(Right::UsersRead, &locked)),
        (Text::new("admin-hand-keys").with("count", stats.keys_due), stats.keys_due, page(Right::KeysRead, KEYS)),
    ];
    all.into_iter().filter(|(_, count, _)| *count > 0).map(|(text, _, page)| (text, page)).collect()
}

fn lines(days: &[Day]) -> Vec<DayLine> {
    let most = days.iter().map(|day| day.sign_ins + day.failed).max().unwrap_or(0).max(1);
    // what happened at all can be seen
    let high = |count: i64| if count == 0 { 0 } else { (count * HIGH / most).max(2) };
    let line = |(x, day): (i64, &Day)| {
        let (good, bad) = (high(day.sign_ins), high(day.failed));
        DayLine {
            day: day.at.exact().chars().take(10).collect(),
            sign_ins: day.sign_ins,
            failed: day.failed,
            x: x * STEP + 2,
            good: (HIGH - good, good),
            bad: ((HIGH - good - bad).max(0), bad),
        }
    };
    (0..).zip(days).map(line).collect()
}
