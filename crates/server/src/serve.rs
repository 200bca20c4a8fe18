//! Putting it together: the router, and listening on an address until the program is told to stop.

use crate::desk::Desk;
use crate::door;
use crate::error::{DeskError, Result};
use crate::events;
use crate::routes::{Method, ROUTES, Route};
use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::map_response;
use axum::routing::{MethodFilter, on};
use std::net::SocketAddr;
use std::sync::Arc;
use tower_http::compression::CompressionLayer;

/// Everything that can be asked, as an axum router.
pub fn router(desk: Arc<Desk>) -> Router {
    let mut router = Router::new();
    for route in ROUTES {
        let filter = match route.method {
            Method::Get => MethodFilter::GET,
            Method::Post => MethodFilter::POST,
        };
        router = router.route(route.path, on(filter, move |desk, request| enter(desk, route, request)));
    }
    router
        .fallback(|request: Request| async move { door::nowhere(request.uri().path()) })
        .layer(CompressionLayer::new())
        .layer(map_response(|response| async move { door::guard(response) }))
        .with_state(desk)
}

async fn enter(State(desk): State<Arc<Desk>>, route: &'static Route, request: Request) -> axum::response::Response {
    door::enter(desk, route, request).await
}

/// Listens until Ctrl-C. `ready` is told the address once there is somebody at the door.
///
/// # Errors
/// If the address cannot be listened on.
pub fn serve(desk: Arc<Desk>, address: SocketAddr, ready: impl FnOnce(SocketAddr)) -> Result<()> {
    let failed = |what: &str, e: std::io::Error| DeskError::Setup(format!("{what}: {e}"));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .max_blocking_threads(64)
        .build()
        .map_err(|e| failed("cannot start threads", e))?;
    // The desk is held here: connections to PostgreSQL must not end on a thread of the runtime.
    let held = desk.clone();
    let done = runtime.block_on(async move {
        let cannot = |e| failed(&format!("cannot listen on {address}"), e);
        let listener = tokio::net::TcpListener::bind(address).await.map_err(cannot)?;
        ready(listener.local_addr().map_err(cannot)?);
        tokio::spawn(events::watch(held.clone()));
        let app = router(held).into_make_service_with_connect_info::<SocketAddr>();
        tokio::select! {
            done = async { axum::serve(listener, app).await } => done.map_err(|e| failed("the server stopped", e)),
            _ = told_to_stop() => Ok(()),
        }
    });
    // Requests under way have a moment to end.
    runtime.shutdown_timeout(std::time::Duration::from_secs(2));
    done
}

/// Ctrl-C, or what a service manager sends.
async fn told_to_stop() {
    #[cfg(unix)]
    if let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        return;
    }
    // If even that fails, the system ends the program.
    let _ = tokio::signal::ctrl_c().await;
}
