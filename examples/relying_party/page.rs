//! The pages. Whatever comes from elsewhere is escaped.

use serde_json::Value;

use crate::provider::Person;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem}\
                     pre{background:#8881;padding:1rem;border-radius:.5rem;overflow:auto}form{display:inline}\
                     a.button,button{font:inherit;padding:.5rem 1rem;border:1px solid #8888;border-radius:.5rem;\
                     background:none;color:inherit;text-decoration:none;cursor:pointer}:root{color-scheme:light dark}";

pub fn home(issuer: &str, person: Option<&Person>) -> String {
    let issuer = escape(issuer);
    let Some(person) = person else {
        return page(&format!(
            "<p>Nobody is signed in here.</p><p><a class=button id=login href=/login>Sign in</a></p>\
             <p>This takes you to {issuer} and back.</p>"
        ));
    };
    let called = [&person.userinfo["name"], &person.userinfo["preferred_username"], &person.claims["sub"]];
    let called = called.into_iter().find_map(Value::as_str).unwrap_or_default();
    let refresh = match person.refresh_token {
        Some(_) => "<form method=post action=/refresh><button id=refresh>Refresh</button></form> ",
        None => "",
    };
    page(&format!(
        "<p>Signed in as <strong id=person>{}</strong> by {issuer}.</p>\
         <p>{refresh}<form method=post action=/logout><button id=logout>Sign out here</button></form></p>\
         <p>Granted: <span id=scope>{}</span>. Refreshed <span id=refreshed>{}</span> times.</p>\
         <h2>ID token</h2><pre id=claims>{}</pre><h2>Userinfo</h2><pre id=userinfo>{}</pre>",
        escape(called),
        escape(&person.scope),
        person.refreshed,
        json(&person.claims),
        json(&person.userinfo),
    ))
}

pub fn failed(reason: &str) -> String {
    page(&format!("<p id=error>{}</p><p><a class=button href=/>Back to the start</a></p>", escape(reason)))
}

fn page(body: &str) -> String {
    format!(
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>\
         <title>Demo app</title><style>{STYLE}</style><h1>Demo app</h1>{body}</html>"
    )
}

fn json(value: &Value) -> String {
    escape(&serde_json::to_string_pretty(value).unwrap_or_default())
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}
