//! Lists in columns, as CSV and as JSON. Words of reports are data in all three: no control character reaches a terminal,
//! no cell becomes a formula.

use counterclaim_reader::brief::clean;
use unicode_width::UnicodeWidthStr;

/// Widest column.
const WIDEST: usize = 44;

/// Rows under a header.
pub struct Table {
    /// Names of the columns.
    pub head: Vec<&'static str>,
    /// Cells.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// Columns, each as wide as it must be; the last line may be cut off by the terminal.
    pub fn text(&self) -> String {
        let rows: Vec<Vec<String>> = self.rows.iter().map(|r| r.iter().map(|c| clean(c, WIDEST)).collect()).collect();
        let width = |c: usize| rows.iter().map(|r| r[c].width()).chain([self.head[c].len()]).max().unwrap_or(0);
        let widths: Vec<usize> = (0..self.head.len()).map(width).collect();
        let mut out = String::new();
        let mut line = |cells: &[String]| {
            let mut one = String::new();
            for (c, cell) in cells.iter().enumerate() {
                one.push_str(cell);
                one.push_str(&" ".repeat(widths[c].saturating_sub(cell.width()) + 2));
            }
            out.push_str(one.trim_end());
            out.push('\n');
        };
        line(&self.head.iter().map(|h| (*h).to_owned()).collect::<Vec<_>>());
        rows.iter().for_each(|r| line(r));
        out
    }

    /// CSV (RFC 4180).
    pub fn csv(&self) -> String {
        let mut out = self.head.join(",") + "\r\n";
        for row in &self.rows {
            let cells: Vec<String> = row.iter().map(|c| quoted(&harmless(c))).collect();
            out.push_str(&cells.join(","));
            out.push_str("\r\n");
        }
        out
    }
}

/// Spreadsheets run cells that begin with one of these.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { format!("'{cell}") } else { cell.to_owned() }
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_data() {
        let rows = vec![vec!["=1+1".into(), "a \"b\", c".into()], vec!["\u{202E}x\u{1b}[2J".into(), "d".into()]];
        let table = Table { head: vec!["id", "title"], rows };
        assert_eq!(table.csv(), "id,title\r\n'=1+1,\"a \"\"b\"\", c\"\r\n\u{202E}x\u{1b}[2J,d\r\n");
        assert_eq!(table.text(), "id     title\n=1+1   a \"b\", c\nx\u{FFFD}[2J  d\n");
    }
}
