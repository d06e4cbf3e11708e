//! Inviting people by a file, line by line. The file is put away while it comes; a job goes through it, first only to
//! look, if that is wanted.

use std::collections::HashSet;

use bytes::Bytes;
use futures_util::{Stream, StreamExt as _};

use super::super::invite::{self, New};
use super::super::{Act, Actor, How, wrong};
use super::lines::{self, Column, Counter, Line};
use super::people::{Verdict, verdict};
use super::run::Row;
use super::{BEGUN, Plan, Whom, label_key, open, put, row, show, start};
use crate::app::Cx;
use crate::base::text;
use crate::flow::{Error, Result};
use crate::locale::Locale;
use crate::model::JobId;
use crate::model::audit::Party;
use crate::model::bulk::{Bulk, BulkPart, Kind, PART, State};
use crate::model::invitation::Details;
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::spec::right::Right;
use crate::store;

/// Letters of an address that are shown, whatever stands in the cell.
const SHOWN: usize = 254;

/// Takes a file in as it comes, and begins to go through it. Fails with 413 beyond `limits.import_bytes`, and with 422
/// where the first line does not name the columns.
pub async fn receive(
    cx: Cx<'_>,
    by: &Actor,
    how: How,
    body: impl Stream<Item = Result<Bytes, Refusal>>,
) -> Result<Bulk> {
    by.require(Right::InvitationsWrite)?;
    cx.limit("bulk", by.name(), BEGUN)?;
    let mut intake = Intake { cx, by, how, row: None, counter: None, waiting: Vec::new(), parts: 0, size: 0 };
    let mut body = Box::pin(body);
    let taken = async {
        while let Some(chunk) = body.next().await {
            intake.take(&chunk?).await?;
        }
        intake.end().await
    };
    match taken.await {
        Ok(row) => Ok(row),
        Err(error) => {
            if let Some(row) = &intake.row {
                discard(cx, row).await?;
            }
            Err(error)
        }
    }
}

/// A file that comes in.
struct Intake<'a> {
    cx: Cx<'a>,
    by: &'a Actor,
    how: How,
    /// Once the first line was read.
    row: Option<Bulk>,
    counter: Option<Counter>,
    waiting: Vec<u8>,
    parts: i32,
    size: usize,
}

impl Intake<'_> {
    async fn take(&mut self, chunk: &[u8]) -> Result<()> {
        let most = self.cx.config().limits.import_bytes;
        self.size += chunk.len();
        if self.size > most {
            return Err(large(most).into());
        }
        self.waiting.extend_from_slice(chunk);
        while self.waiting.len() >= PART {
            let rest = self.waiting.split_off(PART);
            let part = std::mem::replace(&mut self.waiting, rest);
            self.put_away(&part).await?;
        }
        Ok(())
    }

    async fn put_away(&mut self, bytes: &[u8]) -> Result<()> {
        let (cx, number) = (self.cx, self.parts);
        let bulk_id = match &self.row {
            Some(row) => row.id.clone(),
            None => self.begin(bytes).await?,
        };
        let sealed = cx.app.master_key.seal(&BulkPart::place(&bulk_id, number), bytes)?;
        let part = BulkPart { tenant_id: cx.tenant.clone(), bulk_id, number, sealed };
        cx.app.db.write(async |tx| store::bulk::insert_part(tx, &part).await).await?;
        self.parts += 1;
        if let Some(counter) = &mut self.counter {
            counter.feed(bytes);
        }
        Ok(())
    }

    /// Until all of it is there, it is one that broke off.
    async fn begin(&mut self, start: &[u8]) -> Result<JobId> {
        let cx = self.cx;
        let id = JobId::random();
        let file = lines::head(&id, start)?;
        self.counter = Some(Counter::new(file.separator));
        let plan = Plan { role: None, right: Right::InvitationsWrite, whom: Whom::File(file) };
        let mut row = row(cx, self.by, (Kind::Invite, self.how == How::Preview), &plan)?;
        row.sealed = cx.app.master_key.seal(&Bulk::place(&id), &serde_json::to_vec(&plan)?)?;
        row.id = id.clone();
        (row.state, row.ended_at) = (State::Failed, Some(cx.now));
        row.why = Some("the upload broke off".to_owned());
        cx.app.db.write(async |tx| store::bulk::insert(tx, &row).await).await?;
        self.row = Some(row);
        Ok(id)
    }

    async fn end(&mut self) -> Result<Bulk> {
        let rest = std::mem::take(&mut self.waiting);
        if !rest.is_empty() || self.row.is_none() {
            self.put_away(&rest).await?;
        }
        let cx = self.cx;
        let Some(row) = &self.row else { return Err(wrong("file", "it is empty").into()) };
        let total = self.counter.take().map(Counter::end);
        let row = Bulk { total, state: State::Waiting, why: None, ended_at: None, ..row.clone() };
        let begun = cx.app.db.write(async |tx| {
            store::bulk::open(tx, cx.tenant, &row.id).await?;
            store::bulk::advance(tx, &row).await?;
            start(cx, tx, &row).await
        });
        begun.await?;
        Ok(row)
    }
}

/// A file that was not wanted after all.
async fn discard(cx: Cx<'_>, row: &Bulk) -> Result<()> {
    if let Whom::File(file) = open(cx, row)?.whom {
        lines::discard(cx, &file).await?;
    }
    Ok(cx.app.db.write(async |tx| store::bulk::delete(tx, cx.tenant, &row.id).await).await?)
}

/// Fails with 413.
pub fn large(most: usize) -> Refusal {
    let refusal = Code::InvalidRequest.because(format!("the file is larger than {most} bytes")).with_status(413);
    refusal.at(Check::Form, format!("{most} bytes"), "more").set_by("limits.import_bytes")
}

/// Does what was only looked at, with the same file.
pub async fn apply(cx: Cx<'_>, by: &Actor, id: &JobId) -> Result<Bulk> {
    by.require(Right::InvitationsWrite)?;
    let looked = show(cx, by, id).await?;
    cx.limit("bulk", by.name(), BEGUN)?;
    let plan = open(cx, &looked)?;
    if !looked.is_preview || looked.state != State::Done {
        let refusal = Code::InvalidRequest.because("only what was looked at to its end can be done").with_status(409);
        return Err(refusal.at(Check::Current, "a dry run that is done", looked.state.text()).into());
    }
    let row = Bulk { total: Some(looked.done), ..row(cx, by, (looked.kind, false), &plan)? };
    cx.app.db.write(async |tx| put(cx, tx, &row).await).await?;
    Ok(row)
}

/// Invites whom these lines name, of a job that may have met them before.
pub(super) async fn treat(act: &mut Act<'_>, id: &JobId, lines: Vec<Line>) -> Result<Vec<Row>> {
    let cx = act.cx;
    let key = |line: &Line| line.cell(Column::Email).map(|email| label_key(cx, &text::key(email)));
    let keys: Vec<String> = lines.iter().filter_map(key).collect();
    let mut met = store::bulk::seen(act.tx, cx.tenant, id, &keys).await?;
    let mut rows = Vec::with_capacity(lines.len());
    for line in lines {
        let key = key(&line);
        let before = act.changes.len();
        let done = one(act, &line, (key.as_deref(), &met)).await;
        let invited = done.as_ref().ok().cloned();
        let verdict = verdict(done.map(drop), act.changes.len() > before)?;
        if matches!(verdict, Verdict::Changed) {
            met.extend(key.clone());
        }
        rows.push(Row {
            position: line.number,
            target: (Party::Invitation, invited),
            label: (text::clip(line.cell(Column::Email).unwrap_or_default(), SHOWN).to_owned(), key),
            verdict,
        });
    }
    Ok(rows)
}

/// Invites the one that a line names; the id of the invitation.
async fn one(act: &mut Act<'_>, line: &Line, (key, met): (Option<&str>, &HashSet<String>)) -> Result<String> {
    let cx = act.cx;
    if let Err(why) = &line.cells {
        return Err(wrong("line", *why).into());
    }
    if key.is_some_and(|key| met.contains(key)) {
        return Err(wrong("email", "it stands in the file before").with_status(409).into());
    }
    let new = new(line)?;
    let ttl = cx.config().registration.invitation_ttl;
    invite::check(cx, &new, ttl).await?;
    let email = text::key(&new.email);
    if store::invitation::is_open_to(act.tx, cx.tenant, &email, cx.now).await? {
        return Err(wrong("email", "there is an open invitation to it already").with_status(409).into());
    }
    Ok(invite::insert(act, new, ttl).await?.id.0)
}

fn new(line: &Line) -> Result<New, Error> {
    let text = |column| line.cell(column).map(str::to_owned);
    let locale = match line.cell(Column::Locale) {
        None => Locale::default(),
        Some(tag) => Locale::wanted(tag).ok_or_else(|| wrong("locale", "no language of ours"))?,
    };
    let roles = line.cell(Column::Roles).unwrap_or_default();
    let roles = roles.split([' ', '|', ',', ';']).filter(|role| !role.is_empty()).map(str::to_owned).collect();
    Ok(New {
        email: text(Column::Email).unwrap_or_default(),
        details: Details { name: text(Column::Name), roles, user_type: text(Column::Type) },
        client_id: line.cell(Column::App).map(Into::into),
        ttl: None,
        locale,
    })
}
