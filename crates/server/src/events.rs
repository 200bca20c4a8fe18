//! Server-sent events: one line when the register has changed, for programs and pages that wait.

use crate::desk::Desk;
use crate::door;
use crate::error::DeskError;
use crate::routes::Route;
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use counterclaim_register::Point;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

/// How often the register is looked at for what other programs wrote.
const EVERY: Duration = Duration::from_secs(2);

/// A stream of points: the present one at once, and each that follows.
pub(crate) async fn listen(desk: Arc<Desk>, route: &'static Route, headers: HeaderMap) -> Response {
    let held = desk.clone();
    let admitted = tokio::task::spawn_blocking(move || door::admit_listener(&held, route, &headers)).await;
    match admitted {
        Ok(Ok(())) => {}
        Ok(Err(e)) => return e.problem(),
        Err(e) => return DeskError::Internal(e.to_string()).problem(),
    }
    let Ok(place) = desk.listening.clone().try_acquire_owned() else { return DeskError::Busy.problem() };
    let mut receiver = desk.point.subscribe();
    receiver.mark_changed();
    let stream = futures_util::stream::unfold((receiver, place), |(mut receiver, place)| async move {
        receiver.changed().await.ok()?;
        let point = *receiver.borrow_and_update();
        Some((Ok::<Event, Infallible>(event(point)), (receiver, place)))
    });
    Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(20))).into_response()
}

fn event(point: Point) -> Event {
    let data = serde_json::json!({"reports": point.report, "decisions": point.decision}).to_string();
    Event::default().event("point").id(format!("{}-{}", point.report, point.decision)).data(data)
}

/// Looks at the register from time to time, as long as somebody listens.
pub(crate) async fn watch(desk: Arc<Desk>) {
    loop {
        tokio::time::sleep(EVERY).await;
        if desk.point.receiver_count() > 0 {
            let held = desk.clone();
            // If looking fails, the next look tells.
            let _ = tokio::task::spawn_blocking(move || held.look()).await;
        }
    }
}
