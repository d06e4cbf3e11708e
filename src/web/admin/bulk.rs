//! Something is done to many people: whom and what is chosen, what would become of them is looked at, and then a job does
//! it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::people::{filter, line};
use super::{Desk, PAGE, PEOPLE, ROWS, beginning, cut, jobs, show};
use crate::flow::admin::bulk::{self, Forecast, Order, Wanted, Whom, forecast};
use crate::flow::admin::people::{self, Count, Filter, Part, Sort};
use crate::flow::admin::role;
use crate::locale::Text;
use crate::model::UserId;
use crate::model::bulk::Kind;
use crate::model::user::{USER, User};
use crate::spec::params::Params;
use crate::spec::right::Right;
use crate::web::ctx::Ctx;
use crate::web::form::Form;
use crate::web::signed_in::Stop;
use crate::web::view::Mistake;
use crate::web::view::admin::{self as view, Choice, Label};

const BULK: &str = "/admin/people/bulk";
const SORT: Sort = Sort::CreatedLast;
/// What the list of people is narrowed by, by the names of its form.
const NAMES: [&str; 10] =
    ["q", "state", "role", "type", "factor", "verified", "seen-from", "seen-to", "created-from", "created-to"];

fn kept(params: &Params) -> Vec<(String, String)> {
    let kept = NAMES.iter().filter_map(|name| Some(((*name).to_owned(), params.get(name)?.to_owned())));
    kept.collect()
}

/// The list of people with the same filter.
fn list(params: &Params) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(kept(params)).finish();
    if query.is_empty() { PEOPLE.to_owned() } else { format!("{PEOPLE}?{query}") }
}

pub async fn get(ctx: Ctx) -> Result<HttpResponse, Stop> {
    let params = ctx.query()?;
    let desk = Desk::enter(&ctx).await?;
    form(&desk, StatusCode::OK, &params, &[]).await
}

/// The form, with what was chosen.
async fn form(
    desk: &Desk<'_>,
    status: StatusCode,
    params: &Params,
    mistakes: &[Mistake],
) -> Result<HttpResponse, Stop> {
    let ctx = desk.ctx;
    let filter = filter(params)?;
    let part = Part { sort: SORT, after: params.get("after").unwrap_or_default(), limit: ROWS };
    let found = people::search(desk.cx(), desk.by(), &filter, part).await?;
    let (people, next) = cut(ctx, found.people, |user| SORT.place(user));
    let tick = |user: &User| view::bulk::Tick {
        ticked: params.get(&format!("id-{}", user.id)).is_some(),
        line: line(&desk.live, user),
    };
    let people: Vec<_> = people.iter().map(tick).collect();
    let chosen = params.get("action");
    let choice = |kind: Kind| Choice {
        value: kind.text().to_owned(),
        label: Label::Text(jobs::what(kind)),
        hint: String::new(),
        chosen: chosen == Some(kind.text()),
    };
    let actions: Vec<_> = Kind::TO_PEOPLE.into_iter().filter(|kind| desk.may(kind.right())).map(choice).collect();
    let roles = match desk.may(Right::RolesWrite) && desk.may(Right::RolesRead) {
        true => role::list(desk.cx(), desk.by()).await?,
        false => Vec::new(),
    };
    let role = |full: role::Full| Choice {
        chosen: params.get("give") == Some(full.role.name.as_str()),
        label: Label::Plain(full.role.name.clone()),
        value: full.role.name,
        hint: String::new(),
    };
    let roles: Vec<_> = roles.into_iter().filter(|full| full.role.name != USER).map(role).collect();
    let (sheet, bar) = (ctx.sheet(), desk.bar(PEOPLE, PEOPLE));
    let count = found.count.map(count);
    let first = beginning(ctx, params);
    let view = view::bulk::Bulk {
        frame: sheet.frame(&ctx.app),
        bar: &bar,
        count: count.as_ref(),
        filter: &kept(params),
        people: &people,
        actions: &actions,
        roles: &roles,
        all: params.get("whom") == Some("all"),
        is_everybody: filter == Filter::default(),
        first: first.as_deref(),
        next: next.as_deref(),
        back: &list(params),
        mistakes,
    };
    desk.page(status, &sheet, &view)
}

fn count(count: Count) -> Text {
    let text = if count.more { Text::new("bulk-all-more") } else { Text::new("bulk-all") };
    text.with("count", count.people)
}

/// First what it would do, then the job that does it.
pub async fn post(ctx: Ctx, Form(params): Form) -> Result<HttpResponse, Stop> {
    let desk = Desk::accept(&ctx, &params).await?;
    let order = match order(&params)? {
        Ok(order) => order,
        Err(mistake) => return form(&desk, StatusCode::BAD_REQUEST, &params, &[mistake]).await,
    };
    if params.get("confirm").is_some() {
        let row = bulk::begin(desk.cx(), desk.by(), order).await?;
        return Ok(jobs::to(&row));
    }
    let title = jobs::title(order.kind, order.role.as_deref());
    let found = forecast(desk.cx(), desk.by(), Wanted::Order(order)).await?;
    tell(&desk, &found, (&title, PEOPLE, &list(&params)), &params).await
}

/// What was chosen, or what is missing.
fn order(params: &Params) -> Result<Result<Order, Mistake>, Stop> {
    let Some(kind) = params.get("action").and_then(Kind::parse).filter(|kind| Kind::TO_PEOPLE.contains(kind)) else {
        return Ok(Err(Mistake::new("action", "bulk-action-missing")));
    };
    let role = params.get("give").filter(|_| kind.is_of_role()).map(str::to_owned);
    if kind.is_of_role() && role.is_none() {
        return Ok(Err(Mistake::new("give", "bulk-role-missing")));
    }
    let whom = match params.get("whom") {
        Some("all") => Whom::All(Box::new(filter(params)?)),
        _ => {
            let ids = params.iter().filter_map(|(name, _)| name.strip_prefix("id-"));
            Whom::Ids(ids.map(UserId::from).take(PAGE).collect())
        }
    };
    if whom == Whom::Ids(Vec::new()) {
        return Ok(Err(Mistake::new("whom-ticked", "bulk-nobody-ticked")));
    }
    Ok(Ok(Order { kind, role, whom }))
}

/// A page that tells what would become of them; its form sends the same once more.
pub async fn tell(
    desk: &Desk<'_>,
    found: &Forecast,
    (title, area, back): (&Text, &str, &str),
    form: &Params,
) -> Result<HttpResponse, Stop> {
    let rows = jobs::rows(desk, &found.rows, true).await?;
    let facts = [
        (Text::new("bulk-would-change"), found.changed),
        (Text::new("bulk-would-skip"), found.skipped),
        (Text::new("bulk-would-fail"), found.failed),
    ];
    let reasons: Vec<_> = found.reasons.iter().map(|reason| (show::reason(reason.check), reason.count)).collect();
    let is_part = found.total.more || found.looked_at < found.total.people;
    let part = is_part.then(|| Text::new("bulk-part").with("count", found.looked_at));
    let fields = form.iter().filter(|(name, _)| !matches!(*name, "csrf" | "confirm"));
    let fields: Vec<_> = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let (sheet, bar) = (desk.ctx.sheet(), desk.bar(area, back));
    let view = view::bulk::Forecast {
        frame: sheet.frame(&desk.ctx.app),
        bar: &bar,
        title,
        total: &count(found.total),
        part: part.as_ref(),
        facts: &facts,
        reasons: &reasons,
        rows: &rows,
        can_do: found.changed > 0 || is_part,
        action: if form.get("action").is_some() { BULK } else { desk.ctx.request.path() },
        fields: &fields,
        back,
    };
    desk.page(StatusCode::OK, &sheet, &view)
}
