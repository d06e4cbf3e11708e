//! Administrators with very many people: lists, searches and filters, and a role for everybody at once.

use std::time::Duration;

use serde_json::{Value, json};

use crate::Fault;
use crate::child::Site;
use crate::drive::now;
use crate::http::Conn;
use crate::signet::Home;
use crate::work::Same;

/// How often the job is asked how far it is.
const LOOK: Duration = Duration::from_millis(100);
/// A job that takes longer is not waited for.
const PATIENCE: Duration = Duration::from_mins(30);

/// Looks at people and at the audit, each by its name.
pub const LOOKS: [(&str, &str); 8] = [
    ("admin: first page", "/users"),
    ("admin: search by prefix", "/users?search=lovel"),
    ("admin: search, two words", "/users?search=ada%20kow"),
    ("admin: search, found rarely", "/users?search=hedy%20lamarr"),
    ("admin: filter by state", "/users?state=suspended&verified=true"),
    ("admin: filter by role", "/users?role=moderator&sort=username"),
    ("admin: audit, first page", "/audit"),
    ("admin: audit by action", "/audit?action=password.set"),
];

/// Fills the database.
pub fn fill(home: &Home, (people, events): (u64, u64)) -> Result<(), Fault> {
    let begun = now();
    home.run(&["seed", "--people", &people.to_string(), "--events", &events.to_string(), "--json"], "")?;
    println!("{people} people and {events} events were made in {:.0} s", begun.elapsed().as_secs_f64());
    Ok(())
}

/// A key that may do what the looks take.
pub fn key(home: &Home) -> Result<String, Fault> {
    let mut args = vec!["api-key", "create", "--name", "bench", "--json"];
    for right in ["users.read", "users.write", "roles.read", "roles.write", "audit.read"] {
        args.extend(["--right", right]);
    }
    let answer = home.run(&args, "")?;
    Ok(answer["key"].as_str().ok_or("no key")?.to_owned())
}

pub fn look(site: &Site, key: &str, path: &str) -> Same {
    let bearer = format!("authorization: Bearer {key}\r\n");
    Same { request: site.get(&format!("/api/v1{path}"), &bearer), expected: "items" }
}

/// Gives everybody a role; how many people were changed in a second.
pub async fn give_all(site: &Site, key: &str, role: &str) -> Result<f64, Fault> {
    let mut conn = Conn::open(site.addr).await?;
    call(&mut conn, site, key, "/roles", Some(json!({ "name": role, "description": "", "permissions": [] }))).await?;
    let order = json!({ "action": "give_role", "role": role, "filter": {} });
    let job = call(&mut conn, site, key, "/users/bulk-operation", Some(order)).await?;
    let path = format!("/jobs/{}", job["id"].as_str().ok_or("no job")?);
    let (asked, mut begun) = (now(), None);
    loop {
        let job = call(&mut conn, site, key, &path, None).await?;
        let done = job["done"].as_f64().unwrap_or_default();
        // it begins within two seconds, and counts first
        if begun.is_none() && done > 0.0 {
            begun = Some((now(), done));
        }
        if !job["ended_at"].is_null() {
            let changed = job["changed"].as_f64().unwrap_or_default();
            let (since, before) = begun.unwrap_or((asked, 0.0));
            return match job["state"].as_str() {
                Some("done") => Ok((changed - before).max(1.0) / since.elapsed().as_secs_f64()),
                _ => Err(format!("the job ended otherwise: {job}").into()),
            };
        }
        if asked.elapsed() > PATIENCE {
            return Err(format!("the job takes too long: {job}").into());
        }
        tokio::time::sleep(LOOK).await;
    }
}

async fn call(conn: &mut Conn, site: &Site, key: &str, path: &str, body: Option<Value>) -> Result<Value, Fault> {
    let bearer = format!("authorization: Bearer {key}\r\n");
    let request = match body {
        None => site.get(&format!("/api/v1{path}"), &bearer),
        Some(body) => site.post_json(&format!("/api/v1{path}"), &bearer, &body.to_string()),
    };
    let answer = conn.call(&request).await?;
    match answer.status {
        200..300 => Ok(serde_json::from_slice(answer.body)?),
        _ => Err(format!("{path}: {answer}").into()),
    }
}
