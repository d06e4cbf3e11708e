//! Sign-ins with an authenticator app. Each code counts once, so every unit is somebody else's.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::{Duration, SystemTime};

use totp_rs::{Builder, Secret, Totp};

use crate::Fault;
use crate::browser::{self, Jar};
use crate::child::Site;
use crate::drive::{Outcome, Work, wall};
use crate::http::Conn;
use crate::signet::Person;

/// An app shows the code of the next step so long before.
const STEP: Duration = Duration::from_secs(30);

/// Somebody with an app.
pub struct Phone {
    person: Person,
    totp: Totp,
}

/// Takes one person after the other.
pub struct WithApp {
    pub site: Site,
    pub phones: Rc<RefCell<Vec<Phone>>>,
}

/// Adds an app to the account of a person, by the pages.
pub async fn set_up(conn: &mut Conn, site: &Site, person: Person) -> Result<Phone, Fault> {
    let mut jar = Jar::default();
    browser::sign_in(conn, site, &person, &mut jar).await?;
    let page = "/account/security/totp";
    let begun = browser::send(conn, site, "/account/security/start", (page, &[]), &mut jar).await?;
    let at = begun.ok_or("the set-up of an app does not begin")?;
    let shown = conn.call(&site.get(&at, &jar.header())).await?;
    let secret = shown.text().split_once("id=\"totp-secret\"").and_then(|(_, rest)| rest.split_once('>'));
    let secret = secret.and_then(|(_, rest)| rest.split_once('<')).ok_or("no secret on the page of an app")?.0;
    let secret = Secret::try_from_base32(secret.replace(' ', "")).map_err(|error| error.to_string())?;
    let totp = Builder::new().with_secret(secret.as_bytes()).with_account_name("bench").build();
    let totp = totp.map_err(|error| error.to_string())?;
    let code = code(&totp, Duration::ZERO)?;
    browser::send(conn, site, &at, (page, &[("code", &code), ("name", "Phone")]), &mut jar).await?;
    Ok(Phone { person, totp })
}

fn code(totp: &Totp, ahead: Duration) -> Result<String, Fault> {
    let now = wall().duration_since(SystemTime::UNIX_EPOCH)?;
    Ok(totp.generate((now + ahead).as_secs()).to_string())
}

impl Work for WithApp {
    async fn unit(&mut self, conn: &mut Conn) -> Result<Outcome, Fault> {
        let phone = self.phones.borrow_mut().pop().ok_or("nobody is left")?;
        let Phone { person, totp } = phone;
        let mut jar = Jar::default();
        let values = [("username", person.username.as_str()), ("password", person.password.as_str())];
        let step = browser::send(conn, &self.site, "/login", ("/login", &values), &mut jar).await?;
        let step = step.filter(|step| step.starts_with("/mfa?")).ok_or("no second step after the password")?;
        // that of the set-up was used up
        let code = code(&totp, STEP)?;
        let home = browser::send(conn, &self.site, &step, ("/mfa", &[("code", &code)]), &mut jar).await?;
        match home.as_deref() {
            Some("/") => Ok(Outcome::Done),
            other => Err(format!("after the second step: {other:?}").into()),
        }
    }
}
