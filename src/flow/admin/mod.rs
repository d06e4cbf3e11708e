//! What administrators do, in pages, by the API and at the command line alike. Each act goes through [`act`]: it is one
//! transaction, it can be looked at before it is made, it is written to the audit with what was and what is, and it
//! can be taken back for some days.

pub mod access;
pub mod api_key;
pub mod attribute;
pub mod audit;
pub mod bulk;
pub mod caller;
pub mod client;
pub mod console;
pub mod invite;
pub mod key;
pub mod names;
pub mod once;
pub mod people;
pub mod person;
pub mod refusal;
pub mod role;
pub mod selftest;
pub mod setting;
pub mod state;
pub mod stats;
pub mod trial;
pub mod undo;
pub mod withdraw;

use std::borrow::Cow;
use std::time::Duration;

use super::{Error, Result, missing, user};
use crate::app::Cx;
use crate::model::audit::{Action, Party};
use crate::model::change::{Batch, ChangeRow, Changed};
use crate::model::user::User;
use crate::model::{BatchId, UserId};
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::spec::right::{Right, Rights};
use crate::store::{self, Conn, change};

/// How long an act can be taken back.
const UNDO: Duration = Duration::from_hours(7 * 24);

/// Who asks for a change, and what they may do.
#[derive(Debug, Clone)]
pub struct Actor {
    pub kind: Party,
    pub id: Option<String>,
    pub rights: Rights,
    /// The permissions that they hold by name, among them those that only apps understand.
    pub permissions: Vec<String>,
    /// Why there are fewer rights just now than the roles give.
    pub held_back: Option<&'static str>,
}

impl Actor {
    /// Whoever can start commands on the server may do everything.
    pub fn operator() -> Self {
        Self { kind: Party::Operator, id: None, rights: Rights::all(), permissions: Vec::new(), held_back: None }
    }

    /// A signed-in person.
    pub async fn person(cx: Cx<'_>, id: &UserId) -> Result<Self> {
        let permissions = store::role::permissions_of(&mut cx.app.db.conn().await?, cx.tenant, id).await?;
        let rights = Rights::of_permissions(permissions.iter().map(String::as_str));
        Ok(Self { kind: Party::User, id: Some(id.0.clone()), rights, permissions, held_back: None })
    }

    /// The same with no more than these rights just now.
    #[must_use]
    pub fn within(self, rights: Rights, why: &'static str) -> Self {
        let held = self.rights.within(rights);
        let held_back = if held == self.rights { self.held_back } else { self.held_back.or(Some(why)) };
        Self { rights: held, held_back, ..self }
    }

    /// How rows name who made them.
    pub fn name(&self) -> &str {
        self.id.as_deref().unwrap_or(self.kind.text())
    }

    pub fn is_person(&self, id: &UserId) -> bool {
        self.kind == Party::User && self.id.as_deref() == Some(id.as_str())
    }

    /// Fails with 403 for whoever may not.
    pub fn require(&self, right: Right) -> Result<(), Refusal> {
        if self.rights.has(right) {
            return Ok(());
        }
        let why = self.held_back.map(|why| format!(": {why}")).unwrap_or_default();
        let refusal = Code::InsufficientScope.because(format!("this needs the right {right}{why}"));
        Err(refusal.at(Check::Right, right.text(), self.rights.to_string()).set_by("role.permissions"))
    }

    /// Nobody gives what they do not hold, and nobody changes whoever holds more. Fails with 403, `what` in its words.
    pub fn expect_to_hold<'a>(
        &self,
        what: &str,
        permissions: impl IntoIterator<Item = &'a str>,
    ) -> Result<(), Refusal> {
        if self.kind == Party::Operator {
            return Ok(());
        }
        let beyond = permissions.into_iter().find(|name| !self.holds(name));
        let Some(beyond) = beyond else { return Ok(()) };
        let refusal = Code::AccessDenied.because(format!("{what} holds {beyond}, and you do not")).with_status(403);
        let held = if self.permissions.is_empty() { self.rights.to_string() } else { self.permissions.join(" ") };
        Err(refusal.at(Check::Holds, beyond, held).set_by("role.permissions"))
    }

    /// Whether a permission would give nothing new: what it stands for here is held, or, where only apps understand it,
    /// it is held by name. Everybody may do with the own account what the own account is for.
    fn holds(&self, permission: &str) -> bool {
        let rights = Rights::of_permission(permission);
        match rights.is_empty() {
            true => self.permissions.iter().any(|held| held == permission),
            false => self.rights.and(Rights::own()).cover(rights),
        }
    }
}

/// Whether an act is made, or only looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    Apply,
    /// All is tried, checked and told, and then rolled back.
    Preview,
}

/// What an act has done to one thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    pub action: Action,
    pub kind: Party,
    pub id: String,
    pub changed: Changed,
    /// Nothing brings it back.
    pub is_final: bool,
}

impl Told {
    /// What the audit tells of it: what lies sealed elsewhere is not laid open there.
    fn of_audit(&self) -> Cow<'_, Changed> {
        match self.action {
            Action::FieldChange => Cow::Owned(self.changed.veiled()),
            _ => Cow::Borrowed(&self.changed),
        }
    }
}

/// What came of an act.
#[derive(Debug)]
pub struct Done<T> {
    pub batch: BatchId,
    pub value: T,
    pub changes: Vec<Told>,
}

impl<T> Done<T> {
    /// Whether something of it cannot be brought back. All of an act is taken back, or nothing.
    pub fn is_final(&self) -> bool {
        is_final(&self.changes)
    }
}

fn is_final(changes: &[Told]) -> bool {
    changes.iter().any(|told| told.is_final)
}

/// An act under way: its transaction, who makes it, and what it has changed so far.
pub struct Act<'a> {
    pub cx: Cx<'a>,
    pub by: &'a Actor,
    pub tx: &'a mut Conn,
    /// What the act will be kept under.
    batch: BatchId,
    changes: Vec<Told>,
    /// How many changes were set aside.
    aside: i64,
    undoes: Option<BatchId>,
}

impl<'a> Act<'a> {
    /// A part of an act that goes on in several transactions.
    fn part(cx: Cx<'a>, by: &'a Actor, tx: &'a mut Conn, (batch, undoes): (&BatchId, Option<&BatchId>)) -> Self {
        Self { cx, by, tx, batch: batch.clone(), changes: Vec::new(), aside: 0, undoes: undoes.cloned() }
    }

    /// Notes a change; what did not change is not noted.
    pub fn note(&mut self, action: Action, (kind, id): (Party, &str), changed: Changed) {
        if !changed.is_empty() {
            self.changes.push(Told { action, kind, id: id.to_owned(), changed, is_final: false });
        }
    }

    /// Notes a change that cannot be taken back: `what` says in a word what became of it.
    pub fn note_final(&mut self, action: Action, (kind, id): (Party, &str), (member, what): (&str, &str)) {
        let changed = Changed::member(member, serde_json::Value::Null, what);
        self.changes.push(Told { action, kind, id: id.to_owned(), changed, is_final: true });
    }

    /// Writes down at once what only taking the act back needs to know, and which may be more than fits into a memory, a
    /// page or a row of the audit. Such rows stand below zero: nobody is shown them, and they are taken back after all
    /// that is noted.
    async fn set_aside(&mut self, (action, kind, id): (Action, Party, &str), changed: &Changed) -> Result<()> {
        self.aside += 1;
        let row = self.row(-self.aside, (action, kind, id), changed)?;
        Ok(change::insert_all(self.tx, &[row]).await?)
    }

    fn row(&self, position: i64, (action, kind, id): (Action, Party, &str), changed: &Changed) -> Result<ChangeRow> {
        let place = ChangeRow::place(&self.batch, position);
        Ok(ChangeRow {
            tenant_id: self.cx.tenant.clone(),
            batch_id: self.batch.clone(),
            position,
            action,
            target_kind: kind,
            target_id: id.to_owned(),
            sealed: self.cx.app.master_key.seal(&place, &serde_json::to_vec(changed)?)?,
            is_final: false,
        })
    }

    /// The person as the database has it now, held until the end of the act. Fails for one who may do more than
    /// whoever acts.
    pub async fn person(&mut self, id: &UserId) -> Result<User> {
        store::user::lock(self.tx, self.cx.tenant, id).await?;
        let found = store::user::find(self.tx, self.cx.tenant, id).await?;
        let user = found.ok_or_else(|| missing("user", id.as_str()))?;
        // of oneself as well: an app may do less in somebody's name than that person
        let held = store::role::permissions_of(self.tx, self.cx.tenant, id).await?;
        self.by.expect_to_hold(&user.username, held.iter().map(String::as_str))?;
        Ok(user)
    }

    /// Fails when nobody would be left who can let others in.
    pub async fn expect_another_admin(&mut self, user: &User) -> Result<()> {
        user::expect_another_admin(self.cx, self.tx, user).await
    }

    /// Writes down what was noted: what can be taken back, and the audit. What changed nothing is nothing to be taken
    /// back.
    async fn keep(&mut self, action: Action) -> Result<()> {
        if self.changes.is_empty() {
            return Ok(());
        }
        let cx = self.cx;
        let batch = Batch {
            tenant_id: cx.tenant.clone(),
            id: self.batch.clone(),
            at: cx.now,
            actor_kind: self.by.kind,
            actor_id: self.by.id.clone(),
            action,
            changes: i64::try_from(self.changes.len()).unwrap_or(i64::MAX),
            undoes: self.undoes.clone(),
            undone_by: None,
            expires_at: cx.now.plus(UNDO),
            is_final: is_final(&self.changes),
        };
        let first = change::grow(self.tx, &batch).await?;
        let mut rows = Vec::with_capacity(self.changes.len());
        let mut events = Vec::with_capacity(self.changes.len());
        for (position, told) in (first..).zip(&self.changes) {
            let row = self.row(position, (told.action, told.kind, &told.id), &told.changed)?;
            rows.push(ChangeRow { is_final: told.is_final, ..row });
            let mut event = cx.audit(told.action, self.by.kind, self.by.id.as_deref()).on(told.kind, &told.id);
            event.batch_id = Some(batch.id.clone());
            event.changes = Some(serde_json::to_string(&told.of_audit())?);
            events.push(event);
        }
        change::insert_all(self.tx, &rows).await?;
        Ok(store::audit::insert_all(self.tx, &events).await?)
    }
}

/// Why the transaction of an act ends without a commit.
enum Stop<T> {
    Previewed(T),
    Error(Error),
}

impl<T> From<store::Error> for Stop<T> {
    fn from(error: store::Error) -> Self {
        Self::Error(error.into())
    }
}

/// Makes an act of one kind in one transaction, or previews it.
pub async fn act<T>(
    cx: Cx<'_>,
    by: &Actor,
    (action, how): (Action, How),
    work: impl AsyncFnOnce(&mut Act<'_>) -> Result<T>,
) -> Result<Done<T>> {
    let made = cx.app.db.write(async |tx| {
        let mut act = Act { cx, by, tx, batch: BatchId::random(), changes: Vec::new(), aside: 0, undoes: None };
        let done = finish(&mut act, action, work).await.map_err(Stop::Error)?;
        match how {
            How::Apply => Ok(done),
            How::Preview => Err(Stop::Previewed(done)),
        }
    });
    match made.await {
        Ok(done) => {
            cx.app.posted.notify_one();
            follow(cx, &done.changes).await;
            Ok(done)
        }
        Err(Stop::Previewed(done)) => Ok(done),
        Err(Stop::Error(error)) => Err(error),
    }
}

/// What is kept in memory of that which has changed is read again. Other nodes see it by its number.
async fn follow(cx: Cx<'_>, changes: &[Told]) {
    if changes.iter().any(|told| told.kind == Party::Client) {
        cx.app.clients.clear();
    }
    if changes.iter().any(|told| told.kind == Party::Key)
        && let Err(error) = cx.app.reload_keys().await
    {
        tracing::error!(%error, "signing keys not read again");
    }
    if changes.iter().any(|told| told.kind == Party::Setting)
        && let Err(error) = cx.app.reload_settings().await
    {
        tracing::error!(%error, "settings not read again");
    }
}

async fn finish<T>(
    act: &mut Act<'_>,
    action: Action,
    work: impl AsyncFnOnce(&mut Act<'_>) -> Result<T>,
) -> Result<Done<T>> {
    let value = work(act).await?;
    act.keep(action).await?;
    once::made(act.cx, act.tx, &act.batch).await?;
    Ok(Done { batch: act.batch.clone(), value, changes: std::mem::take(&mut act.changes) })
}

/// What was sent says something that cannot be.
pub fn wrong(field: &str, text: impl Into<String>) -> Refusal {
    let text = text.into();
    Code::InvalidRequest.because(format!("{field}: {text}")).with_status(422).at(Check::Value, field, text)
}
