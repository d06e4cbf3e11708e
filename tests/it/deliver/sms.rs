use std::time::Duration;

use base64::Engine as _;
use signet::deliver::{Channel, Kind, Letter};
use signet::locale::Locale;

use super::secrets::Log;
use super::{deliver, put, row, rows, until_due, waits};
use crate::support::Op;
use crate::support::sms::Provider;

const NUMBER: &str = "+4915112345678";
const TOKEN: &str = "Tr0ub4dor";

async fn op(url: &str) -> Op {
    let op = Op::with(|config| {
        url.clone_into(&mut config.sms.url);
        "AC1234".clone_into(&mut config.sms.account);
        TOKEN.clone_into(&mut config.sms.token);
        "+4930111".clone_into(&mut config.sms.from);
    })
    .await;
    let mut letter = Letter::mail(Kind::Reset, Locale::De, NUMBER).code("123456");
    letter.channel = Channel::Sms;
    put(&op, &letter, op.app.clock.now().plus(Duration::from_hours(48))).await;
    op
}

#[actix_web::test]
async fn a_short_message_is_handed_to_the_provider() {
    let provider = Provider::start();
    let op = op(&provider.url).await;
    deliver(&op).await;
    let asked = provider.asked();
    assert_eq!(asked.len(), 1, "{asked:?}");
    assert_eq!(asked[0].path, "/2010-04-01/Accounts/AC1234/Messages.json");
    let login = base64::engine::general_purpose::STANDARD.encode(format!("AC1234:{TOKEN}"));
    assert_eq!(asked[0].authorization, format!("Basic {login}"));
    let names: Vec<&str> = asked[0].form.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["To", "From", "Body"]);
    assert_eq!((asked[0].form[0].1.as_str(), asked[0].form[1].1.as_str()), (NUMBER, "+4930111"));
    assert!(rows(&op).await.is_empty());
}

#[actix_web::test]
async fn what_can_be_mended_waits_and_what_cannot_is_given_up() {
    for (status, dead) in
        [(429, false), (401, false), (403, false), (404, false), (500, false), (503, false), (302, false), (400, true)]
    {
        let provider = Provider::start();
        let op = op(&provider.url).await;
        let log = Log::start();
        provider.answer(status);
        deliver(&op).await;
        let waiting = row(&op).await;
        let error = waiting.error.clone().unwrap();
        assert_eq!(waiting.dead_at.is_some(), dead, "{status}: {error}");
        assert!(error.contains(&status.to_string()) && error.contains("21211"), "{error}");
        assert!(!format!("{waiting:?}").contains("15112345678"), "{waiting:?}");
        log.holds_none_of(&[TOKEN, "QUMxMjM0", NUMBER, "15112345678"]);
        provider.asked();
        provider.answer(201);
        if !dead {
            until_due(&op).await;
        }
        deliver(&op).await;
        assert_eq!((provider.asked().len(), rows(&op).await.len()), if dead { (0, 1) } else { (1, 0) }, "{status}");
    }
}

#[actix_web::test]
async fn a_provider_that_is_away_waits_without_a_word_of_the_token() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for url in [format!("http://localhost:{}", closed.port()), format!("https://localhost:{}", closed.port())] {
        let op = op(&url).await;
        let log = Log::start();
        deliver(&op).await;
        waits(&op, "refused").await;
        log.holds_none_of(&[TOKEN, "QUMxMjM0", NUMBER]);
    }
}
