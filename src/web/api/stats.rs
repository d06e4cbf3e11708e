//! `/api/v1/stats`: numbers.

use actix_web::HttpResponse;
use serde::Serialize;
use utoipa::ToSchema;

use super::Api;
use crate::flow::admin::stats;
use crate::model::stats::Stats;
use crate::web::error::Error;

/// What is so just now.
#[derive(Debug, Serialize, ToSchema)]
pub struct Numbers {
    pub users: People,
    /// Live ones
    pub sessions: i64,
    /// Letters and messages that were given up
    pub dead_letters: i64,
    /// Algorithms whose signing key changes within three days
    pub keys_due: i64,
    /// The last 30 days (UTC), the oldest first
    pub sign_ins: Vec<OneDay>,
}

/// People, counted.
#[derive(Debug, Serialize, ToSchema)]
pub struct People {
    pub total: i64,
    pub active: i64,
    /// Whose address is proved
    pub verified: i64,
    pub locked: i64,
    /// Made in the last 30 days
    pub new: i64,
}

/// Sign-ins of one day.
#[derive(Debug, Serialize, ToSchema)]
pub struct OneDay {
    /// When the day began, in seconds since 1970
    pub at: i64,
    pub ok: i64,
    pub failed: i64,
}

impl From<&Stats> for Numbers {
    fn from(stats: &Stats) -> Self {
        Self {
            users: People {
                total: stats.people,
                active: stats.active,
                verified: stats.verified,
                locked: stats.locked,
                new: stats.new,
            },
            sessions: stats.sessions,
            dead_letters: stats.dead_letters,
            keys_due: stats.keys_due,
            sign_ins: stats
                .days
                .iter()
                .map(|day| OneDay { at: day.at.0, ok: day.sign_ins, failed: day.failed })
                .collect(),
        }
    }
}

/// How many people and sessions there are, sign-ins by day, and what needs a hand.
#[utoipa::path(get, path = "/api/v1/stats", tag = "stats", operation_id = "show_stats",
    responses((status = 200, body = Numbers)), security(("bearer" = ["stats.read"])))]
pub async fn get(api: Api) -> Result<HttpResponse, Error> {
    let stats = stats::show(api.cx(), &api.caller.by).await?;
    Ok(HttpResponse::Ok().json(Numbers::from(&*stats)))
}
