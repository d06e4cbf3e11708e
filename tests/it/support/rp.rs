//! The `openidconnect` crate as relying party: a foreign implementation checks what we issue.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use openidconnect::core::{CoreClient, CoreProviderMetadata};
use openidconnect::{ClientId, ClientSecret, HttpRequest, HttpResponse, IssuerUrl};
use signet::flow::admin::client::Registered;

use super::{ISSUER, Op};

/// Carries a request of the crate into the server.
pub async fn http(op: &Op, request: HttpRequest) -> Result<HttpResponse, std::io::Error> {
    let (parts, body) = request.into_parts();
    let uri = parts.uri.path_and_query().unwrap().as_str().to_owned();
    let mut test =
        TestRequest::default().method(Method::from_bytes(parts.method.as_str().as_bytes()).unwrap()).uri(&uri);
    for (name, value) in &parts.headers {
        test = test.insert_header((name.as_str(), value.to_str().unwrap()));
    }
    let answer = op.call(test.set_payload(body)).await;
    let mut response = openidconnect::http::Response::builder().status(answer.status);
    for (name, value) in &answer.headers {
        response = response.header(name.as_str(), value.as_bytes());
    }
    Ok(response.body(answer.body.into_bytes()).unwrap())
}

pub async fn discover(op: &Op) -> CoreProviderMetadata {
    let client = |request| http(op, request);
    CoreProviderMetadata::discover_async(IssuerUrl::new(ISSUER.to_owned()).unwrap(), &client).await.unwrap()
}

/// The client of the crate, discovered and registered.
pub fn client(
    metadata: CoreProviderMetadata,
    registered: &Registered,
) -> CoreClient<
    openidconnect::EndpointSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointMaybeSet,
    openidconnect::EndpointMaybeSet,
> {
    let id = ClientId::new(registered.client.id.to_string());
    let secret = registered.secret.as_ref().map(|secret| ClientSecret::new(secret.reveal().to_owned()));
    CoreClient::from_provider_metadata(metadata, id, secret)
}
