//! Chromium without a screen, driven by way of chromedriver. What is looked for is waited for.

use std::collections::BTreeMap;
use std::time::Duration;

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::key::Key;
use fantoccini::wd::{WebDriverCompatibleCommand, WindowHandle};
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use openidconnect::http::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

use crate::support::PASSWORD;

/// A slow machine with many tests at once should not make them fail.
const PATIENCE: Duration = Duration::from_secs(30);

const FLAGS: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
];

pub struct Chrome {
    client: Client,
}

impl Chrome {
    pub async fn start(driver: &str, preferences: Value) -> Self {
        let capabilities = json!({
            "browserName": "chrome",
            "goog:chromeOptions": { "args": FLAGS, "prefs": preferences },
            "goog:loggingPrefs": { "browser": "ALL" },
        });
        let Value::Object(capabilities) = capabilities else { unreachable!() };
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let client = builder.capabilities(capabilities).connect(driver).await;
        Self { client: client.unwrap_or_else(|error| panic!("no browser from {driver}: {error}")) }
    }

    pub async fn close(self) {
        self.client.close().await.unwrap();
    }

    pub async fn open(&self, address: &str) {
        self.client.goto(address).await.unwrap_or_else(|error| panic!("{address}: {error}"));
    }

    pub async fn back(&self) {
        self.client.back().await.unwrap();
    }

    /// Opens an address in a tab of its own and stays there. Gives the tab left behind, for [`Chrome::turn_to`].
    pub async fn open_beside(&self, address: &str) -> WindowHandle {
        let left = self.client.window().await.unwrap();
        let tab = self.client.new_window(true).await.unwrap().handle;
        self.client.switch_to_window(tab).await.unwrap();
        self.open(address).await;
        left
    }

    pub async fn turn_to(&self, tab: WindowHandle) {
        self.client.switch_to_window(tab).await.unwrap();
    }

    pub async fn address(&self) -> Url {
        self.client.current_url().await.unwrap()
    }

    pub async fn forget_cookies(&self) {
        self.client.delete_all_cookies().await.unwrap();
    }

    /// The element, once it is there.
    pub async fn at(&self, css: &str) -> Element {
        match self.client.wait().at_most(PATIENCE).for_element(Locator::Css(css)).await {
            Ok(element) => element,
            Err(error) => {
                let (address, source) = (self.address().await, self.client.source().await.unwrap());
                panic!("no {css} at {address}: {error}\n{source}")
            }
        }
    }

    pub async fn has(&self, css: &str) -> bool {
        !self.client.find_all(Locator::Css(css)).await.unwrap().is_empty()
    }

    pub async fn text(&self, css: &str) -> String {
        self.at(css).await.text().await.unwrap()
    }

    /// What stands in an input.
    pub async fn value(&self, css: &str) -> String {
        self.at(css).await.prop("value").await.unwrap().unwrap_or_default()
    }

    pub async fn write(&self, css: &str, text: &str) {
        let input = self.at(css).await;
        input.clear().await.unwrap();
        input.send_keys(text).await.unwrap();
    }

    pub async fn click(&self, css: &str) {
        self.at(css).await.click().await.unwrap_or_else(|error| panic!("{css}: {error}"));
    }

    /// Fills in the sign-in page and sends it.
    pub async fn sign_in(&self, username: &str, password: &str) {
        self.write("#username", username).await;
        self.write("#password", password).await;
        self.click("#login-submit").await;
    }

    /// Signs in and allows what the app asks for, from the address where the app sends a browser.
    pub async fn walk(&self, address: &str, username: &str) -> BTreeMap<String, String> {
        self.open(address).await;
        self.sign_in(username, PASSWORD).await;
        self.click("#consent-allow").await;
        self.received().await
    }

    /// What the app was sent, once the browser is there; `method` says how.
    pub async fn received(&self) -> BTreeMap<String, String> {
        serde_json::from_str(&self.text("#received").await).unwrap()
    }

    /// Types without looking where the cursor is.
    pub async fn type_blindly(&self, text: &str) {
        let mut keys = KeyActions::new("keyboard".to_owned());
        for letter in text.chars() {
            keys = keys.then(KeyAction::Down { value: letter }).then(KeyAction::Up { value: letter });
        }
        self.client.perform_actions(keys).await.unwrap();
    }

    pub async fn press(&self, key: Key) {
        self.type_blindly(&char::from(key).to_string()).await;
    }

    /// Goes on with Tab to the element with this id. Wherever it comes by, the cursor has to be seen.
    pub async fn tab_to(&self, id: &str) {
        let mut passed = Vec::new();
        for _ in 0..60 {
            self.press(Key::Tab).await;
            let script = "const here = document.activeElement, style = getComputedStyle(here);
                return [here.id, style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2];";
            let here = self.run(script).await;
            assert_eq!(here[1], true, "the cursor cannot be seen at {here}");
            if here[0] == id {
                return;
            }
            passed.push(here[0].to_string());
        }
        panic!("Tab does not lead to {id}, only to {passed:?}");
    }

    /// Runs the body of a function in the page.
    pub async fn run(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap()
    }

    /// The same for one that calls its last argument with what it gives.
    pub async fn run_until_done(&self, script: &str) -> Value {
        self.client.execute_async(script, Vec::new()).await.unwrap()
    }

    /// From now on pages may not run scripts of their own.
    pub async fn forbid_scripts(&self) {
        self.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await;
    }

    pub async fn allow_scripts(&self) {
        self.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": false })).await;
    }

    /// The width of the screen in CSS pixels; a window would not become so narrow.
    pub async fn set_width(&self, width: u32) {
        let screen = json!({ "width": width, "height": 740, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", screen).await;
    }

    /// `light` or `dark`, as if the system asked for it; at once, without a transition.
    pub async fn set_scheme(&self, scheme: &str) {
        let scheme = json!({ "name": "prefers-color-scheme", "value": scheme });
        let features = json!([scheme, { "name": "prefers-reduced-motion", "value": "reduce" }]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    pub async fn set_zone(&self, zone: &str) {
        self.devtools("Emulation.setTimezoneOverride", json!({ "timezoneId": zone })).await;
    }

    async fn devtools(&self, command: &str, params: Value) {
        self.vendor("goog/cdp/execute", json!({ "cmd": command, "params": params })).await;
    }

    /// What went wrong since the last call, as the console has it: errors of scripts, violations of the policy, files
    /// that did not load. That a page itself has an error status is no complaint.
    pub async fn complaints(&self) -> Vec<String> {
        let log = self.vendor("se/log", json!({ "type": "browser" })).await;
        let entries = log.as_array().unwrap().iter();
        let bad = entries.filter(|entry| matches!(entry["level"].as_str(), Some("SEVERE" | "WARNING")));
        let texts = bad.map(|entry| entry["message"].as_str().unwrap().to_owned());
        let is_page = |text: &str| text.contains("responded with a status of 4") && !text.contains("/static/");
        texts.filter(|text| !is_page(text)).collect()
    }

    /// Puts a device with passkeys into the browser: it has room for them, and its user always consents.
    pub async fn add_authenticator(&self) -> Authenticator {
        let device = json!({ "protocol": "ctap2", "transport": "internal", "hasResidentKey": true,
            "hasUserVerification": true, "isUserConsenting": true, "isUserVerified": true });
        let id = self.vendor("webauthn/authenticator", device).await;
        Authenticator(id.as_str().unwrap().to_owned())
    }

    /// Whether its user shows a face, a finger or a PIN from now on.
    pub async fn verify_user(&self, Authenticator(id): &Authenticator, verified: bool) {
        self.vendor(&format!("webauthn/authenticator/{id}/uv"), json!({ "isUserVerified": verified })).await;
    }

    /// From now on pages are told that nothing can be proposed beside their fields.
    pub async fn propose_nothing(&self) {
        let source = "if (window.PublicKeyCredential)
            PublicKeyCredential.isConditionalMediationAvailable = async () => false;";
        self.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await;
    }

    async fn vendor(&self, path: &str, body: Value) -> Value {
        self.client.issue_cmd(Vendor { path: path.to_owned(), body }).await.unwrap()
    }
}

/// The id of a device with passkeys (WebAuthn §11).
pub struct Authenticator(String);

/// A command beyond the standard.
#[derive(Debug)]
struct Vendor {
    path: String,
    body: Value,
}

impl WebDriverCompatibleCommand for Vendor {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}
