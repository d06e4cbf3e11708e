//! The page of one app.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::apps::fields::Fields;
use super::apps::kind::Kind;
use super::apps::member::Member;
use super::apps::{beyond, made, state};
use super::{APPS, Desk, refusals};
use crate::flow;
use crate::flow::admin::client::{self, Edit};
use crate::flow::admin::selftest::{self, Finding, Went};
use crate::flow::admin::{How, withdraw, wrong};
use crate::locale::Text;
use crate::model::ClientId;
use crate::model::client::{Client, ClientSecret, ClientState};
use crate::spec::check::{Check, Endpoint};
use crate::spec::error::{Code, Refusal};
use crate::spec::params::Params;
use crate::spec::right::Right;
use crate::store::refusal::Wanted;
use crate::web::ctx::Ctx;
use crate::web::error::Error;
use crate::web::form::Form;
use crate::web::page::parts::{too_often_anew, when};
use crate::web::signed_in::Stop;
use crate::web::view::Mistake;
use crate::web::view::admin::{Label, MemberLine};
use crate::web::view::apps::{App, AppLine, Changed, SecretLine, SelfTest, TestLine};

/// Refusals that are shown.
const REFUSALS: i64 = 5;

fn id(desk: &Desk<'_>) -> ClientId {
    ClientId::from(desk.part("id"))
}

fn home(id: &ClientId) -> String {
    format!("{APPS}/{id}")
}

async fn load(desk: &Desk<'_>) -> flow::Result<Client> {
    client::show(desk.cx(), desk.by(), &id(desk)).await
}

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let desk = Desk::enter(&ctx).await?;
    let client = load(&desk).await?;
    let fields = Fields::of(&client.metadata);
    page(&desk, StatusCode::OK, &client, &Shown { fields: &fields, changed: &[] }, &[]).await
}

/// What stands in the fields, and what somebody else has changed while they were filled in.
struct Shown<'a> {
    fields: &'a Fields,
    changed: &'a [MemberLine],
}

async fn page(
    desk: &Desk<'_>,
    status: StatusCode,
    client: &Client,
    shown: &Shown<'_>,
    mistakes: &[Mistake],
) -> Result<HttpResponse, Stop> {
    let access = client::access(desk.cx(), desk.by(), &client.id).await?;
    let wanted = Wanted { client_id: Some(client.id.0.clone()), ..Wanted::default() };
    let refusals = refusals::lines(desk, &wanted, REFUSALS).await?.1;
    let now = desk.cx().now;
    let secret = |secret: &ClientSecret| SecretLine {
        created: when(&desk.live, secret.created_at),
        ends: secret.expires_at.map(|at| when(&desk.live, at)),
    };
    let secrets: Vec<_> = client.live_secrets(now).map(secret).collect();
    let (sheet, bar) = (desk.ctx.sheet(), desk.bar(APPS, &home(&client.id)));
    let view = App {
        frame: sheet.frame(&desk.ctx.app),
        bar: &bar,
        line: &line(desk, client),
        kind: Kind::of(&client.metadata).title(),
        steps: &steps(client.state()),
        is_deleted: client.state() == ClientState::Deleted,
        secrets: (!client.metadata.is_public()).then_some(&secrets),
        grants: access.grants,
        consents: access.consents,
        refusals: &refusals,
        groups: &shown.fields.groups(sheet.locale),
        version: &Fields::of(&client.metadata).version(),
        changed: (!shown.changed.is_empty()).then_some(Changed { rows: shown.changed }),
        can_change: desk.may(Right::ClientsWrite),
        can_audit: desk.may(Right::AuditRead),
        mistakes,
    };
    desk.page(status, &sheet, &view)
}

fn line(desk: &Desk<'_>, client: &Client) -> AppLine {
    AppLine {
        id: client.id.0.clone(),
        name: client.metadata.client_name.clone(),
        state: state(client.state()),
        is_enabled: client.is_enabled(),
        created: when(&desk.live, client.created_at),
        updated: when(&desk.live, client.updated_at),
    }
}

crate::text_enum! {
    /// What can be done to an app as a whole.
    Step {
        Disable = "disable",
        Enable = "enable",
        Delete = "delete",
        Restore = "restore",
    }
}

fn words(step: Step) -> Text {
    match step {
        Step::Disable => Text::new("app-step-disable"),
        Step::Enable => Text::new("app-step-enable"),
        Step::Delete => Text::new("app-step-delete"),
        Step::Restore => Text::new("app-step-restore"),
    }
}

fn steps(state: ClientState) -> Vec<(&'static str, Text)> {
    let steps: &[Step] = match state {
        ClientState::Enabled => &[Step::Disable, Step::Delete],
        ClientState::Disabled => &[Step::Enable, Step::Delete],
        ClientState::Deleted => &[Step::Restore],
    };
    steps.iter().map(|step| (step.text(), words(*step))).collect()
}

/// Shuts the app out, lets it in, deletes it or brings it back, once that was confirmed.
pub async fn step(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Stop> {
    let desk = Desk::accept(&ctx, &form).await?;
    let id = id(&desk);
    let step = form.get("step").and_then(Step::parse).ok_or_else(|| wrong("step", Step::names()))?;
    let run = async |how| match step {
        Step::Disable => client::set_enabled(desk.cx(), desk.by(), how, &id, false).await,
        Step::Enable => client::set_enabled(desk.cx(), desk.by(), how, &id, true).await,
        Step::Delete => client::set_deleted(desk.cx(), desk.by(), how, &id, true).await,
        Step::Restore => client::set_deleted(desk.cx(), desk.by(), how, &id, false).await,
    };
    desk.confirmed(&form, (APPS, words(step), &home(&id)), run).await
}

/// Makes a new secret and shows it this once, or ends the one before it; both once that was confirmed.
pub async fn secret(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Stop> {
    let desk = Desk::accept(&ctx, &form).await?;
    let (id, is_new) = (id(&desk), form.get("end").is_none());
    if !is_new {
        let run = async |how| client::end_old_secret(desk.cx(), desk.by(), how, &id).await;
        return desk.confirmed(&form, (APPS, Text::new("app-secret-end"), &home(&id)), run).await;
    }
    if form.get("confirm").is_none() {
        let run = async |how| client::rotate_secret(desk.cx(), desk.by(), how, &id).await;
        return desk.confirmed(&form, (APPS, Text::new("app-secret-new"), &home(&id)), run).await;
    }
    let done = client::rotate_secret(desk.cx(), desk.by(), How::Apply, &id).await?;
    made(&desk, &done, Text::new("app-secret-made"))
}

/// Takes back what people have allowed the app, once that was confirmed.
pub async fn withdraw(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Stop> {
    let desk = Desk::accept(&ctx, &form).await?;
    let id = id(&desk);
    let run = async |how| withdraw::withdraw(desk.cx(), desk.by(), how, &id).await;
    desk.confirmed(&form, (APPS, Text::new("app-withdraw"), &home(&id)), run).await
}

/// Changes the settings, once that was confirmed. Whoever began before somebody else changed them is told what that
/// was, and loses nothing of what was typed.
pub async fn edit(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Stop> {
    let desk = Desk::accept(&ctx, &form).await?;
    let (id, version) = (id(&desk), form.get("version").unwrap_or_default());
    let client = load(&desk).await?;
    let typed = Fields::typed(&form);
    if client.state() != ClientState::Deleted && !is_version(&client, version) {
        return conflict(&desk, &client, &typed, version).await;
    }
    let (metadata, mistakes) = typed.metadata(&client.metadata, Member::ALL);
    if !mistakes.is_empty() {
        let shown = Shown { fields: &typed, changed: &[] };
        return page(&desk, StatusCode::BAD_REQUEST, &client, &shown, &mistakes).await;
    }
    let unchanged =
        |client: &Client| if is_version(client, version) { Ok(()) } else { Err(changed_meanwhile().into()) };
    let run = async |how| {
        let edit = Edit::Whole(Box::new(metadata.clone()));
        client::edit(desk.cx(), desk.by(), how, &id, (edit, unchanged)).await
    };
    match desk.confirmed(&form, (APPS, Text::new("app-edit"), &home(&id)), run).await {
        Err(Stop::Error(error)) if is_late(&error) => conflict(&desk, &load(&desk).await?, &typed, version).await,
        Err(Stop::Error(error)) => {
            let (status, mistake) = beyond(error)?;
            page(&desk, status, &client, &Shown { fields: &typed, changed: &[] }, &[mistake]).await
        }
        other => other,
    }
}

fn is_version(client: &Client, version: &str) -> bool {
    Fields::of(&client.metadata).version() == version
}

/// Between the look at the app and its change there is a moment for somebody else.
fn changed_meanwhile() -> Refusal {
    let refusal = Code::InvalidRequest.because("somebody else has changed the app meanwhile: open it again");
    refusal.with_status(412).at(Check::Current, "the app as it was read", "another state of it")
}

fn is_late(error: &Error) -> bool {
    error.refusal.status == 412
}

/// The form once more, on the app as it is now: with what was typed, and with what somebody else has changed.
async fn conflict(desk: &Desk<'_>, client: &Client, typed: &Fields, version: &str) -> Result<HttpResponse, Stop> {
    let current = Fields::of(&client.metadata);
    let line = |member: &Member| MemberLine {
        member: Label::Text(member.label()),
        before: typed.told(*member),
        after: current.told(*member),
    };
    let changed: Vec<_> = current.changed_since(version).iter().map(line).collect();
    let merged = typed.merged(&current, version);
    let mistake = Mistake::new("", "app-changed");
    page(desk, StatusCode::CONFLICT, client, &Shown { fields: &merged, changed: &changed }, &[mistake]).await
}

/// Signet plays the app against itself.
pub async fn test(ctx: Ctx, Form(form): Form) -> Result<HttpResponse, Stop> {
    let desk = Desk::accept(&ctx, &form).await?;
    let client = load(&desk).await?;
    match selftest::run(desk.cx(), desk.by(), &client.id).await {
        Ok(findings) => tested(&desk, &client, &findings),
        Err(error) => {
            let again = async |status, mistake| {
                let fields = Fields::of(&client.metadata);
                page(&desk, status, &client, &Shown { fields: &fields, changed: &[] }, &[mistake]).await
            };
            too_often_anew(&ctx, Endpoint::Admin, error, again).await
        }
    }
}

fn tested(desk: &Desk<'_>, client: &Client, findings: &[Finding]) -> Result<HttpResponse, Stop> {
    let test = |found: &Finding| TestLine {
        name: found.name,
        clause: found.clause,
        went: match found.went {
            Went::Passed => Text::new("app-test-passed"),
            Went::Failed => Text::new("app-test-failed"),
            Went::Skipped => Text::new("app-test-skipped"),
        },
        is_bad: found.went == Went::Failed,
        is_good: found.went == Went::Passed,
        detail: found.detail.clone(),
    };
    let count = |went: Went| findings.iter().filter(|found| found.went == went).count();
    let (sheet, bar) = (desk.ctx.sheet(), desk.bar(APPS, &home(&client.id)));
    let view = SelfTest {
        frame: sheet.frame(&desk.ctx.app),
        bar: &bar,
        name: &client.metadata.client_name,
        id: client.id.as_str(),
        failed: count(Went::Failed),
        passed: count(Went::Passed),
        skipped: count(Went::Skipped),
        tests: &findings.iter().map(test).collect::<Vec<_>>(),
    };
    desk.page(StatusCode::OK, &sheet, &view)
}

/// The field that a setting of an app stands in, on its page.
pub fn place(id: &str, setting: &str) -> Option<String> {
    let member = match setting {
        "disabled" => "state",
        other => Member::parse(other)?.text(),
    };
    Some(format!("{APPS}/{id}#{member}"))
}

/// The app that a query names.
pub fn of(params: &Params) -> Option<ClientId> {
    params.get("client_id").map(str::trim).filter(|id| !id.is_empty()).map(ClientId::from)
}
