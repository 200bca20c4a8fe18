//! An SVG chart of weekly counts: lines with bands, ticks for events, and a strip that shows what was collected.

use super::axis::{dates, steps};
use jiff::civil::Date;
use std::fmt::Write;
use std::ops::Range;

/// One line of the chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Its name in the legend.
    pub name: String,
    /// The level, one value a period; not a number is a gap.
    pub values: Vec<f64>,
    /// Bands of the level, the widest first: low and high, as long as `values`.
    pub bands: Vec<Vec<(f64, f64)>>,
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
    /// The first day of each period.
    pub starts: Vec<Date>,
    /// Two directed lines, or more.
    pub lines: Vec<Line>,
    /// Share of each period that was collected, 0 to 1.
    pub collected: Vec<f64>,
}

/// Colours that people who see few of them can tell apart (Okabe & Ito 2008); none stands for a side.
const COLOURS: [&str; 6] = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00"];
const DASHES: [&str; 6] = ["", "6 3", "2 2", "8 3 2 3", "1 3", "10 4"];

const WIDTH: f64 = 840.0;
const HEIGHT: f64 = 250.0;
const LEFT: f64 = 52.0;
const RIGHT: f64 = 14.0;
const TOP: f64 = 42.0;
const ROW: f64 = 16.0;

/// Where things stand. Writing into a string cannot fail, so results of `writeln!` are dropped throughout.
struct Frame {
    periods: usize,
    top: f64,
    /// Upper edge of the strip that shows what was collected.
    strip: f64,
    /// Upper edge of the legend.
    legend: f64,
    height: f64,
}

impl Frame {
    fn x(&self, t: f64) -> f64 {
        LEFT + (WIDTH - LEFT - RIGHT) * t / (self.periods.max(1) as f64)
    }

    fn y(&self, value: f64) -> f64 {
        TOP + HEIGHT * (1.0 - (value / self.top).clamp(0.0, 1.0))
    }

    fn point(&self, t: usize, value: f64) -> String {
        format!("{:.1} {:.1}", self.x(t as f64 + 0.5), self.y(value))
    }
}

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
    ///
    /// # Source
    ///
    /// Cleveland (1985), *The Elements of Graphing Data*; colours: Okabe & Ito (2008).
    pub fn svg(&self) -> String {
        let periods = self.lines.iter().map(|l| l.values.len()).max().unwrap_or(0).max(self.collected.len());
        let bands = |l: &Line| l.bands.iter().flatten().map(|b| b.1).collect::<Vec<f64>>();
        let values = self.lines.iter().flat_map(|l| l.values.iter().copied().chain(bands(l)));
        let scale = steps(values.filter(|v| v.is_finite()).fold(0.0, f64::max));
        let rows = self.lines.len() as f64;
        let strip = TOP + HEIGHT + 10.0 + rows * ROW;
        let legend = strip + 2.0 * ROW;
        let height = legend + (rows + 1.0) * ROW + 10.0;
        let top = scale.last().copied().unwrap_or(1.0);
        let frame = Frame { periods, top, strip, legend, height };
        let mut out = self.head(&frame);
        self.axes(&mut out, &frame, &scale);
        for (at, line) in self.lines.iter().enumerate() {
            bands_of(&mut out, &frame, line, COLOURS[at % COLOURS.len()]);
        }
        // Lines above all bands: none hides another.
        for (at, line) in self.lines.iter().enumerate() {
            drawn(&mut out, &frame, line, at);
        }
        self.coverage(&mut out, &frame);
        out.push_str("</svg>\n");
        out
    }

    fn head(&self, frame: &Frame) -> String {
        let (title, unit, height) = (escaped(&self.title), escaped(&self.unit), frame.height);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH:.0} {height:.0}\" role=\"img\" \
             font-family=\"sans-serif\" font-size=\"11\" fill=\"#333\">\n<title>{title}</title>\n\
             <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n\
             <text x=\"{LEFT:.0}\" y=\"16\" font-size=\"13\">{title}</text>\n\
             <text x=\"{LEFT:.0}\" y=\"32\" fill=\"#666\">{unit}</text>\n"
        )
    }

    fn axes(&self, out: &mut String, frame: &Frame, scale: &[f64]) {
        // What was not collected is grey from top to bottom: no line, and no 0.
        for gap in stretches(&self.collected, |share| *share <= 0.0).into_iter().filter(|(empty, _)| *empty) {
            let (x, width) = (frame.x(gap.1.start as f64), frame.x(gap.1.end as f64) - frame.x(gap.1.start as f64));
            let _ = writeln!(
                out,
                "<rect class=\"gap\" x=\"{x:.1}\" y=\"{TOP:.1}\" width=\"{width:.1}\" height=\"{HEIGHT:.1}\" fill=\"#eee\"/>"
            );
        }
        for value in scale {
            let (y, right) = (frame.y(*value), WIDTH - RIGHT);
            let _ = writeln!(
                out,
                "<path d=\"M{LEFT:.1} {y:.1}H{right:.1}\" stroke=\"#ddd\"/><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
                LEFT - 6.0,
                y + 4.0,
                number(*value)
            );
        }
        for (t, name) in dates(&self.starts) {
            let (x, foot) = (frame.x(t as f64), frame.strip + 5.0);
            // The last name must not run out of the picture.
            let anchor = if x > WIDTH - 40.0 { "end" } else { "start" };
            let _ = writeln!(
                out,
                "<path d=\"M{x:.1} {TOP:.1}V{foot:.1}\" stroke=\"#ddd\"/><text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\" \
                 fill=\"#666\">{name}</text>",
                frame.strip + ROW + 2.0
            );
        }
    }

    fn coverage(&self, out: &mut String, frame: &Frame) {
        let shade = |share: &f64| (*share >= 1.0, *share > 0.0);
        let rect = |out: &mut String, x: f64, y: f64, width: f64, (whole, some): (bool, bool), class: &str| {
            let fill = if whole {
                "#888"
            } else if some {
                "#ccc"
            } else {
                "none"
            };
            let _ = writeln!(
                out,
                "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"5\" fill=\"{fill}\" stroke=\"#888\" \
                 stroke-width=\"0.5\"/>"
            );
        };
        for (kind, run) in stretches(&self.collected, shade) {
            let (from, to) = (frame.x(run.start as f64), frame.x(run.end as f64));
            rect(out, from, frame.strip, to - from, kind, "coverage");
        }
        let label = |out: &mut String, y: f64, text: &str| {
            let _ = writeln!(
                out,
                "<text x=\"{:.1}\" y=\"{y:.1}\" text-anchor=\"end\" fill=\"#666\">{text}</text>",
                LEFT - 6.0
            );
        };
        label(out, frame.strip + 6.0, "data");
        if !self.lines.is_empty() {
            label(out, TOP + HEIGHT + 20.0, "events");
        }
        let y = frame.legend + self.lines.len() as f64 * ROW + 4.0;
        for (n, (kind, name)) in [
            ((true, true), "collected"),
            ((false, true), "collected in part"),
            ((false, false), "not collected: a gap, no zero"),
        ]
        .into_iter()
        .enumerate()
        {
            let x = LEFT + n as f64 * 130.0;
            rect(out, x, y, 22.0, kind, "key");
            let _ = writeln!(out, "<text x=\"{:.1}\" y=\"{:.1}\" fill=\"#666\">{name}</text>", x + 28.0, y + 6.0);
        }
    }
}

fn bands_of(out: &mut String, frame: &Frame, line: &Line, colour: &str) {
    for band in line.bands.iter().filter(|b| b.len() == line.values.len()) {
        let there = |t: usize| line.values[t].is_finite() && band[t].0.is_finite() && band[t].1.is_finite();
        let known: Vec<bool> = (0..band.len()).map(there).collect();
        for run in stretches(&known, |k| *k).into_iter().filter(|(k, _)| *k).map(|(_, run)| run) {
            let forth = run.clone().map(|t| frame.point(t, band[t].1));
            let back = run.rev().map(|t| frame.point(t, band[t].0));
            let path = forth.chain(back).collect::<Vec<_>>().join("L");
            let _ = writeln!(
                out,
                "<path class=\"band\" d=\"M{path}Z\" fill=\"{colour}\" fill-opacity=\"0.1\" stroke=\"{colour}\" \
                 stroke-opacity=\"0.25\" stroke-width=\"0.6\"/>"
            );
        }
    }
}

fn drawn(out: &mut String, frame: &Frame, line: &Line, at: usize) {
    let (colour, dash) = (COLOURS[at % COLOURS.len()], DASHES[at % DASHES.len()]);
    for (_, run) in stretches(&line.values, |v| v.is_finite()).into_iter().filter(|(there, _)| *there) {
        let mut points: Vec<String> = run.map(|t| frame.point(t, line.values[t])).collect();
        if points.len() == 1 {
            points.push(points[0].clone());
        }
        let _ = writeln!(
            out,
            "<path class=\"line\" d=\"M{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.8\" stroke-linecap=\"round\" \
             stroke-dasharray=\"{dash}\"/>",
            points.join("L")
        );
    }
    let foot = TOP + HEIGHT + 10.0 + (at as f64 + 1.0) * ROW - 3.0;
    let tick = |t: usize| {
        let height = (2.0 + line.counts[t].ln_1p() * 3.0).min(ROW - 4.0);
        format!("M{:.1} {foot:.1}v-{height:.1}", frame.x(t as f64 + 0.5))
    };
    let ticks: String = (0..line.counts.len()).filter(|t| line.counts[*t] > 0.0).map(tick).collect();
    let _ = writeln!(out, "<path class=\"ticks\" d=\"{ticks}\" stroke=\"{colour}\" fill=\"none\"/>");
    let y = frame.legend + at as f64 * ROW;
    let _ = writeln!(
        out,
        "<path d=\"M{LEFT:.1} {0:.1}h22\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dash}\"/>\
         <text x=\"{1:.1}\" y=\"{2:.1}\">{3}</text>",
        y + 7.0,
        LEFT + 28.0,
        y + 11.0,
        escaped(&line.name)
    );
}

/// Stretches of values of one kind.
fn stretches<T, K: PartialEq>(values: &[T], kind: impl Fn(&T) -> K) -> Vec<(K, Range<usize>)> {
    let mut out: Vec<(K, Range<usize>)> = vec![];
    for (t, value) in values.iter().enumerate() {
        let now = kind(value);
        match out.last_mut() {
            Some((last, run)) if *last == now => run.end = t + 1,
            _ => out.push((now, t..t + 1)),
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
            // U+FFFE and U+FFFF may not stand in XML.
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn gaps_cut_lines_and_show_in_the_strip() {
        let line = |name: &str| Line {
            name: name.into(),
            values: vec![1.0, 2.0, f64::NAN, 4.0],
            bands: vec![vec![(0.5, 2.0), (1.0, 3.0), (f64::NAN, f64::NAN), (3.0, 6.0)]],
            counts: vec![1.0, 0.0, f64::NAN, 5.0],
        };
        let chart = Chart {
            title: "A & B".into(),
            unit: "incidents a week".into(),
            starts: (1..=4).map(|n| date(2024, 5, n)).collect(),
            lines: vec![line("A to B"), line("B to A")],
            collected: vec![1.0, 0.5, 0.0, 1.0],
        };
        let svg = chart.svg();
        assert_eq!(svg.matches("class=\"line\"").count(), 4);
        assert_eq!(svg.matches("class=\"band\"").count(), 4);
        assert_eq!(svg.matches("class=\"coverage\"").count(), 4);
        assert_eq!(svg.matches("class=\"gap\"").count(), 1);
        assert!(svg.contains("A &amp; B") && !svg.contains("NaN") && svg == chart.svg());
    }

    #[test]
    fn an_empty_chart_is_a_document() {
        let svg = Chart::default().svg();
        assert!(svg.starts_with("<svg") && svg.ends_with("</svg>\n") && !svg.contains("NaN"));
        assert_eq!((number(0.0), number(2.5), number(100.0)), ("0".into(), "2.5".into(), "100".into()));
    }
}
