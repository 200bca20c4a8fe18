//! Where the outcome goes: standard output, or a file that appears whole or not at all.

use anstream::{AutoStream, ColorChoice};
use anyhow::{Context, Result};
use counterclaim_reader::brief::{NARROWEST, WIDEST};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, Once, PoisonError};
use tempfile::NamedTempFile;

/// How the brief should look.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Columns.
    pub width: usize,
    /// With colours.
    pub styled: bool,
}

/// The look for a destination: a terminal's own width and colours, else 80 columns without.
pub fn look(file: Option<&Path>, width: Option<usize>) -> Look {
    let stdout = std::io::stdout();
    let terminal = file.is_none() && stdout.is_terminal();
    let own = || terminal_size::terminal_size().map_or(80, |(w, _)| usize::from(w.0).clamp(NARROWEST, WIDEST));
    Look {
        width: width.unwrap_or_else(|| if terminal { own() } else { 80 }),
        styled: terminal && AutoStream::choice(&stdout) != ColorChoice::Never,
    }
}

/// Writes all, or says why not.
pub fn write(file: Option<&Path>, bytes: &[u8]) -> Result<()> {
    match file {
        Some(path) if path.as_os_str() != "-" => {
            write_file(path, bytes).with_context(|| format!("cannot write {}", path.display()))
        }
        _ => {
            let mut out = std::io::stdout().lock();
            out.write_all(bytes).and_then(|()| out.flush()).context("cannot write to standard output")
        }
    }
}

fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    // A link keeps pointing where it points; a pipe or device cannot be replaced by renaming.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if target.metadata().is_ok_and(|m| !m.is_file()) {
        let mut out = std::fs::OpenOptions::new().write(true).open(&target)?;
        return Ok(out.write_all(bytes).and_then(|()| out.flush())?);
    }
    let folder = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = unfinished(folder)?;
    let written = file.write_all(bytes).and_then(|()| file.as_file().sync_all());
    let done = written.map_err(anyhow::Error::from).and_then(|()| Ok(file.persist(&target).map(drop)?));
    *UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner) = None;
    done
}

/// Lets `write` fill a file that appears whole or not at all.
pub fn whole<T>(path: &Path, write: impl FnOnce(&mut std::fs::File) -> Result<T>) -> Result<T> {
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let folder = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = unfinished(folder)?;
    let done = write(file.as_file_mut()).and_then(|value| {
        file.as_file().sync_all()?;
        file.persist(&target)?;
        Ok(value)
    });
    *UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner) = None;
    done
}

/// The file being written, for the signal handler to remove.
static UNFINISHED: Mutex<Option<PathBuf>> = Mutex::new(None);

/// A file with a temporary name that neither an error nor Ctrl-C leaves behind.
fn unfinished(folder: &Path) -> Result<NamedTempFile> {
    static HANDLER: Once = Once::new();
    HANDLER.call_once(|| {
        // Without a handler, the worst is a file with a temporary name.
        let _ = ctrlc::set_handler(|| {
            let path = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner).take();
            let _ = path.map(std::fs::remove_file);
            std::process::exit(130);
        });
    });
    // Held while the file is made: a signal in between waits, and then finds the name.
    let mut slot = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
    let mut builder = tempfile::Builder::new();
    builder.prefix(".counterclaim-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As for any new file: what the user's mask allows, not only the owner.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let file = builder.tempfile_in(folder)?;
    *slot = Some(file.path().to_owned());
    Ok(file)
}
