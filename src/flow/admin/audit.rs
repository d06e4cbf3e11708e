//! The audit: looked through, carried away, and sealed so that nobody rewrites it unseen.

use std::collections::HashSet;

use super::Actor;
use crate::app::{App, Cx};
use crate::base::random::{base64url, same};
use crate::flow::{Error, Result, missing};
use crate::model::audit::{Audit, Party};
use crate::model::audit_seal::{AuditSeal, DIGEST};
use crate::spec::right::Right;
use crate::store::{audit, audit_seal};

pub use crate::store::audit::Filter;

/// Rows of one block at most.
const BLOCK: i64 = 1000;
/// Blocks that are looked at in one go.
const PAGE: i64 = 100;
/// What the keys of the digests are derived for.
const ROWS: &str = "audit row";
const BLOCKS: &str = "audit block";

/// Rows, the newest first: what the filter lets through, from before `before` on, at most `limit`.
pub async fn list(cx: Cx<'_>, by: &Actor, filter: &Filter, (before, limit): (Option<&str>, i64)) -> Result<Vec<Audit>> {
    by.require(Right::AuditRead)?;
    Ok(audit::search(&mut cx.app.db.conn().await?, cx.tenant, filter, (before, limit)).await?)
}

/// What somebody did, and what was done to them, the newest first: from before the row `before` on, at most `limit`.
pub async fn about(cx: Cx<'_>, by: &Actor, id: &str, (before, limit): (Option<&str>, i64)) -> Result<Vec<Audit>> {
    let did = Filter { actor: Some(id.to_owned()), ..Filter::default() };
    let was_done = Filter { target: Some(id.to_owned()), ..Filter::default() };
    let mut rows = list(cx, by, &did, (before, limit)).await?;
    rows.extend(list(cx, by, &was_done, (before, limit)).await?);
    rows.sort_by(|one, other| other.id.cmp(&one.id));
    // whoever does something to the own account does both
    rows.dedup_by(|one, other| one.id == other.id);
    rows.truncate(usize::try_from(limit).unwrap_or_default());
    Ok(rows)
}

pub async fn show(cx: Cx<'_>, by: &Actor, id: &str) -> Result<Audit> {
    by.require(Right::AuditRead)?;
    let found = audit::find(&mut cx.app.db.conn().await?, cx.tenant, id).await?;
    found.ok_or_else(|| missing("audit row", id))
}

/// Seals what stands in no block yet, one block; how many rows it has.
pub async fn seal(app: &App) -> Result<usize> {
    let cx = app.cx();
    let sealed = app.db.write(async |tx| {
        let rows = audit_seal::open_rows(tx, cx.tenant, BLOCK).await?;
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Ok(0) };
        let before = audit_seal::last(tx, cx.tenant).await?;
        let number = before.as_ref().map_or(0, |seal| seal.number) + 1;
        let personal: Vec<u8> = rows.iter().flat_map(|row| digest(app, row)).collect();
        let seal = AuditSeal {
            tenant_id: cx.tenant.clone(),
            number,
            at: cx.now,
            first_id: first.id.clone(),
            last_id: last.id.clone(),
            count: i64::try_from(rows.len()).unwrap_or(i64::MAX),
            hash: hash(app, before.map_or_else(String::new, |seal| seal.hash).as_str(), (number, &rows, &personal)),
            personal,
        };
        audit_seal::insert(tx, &seal).await?;
        let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
        audit_seal::mark(tx, cx.tenant, &ids, number).await?;
        Ok::<_, Error>(rows.len())
    });
    sealed.await
}

/// Whether something waits to be sealed.
pub async fn is_open(cx: Cx<'_>) -> Result<bool> {
    Ok(!audit_seal::open_rows(&mut cx.app.db.conn().await?, cx.tenant, 1).await?.is_empty())
}

/// Of what may have to be forgotten of a row. Keyed, so that nobody tries out addresses.
fn digest(app: &App, row: &Audit) -> [u8; DIGEST] {
    let whole = app.master_key.mac(ROWS, row.personal().as_bytes());
    let mut digest = [0; DIGEST];
    digest.copy_from_slice(&whole[..DIGEST]);
    digest
}

fn hash(app: &App, before: &str, (number, rows, personal): (i64, &[Audit], &[u8])) -> String {
    let mut text = format!("{before}\n{number}\n{}\n", rows.len());
    for (row, digest) in rows.iter().zip(personal.chunks(DIGEST)) {
        text.push_str(&row.lasting());
        text.push_str(&base64url(digest));
        text.push('\n');
    }
    base64url(app.master_key.mac(BLOCKS, text.as_bytes()))
}

/// What a look through the whole audit has found.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Verified {
    pub blocks: i64,
    pub rows: i64,
    /// Written just now, and in no block yet.
    pub open: i64,
    /// The hash of the last block: kept elsewhere, it shows later that nothing was cut off since.
    pub head: Option<(i64, String)>,
    /// What does not fit, in words; empty for an audit that is whole.
    pub wrong: Vec<String>,
}

/// Goes through the whole audit, block by block. With `expected`, a block and its hash that were noted before, also
/// finds whether the audit was cut off or made anew since.
pub async fn verify(cx: Cx<'_>, by: &Actor, expected: Option<(i64, &str)>) -> Result<Verified> {
    by.require(Right::AuditRead)?;
    let conn = &mut cx.app.db.conn().await?;
    let erased: HashSet<String> = audit_seal::erased(conn, cx.tenant).await?.into_iter().flatten().collect();
    let mut found = Verified::default();
    let mut met = expected.is_none();
    while let page @ [_, ..] = &audit_seal::list(conn, cx.tenant, found.blocks, PAGE).await?[..] {
        for seal in page {
            let rows = audit_seal::rows(conn, seal).await?;
            found.wrong.extend(check(cx.app, (found.head.as_ref(), seal, &rows), &erased));
            found.blocks = seal.number;
            found.rows += i64::try_from(rows.len()).unwrap_or_default();
            met |= expected == Some((seal.number, seal.hash.as_str()));
            found.head = Some((seal.number, seal.hash.clone()));
        }
    }
    if !met {
        found.wrong.push("the block that was noted before is not there: the audit was cut off or made anew".to_owned());
    }
    found.open = audit::count_open(conn, cx.tenant).await?;
    Ok(found)
}

/// What does not fit about one block.
fn check(
    app: &App,
    (before, seal, rows): (Option<&(i64, String)>, &AuditSeal, &[Audit]),
    erased: &HashSet<String>,
) -> Option<String> {
    let number = seal.number;
    let (last, link) = before.map_or((0, ""), |(number, hash)| (*number, hash.as_str()));
    if number != last + 1 {
        return Some(format!("block {number}: those between {last} and it are missing"));
    }
    let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    if count != seal.count {
        return Some(format!("block {number}: {count} rows in place of {}", seal.count));
    }
    if !same(&hash(app, link, (number, rows, &seal.personal)), &seal.hash) {
        return Some(format!("block {number}: a row was changed, or the block itself"));
    }
    let changed = rows.iter().zip(seal.personal.chunks(DIGEST)).find(|(row, kept)| {
        let is_same = digest(app, row)[..] == **kept;
        let is_let_go = row.is_forgotten() && is_about_erased(row, erased);
        !is_same && !is_let_go
    });
    changed.map(|(row, _)| format!("block {number}: the row {} says something else than when it was written", row.id))
}

/// Rows by or about people who were erased have lost what told who they were.
fn is_about_erased(row: &Audit, erased: &HashSet<String>) -> bool {
    let known = |kind: Option<Party>, id: Option<&String>| {
        kind == Some(Party::User) && id.is_some_and(|id| erased.contains(id))
    };
    known(Some(row.actor_kind), row.actor_id.as_ref()) || known(row.target_kind, row.target_id.as_ref())
}

/// Notes that somebody has carried the audit away.
pub async fn note_export(cx: Cx<'_>, by: &Actor, words: &str) -> Result<()> {
    let event = cx.audit(crate::model::audit::Action::AuditExport, by.kind, by.id.as_deref()).detail(words);
    Ok(cx.app.db.write(async |tx| audit::insert(tx, &event).await).await?)
}
