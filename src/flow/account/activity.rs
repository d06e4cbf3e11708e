//! What happened in a person's account, by the person's own doing or in the person's name.

use crate::app::Cx;
use crate::flow::Result;
use crate::model::UserId;
use crate::model::audit::{Action, Audit};
use crate::store::audit;

crate::text_enum! {
    /// What a person may look for.
    Topic {
        All = "all",
        SignIns = "sign-ins",
        Changes = "changes",
        Apps = "apps",
    }
}

/// Rows of one page.
const PAGE: usize = 50;
/// One more tells whether there is another page.
const ROWS: i64 = 51;

#[derive(Debug)]
pub struct Page {
    /// Newest first, each with the name of the app that it was about.
    pub rows: Vec<(Audit, Option<String>)>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
}

/// The page that begins after the row `before`; without one, the first.
pub async fn page(cx: Cx<'_>, user: &UserId, topic: Topic, before: Option<&str>) -> Result<Page> {
    let actions: Vec<Action> = Action::ALL.iter().copied().filter(|action| is_about(*action, topic)).collect();
    let asked = (actions.as_slice(), before);
    let conn = &mut cx.app.db.conn().await?;
    let mut rows = audit::of_person(conn, cx.tenant, user, asked, ROWS).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(|(row, _)| row.id.clone());
    Ok(Page { rows, next })
}

/// Tokens come and go by themselves; they are no topic.
fn is_about(action: Action, topic: Topic) -> bool {
    let own = match action {
        Action::TokenIssue | Action::TokenRefresh => return false,
        Action::SignIn | Action::SignInTravel | Action::SignOut | Action::SessionEnd => Topic::SignIns,
        Action::ConsentGive | Action::ConsentDeny | Action::ConsentWithdraw => Topic::Apps,
        _ => Topic::Changes,
    };
    topic == Topic::All || topic == own
}
