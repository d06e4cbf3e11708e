//! Is the process alive, and should it get requests?

use actix_web::HttpResponse;
use serde_json::json;

use super::ctx::Ctx;

/// The process answers.
pub async fn healthz() -> HttpResponse {
    HttpResponse::Ok().json(json!({ "status": "ok" }))
}

/// A database that takes writes and keys are there, and the server is not about to stop.
pub async fn readyz(ctx: Ctx) -> HttpResponse {
    let cx = ctx.cx();
    let database = cx.app.db.check_writable().await.is_ok();
    let keys = cx.app.keys.load().is_complete(cx.now);
    let draining = cx.app.draining.load(std::sync::atomic::Ordering::Relaxed);
    let checks = json!({ "database": database, "keys": keys, "draining": draining });
    if database && keys && !draining {
        HttpResponse::Ok().json(json!({ "status": "ok", "checks": checks }))
    } else {
        let mut answer = HttpResponse::ServiceUnavailable();
        answer.insert_header(("retry-after", "2")).json(json!({ "status": "unavailable", "checks": checks }))
    }
}
