//! An SVG chart of weekly counts: lines with bands, ticks for events, and a strip that shows what was collected.

use std::fmt::Write;

/// One line of the chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Its name in the legend.
    pub name: String,
    /// The level, one value a period; not a number is a gap.
    pub values: Vec<f64>,
    /// Band of the level: low and high, as long as `values`, or empty.
    pub band: Vec<(f64, f64)>,
    /// The counts themselves, drawn as ticks under the chart where above 0.
    pub counts: Vec<f64>,
}

/// A chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chart {
    /// Its title, also what a screen reader says.
    pub title: String,
    /// What the height stands for, such as "incidents a week".
    pub unit: String,
    /// The first day of each period, as it should be printed.
    pub labels: Vec<String>,
    /// Two directed lines, or more.
    pub lines: Vec<Line>,
    /// Share of each period that was collected, 0 to 1.
    pub collected: Vec<f64>,
}

/// Colours that people who see few of them can tell apart (Okabe & Ito 2008); none stands for a side.
const COLOURS: [&str; 6] = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00"];
const DASHES: [&str; 6] = ["", "6 3", "2 2", "8 3 2 3", "1 3", "10 4"];

const WIDTH: f64 = 840.0;
const HEIGHT: f64 = 260.0;
const LEFT: f64 = 46.0;
const RIGHT: f64 = 12.0;
const TOP: f64 = 34.0;
const ROW: f64 = 16.0;

impl Chart {
    /// The chart as a document of its own. The same chart gives the same bytes.
    ///
    /// # Example
    ///
    /// ```
    /// use counterclaim_dynamics::{Chart, Line};
    /// let line = Line { name: "North to South".into(), values: vec![1.0, f64::NAN, 3.0], ..Line::default() };
    /// let chart = Chart { title: "Weekly <incidents>".into(), lines: vec![line], collected: vec![1.0, 0.0, 1.0], ..Chart::default() };
    /// let svg = chart.svg();
    /// assert!(svg.starts_with("<svg") && svg.contains("Weekly &lt;incidents&gt;"));
    /// // The gap cuts the line in two.
    /// assert_eq!(svg.matches("class=\"line\"").count(), 2);
    /// ```
    pub fn svg(&self) -> String {
        let n = self.lines.iter().map(|l| l.values.len()).max().unwrap_or(0).max(self.collected.len());
        let rows = self.lines.len() as f64;
        let strip = TOP + HEIGHT + 8.0 + rows * ROW;
        let total = strip + 2.0 * ROW + 26.0;
        let top = self.top();
        let x = |t: f64| LEFT + (WIDTH - LEFT - RIGHT) * t / (n.max(1) as f64);
        let y = |v: f64| TOP + HEIGHT * (1.0 - (v / top).clamp(0.0, 1.0));
        let mut out = String::new();
        // Writing into a string cannot fail.
        let _ = writeln!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH:.0} {total:.0}\" role=\"img\" font-family=\"sans-serif\" \
             font-size=\"11\" fill=\"#333\">\n<title>{0}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n\
             <text x=\"{LEFT:.0}\" y=\"16\" font-size=\"13\">{0}</text>",
            escaped(&self.title)
        );
        for step in 0..=4 {
            let value = top * f64::from(step) / 4.0;
            let _ = writeln!(
                out,
                "<path d=\"M{LEFT:.1} {0:.1}H{1:.1}\" stroke=\"#ddd\"/><text x=\"{2:.1}\" y=\"{3:.1}\" text-anchor=\"end\">{4}</text>",
                y(value),
                WIDTH - RIGHT,
                LEFT - 5.0,
                y(value) + 4.0,
                number(value)
            );
        }
        let _ =
            writeln!(out, "<text x=\"{LEFT:.0}\" y=\"{:.0}\" fill=\"#666\">{}</text>", TOP - 5.0, escaped(&self.unit));
        for (at, line) in self.lines.iter().enumerate() {
            let (colour, dash) = (COLOURS[at % COLOURS.len()], DASHES[at % DASHES.len()]);
            for run in runs(&line.values) {
                if line.band.len() == line.values.len() {
                    let forth = run.clone().map(|t| format!("{:.1} {:.1}", x(t as f64 + 0.5), y(line.band[t].1)));
                    let back = run.clone().rev().map(|t| format!("{:.1} {:.1}", x(t as f64 + 0.5), y(line.band[t].0)));
                    let path = forth.chain(back).collect::<Vec<_>>().join("L");
                    let _ =
                        writeln!(out, "<path class=\"band\" d=\"M{path}Z\" fill=\"{colour}\" fill-opacity=\"0.15\"/>");
                }
                let mut points: Vec<String> =
                    run.clone().map(|t| format!("{:.1} {:.1}", x(t as f64 + 0.5), y(line.values[t]))).collect();
                if points.len() == 1 {
                    points.push(points[0].clone());
                }
                let _ = writeln!(
                    out,
                    "<path class=\"line\" d=\"M{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.6\" stroke-linecap=\"round\" \
                     stroke-dasharray=\"{dash}\"/>",
                    points.join("L")
                );
            }
            let base = TOP + HEIGHT + 8.0 + at as f64 * ROW;
            let ticks: String = (0..line.counts.len())
                .filter(|t| line.counts[*t] > 0.0)
                .map(|t| {
                    format!(
                        "M{:.1} {:.1}v{:.1}",
                        x(t as f64 + 0.5),
                        base,
                        (2.0 + line.counts[t].ln_1p() * 3.0).min(ROW - 3.0)
                    )
                })
                .collect();
            let _ = writeln!(out, "<path class=\"ticks\" d=\"{ticks}\" stroke=\"{colour}\" fill=\"none\"/>");
            let legend = strip + ROW + 22.0;
            let left = LEFT + at as f64 * (WIDTH - LEFT - RIGHT) / rows.max(1.0);
            let _ = writeln!(
                out,
                "<path d=\"M{left:.1} {0:.1}h22\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dash}\"/><text x=\"{1:.1}\" \
                 y=\"{2:.1}\">{3}</text>",
                legend + 8.0,
                left + 27.0,
                legend + 12.0,
                escaped(&line.name)
            );
        }
        for (t, share) in self.collected.iter().enumerate() {
            let fill = if *share >= 1.0 {
                "#999"
            } else if *share > 0.0 {
                "#ccc"
            } else {
                "none"
            };
            let width = x(t as f64 + 1.0) - x(t as f64);
            let _ = writeln!(
                out,
                "<rect class=\"coverage\" x=\"{:.1}\" y=\"{strip:.1}\" width=\"{width:.2}\" height=\"5\" fill=\"{fill}\"/>",
                x(t as f64)
            );
        }
        let _ = writeln!(
            out,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\" fill=\"#666\">data</text>",
            LEFT - 5.0,
            strip + 6.0
        );
        let many = self.labels.len();
        for step in 0..6_usize.min(many) {
            let t = step * many / 6.min(many);
            let _ = writeln!(
                out,
                "<text x=\"{:.1}\" y=\"{:.1}\" fill=\"#666\">{}</text>",
                x(t as f64),
                strip + ROW + 4.0,
                escaped(&self.labels[t])
            );
        }
        out.push_str("</svg>\n");
        out
    }

    /// The top of the scale: a round number at or above everything.
    fn top(&self) -> f64 {
        let values = self.lines.iter().flat_map(|l| l.values.iter().copied().chain(l.band.iter().map(|b| b.1)));
        let most = values.filter(|v| v.is_finite()).fold(0.0, f64::max);
        if most <= 0.0 {
            return 1.0;
        }
        let unit = 10_f64.powf(most.log10().floor());
        [1.0, 2.0, 4.0, 5.0, 8.0, 10.0].into_iter().map(|m| m * unit).find(|t| *t >= most).unwrap_or(most)
    }
}

/// Stretches without a gap.
fn runs(values: &[f64]) -> Vec<std::ops::Range<usize>> {
    let mut out = vec![];
    let mut start = None;
    for t in 0..=values.len() {
        let there = values.get(t).is_some_and(|v| v.is_finite());
        match (there, start) {
            (true, None) => start = Some(t),
            (false, Some(s)) => {
                out.push(s..t);
                start = None;
            }
            _ => {}
        }
    }
    out
}

fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_cut_lines_and_show_in_the_strip() {
        let line = |name: &str| Line {
            name: name.into(),
            values: vec![1.0, 2.0, f64::NAN, 4.0],
            band: vec![(0.5, 2.0), (1.0, 3.0), (f64::NAN, f64::NAN), (3.0, 6.0)],
            counts: vec![1.0, 0.0, f64::NAN, 5.0],
        };
        let chart = Chart {
            title: "A & B".into(),
            unit: "incidents a week".into(),
            labels: (1..=4).map(|n| format!("2024-05-{n:02}")).collect(),
            lines: vec![line("A to B"), line("B to A")],
            collected: vec![1.0, 0.5, 0.0, 1.0],
        };
        let svg = chart.svg();
        assert_eq!(svg.matches("class=\"line\"").count(), 4);
        assert_eq!(svg.matches("class=\"band\"").count(), 4);
        assert_eq!(svg.matches("class=\"coverage\"").count(), 4);
        assert_eq!(svg.matches("height=\"5\" fill=\"none\"").count(), 1);
        assert!(svg.contains("A &amp; B") && !svg.contains("NaN") && svg == chart.svg());
    }

    #[test]
    fn an_empty_chart_is_a_document() {
        let svg = Chart::default().svg();
        assert!(svg.starts_with("<svg") && svg.ends_with("</svg>\n") && !svg.contains("NaN"));
        assert_eq!((number(0.0), number(2.5), number(100.0)), ("0".into(), "2.5".into(), "100".into()));
    }
}
