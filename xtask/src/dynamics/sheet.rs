//! The sheet of `cargo xtask dynamics`: each figure beside its bar, and whether it is met.

/// Counts what is met and remembers what is not.
#[derive(Debug, Default)]
pub struct Sheet {
    met: usize,
    short: Vec<String>,
}

impl Sheet {
    /// The head of the table.
    pub fn new() -> Sheet {
        println!("{:<60}{:>18}  {:>24}", "figure", "bar", "here");
        Sheet::default()
    }

    /// A part of the table.
    pub fn heading(&self, what: &str) {
        println!("\n{what}");
    }

    /// A figure without a bar.
    pub fn told(&self, what: &str, here: &str) {
        println!("{what:<60}{:>18}  {here:>24}", "–");
    }

    /// A figure with its bar.
    pub fn line(&mut self, what: &str, bar: &str, here: &str, met: bool) {
        println!("{what:<60}{bar:>18}  {here:>24}  {}", if met { "met" } else { "SHORT" });
        if met { self.met += 1 } else { self.short.push(what.trim().to_owned()) }
    }

    /// Must be this, word for word.
    pub fn same(&mut self, what: &str, bar: &str, here: &str) {
        self.line(what, bar, here, bar == here);
    }

    /// Must agree with the bar to all its decimals.
    pub fn near(&mut self, what: &str, bar: &str, here: f64) {
        let decimals = bar.split_once('.').map_or(0, |(_, d)| d.len());
        let here = format!("{here:.decimals$}");
        let plain = here.replacen("0.", ".", usize::from(here.trim_start_matches('-').starts_with("0.")));
        self.line(what, bar, &here, bar == here || bar == plain);
    }

    /// Must lie within this distance of a bar that was itself drawn.
    pub fn drawn(&mut self, what: &str, bar: f64, within: f64, here: f64) {
        self.line(what, &format!("{bar} ± {within}"), &format!("{here:.3}"), (here - bar).abs() <= within);
    }

    /// A share that should be `wanted`, out of n tries: within 2.58 standard errors.
    pub fn share(&mut self, what: &str, wanted: f64, hits: usize, n: usize) {
        let error = 2.58 * (wanted * (1.0 - wanted) / n as f64).sqrt();
        let here = hits as f64 / n as f64;
        let (bar, text) = (format!("{wanted:.3} ± {error:.3}"), format!("{here:.3} of {n}"));
        self.line(what, &bar, &text, (here - wanted).abs() <= error);
    }

    /// Must be at most this.
    pub fn most(&mut self, what: &str, bar: f64, here: f64, decimals: usize, unit: &str) {
        self.line(what, &format!("≤ {bar}{unit}"), &format!("{here:.decimals$}{unit}"), here <= bar);
    }

    /// The sum at the end.
    pub fn sum(&self) {
        let all = self.met + self.short.len();
        println!("\n{} of {all} bars are met", self.met);
        self.short.iter().for_each(|s| println!("  short: {s}"));
    }
}
