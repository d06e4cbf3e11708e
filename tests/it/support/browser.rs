//! A browser without a screen: keeps cookies, follows redirects on the server, fills in forms.

use std::collections::BTreeMap;

use actix_web::cookie::Cookie;
use actix_web::test::TestRequest;
use url::Url;

use super::{Answer, ISSUER, Op, PASSWORD};

pub struct Browser<'a> {
    op: &'a Op,
    cookies: BTreeMap<String, String>,
}

/// Where a walk ended.
pub enum Stop {
    /// A page of ours, with its path.
    Page { path: String, answer: Answer },
    /// A redirect to somebody else.
    Away(Url),
}

impl Stop {
    pub fn page(self) -> (String, Answer) {
        match self {
            Self::Page { path, answer } => (path, answer),
            Self::Away(url) => panic!("left for {url}"),
        }
    }

    pub fn away(self) -> Url {
        match self {
            Self::Away(url) => url,
            Self::Page { path, answer } => panic!("stayed at {path}: {} {}", answer.status, answer.body),
        }
    }

    /// A parameter of the redirect.
    pub fn param(self, name: &str) -> String {
        param(&self.away(), name).unwrap_or_else(|| panic!("no {name}"))
    }
}

pub fn param(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}

impl<'a> Browser<'a> {
    pub fn new(op: &'a Op) -> Self {
        Self { op, cookies: BTreeMap::new() }
    }

    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    pub fn remember(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    pub fn forget(&mut self, name: &str) {
        self.cookies.remove(name);
    }

    pub async fn send(&mut self, mut request: TestRequest) -> Answer {
        for (name, value) in &self.cookies {
            request = request.cookie(Cookie::new(name.clone(), value.clone()));
        }
        let answer = self.op.call(request).await;
        for header in answer.headers.get_all("set-cookie") {
            let cookie = Cookie::parse(header.to_str().unwrap().to_owned()).unwrap();
            if cookie.value().is_empty() {
                self.cookies.remove(cookie.name());
            } else {
                self.cookies.insert(cookie.name().to_owned(), cookie.value().to_owned());
            }
        }
        answer
    }

    /// Opens an address and goes where it leads.
    pub async fn open(&mut self, path: &str) -> Stop {
        let answer = self.send(TestRequest::get().uri(path)).await;
        self.follow(path.to_owned(), answer).await
    }

    /// Sends a form and goes where it leads.
    pub async fn submit(&mut self, path: &str, form: &[(&str, &str)]) -> Stop {
        let request = TestRequest::post().uri(path).insert_header(("origin", ISSUER)).set_form(form);
        let answer = self.send(request).await;
        self.follow(path.to_owned(), answer).await
    }

    async fn follow(&mut self, mut path: String, mut answer: Answer) -> Stop {
        for _ in 0..5 {
            if !(300..400).contains(&answer.status) {
                return Stop::Page { path, answer };
            }
            let base = Url::parse(ISSUER).unwrap().join(&path).unwrap();
            let target = base.join(answer.header("location")).unwrap();
            if target.origin() != base.origin() {
                return Stop::Away(target);
            }
            path = target[url::Position::BeforePath..].to_owned();
            answer = self.send(TestRequest::get().uri(&path)).await;
        }
        panic!("goes round in circles at {path}")
    }

    /// Fills in the sign-in page that is open.
    pub async fn sign_in(&mut self, page: &Answer, username: &str, password: &str) -> Stop {
        let mut form = hidden(&page.body);
        form.push(("username".to_owned(), username.to_owned()));
        form.push(("password".to_owned(), password.to_owned()));
        self.submit("/login", &pairs(&form)).await
    }

    /// Presses a button of the consent page that is open.
    pub async fn consent(&mut self, page: &Answer, decision: &str) -> Stop {
        let mut form = hidden(&page.body);
        form.push(("decision".to_owned(), decision.to_owned()));
        self.submit("/consent", &pairs(&form)).await
    }

    /// Goes through whatever pages a request needs, allowing everything, until the browser leaves.
    pub async fn walk(&mut self, path: &str, username: &str) -> Url {
        let mut stop = self.open(path).await;
        for _ in 0..3 {
            let (path, answer) = match stop {
                Stop::Away(url) => return url,
                Stop::Page { path, answer } => (path, answer),
            };
            assert_eq!(answer.status, 200, "{path}: {}", answer.body);
            stop = match path.split('?').next().unwrap() {
                "/login" => self.sign_in(&answer, username, PASSWORD).await,
                "/consent" => self.consent(&answer, "allow").await,
                other => panic!("stopped at {other}"),
            };
        }
        panic!("asked too often")
    }

    /// As [`Browser::walk`], for the code that comes with the answer.
    pub async fn code(&mut self, path: &str, username: &str) -> String {
        let url = self.walk(path, username).await;
        param(&url, "code").unwrap_or_else(|| panic!("no code in {url}"))
    }
}

pub fn pairs(form: &[(String, String)]) -> Vec<(&str, &str)> {
    form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// The hidden inputs of a page.
pub fn hidden(html: &str) -> Vec<(String, String)> {
    let inputs = html.split("<input").skip(1).filter(|input| input.contains("type=\"hidden\""));
    inputs.filter_map(|input| Some((attribute(input, "name")?, attribute(input, "value")?))).collect()
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let tag = &tag[..tag.find('>')?];
    let at = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let value = &tag[at..at + tag[at..].find('"')?];
    let plain = value.replace("&#60;", "<").replace("&#62;", ">").replace("&#34;", "\"").replace("&#39;", "'");
    Some(plain.replace("&#38;", "&").replace("&amp;", "&"))
}
