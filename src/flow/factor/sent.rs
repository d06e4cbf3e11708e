//! Codes by e-mail and short message as second factors: they go where the account's address and number are.

use std::time::Duration;

use crate::app::Cx;
use crate::config::Carrier;
use crate::deliver::{Channel, Kind as LetterKind, Letter};
use crate::flow::session::Live;
use crate::flow::{Result, post, profile};
use crate::locale::Locale;
use crate::model::FactorId;
use crate::model::factor::{Factor, Kind};
use crate::model::user::User;
use crate::shared::limit::Rate;
use crate::spec::check::Check;
use crate::spec::error::{Code, Refusal};
use crate::store::Conn;

/// Each kind once: there is one address and one number.
const MOST: usize = 1;

/// Short messages with codes for the second step, to one number: each costs money.
const TEXTS: Rate = Rate { burst: 20, interval: Duration::from_mins(72) };

/// Counts a letter that is going to be sent. Fails when its receiver has had too many today (429).
pub(super) fn count(cx: Cx<'_>, letter: &Letter) -> Result<(), Refusal> {
    match letter.channel {
        Channel::Mail => Ok(()),
        // whoever's accounts it is the number of
        Channel::Sms => cx.limit("second-text", &post::recipient(cx, &letter.to), TEXTS),
    }
}

/// Which of them a person could turn on, as the settings and the account are.
#[derive(Debug, Clone, Copy)]
pub struct Possible {
    pub email: bool,
    pub sms: bool,
    /// There is no number yet that a code could go to.
    pub needs_phone: bool,
}

pub async fn possible(cx: Cx<'_>, user: &User) -> Result<Possible> {
    let config = cx.config();
    let settings = &config.factor;
    let phone = profile::proved_phone(cx, &mut cx.app.db.conn().await?, user).await?;
    let sms = settings.may_be_second(Carrier::Sms);
    Ok(Possible {
        email: settings.may_be_second(Carrier::Email) && user.email_verified_at.is_some(),
        sms: sms && phone.is_some(),
        needs_phone: sms && phone.is_none(),
    })
}

/// Turns codes of this kind on. Fails when there is nowhere that they could go to.
pub async fn add(cx: Cx<'_>, live: &Live, kind: Kind) -> Result<()> {
    let possible = possible(cx, &live.user).await?;
    let good = match kind {
        Kind::Email => possible.email,
        Kind::Sms => possible.sms,
        Kind::Totp | Kind::Passkey => false,
    };
    if !good {
        return Err(impossible(kind).into());
    }
    let id = FactorId::random();
    let made = Factor {
        tenant_id: cx.tenant.clone(),
        user_id: live.user.id.clone(),
        kind,
        name: String::new(),
        sealed: Vec::new(),
        handle: id.to_string(),
        step: 0,
        created_at: cx.now,
        last_used_at: None,
        id,
    };
    cx.app.db.write(async |tx| super::insert(cx, tx, live, &made, MOST).await).await?;
    cx.app.posted.notify_one();
    Ok(())
}

fn impossible(kind: Kind) -> Refusal {
    let refusal = Code::AccessDenied.because("there is no proved address or number for these codes, or they are off");
    refusal.at(Check::Factor, "somewhere for the codes to go", kind.text()).set_by("factor.second")
}

/// A letter with the code, to where the person's codes of this kind go. None when that is nowhere any more.
pub(super) async fn letter(
    cx: Cx<'_>,
    conn: &mut Conn,
    user: &User,
    (kind, code, locale): (Kind, &str, Locale),
) -> Result<Option<Letter>> {
    let Some(by) = kind.carrier() else { return Ok(None) };
    let Some(to) = post::receiver(cx, conn, user, by).await? else { return Ok(None) };
    let letter = Letter::by(by, LetterKind::SecondFactor, user.language().unwrap_or(locale), &to);
    Ok(Some(letter.code(code).with("name", user.called())))
}

/// Enough of an address or number for its owner to know it, too little for others.
pub(super) fn masked(to: &str) -> String {
    let hide = |text: &str, head: usize, tail: usize| {
        let letters: Vec<char> = text.chars().collect();
        let last = letters.len().saturating_sub(tail).max(head.min(letters.len()));
        let (head, tail) = (&letters[..head.min(letters.len())], &letters[last..]);
        format!("{}•••{}", head.iter().collect::<String>(), tail.iter().collect::<String>())
    };
    match to.split_once('@') {
        Some((local, host)) => format!("{}@{host}", hide(local, 1, 0)),
        None => hide(to, 3, 2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mask_shows_little() {
        assert_eq!(masked("ada@example.com"), "a•••@example.com");
        assert_eq!(masked("a@example.com"), "a•••@example.com");
        assert_eq!(masked("+442079460958"), "+44•••58");
        assert_eq!(masked("+1"), "+1•••");
    }
}
