//! Writes `benches/inputs/*.txt` from the sentences in `vary.rs`.

use counterclaim_benches::{INPUTS, vary};
use std::path::Path;

fn main() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("inputs");
    for (name, _) in INPUTS {
        std::fs::write(folder.join(format!("{name}.txt")), vary::text(name).unwrap_or_default())?;
    }
    Ok(())
}
