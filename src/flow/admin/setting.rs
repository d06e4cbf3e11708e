//! What is changed while the server runs: by whoever may, over what the configuration file says, and never what the
//! environment says. A value that could not stand in the file cannot be set either.

use std::time::Duration;

use serde_json::{Map, Value, json};
use sha2::Digest as _;
use tokio::sync::Semaphore;

use super::{Act, Actor, Done, How, act, wrong};
use crate::app::Cx;
use crate::base::picture::{self, Wrong};
use crate::base::random;
use crate::base::text::clip;
use crate::base::time::Ts;
use crate::config::{Changes, Config, KEYS, Key, Mistake, Source, key};
use crate::flow::{Fault, Result, missing};
use crate::model::audit::{Action, Party};
use crate::model::change::Changed;
use crate::model::setting::{Logo, Setting};
use crate::shared::limit::Rate;
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::spec::right::Right;
use crate::store::epoch::{self, Kept};
use crate::store::{logo, setting};

/// As much of what is wrong is told, in bytes.
const LONGEST: usize = 300;
/// Logos that can be gone back to.
const LOGOS: i64 = 20;
/// Logos sent by one person.
const UPLOADS: Rate = Rate { burst: 10, interval: Duration::from_mins(3) };
/// Pictures unpacked at once: each may take a hundred megabytes for a moment.
static PLACE: Semaphore = Semaphore::const_new(1);

/// A setting as it is in force, and what has made it so.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    pub key: &'static Key,
    pub value: Value,
    pub source: Source,
    /// What it is without what was set here: of the file, or the default.
    pub without: Value,
    /// When it was set here, and by whom.
    pub changed: Option<(Ts, String)>,
    /// What was set here and is not in force, and why not.
    pub left_out: Option<Mistake>,
}

impl Shown {
    /// Whether the environment says what it is, so that nothing here does.
    pub fn is_pinned(&self) -> bool {
        self.source == Source::Environment
    }
}

/// What is to be set; null: it is as if it had never been set here.
pub type Wanted = Map<String, Value>;

/// All of them, by section.
pub async fn list(cx: Cx<'_>, by: &Actor) -> Result<Vec<Shown>> {
    by.require(Right::SettingsRead)?;
    let rows = setting::list(&mut cx.app.db.conn().await?, cx.tenant).await?;
    Ok(shown(cx, &rows))
}

/// One of them. Fails with 404 for what is not changed here.
pub async fn show(cx: Cx<'_>, by: &Actor, name: &str) -> Result<Shown> {
    let found = list(cx, by).await?.into_iter().find(|shown| shown.key.name == name);
    found.ok_or_else(|| missing("setting", name))
}

fn shown(cx: Cx<'_>, rows: &[Setting]) -> Vec<Shown> {
    let base = &cx.app.config;
    let config = base.with_the_good(changes(rows));
    let (mut values, mut without) = (config.values(), base.values());
    let show = |key: &'static Key| {
        let row = rows.iter().find(|row| row.name == key.name);
        Shown {
            key,
            value: values.remove(key.name).unwrap_or_default(),
            source: config.source(key.name),
            without: without.remove(key.name).unwrap_or_default(),
            changed: row.map(|row| (row.changed_at, row.changed_by.clone())),
            left_out: config.left_out.iter().find(|mistake| mistake.key == key.name).cloned(),
        }
    };
    KEYS.iter().map(show).collect()
}

fn changes(rows: &[Setting]) -> Changes {
    rows.iter().map(|row| (row.name.clone(), serde_json::from_str(&row.value).unwrap_or_default())).collect()
}

/// What would be wrong if this were set, for a form that says all of it at once.
pub async fn check(cx: Cx<'_>, by: &Actor, wanted: &Wanted) -> Result<Vec<Mistake>> {
    by.require(Right::SettingsRead)?;
    let rows = setting::list(&mut cx.app.db.conn().await?, cx.tenant).await?;
    Ok(tried(cx, &rows, wanted).err().unwrap_or_default())
}

/// The configuration as it would be. What was left out before does not stand in the way.
fn tried(cx: Cx<'_>, rows: &[Setting], wanted: &Wanted) -> std::result::Result<Config, Vec<Mistake>> {
    let base = &cx.app.config;
    let mut set = changes(rows);
    set.retain(|name, _| !base.with_the_good(changes(rows)).left_out.iter().any(|mistake| &mistake.key == name));
    for (name, value) in wanted {
        match value {
            Value::Null => drop(set.remove(name)),
            value => drop(set.insert(name.clone(), value.clone())),
        }
    }
    base.with(&set)
}

/// Sets some, or takes back what was set, as one act. `expected` is asked of all as they are, before anything changes.
/// Fails with 422 for a value that the configuration file could not hold either, and with 409 for what the environment
/// says.
pub async fn change(
    cx: Cx<'_>,
    by: &Actor,
    how: How,
    wanted: &Wanted,
    expected: impl Fn(&[Shown]) -> Result<()>,
) -> Result<Done<Vec<Shown>>> {
    by.require(Right::SettingsWrite)?;
    for name in wanted.keys() {
        let Some(key) = key(name) else {
            let name = clip(name, 64);
            let refusal = Code::InvalidRequest.because(format!("{name} is not a setting that is changed here"));
            return Err(refusal.with_status(422).at(Check::Value, "a setting of the list", name).into());
        };
        expect_free(cx, key)?;
    }
    act(cx, by, (Action::SettingChange, how), async |act| {
        let rows = hold(act).await?;
        let before = shown(cx, &rows);
        expected(&before)?;
        tried(cx, &rows, wanted).map_err(|mistakes| refused(&mistakes))?;
        for (name, value) in wanted {
            write(act, name, value).await?;
        }
        let after = shown(cx, &setting::list(act.tx, cx.tenant).await?);
        note(act, &before, &after);
        Ok(after)
    })
    .await
}

/// The rows as they are now. Whoever changes settings waits for the others, as one may be wrong beside another.
async fn hold(act: &mut Act<'_>) -> Result<Vec<Setting>> {
    epoch::advance(act.tx, Kept::Setting).await?;
    Ok(setting::list(act.tx, act.cx.tenant).await?)
}

async fn write(act: &mut Act<'_>, name: &str, value: &Value) -> Result<()> {
    let cx = act.cx;
    if value.is_null() {
        return Ok(setting::delete(act.tx, cx.tenant, name).await?);
    }
    if name == LOGO
        && let Some(id) = value.as_str().filter(|id| !id.is_empty())
        && logo::find(act.tx, cx.tenant, id).await?.is_none()
    {
        return Err(wrong(LOGO, "there is no such logo").into());
    }
    let row = Setting {
        tenant_id: cx.tenant.clone(),
        name: name.to_owned(),
        value: value.to_string(),
        changed_at: cx.now,
        changed_by: act.by.name().to_owned(),
    };
    Ok(setting::put(act.tx, &row).await?)
}

/// Notes what differs: the value in force, where it comes from, and what was set and is not in force.
fn note(act: &mut Act<'_>, before: &[Shown], after: &[Shown]) {
    for (before, after) in before.iter().zip(after) {
        let changed = Changed { before: Some(members(before)), after: Some(members(after)) };
        act.note(Action::SettingChange, (Party::Setting, after.key.name), changed);
    }
}

fn members(shown: &Shown) -> Map<String, Value> {
    let mut members =
        Map::from_iter([("value".to_owned(), shown.value.clone()), ("source".to_owned(), json!(shown.source))]);
    if let Some(mistake) = &shown.left_out {
        members.insert("left_out".to_owned(), json!(mistake.value));
    }
    members
}

/// All of them in the transaction of an act, held until its end.
pub(super) async fn now(act: &mut Act<'_>) -> Result<Vec<Shown>> {
    let rows = hold(act).await?;
    Ok(shown(act.cx, &rows))
}

/// Takes a change back, as long as it is what is set; [`settle`] has to follow when all changes of the act are back, as
/// one may be wrong without another. `false`: somebody has changed it since.
pub(super) async fn back(act: &mut Act<'_>, name: &str, changed: &Changed) -> Result<bool> {
    let key = key(name).ok_or_else(|| missing("setting", name))?;
    expect_free(act.cx, key)?;
    let set = changes(&setting::list(act.tx, act.cx.tenant).await?);
    if set.get(name) != value_set(changed.after.as_ref()) {
        return Ok(false);
    }
    let former = value_set(changed.before.as_ref()).cloned().unwrap_or_default();
    write(act, name, &former).await?;
    Ok(true)
}

/// What was set here, by the members of a change.
fn value_set(members: Option<&Map<String, Value>>) -> Option<&Value> {
    let members = members.filter(|members| members.get("source") == Some(&json!(Source::Database)))?;
    members.get("value")
}

/// Notes what is otherwise than it was `before`. Fails when it does not go together.
pub(super) async fn settle(act: &mut Act<'_>, before: &[Shown]) -> Result<()> {
    let rows = setting::list(act.tx, act.cx.tenant).await?;
    let mut set = changes(&rows);
    let was_left_out = |name: &String| before.iter().any(|shown| shown.key.name == name && shown.left_out.is_some());
    set.retain(|name, _| !was_left_out(name));
    act.cx.app.config.with(&set).map_err(|mistakes| refused(&mistakes))?;
    note(act, before, &shown(act.cx, &rows));
    Ok(())
}

fn refused(mistakes: &[Mistake]) -> Refusal {
    let lines: Vec<_> = mistakes.iter().map(|mistake| clip(&mistake.to_string(), LONGEST).to_owned()).collect();
    let refusal = Code::InvalidRequest.because(lines.join("; ")).with_status(422);
    let first = mistakes.first();
    let told = |part: fn(&Mistake) -> &String| first.map(|mistake| clip(part(mistake), LONGEST)).unwrap_or_default();
    let refusal = refusal.at(Check::Value, told(|mistake| &mistake.allowed), told(|mistake| &mistake.value));
    match first.and_then(|mistake| key(&mistake.key)) {
        Some(key) => refusal.set_by(key.name),
        None => refusal,
    }
}

fn expect_free(cx: Cx<'_>, key: &'static Key) -> Result<(), Refusal> {
    if !cx.app.config.is_pinned(key.name) {
        return Ok(());
    }
    let variable = key.variable();
    let refusal =
        Code::AccessDenied.because(format!("{} is set by the environment ({variable}), which goes first", key.name));
    Err(refusal
        .with_status(409)
        .at(Check::Value, "a setting that the environment leaves free", variable)
        .set_by(key.name))
}

/// The setting that names the logo.
const LOGO: &str = "branding.logo";

/// Keeps a picture that was sent, and shows it at the head of every page. Says what is wrong with it, if anything is.
/// Fails when that is done too often (429).
pub async fn set_logo(cx: Cx<'_>, by: &Actor, file: Vec<u8>) -> Result<std::result::Result<Done<Vec<Shown>>, Wrong>> {
    by.require(Right::SettingsWrite)?;
    cx.limit("logo", by.name(), UPLOADS)?;
    let bytes = match unpack(file).await? {
        Ok(bytes) => bytes,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let id = random::base64url(sha2::Sha256::digest(&bytes));
    let row = Logo { tenant_id: cx.tenant.clone(), id: id.clone(), bytes, created_at: cx.now };
    let used = cx.config().branding.logo.clone();
    cx.app
        .db
        .write(async |tx| {
            logo::insert(tx, &row).await?;
            logo::keep(tx, cx.tenant, (&used, LOGOS)).await
        })
        .await?;
    let wanted = Map::from_iter([(LOGO.to_owned(), json!(id))]);
    change(cx, by, How::Apply, &wanted, |_| Ok(())).await.map(Ok)
}

/// On a thread of its own, one after the other; whoever hangs up does not make room before it is done.
async fn unpack(file: Vec<u8>) -> Result<std::result::Result<Vec<u8>, Wrong>> {
    let place = PLACE.acquire().await.map_err(|_| Fault::Engine("no place to unpack pictures"))?;
    let work = tokio::task::spawn_blocking(move || {
        let made = picture::logo(&file);
        drop(place);
        made
    });
    // a decoder that panics has found a file that is not what it says
    Ok(work.await.unwrap_or(Err(Wrong::Unreadable)))
}

/// The logo of this id, for whoever looks at a page.
pub async fn find_logo(cx: Cx<'_>, id: &str) -> Result<Option<Vec<u8>>> {
    Ok(logo::find(&mut cx.app.db.conn().await?, cx.tenant, id).await?)
}
