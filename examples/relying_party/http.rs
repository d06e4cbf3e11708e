//! The HTTP client. `openidconnect` takes any function from request to response; this one speaks plain HTTP, which is
//! enough for an issuer on this machine. Elsewhere put one with TLS in its place, and let it follow no redirects either.

use std::io::Error;
use std::sync::LazyLock;
use std::time::Duration;

use actix_web::web::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use openidconnect::{HttpRequest, HttpResponse};

const PATIENCE: Duration = Duration::from_secs(10);
const LARGEST: usize = 1024 * 1024;

static CLIENT: LazyLock<Client<HttpConnector, Full<Bytes>>> =
    LazyLock::new(|| Client::builder(TokioExecutor::new()).build_http());

/// Sends one request and reads the whole answer.
pub async fn send(request: HttpRequest) -> Result<HttpResponse, Error> {
    let exchange = async {
        let answer = CLIENT.request(request.map(Full::from)).await.map_err(Error::other)?;
        let (head, body) = answer.into_parts();
        let body = Limited::new(body, LARGEST).collect().await.map_err(Error::other)?;
        Ok(HttpResponse::from_parts(head, body.to_bytes().to_vec()))
    };
    tokio::time::timeout(PATIENCE, exchange).await?
}
