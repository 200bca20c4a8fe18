//! Shared by the tests of the house: where the workspace is, and reading its files.

#![allow(dead_code, clippy::unwrap_used)]

use std::path::{Path, PathBuf};

/// The folder of the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// The text of a file of the workspace.
pub fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// All files below a folder whose name ends so, as paths from the root, in order.
pub fn files(folder: &str, ending: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(root().join(&folder)).unwrap_or_else(|e| panic!("{folder}: {e}")) {
            let entry = entry.unwrap();
            let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
            match entry.file_type().unwrap().is_dir() {
                true => folders.push(path),
                false if path.ends_with(ending) => out.push(path),
                false => {}
            }
        }
    }
    out.sort();
    out
}

/// A fenced block of a Markdown file.
pub struct Block {
    /// Line of the opening fence, from 1.
    pub line: usize,
    /// The heading of level two that it stands under.
    pub section: String,
    /// What follows the opening fence: the language, then what the project puts there.
    pub info: String,
    /// The lines between the fences.
    pub lines: Vec<String>,
}

/// The fenced blocks of a Markdown text.
pub fn blocks(markdown: &str) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    let (mut open, mut section) = (false, String::new());
    for (i, line) in markdown.lines().enumerate() {
        if let Some(info) = line.strip_prefix("```") {
            if !open {
                out.push(Block { line: i + 1, section: section.clone(), info: info.trim().into(), lines: Vec::new() });
            }
            open = !open;
        } else if open {
            out.last_mut().unwrap().lines.push(line.into());
        } else if let Some(heading) = line.strip_prefix("## ") {
            section = heading.into();
        }
    }
    assert!(!open, "a fence is not closed");
    out
}

/// Parts of a Markdown text in single backticks, outside fenced blocks.
pub fn code_spans(markdown: &str) -> Vec<String> {
    let mut prose = String::new();
    let mut open = false;
    for line in markdown.lines() {
        if line.starts_with("```") {
            open = !open;
        } else if !open {
            prose.push_str(line);
            prose.push('\n');
        }
    }
    prose.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}
