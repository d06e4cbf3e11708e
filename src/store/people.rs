//! Finding people, among very many.
//!
//! No database can know how many people fit a filter before it has looked, and a wrong guess costs seconds. So nothing
//! is left to guess: each thing that is asked for is counted first, up to a bound, which an index answers at once. If
//! one of them fits few people, these are looked at one by one. Else those who fit are found soon enough by walking along
//! the order that is wanted.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Text};
use diesel_async::RunQueryDsl;
use serde::{Deserialize, Serialize};

use super::{Conn, Result, on};
use crate::base::time::Ts;
use crate::model::user::{User, UserState};
use crate::model::{TenantId, UserId};
use crate::schema::user;

/// People are counted so far, and no further.
pub const MOST_COUNTED: i64 = 10_000;
/// So many rows are few: they are looked at one by one.
const FEW: i64 = 4_000;
/// Words that are looked at to count their people; each person has a few.
const MOST_WORDS: i64 = 20_000;

crate::text_enum! {
    /// In which order.
    Sort {
        Created = "created",
        CreatedLast = "-created",
        Seen = "last_seen",
        SeenLast = "-last_seen",
        Username = "username",
        UsernameLast = "-username",
    }
}

impl Sort {
    /// What stands last on a page, so that the next one can begin after it.
    pub fn place(self, user: &User) -> String {
        match self {
            Self::Created | Self::CreatedLast => format!("{}.{}", user.created_at.0, user.id),
            Self::Seen | Self::SeenLast => format!("{}.{}", user.last_seen_at.unwrap_or_default().0, user.id),
            Self::Username | Self::UsernameLast => user.username_key.clone(),
        }
    }

    /// The opposite of [`Sort::place`].
    pub fn parse_place(self, text: &str) -> Option<Place> {
        match self {
            Self::Username | Self::UsernameLast => Some(Place::Name(text.to_owned())),
            _ => {
                let (number, id) = text.split_once('.')?;
                Some(Place::Number(number.parse().ok()?, id.to_owned()))
            }
        }
    }

    /// The columns that make it; each stands in an index, and ends with one that is unique.
    const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Created | Self::CreatedLast => &["u.created_at", "u.id"],
            Self::Seen | Self::SeenLast => &["coalesce(u.last_seen_at, 0)", "u.id"],
            Self::Username | Self::UsernameLast => &["u.username_key"],
        }
    }

    const fn is_descending(self) -> bool {
        matches!(self, Self::CreatedLast | Self::SeenLast | Self::UsernameLast)
    }
}

/// Where a page begins.
#[derive(Debug, Clone)]
pub enum Place {
    Number(i64, String),
    Name(String),
}

impl std::fmt::Display for Place {
    /// As [`Sort::parse_place`] reads it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number, id) => write!(f, "{number}.{id}"),
            Self::Name(name) => f.write_str(name),
        }
    }
}

/// Whom to find; what is not given does not matter.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// How words of the person begin, in the form of [`crate::base::text::key`]; all of them have to be there.
    pub words: Vec<String>,
    pub state: Option<UserState>,
    pub role: Option<String>,
    /// Which of the tenant's kinds of people.
    pub kind: Option<String>,
    /// Whether there is a second factor.
    pub factor: Option<bool>,
    pub verified: Option<bool>,
    /// When the person was last there; somebody who never was comes before all others.
    pub seen: Span,
    pub created: Span,
}

/// From an instant on, and before another.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Span {
    pub from: Option<Ts>,
    pub before: Option<Ts>,
}

impl Span {
    fn is_all(self) -> bool {
        self == Self::default()
    }
}

/// How many there are: so many, or at least so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    pub people: i64,
    pub more: bool,
}

/// Runs a statement that was put together.
macro_rules! run {
    ($conn:expr, $sql:expr) => {{
        let Sql { text, values } = $sql;
        on!($conn, c => {
            let mut query = diesel::sql_query(text).into_boxed();
            for value in values {
                query = match value {
                    Value::Text(value) => query.bind::<Text, _>(value),
                    Value::Number(value) => query.bind::<BigInt, _>(value),
                    Value::Bytes(value) => query.bind::<Binary, _>(value),
                };
            }
            query.load(c).await
        })?
    }};
}

/// What was found.
#[derive(Debug)]
pub struct Found {
    pub people: Vec<User>,
    /// How many there are in all; told on the first page only.
    pub count: Option<Count>,
}

/// Those who fit, in order, at most `limit`.
pub async fn find(
    conn: &mut Conn,
    tenant: &TenantId,
    filter: &Filter,
    (sort, after): (Sort, Option<&Place>),
    limit: i64,
) -> Result<Found> {
    let asks = filter.asks();
    let fewest = fewest(conn, tenant, &asks).await?;
    let few = fewest.filter(|(_, count)| *count <= FEW).map(|(at, _)| at);
    let mut sql = listed(conn, tenant, (&asks, few), (sort, after)).await?;
    // few are all looked at in any case, and counted by that
    let counted = few.is_some() && after.is_none();
    sql.order(sort, if counted { FEW } else { limit });
    let found: Vec<Row> = run!(conn, sql);
    let mut ids: Vec<UserId> = found.into_iter().map(|row| UserId(row.user_id)).collect();
    let count = match after {
        Some(_) => None,
        None if counted => Some(Count { people: i64::try_from(ids.len()).unwrap_or(i64::MAX), more: false }),
        None => Some(count(conn, tenant, &asks, fewest.map(|(at, _)| at)).await?),
    };
    ids.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(Found { people: in_order(conn, tenant, ids).await?, count })
}

/// Those who fit, from a place on: what is asked for, of which a part may be known to fit few.
async fn listed(
    conn: &mut Conn,
    tenant: &TenantId,
    (asks, few): (&[Ask<'_>], Option<usize>),
    (sort, after): (Sort, Option<&Place>),
) -> Result<Sql> {
    let mut sql = Sql::default();
    sql.push("SELECT u.id AS user_id, u.created_at AS created_at FROM ");
    match few {
        Some(at) => {
            let ids = ids(conn, tenant, &asks[at]).await?;
            sql.list(conn, &ids);
            sql.push(" CROSS JOIN \"user\" u WHERE u.id = j.value AND u.tenant_id = ").text(tenant.0.as_str());
        }
        None => {
            sql.push("\"user\" u WHERE u.tenant_id = ").text(tenant.0.as_str());
        }
    }
    for (at, ask) in asks.iter().enumerate() {
        // the order begins where the span does; any other column has to keep its index to itself
        let leads = few.is_none() && ask.is_of(sort);
        if Some(at) != few {
            sql.push(" AND ");
            ask.write(&mut sql, leads);
        }
    }
    if let Some(place) = after {
        sql.push(" AND ");
        sql.after(sort, place);
    }
    Ok(sql)
}

/// The ids of those who fit, the oldest first, from behind a place on, at most `limit`; and the place of the last. Nobody
/// is met twice who is there when it begins, and nobody left out.
pub async fn walk(
    conn: &mut Conn,
    tenant: &TenantId,
    filter: &Filter,
    after: Option<&Place>,
    limit: i64,
) -> Result<(Vec<UserId>, Option<Place>)> {
    let asks = filter.asks();
    let few = fewest(conn, tenant, &asks).await?.filter(|(_, count)| *count <= FEW).map(|(at, _)| at);
    let mut sql = listed(conn, tenant, (&asks, few), (Sort::Created, after)).await?;
    sql.order(Sort::Created, limit);
    let found: Vec<Met> = run!(conn, sql);
    let last = found.last().map(|row| Place::Number(row.created_at, row.user_id.clone()));
    Ok((found.into_iter().map(|row| UserId(row.user_id)).collect(), last))
}

#[derive(QueryableByName)]
struct Met {
    #[diesel(sql_type = Text)]
    user_id: String,
    #[diesel(sql_type = BigInt)]
    created_at: i64,
}

/// The people of these ids, in their order.
async fn in_order(conn: &mut Conn, tenant: &TenantId, ids: Vec<UserId>) -> Result<Vec<User>> {
    let rows: Vec<User> = on!(conn, c => {
        user::table
            .filter(user::tenant_id.eq(tenant))
            .filter(user::id.eq_any(&ids))
            .select(User::as_select())
            .load(c)
            .await
    })?;
    let mut rows: std::collections::HashMap<UserId, User> = rows.into_iter().map(|row| (row.id.clone(), row)).collect();
    Ok(ids.iter().filter_map(|id| rows.remove(id)).collect())
}

/// How many fit, as far as that can be told at once: of those who fit the `first`, which is what the fewest fit.
async fn count(conn: &mut Conn, tenant: &TenantId, asks: &[Ask<'_>], first: Option<usize>) -> Result<Count> {
    let others: Vec<&Ask<'_>> =
        asks.iter().enumerate().filter(|(at, _)| Some(*at) != first).map(|(_, ask)| ask).collect();
    let most = match (first, others.is_empty()) {
        (Some(_), true) => MOST_WORDS,
        (None, true) => MOST_COUNTED + 1,
        (_, false) => FEW + 1,
    };
    let mut sql = Sql::default();
    sql.push("SELECT count(*) AS looked_at, count(DISTINCT ");
    if others.is_empty() {
        sql.push("c.user_id");
    } else {
        sql.push("CASE WHEN (SELECT 1 FROM \"user\" u WHERE u.tenant_id = ").text(tenant.0.as_str());
        sql.push(" AND u.id = c.user_id");
        for ask in &others {
            sql.push(" AND ");
            ask.write(&mut sql, false);
        }
        sql.push(" LIMIT 1) = 1 THEN c.user_id END");
    }
    sql.push(") AS fitting FROM (");
    if let Some(at) = first {
        asks[at].write_set(&mut sql, tenant);
    } else {
        sql.push("SELECT id AS user_id FROM \"user\" WHERE tenant_id = ").text(tenant.0.as_str());
    }
    sql.push(&format!(" LIMIT {most}) c"));
    let found: Vec<Counted> = run!(conn, sql);
    let (looked_at, fitting) = found.into_iter().next().map_or((0, 0), |row| (row.looked_at, row.fitting));
    let more = looked_at >= most || fitting > MOST_COUNTED;
    Ok(Count { people: fitting.min(MOST_COUNTED), more })
}

/// What the fewest people fit, and how many rows that are, up to one more than few. None when no index knows.
async fn fewest(conn: &mut Conn, tenant: &TenantId, asks: &[Ask<'_>]) -> Result<Option<(usize, i64)>> {
    let mut fewest = None;
    for (at, ask) in asks.iter().enumerate() {
        let mut sql = Sql::default();
        sql.push("SELECT count(*) AS looked_at, count(*) AS fitting FROM (");
        if !ask.write_set(&mut sql, tenant) {
            continue;
        }
        sql.push(&format!(" LIMIT {}) c", FEW + 1));
        let found: Vec<Counted> = run!(conn, sql);
        let count = found.into_iter().next().map_or(0, |row| row.looked_at);
        if fewest.is_none_or(|(_, least)| count < least) {
            fewest = Some((at, count));
        }
    }
    Ok(fewest)
}

/// Who fits one of the things that are asked for, when that is few.
async fn ids(conn: &mut Conn, tenant: &TenantId, ask: &Ask<'_>) -> Result<Vec<String>> {
    let mut sql = Sql::default();
    ask.write_set(&mut sql, tenant);
    let found: Vec<Row> = run!(conn, sql);
    let mut ids: Vec<String> = found.into_iter().map(|row| row.user_id).collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    user_id: String,
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    looked_at: i64,
    #[diesel(sql_type = BigInt)]
    fitting: i64,
}

/// One thing that is asked for.
#[derive(Debug, Clone, Copy)]
enum Ask<'a> {
    Word(&'a str),
    Role(&'a str),
    Kind(&'a str),
    Factor(bool),
    State(UserState),
    Verified(bool),
    Seen(Span),
    Created(Span),
}

impl Filter {
    fn asks(&self) -> Vec<Ask<'_>> {
        let mut asks: Vec<Ask<'_>> = self.words.iter().map(|word| Ask::Word(word)).collect();
        asks.extend(self.role.as_deref().map(Ask::Role));
        asks.extend(self.kind.as_deref().map(Ask::Kind));
        asks.extend(self.factor.map(Ask::Factor));
        asks.extend(self.state.map(Ask::State));
        asks.extend(self.verified.map(Ask::Verified));
        asks.extend((!self.seen.is_all()).then_some(Ask::Seen(self.seen)));
        asks.extend((!self.created.is_all()).then_some(Ask::Created(self.created)));
        asks
    }
}

impl Ask<'_> {
    /// Whether it is about what people are sorted by.
    const fn is_of(&self, sort: Sort) -> bool {
        match self {
            Self::Created(_) => matches!(sort, Sort::Created | Sort::CreatedLast),
            Self::Seen(_) => matches!(sort, Sort::Seen | Sort::SeenLast),
            _ => false,
        }
    }

    /// The ids of all whom it fits, as an index has them. `false` when none does.
    fn write_set(&self, sql: &mut Sql, tenant: &TenantId) -> bool {
        let people = "SELECT id AS user_id FROM \"user\" WHERE tenant_id = ";
        let tenant = tenant.0.as_str();
        match self {
            Self::Word(word) => {
                sql.push("SELECT user_id FROM user_word WHERE tenant_id = ").text(tenant).push(" AND ").begins(word);
            }
            Self::Role(role) => {
                sql.push("SELECT user_id FROM user_role WHERE tenant_id = ").text(tenant);
                sql.push(" AND role = ").text(role);
            }
            Self::Factor(true) => {
                sql.push("SELECT user_id FROM factor WHERE tenant_id = ").text(tenant);
            }
            Self::Kind(kind) => {
                sql.push(people).text(tenant).push(" AND kind = ").text(kind);
            }
            Self::State(state) => {
                sql.push(people).text(tenant).push(" AND state = ").text(state.text());
            }
            Self::Verified(false) => {
                sql.push(people).text(tenant).push(" AND email_verified_at IS NULL");
            }
            Self::Seen(span) => {
                sql.push(people).text(tenant).push(" AND ").within("coalesce(last_seen_at, 0)", *span);
            }
            Self::Created(span) => {
                sql.push(people).text(tenant).push(" AND ").within("created_at", *span);
            }
            Self::Factor(false) | Self::Verified(true) => return false,
        }
        true
    }

    /// Whether it fits the person `u`. No index of the person's columns is to be used but where it `leads`, and nobody is
    /// to guess how many fit: else the order of the list, by which they are soon found, would be given up for theirs.
    /// What stands in a CASE is looked at as it is.
    fn write(&self, sql: &mut Sql, leads: bool) {
        if leads && let Self::Seen(span) | Self::Created(span) = self {
            let column = if matches!(self, Self::Seen(_)) { "coalesce(u.last_seen_at, 0)" } else { "u.created_at" };
            sql.within(column, *span);
            return;
        }
        let has = |sql: &mut Sql, table: &str| {
            sql.push(&format!("(SELECT 1 FROM {table} t WHERE t.tenant_id = u.tenant_id AND t.user_id = u.id"));
        };
        sql.push("CASE WHEN ");
        match self {
            Self::Word(word) => {
                has(sql, "user_word");
                sql.push(" AND ").begins(word).push(" LIMIT 1) IS NOT NULL");
            }
            Self::Role(role) => {
                has(sql, "user_role");
                sql.push(" AND role = ").text(role).push(" LIMIT 1) IS NOT NULL");
            }
            Self::Factor(is_there) => {
                has(sql, "factor");
                sql.push(if *is_there { " LIMIT 1) IS NOT NULL" } else { " LIMIT 1) IS NULL" });
            }
            Self::Kind(kind) => {
                sql.push("u.kind = ").text(kind);
            }
            Self::State(state) => {
                sql.push("u.state = ").text(state.text());
            }
            Self::Verified(is_so) => {
                sql.push(if *is_so { "u.email_verified_at IS NOT NULL" } else { "u.email_verified_at IS NULL" });
            }
            Self::Seen(span) => {
                sql.within("coalesce(u.last_seen_at, 0)", *span);
            }
            Self::Created(span) => {
                sql.within("u.created_at", *span);
            }
        }
        sql.push(" THEN TRUE ELSE FALSE END");
    }
}

/// A statement that is put together, with its values.
#[derive(Default)]
struct Sql {
    text: String,
    values: Vec<Value>,
}

enum Value {
    Text(String),
    Number(i64),
    Bytes(Vec<u8>),
}

impl Sql {
    fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// A value in its place; SQLite numbers them as they come.
    fn bind(&mut self, value: Value) -> &mut Self {
        self.values.push(value);
        let number = self.values.len();
        self.push(&format!("${number}"))
    }

    fn text(&mut self, text: &str) -> &mut Self {
        self.bind(Value::Text(text.to_owned()))
    }

    /// Words that begin so; a letter of UTF-8 never holds the byte 255, so its last byte has one after it.
    fn begins(&mut self, word: &str) -> &mut Self {
        let first = word.as_bytes().to_vec();
        let mut end = first.clone();
        if let Some(last) = end.last_mut() {
            *last += 1;
        }
        self.push("word >= ").bind(Value::Bytes(first)).push(" AND word < ").bind(Value::Bytes(end))
    }

    fn within(&mut self, column: &str, span: Span) -> &mut Self {
        self.push(column).push(" >= ").bind(Value::Number(span.from.map_or(i64::MIN, |at| at.0)));
        self.push(" AND ").push(column).push(" < ").bind(Value::Number(span.before.map_or(i64::MAX, |at| at.0)))
    }

    /// Ids as the rows `j.value`.
    fn list(&mut self, conn: &Conn, ids: &[String]) {
        // ids are ours, and hold nothing that JSON would have to escape
        let json = format!("[{}]", ids.iter().map(|id| format!("\"{id}\"")).collect::<Vec<_>>().join(","));
        match conn {
            Conn::Lite(_) => self.push("json_each(").text(&json).push(") j"),
            Conn::Pg(_) => self.push("json_array_elements_text(").text(&json).push("::json) j(value)"),
        };
    }

    fn after(&mut self, sort: Sort, place: &Place) {
        let than = if sort.is_descending() { " < " } else { " > " };
        self.push("(").push(&sort.columns().join(", ")).push(")").push(than).push("(");
        match place {
            Place::Number(number, id) => self.bind(Value::Number(*number)).push(", ").text(id),
            Place::Name(name) => self.text(name),
        };
        self.push(")");
    }

    fn order(&mut self, sort: Sort, limit: i64) {
        let way = if sort.is_descending() { " DESC" } else { "" };
        let columns: Vec<String> = sort.columns().iter().map(|column| format!("{column}{way}")).collect();
        self.push(&format!(" ORDER BY {} LIMIT {limit}", columns.join(", ")));
    }
}
