//! What happened in the account.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::flow::account::activity::{self, Topic};
use crate::flow::session::Live;
use crate::locale::Text;
use crate::model::audit::{Action, Audit, Outcome};
use crate::web::ctx::Ctx;
use crate::web::html::page;
use crate::web::page::parts::{agent, when};
use crate::web::signed_in::{Stop, signed_in};
use crate::web::view::{Activity, EventLine};
use crate::web::words;

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let params = ctx.query()?;
    let live = signed_in(&ctx).await?;
    let topic = params.get("kind").and_then(Topic::parse).unwrap_or(Topic::All);
    let found = activity::page(ctx.cx(), &live.user.id, topic, params.get("before")).await?;
    let sheet = ctx.sheet();
    let place_of = |address: &str| Some(ctx.app.atlas.find(address.parse().ok()?, sheet.locale)?.name);
    let placed = |(row, app): (Audit, _)| {
        let place = row.address.as_deref().and_then(place_of);
        EventLine { place, ..line(&live, row, app) }
    };
    let lines: Vec<_> = found.rows.into_iter().map(placed).collect();
    let view = Activity {
        frame: sheet.frame(&ctx.app),
        topic: topic.text(),
        is_first: params.get("before").is_none(),
        events: &lines,
        next: found.next.as_deref(),
    };
    Ok(page(StatusCode::OK, &sheet, "", &view)?.finish())
}

fn line(live: &Live, row: Audit, app: Option<String>) -> EventLine {
    let failed = row.result == Outcome::Failed;
    EventLine {
        what: what(row.action, failed),
        failed,
        at: when(live, row.at),
        device: row.device.as_deref().map(agent),
        address: row.address.unwrap_or_default(),
        place: None,
        app,
    }
}

fn what(action: Action, failed: bool) -> Text {
    match action {
        Action::SignIn if failed => Text::new("activity-sign-in-failed"),
        Action::SignIn => Text::new("activity-sign-in"),
        Action::SignInTravel => Text::new("activity-travel"),
        Action::SignOut => Text::new("activity-sign-out"),
        Action::SessionEnd => Text::new("activity-session-end"),
        Action::ConsentGive => Text::new("activity-consent-give"),
        Action::ConsentDeny => Text::new("activity-consent-deny"),
        Action::ConsentWithdraw => Text::new("activity-consent-withdraw"),
        Action::TokenIssue => Text::new("activity-token-issue"),
        Action::TokenRefresh => Text::new("activity-token-refresh"),
        Action::TokenReuse => Text::new("activity-token-reuse"),
        Action::TokenRevoke => Text::new("activity-token-revoke"),
        Action::CodeReplay => Text::new("activity-code-replay"),
        Action::SetUp => Text::new("activity-set-up"),
        Action::SignUp => Text::new("activity-sign-up"),
        Action::Recover => Text::new("activity-recover"),
        Action::PasswordSet => Text::new("activity-password-set"),
        Action::PasswordRequire => Text::new("activity-password-require"),
        Action::EmailChange => Text::new("activity-email"),
        Action::PhoneChange => Text::new("activity-phone"),
        Action::ProfileChange => Text::new("activity-profile"),
        Action::UsernameChange => Text::new("activity-username"),
        Action::PreferencesChange => Text::new("activity-preferences"),
        Action::KindChange => Text::new("activity-type"),
        Action::FieldChange => Text::new("activity-field"),
        Action::FactorAdd => Text::new("activity-factor-add"),
        Action::FactorRemove => Text::new("activity-factor-remove"),
        Action::FactorReset if failed => Text::new("activity-factor-reset-stopped"),
        Action::FactorReset => Text::new("activity-factor-reset"),
        Action::UserCreate => Text::new("activity-user-create"),
        Action::UserDisable => Text::new("activity-user-disable"),
        Action::UserEnable => Text::new("activity-user-enable"),
        Action::UserDelete => Text::new("activity-user-delete"),
        Action::UserRestore => Text::new("activity-user-restore"),
        Action::UserErase => Text::new("activity-user-erase"),
        Action::ExportBegin => Text::new("activity-export-begin"),
        Action::ExportFetch => Text::new("activity-export-fetch"),
        Action::UserUnlock => Text::new("activity-user-unlock"),
        Action::ClientCreate => Text::new("activity-client-create"),
        Action::ClientDisable => Text::new("activity-client-disable"),
        Action::ClientEnable => Text::new("activity-client-enable"),
        Action::SecretRotate => Text::new("activity-client-secret"),
        Action::KeyCreate => Text::new("activity-key-create"),
        Action::KeyRotate => Text::new("activity-key-rotate"),
        Action::KeyRetire => Text::new("activity-key-retire"),
        // what administrators do
        other => words::action(other),
    }
}
