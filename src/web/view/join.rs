//! The pages of signing up and of a forgotten password.

use askama::Template;

use super::{ClientInfo, Frame, Mistake, Rules, mistake};
use crate::locale::Text;

/// What the pages of one form share.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub csrf: &'a str,
    /// The pending authorization request, carried as a hidden field.
    pub request: Option<&'a str>,
    pub client: Option<ClientInfo<'a>>,
    pub mistakes: &'a [Mistake],
}

#[derive(Template)]
#[template(path = "page/signup.html")]
pub struct SignUp<'a> {
    pub frame: Frame<'a>,
    pub asked: Asked<'a>,
    pub email: &'a str,
    pub name: &'a str,
    pub rules: Rules,
    /// What has to be accepted, if anything has to be.
    pub terms: Option<Terms<'a>>,
}

#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    pub terms_uri: &'a str,
    pub privacy_uri: &'a str,
    pub accepted: bool,
}

impl SignUp<'_> {
    fn terms_mistake(&self) -> Option<&Text> {
        mistake(self.asked.mistakes, "terms")
    }
}

/// Type the code of the letter.
#[derive(Template)]
#[template(path = "page/verify.html")]
pub struct Verify<'a> {
    pub frame: Frame<'a>,
    pub asked: Asked<'a>,
    /// Where the form goes.
    pub action: &'a str,
    /// What is said of where the code went.
    pub lead: Text,
    pub challenge: &'a str,
    pub email: &'a str,
    /// Whether a mistyped address can be mended here.
    pub can_change: bool,
    /// Another letter has just been sent.
    pub sent_again: bool,
}

impl Verify<'_> {
    /// Whether the part where the address is mended has to be in sight.
    fn is_address_wrong(&self) -> bool {
        mistake(self.asked.mistakes, "email").is_some()
    }
}

/// A letter's link was followed: one button, as mail is opened by machines as well.
#[derive(Template)]
#[template(path = "page/confirm.html")]
pub struct Confirm<'a> {
    pub frame: Frame<'a>,
    pub asked: Asked<'a>,
    /// Where the form goes.
    pub action: &'a str,
    /// What the button proves or ends: name and value of the hidden field.
    pub field: (&'a str, &'a str),
    /// Name and value of what the text is filled with.
    pub gap: (&'a str, &'a str),
    /// Heading, text and button.
    pub words: (Text, Text, Text),
    /// Whether the password has to be typed as well.
    pub password: bool,
}

/// The link of a letter lets an account in again; one button, for the same reason.
#[derive(Template)]
#[template(path = "page/unlock.html")]
pub struct Unlock<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    pub token: &'a str,
}

#[derive(Template)]
#[template(path = "page/forgot.html")]
pub struct Forgot<'a> {
    pub frame: Frame<'a>,
    pub asked: Asked<'a>,
    pub email: &'a str,
    /// Where a code may go.
    pub by: &'a [&'static str],
}

#[derive(Template)]
#[template(path = "page/reset.html")]
pub struct Reset<'a> {
    pub frame: Frame<'a>,
    pub asked: Asked<'a>,
    /// How it was proved: name and value of the hidden field.
    pub field: (&'a str, &'a str),
    /// For the password manager.
    pub email: &'a str,
    pub rules: Rules,
}

/// The password was right, and has to be changed before the sign-in ends.
#[derive(Template)]
#[template(path = "page/renew.html")]
pub struct Renew<'a> {
    pub frame: Frame<'a>,
    pub asked: Asked<'a>,
    pub challenge: &'a str,
    pub why: Text,
    /// For the password manager.
    pub username: &'a str,
    /// The page of ours that goes on afterwards.
    pub to: Option<&'a str>,
    pub rules: Rules,
}

/// Something has come to an end: a heading, a text and a way on.
#[derive(Template)]
#[template(path = "page/told.html")]
pub struct Told<'a> {
    pub frame: Frame<'a>,
    pub heading: Text,
    pub text: Text,
    pub link: Option<(&'a str, Text)>,
}
