//! Finding people, as administrators do.

use super::{Actor, wrong};
use crate::app::Cx;
use crate::base::text;
use crate::flow::Result;
use crate::model::UserId;
use crate::model::user::LONGEST_WORD;
use crate::spec::right::Right;
use crate::store::{people, user};

pub use crate::store::people::{Count, Filter, Found, Sort, Span};

/// What may be typed, in bytes, and words of it.
const LONGEST: usize = 256;
const MOST_WORDS: usize = 8;

/// The part of the list that is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    pub sort: Sort,
    /// Where the page before has ended; empty for the first.
    pub after: &'a str,
    pub limit: i64,
}

/// The words of what somebody types who looks for a person: each has to begin a word of the names, the user name or the
/// address. Fails when that is too much.
pub fn words(typed: &str) -> Result<Vec<String>> {
    let words: Vec<String> =
        typed.split_whitespace().map(|word| text::clip(&text::key(word), LONGEST_WORD).to_owned()).collect();
    match typed.len() <= LONGEST && words.len() <= MOST_WORDS && !typed.contains('\0') {
        true => Ok(words),
        false => Err(wrong("search", format!("at most {MOST_WORDS} words, in {LONGEST} bytes")).into()),
    }
}

/// Those who fit. Fails for a place that the page before has not told.
pub async fn search(cx: Cx<'_>, by: &Actor, filter: &Filter, part: Part<'_>) -> Result<Found> {
    by.require(Right::UsersRead)?;
    let place = match part.after {
        "" => None,
        after => {
            let place = part.sort.parse_place(after);
            Some(place.ok_or_else(|| wrong("after", "the value of `next` on the page before, in the same order"))?)
        }
    };
    let conn = &mut cx.app.db.conn().await?;
    // an id is no word, and names one person whatever else is asked for
    if let [id] = filter.words.as_slice()
        && is_id(id)
    {
        let found: Vec<_> = user::find(conn, cx.tenant, &UserId::from(id.as_str())).await?.into_iter().collect();
        let count = Count { people: i64::from(!found.is_empty()), more: false };
        return Ok(Found { people: found, count: Some(count) });
    }
    Ok(people::find(conn, cx.tenant, filter, (part.sort, place.as_ref()), part.limit).await?)
}

fn is_id(word: &str) -> bool {
    let dashes = word.bytes().enumerate().filter(|(_, byte)| *byte == b'-').map(|(at, _)| at);
    word.len() == 36 && dashes.eq([8, 13, 18, 23])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_apart_and_bounded() {
        assert_eq!(words("  Ada LOVE ").unwrap(), ["ada", "love"]);
        assert!(words("").unwrap().is_empty());
        assert!(is_id("01a1fb2f-77a3-7656-b5ff-5d786a3a3859") && !is_id("ada") && !is_id(&"a".repeat(36)));
        assert!(words("a b c d e f g h i").is_err() && words(&"a".repeat(257)).is_err() && words("a\0").is_err());
    }
}
