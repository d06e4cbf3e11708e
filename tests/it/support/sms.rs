//! A provider of short messages on this machine, in the shape of Twilio's.

use std::sync::{Arc, Mutex};

use actix_web::dev::ServerHandle;
use actix_web::http::StatusCode;
use actix_web::web::{self, Bytes};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};

/// What was asked.
#[derive(Debug, Clone)]
pub struct Asked {
    pub path: String,
    pub authorization: String,
    pub form: Vec<(String, String)>,
}

type State = Mutex<(u16, Vec<Asked>)>;

/// It goes when it is dropped.
pub struct Provider {
    pub url: String,
    state: Arc<State>,
    handle: ServerHandle,
}

impl Provider {
    pub fn start() -> Self {
        let state = Arc::new(Mutex::new((201, Vec::new())));
        let shared = web::Data::from(state.clone());
        let app = move || App::new().app_data(shared.clone()).default_service(web::to(answer));
        let server = HttpServer::new(app).workers(1).disable_signals().bind(("127.0.0.1", 0)).unwrap();
        let url = format!("http://{}", server.addrs()[0]).replace("127.0.0.1", "localhost");
        let server = server.run();
        let handle = server.handle();
        tokio::spawn(server);
        Self { url, state, handle }
    }

    /// From now on it answers with this status.
    pub fn answer(&self, status: u16) {
        self.state.lock().unwrap().0 = status;
    }

    /// What was asked since the last time.
    pub fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.state.lock().unwrap().1)
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
    }
}

async fn answer(state: web::Data<State>, request: HttpRequest, body: Bytes) -> HttpResponse {
    let authorization = request.headers().get("authorization").map_or("", |value| value.to_str().unwrap()).to_owned();
    let form: Vec<(String, String)> = serde_urlencoded::from_bytes(&body).unwrap();
    let to = form.iter().find(|(name, _)| name == "To").map(|(_, to)| to.clone()).unwrap_or_default();
    let mut state = state.lock().unwrap();
    state.1.push(Asked { path: request.path().to_owned(), authorization, form });
    let status = StatusCode::from_u16(state.0).unwrap();
    match status.as_u16() {
        201 => HttpResponse::Created().json(serde_json::json!({ "sid": "SM1", "status": "queued" })),
        // as the real one does, with the number in its words
        number => HttpResponse::build(status).json(serde_json::json!({
            "code": 21211, "message": format!("Invalid 'To' Phone Number: {to}"), "status": number,
        })),
    }
}
