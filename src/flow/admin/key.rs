//! Signing keys, as administrators see and change them.

use super::{Actor, Done, How, act};
use crate::app::Cx;
use crate::base::time::Ts;
use crate::flow::key::{self, Rotation, Stage};
use crate::flow::{Result, missing};
use crate::model::audit::{Action, Party};
use crate::model::key::SigningKey;
use crate::spec::client_meta::Alg;
use crate::spec::right::Right;

/// All keys, with their stage.
pub async fn list(cx: Cx<'_>, by: &Actor) -> Result<Vec<(SigningKey, Stage)>> {
    by.require(Right::KeysRead)?;
    key::list(cx).await
}

/// A key with its life so far, and what is to come.
#[derive(Debug, Clone)]
pub struct Life {
    pub key: SigningKey,
    pub stage: Stage,
    /// When another one of its algorithm took over, or will.
    pub until: Option<Ts>,
    /// When nothing that it has signed counts any more, and it goes.
    pub gone: Option<Ts>,
}

/// All keys with their lives, the latest of each algorithm first.
pub async fn lives(cx: Cx<'_>, by: &Actor) -> Result<Vec<Life>> {
    let keys = list(cx, by).await?;
    let rows: Vec<SigningKey> = keys.iter().map(|(key, _)| key.clone()).collect();
    let life = |(key, stage): (SigningKey, Stage)| {
        let until = key::successor(&rows, &key);
        Life { gone: until.map(|until| key::gone_at(cx, until)), until, key, stage }
    };
    let mut lives: Vec<Life> = keys.into_iter().map(life).collect();
    lives.sort_by_key(|life| (life.key.alg.text(), std::cmp::Reverse(life.key.generation)));
    Ok(lives)
}

/// Lets the next key of each algorithm (or of one) take over as soon as that is safe.
pub async fn rotate(cx: Cx<'_>, by: &Actor, how: How, only: Option<Alg>) -> Result<Done<Vec<Rotation>>> {
    by.require(Right::KeysWrite)?;
    key::ensure(cx).await?;
    let done = act(cx, by, (Action::KeyRotate, how), async |act| {
        let rotated = key::promote_all(cx, act.tx, only).await?;
        for key in &rotated {
            let since = key.active_at.readable();
            act.note_final(Action::KeyRotate, (Party::Key, &key.kid), ("signs_since", &since));
        }
        Ok(rotated)
    });
    let done = done.await?;
    refill(cx, how).await?;
    Ok(done)
}

/// Takes a key out of use at once, because somebody else may have it. Whatever it has signed counts no more. Answers
/// with the key that signs instead, if it was the one that signed.
pub async fn revoke(cx: Cx<'_>, by: &Actor, how: How, kid: &str) -> Result<Done<Option<Rotation>>> {
    by.require(Right::KeysWrite)?;
    // there has to be one that takes over
    key::ensure(cx).await?;
    let done = act(cx, by, (Action::KeyRetire, how), async |act| {
        let (gone, next) = key::revoke(cx, act.tx, kid).await?.ok_or_else(|| missing("key", kid))?;
        act.note_final(Action::KeyRetire, (Party::Key, &gone.kid), ("revoked", gone.alg.text()));
        if let Some(next) = &next {
            let since = next.active_at.readable();
            act.note_final(Action::KeyRotate, (Party::Key, &next.kid), ("signs_since", &since));
        }
        Ok(next)
    });
    let done = done.await?;
    refill(cx, how).await?;
    Ok(done)
}

/// Makes the next key where one has taken over or was taken away.
async fn refill(cx: Cx<'_>, how: How) -> Result<()> {
    if how == How::Apply { key::ensure(cx).await } else { Ok(()) }
}
