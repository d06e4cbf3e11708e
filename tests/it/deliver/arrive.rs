use futures_util::future::join_all;
use signet::app::App;
use signet::config::Branding;
use signet::deliver::{Failed, Kind, Letter};
use signet::flow::post;
use signet::locale::Locale;

use super::{ADA, deliver, op, rows, sign_up};
use crate::support::smtp::MailServer;

fn brand(name: &str) -> Branding {
    Branding { name: name.to_owned(), ..Branding::default() }
}

fn addresses(list: Option<&mail_parser::Address<'_>>) -> Vec<String> {
    list.into_iter().flat_map(|list| list.iter()).filter_map(|one| one.address().map(str::to_owned)).collect()
}

#[actix_web::test]
async fn a_letter_arrives_whole_in_each_language() {
    let server = MailServer::start();
    let op = op(&server).await;
    for (locale, subject) in [
        (Locale::En, "Confirm your e-mail address for"),
        (Locale::De, "Bestätigen Sie Ihre E-Mail-Adresse für"),
        (Locale::Ar, "أكّد عنوان بريدك الإلكتروني"),
    ] {
        sign_up(&op, &format!("{}@example.com", locale.tag()), locale).await;
        let id = rows(&op).await.remove(0).id;
        deliver(&op).await;
        let received = server.letter();
        let to = format!("{}@example.com", locale.tag());
        assert_eq!((received.from.as_str(), &received.to), ("no-reply@localhost", &vec![to.clone()]));
        assert!(received.raw.is_ascii(), "no bare 8-bit: {}", String::from_utf8_lossy(&received.raw));
        assert!(received.raw.split(|byte| *byte == b'\n').all(|line| line.len() < 1000), "RFC 5322 §2.1.1");
        let message = received.message();
        assert_eq!((addresses(message.from()), addresses(message.to())), (vec!["no-reply@localhost".into()], vec![to]));
        assert!(message.subject().unwrap().contains(subject), "{:?}", message.subject());
        assert_eq!(message.message_id(), Some(format!("{id}@localhost").as_str()));
        assert_eq!(message.header_raw("Auto-Submitted").map(str::trim), Some("auto-generated"));
        assert!(message.date().is_some());
        assert_eq!((message.text_body_count(), message.html_body_count()), (1, 1));
        let (text, html) = (message.body_text(0).unwrap(), message.body_html(0).unwrap());
        assert!(html.contains(&format!("lang=\"{0}\" dir=\"{1}\"", locale.tag(), locale.dir())), "{html}");
        let code = text.lines().find(|line| line.len() == 6).unwrap();
        assert!(code.bytes().all(|byte| byte.is_ascii_digit()) && html.contains(code));
        assert!(text.contains("http://localhost:8080/verify?token=") && html.contains("/verify?token="));
        assert!(rows(&op).await.is_empty(), "what has left is forgotten");
    }
}

#[actix_web::test]
async fn an_address_adds_neither_a_header_nor_a_receiver() {
    let server = MailServer::start();
    let op = op(&server).await;
    for to in [
        "ada@example.com\r\nBcc: eve@example.com",
        "ada@example.com>\r\nRCPT TO:<eve@example.com",
        "ada@example.com\nBcc: eve@example.com",
        "ada@example.com, eve@example.com",
        "ada@example.com eve@example.com",
        "Ada <eve@example.com>",
        "<eve@example.com",
        "eve@example.com>",
        "\"ada\r\nBcc: eve\"@example.com",
        "\"ada\"@example.com\r\n",
        "ada\0@example.com",
        "",
    ] {
        let letter = Letter::mail(Kind::SignUpKnown, Locale::En, to);
        let refused = op.app.deliver.deliver(&brand("Signet"), "id", &letter).await;
        assert!(matches!(refused, Err(Failed::Never(_))), "{to:?}: {refused:?}");
    }
    assert_eq!(server.conversations(), 0);
    for to in ["\"ada>,<eve\"@example.com", "ada,eve@example.com", "o'ada+x=y@example.com"] {
        let letter = Letter::mail(Kind::SignUpKnown, Locale::En, to);
        let sent = op.app.deliver.deliver(&brand("Signet"), "id", &letter).await;
        for received in server.letters() {
            assert_eq!(received.to, [to], "{sent:?}");
            assert_eq!(addresses(received.message().to()).len(), 1, "{to}");
        }
    }
}

#[actix_web::test]
async fn what_fills_the_words_adds_no_header() {
    let server = MailServer::start();
    let op = op(&server).await;
    let letter = Letter::mail(Kind::SignUpKnown, Locale::En, ADA).with("name", "Eve\r\n.\r\nQUIT\r\n<b>Bcc</b>: x");
    op.app.deliver.deliver(&brand("Sig\r\nBcc: eve@example.com\r\n\r\nnet"), "id", &letter).await.unwrap();
    let received = server.letter();
    assert_eq!(received.to, [ADA]);
    let message = received.message();
    assert!(message.bcc().is_none() && message.subject().unwrap().contains("Bcc: eve"), "{message:?}");
    assert!(!message.body_html(0).unwrap().contains("<b>"));
    assert!(message.body_text(0).unwrap().contains("QUIT"), "the line with a point does not end the letter");
}

/// Few servers take other than ASCII in the host (RFC 6531).
#[actix_web::test]
async fn a_host_beyond_ascii_is_written_in_ascii() {
    let server = MailServer::start();
    let op = op(&server).await;
    sign_up(&op, "ada@bücher.example", Locale::De).await;
    deliver(&op).await;
    assert_eq!(server.letter().to, ["ada@xn--bcher-kva.example"]);
}

#[actix_web::test]
async fn what_is_withheld_is_sent_to_nobody() {
    let server = MailServer::start();
    let op = op(&server).await;
    for _ in 0..5 {
        sign_up(&op, ADA, Locale::En).await;
    }
    deliver(&op).await;
    assert_eq!(server.letters().len(), 3, "what is over the limit only looks as if it were sent");
    assert_eq!(server.conversations(), 3);
    assert!(rows(&op).await.is_empty());
}

#[actix_web::test]
async fn of_many_at_once_on_two_nodes_one_sends() {
    let server = MailServer::start();
    let op = op(&server).await;
    let other = App::open(op.app.config.clone(), op.app.clock.clone()).await.unwrap();
    let mut receivers: Vec<String> = (0..6).map(|n| format!("ada{n}@example.com")).collect();
    for receiver in &receivers {
        sign_up(&op, receiver, Locale::En).await;
    }
    let nodes = (0..16).map(|n| if n % 2 == 0 { &*op.app } else { &other });
    for done in join_all(nodes.map(post::deliver)).await {
        done.unwrap();
    }
    let mut received: Vec<String> = server.letters().into_iter().flat_map(|letter| letter.to).collect();
    received.sort();
    receivers.sort();
    assert_eq!(received, receivers);
    assert!(rows(&op).await.is_empty());
}

#[actix_web::test]
async fn letters_look_as_somebody_has_set_it() {
    let server = MailServer::start();
    let op = op(&server).await;
    let brand = Branding { accent: "#7a1fa2".into(), footer: "Example <GmbH>, Vienna".into(), ..brand("Example") };
    let letter = Letter::mail(Kind::Reset, Locale::De, ADA).link("https://op.test/reset".into());
    op.app.deliver.deliver(&brand, "id", &letter).await.unwrap();
    let received = server.letter();
    let message = received.message();
    let (text, html) = (message.body_text(0).unwrap(), message.body_html(0).unwrap());
    assert!(
        text.trim_end().ends_with("Example\r\nExample <GmbH>, Vienna")
            || text.trim_end().ends_with("Example\nExample <GmbH>, Vienna"),
        "{text:?}"
    );
    assert!(html.contains("#7a1fa2") && html.contains("Example &#60;GmbH&#62;, Vienna"), "{html}");
}
