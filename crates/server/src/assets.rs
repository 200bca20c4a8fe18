//! Styles and scripts, built into the program. Islands are there if `web/dist` was when the program was built.

use crate::call::Call;
use crate::door;
use crate::error::{DeskError, Result};
use axum::response::Response;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

const STYLE: &str = include_str!("../../../web/styles/desk.css");
const KEYS: &str = include_str!("../../../web/scripts/keys.js");

/// What Vite made of the TypeScript islands; empty without Node.
#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Islands;

/// A short hash of everything: part of every asset's address, so that browsers may keep them for good.
pub(crate) static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut all = Sha256::new();
    all.update(STYLE);
    all.update(KEYS);
    for name in Islands::iter() {
        if let Some(file) = Islands::get(&name) {
            all.update(&file.data);
        }
    }
    all.finalize().iter().take(5).map(|b| format!("{b:02x}")).collect()
});

/// True if the islands are built in.
pub(crate) fn islands() -> bool {
    Islands::get("islands.js").is_some()
}

/// Addresses of the modules that a page with the map will load, as the build wrote them down.
pub(crate) fn modules_of_map() -> Vec<String> {
    let file = Islands::get("map.modules").map(|f| f.data).unwrap_or_default();
    String::from_utf8_lossy(&file).lines().map(str::to_owned).collect()
}

/// True if the islands have a style.
pub(crate) fn islands_style() -> bool {
    Islands::get("islands.css").is_some()
}

/// Answers for an asset.
pub(crate) fn asset(call: &Call<'_>) -> Result<Response> {
    // The path as it stands: names of assets have no escapes, and may lie in folders.
    let path = call.url.split('?').next().unwrap_or("").strip_prefix("/assets/").unwrap_or("");
    let bytes = match path {
        "desk.css" => STYLE.as_bytes().to_vec(),
        "keys.js" => KEYS.as_bytes().to_vec(),
        other => Islands::get(other).ok_or(DeskError::NotFound)?.data.into_owned(),
    };
    Ok(door::asset(bytes, sort(path)))
}

fn sort(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, e)| e) {
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "geojson" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}
