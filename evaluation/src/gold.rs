//! Reads gold files: JSON Lines, and character offsets turned into the byte spans that the rest of the project uses.

use std::path::Path;

use anyhow::{Context, Result};
use counterclaim_text::Span;
use serde::de::DeserializeOwned;

/// Reads a JSON Lines file; blank lines are skipped.
pub(crate) fn json_lines<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read the gold file {}", path.display()))?;
    let mut out = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if !line.trim().is_empty() {
            let row = serde_json::from_str(line).with_context(|| format!("{}, line {}", path.display(), number + 1))?;
            out.push(row);
        }
    }
    Ok(out)
}

/// The files of a folder whose names end in `ending`, by name.
pub(crate) fn files(dir: &Path, ending: &str) -> Result<Vec<std::path::PathBuf>> {
    let mut out = Vec::new();
    let entries = std::fs::read_dir(dir).with_context(|| format!("cannot list {}", dir.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.file_name().is_some_and(|n| n.to_string_lossy().ends_with(ending)) {
            out.push(path);
        }
    }
    out.sort();
    Ok(out)
}

/// Turns character offsets into a text into byte offsets.
pub(crate) struct CharMap {
    bytes: Vec<usize>,
}

impl CharMap {
    pub(crate) fn new(text: &str) -> Self {
        let mut bytes: Vec<usize> = text.char_indices().map(|(i, _)| i).collect();
        bytes.push(text.len());
        CharMap { bytes }
    }

    /// The byte span of a character range; offsets beyond the end are the end.
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        let last = self.bytes.len() - 1;
        Span::new(self.bytes[start.min(last)], self.bytes[end.min(last)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_become_bytes() {
        let text = "a–b";
        let map = CharMap::new(text);
        assert_eq!(map.span(1, 2).of(text), "–");
        assert_eq!(map.span(2, 9).of(text), "b");
    }
}
