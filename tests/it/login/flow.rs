//! From an app's link to tokens that a foreign implementation accepts.

use openidconnect::core::{CoreResponseType, CoreUserInfoClaims};
use openidconnect::{
    AccessTokenHash, AuthenticationFlow, AuthorizationCode, CsrfToken, Nonce, OAuth2TokenResponse, PkceCodeChallenge,
    RedirectUrl, Scope, TokenResponse,
};
use serde_json::json;
use url::Position;

use crate::support::browser::{Browser, param};
use crate::support::{CALLBACK, ISSUER, Op, authorize, rp};

#[actix_web::test]
async fn a_relying_party_signs_somebody_in_with_every_algorithm() {
    let op = Op::start().await;
    let ada = op.user("ada").await;
    for alg in ["RS256", "ES256", "PS256", "EdDSA"] {
        let registered = op.client(json!({ "id_token_signed_response_alg": alg })).await;
        let http = |request| rp::http(&op, request);
        let client = rp::client(rp::discover(&op).await, &registered);
        let client = client.set_redirect_uri(RedirectUrl::new(CALLBACK.to_owned()).unwrap());
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let flow = AuthenticationFlow::<CoreResponseType>::AuthorizationCode;
        let (url, state, nonce) = client
            .authorize_url(flow, CsrfToken::new_random, Nonce::new_random)
            .add_scopes(["profile", "email", "offline_access"].map(|scope| Scope::new(scope.to_owned())))
            .set_pkce_challenge(challenge)
            .url();

        let answer = Browser::new(&op).walk(&url[Position::BeforePath..], "ada").await;
        assert_eq!(param(&answer, "state").as_deref(), Some(state.secret().as_str()));
        assert_eq!(param(&answer, "iss").as_deref(), Some(ISSUER));

        let code = AuthorizationCode::new(param(&answer, "code").unwrap());
        let request = client.exchange_code(code).unwrap().set_pkce_verifier(verifier);
        let tokens = request.request_async(&http).await.unwrap();
        let id_token = tokens.id_token().unwrap();
        // checks signature, iss, aud, exp and nonce; EdDSA keys are beyond the crate
        if alg != "EdDSA" {
            let verifier = client.id_token_verifier().set_allowed_algs([id_token.signing_alg().unwrap().clone()]);
            let claims = id_token.claims(&verifier, &nonce).unwrap();
            assert_eq!(claims.subject().as_str(), ada.id.as_str());
            assert_eq!(claims.auth_time().unwrap().timestamp(), op.app.clock.now().0);
            let key = id_token.signing_key(&verifier).unwrap();
            let hash =
                AccessTokenHash::from_token(tokens.access_token(), id_token.signing_alg().unwrap(), key).unwrap();
            assert_eq!(claims.access_token_hash(), Some(&hash));
        }
        let request = client.user_info(tokens.access_token().clone(), None).unwrap();
        let info: CoreUserInfoClaims = request.request_async(&http).await.unwrap();
        assert_eq!(info.email().unwrap().as_str(), "ada@example.com");
        assert_eq!(info.email_verified(), Some(true));

        let refreshed = client.exchange_refresh_token(tokens.refresh_token().unwrap()).unwrap();
        let refreshed = refreshed.request_async(&http).await.unwrap();
        assert_ne!(refreshed.refresh_token().unwrap().secret(), tokens.refresh_token().unwrap().secret());
        assert!(refreshed.id_token().is_some(), "{alg}");
    }
}

#[actix_web::test]
async fn a_second_request_needs_no_page() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({})).await;
    let mut browser = Browser::new(&op);
    browser.walk(&authorize(&client, &[]), "ada").await;
    let url = browser.open(&authorize(&client, &[])).await.away();
    assert!(param(&url, "code").is_some(), "{url}");
}

#[actix_web::test]
async fn the_form_post_mode_carries_the_answer_in_a_page() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({})).await;
    let mut browser = Browser::new(&op);
    browser.walk(&authorize(&client, &[]), "ada").await;
    let (_, page) = browser.open(&authorize(&client, &[("response_mode", "form_post")])).await.page();
    assert_eq!(page.status, 200);
    let fields = crate::support::browser::hidden(&page.body);
    let names: Vec<_> = fields.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["code", "state", "iss"]);
    assert!(page.body.contains(&format!("action=\"{CALLBACK}\"")) && page.body.contains("id=\"continue\""));
    let policy = page.header("content-security-policy");
    assert!(policy.contains("form-action 'self' https:;"), "{policy}");
}

#[actix_web::test]
async fn a_post_to_authorize_becomes_a_get_that_has_the_cookies() {
    let op = Op::start().await;
    let client = op.client(json!({})).await;
    let path = authorize(&client, &[]);
    let (uri, query) = path.split_once('?').unwrap();
    let form: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap();
    let answer = op.post(uri, &crate::support::browser::pairs(&form)).await;
    assert_eq!(answer.status, 303);
    let sent = answer.header("location").split_once('?').unwrap().1.to_owned();
    let mut sent: Vec<(String, String)> = serde_urlencoded::from_str(&sent).unwrap();
    sent.sort();
    let mut form = form;
    form.sort();
    assert_eq!(sent, form);
}

#[actix_web::test]
async fn signing_out_ends_the_session_on_the_server() {
    let op = Op::start().await;
    op.user("ada").await;
    let client = op.client(json!({})).await;
    let mut browser = Browser::new(&op);
    browser.walk(&authorize(&client, &[]), "ada").await;
    let (_, home) = browser.open("/").await.page();
    assert!(home.body.contains("ada Example") && home.body.contains("Demo"), "{}", home.body);
    let cookie = browser.cookie("signet_session").unwrap().to_owned();
    let form = crate::support::browser::hidden(&home.body);
    let (path, page) = browser.submit("/logout", &crate::support::browser::pairs(&form)).await.page();
    assert_eq!((path.as_str(), page.status), ("/signed-out", 200));
    assert!(page.body.contains("id=\"logged-out\""));
    // the old value, kept by somebody, opens nothing
    let request = actix_web::test::TestRequest::get().uri("/");
    let stolen = request.cookie(actix_web::cookie::Cookie::new("signet_session", cookie));
    assert_eq!(op.call(stolen).await.header("location"), "/login");
}
