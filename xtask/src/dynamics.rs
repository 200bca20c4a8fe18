//! `cargo xtask dynamics`: every published reference figure beside what is computed here, and the times.
//!
//! The series lie beside the project (`--gold`); without them only what needs no data is computed.

use anyhow::{Context, Result, bail};
use counterclaim_dynamics::{
    BASELINE, Calendar, DRAWS, Daily, Directions, Filter, GUARD, HALF_LIVES, Hawkes, Level, MODELS, Months, NegBin,
    Period, Record, StudyOptions, backtest, cascade, change_points, crps_ensemble, cusum_threshold, fit, gradient,
    interval_score, log_likelihood, mean, placebo, run_lengths, simulate, spectral_radius, study,
};
use jiff::civil::date;
use std::path::Path;
use std::time::{Duration, Instant};

/// Runs of the recovery test, as in the reference.
const RUNS: u64 = 120;
/// The reference's table: CRPS and IGN of persistence, own year, negative binomial and pool at 1, 3, 6 and 12 months.
const TABLE: [[(f64, f64); 4]; 4] = [
    [(26.21, 1.84), (22.04, 1.00), (20.36, 0.97), (19.89, 0.87)],
    [(34.36, 1.92), (25.25, 1.06), (24.53, 1.04), (23.78, 0.93)],
    [(39.79, 2.00), (28.91, 1.12), (28.27, 1.10), (27.33, 0.99)],
    [(47.86, 2.09), (37.08, 1.24), (36.90, 1.21), (34.58, 1.08)],
];

/// Prints everything.
pub fn run(root: &Path, gold: Option<&Path>) -> Result<()> {
    let beside = root.join("../shared/gold");
    let gold = gold.unwrap_or(&beside);
    println!("{:<58}{:>16}  {:>22}", "figure", "reference", "here");
    exact()?;
    thresholds();
    recovery()?;
    let file = gold.join("series/ged-pakistan.csv");
    if file.is_file() {
        let text = std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        pakistan(&text)?;
    } else {
        println!("\n{} is not there: give its folder with --gold; figures on it are left out", file.display());
    }
    let file = gold.join("series/world-country-months.csv");
    if file.is_file() {
        world(&file)?;
    } else {
        println!("\n{} is not there: the backtest is left out", file.display());
    }
    speed()
}

fn line(what: &str, reference: &str, here: &str) {
    println!("{what:<58}{reference:>16}  {here:>22}");
}

fn heading(what: &str) {
    println!("\n{what}");
}

fn exact() -> Result<()> {
    heading("scores");
    line("CRPS NB(n=2, p=.25; y=5)", "1.038520123451", &format!("{:.12}", NegBin::from_trials(2.0, 0.25).crps(5)));
    line("CRPS {0,1,2,2,5,9}, y=3", ".9166667", &format!("{:.7}", crps_ensemble(&[0.0, 1.0, 2.0, 2.0, 5.0, 9.0], 3.0)));
    line("interval score [2,9], y=12, α=.1", "67", &format!("{}", interval_score(2.0, 9.0, 12.0, 0.1)));
    heading("Hawkes, exact");
    let one = Hawkes { baseline: vec![0.5], branching: vec![vec![0.4]], decay: 1.0 };
    let times = [vec![1.0, 2.0, 4.0]];
    line("D=1: ℓ", "-5.208969372077", &format!("{:.12}", log_likelihood(&times, 5.0, &one)?));
    let slope = gradient(&times, 5.0, &one)?;
    line("D=1: ∂ℓ/∂μ", ".28724432", &format!("{:.8}", slope[0].0));
    line("D=1: ∂ℓ/∂α", "-1.67307325", &format!("{:.8}", slope[0].1[0]));
    let alpha = vec![vec![0.3, 0.2], vec![0.5, 0.1]];
    let two = Hawkes { baseline: vec![0.3, 0.2], branching: alpha.clone(), decay: 1.2 };
    let times = [vec![0.5, 1.7, 3.0, 3.2, 6.1], vec![0.9, 1.8, 3.1, 7.0]];
    line("D=2: ℓ", "-14.541385712101", &format!("{:.12}", log_likelihood(&times, 8.0, &two)?));
    let Some(k) = cascade(&alpha, 0.1, 30.0) else { bail!("no cascade") };
    for (i, wanted) in [["0.518214", "0.292199"], ["0.730497", "0.226016"]].iter().enumerate() {
        for (j, wanted) in wanted.iter().enumerate() {
            line(&format!("K(30)[{}][{}]", i + 1, j + 1), wanted, &format!("{:.6}", k[i][j]));
        }
    }
    Ok(())
}

fn thresholds() {
    heading("alerts: h for 10 % in 12 periods, ratio 2, m 5, parameters estimated");
    for (k, wanted) in [(4.0, "3.48"), (1.0, "2.69")] {
        let h = cusum_threshold((5.0, k), BASELINE - GUARD, 12, 0.1, 1);
        line(&format!("k {k}, 33 periods"), wanted, &format!("{h:.2}"));
    }
}

fn recovery() -> Result<()> {
    heading("Hawkes, recovery: 120 runs, T = 5000");
    let truth = Hawkes { baseline: vec![0.5, 0.5], branching: vec![vec![0.3, 0.2], vec![0.1, 0.4]], decay: 1.5 };
    let (mut sums, mut covered) = ([[0.0; 2]; 2], [[0; 2]; 2]);
    for run in 0..RUNS {
        let times = simulate(&truth, 5000.0, 1000 + run)?;
        let found = fit(&times, 5000.0, 1.5)?;
        for i in 0..2 {
            for j in 0..2 {
                let (a, e) = (found.model.branching[i][j], found.errors[i][j]);
                sums[i][j] += a / RUNS as f64;
                covered[i][j] += usize::from((a - truth.branching[i][j]).abs() <= 1.959_964 * e);
            }
        }
    }
    let gaps = (0..4).map(|n| (sums[n / 2][n % 2] - truth.branching[n / 2][n % 2]).abs());
    line("largest error of a mean of α", "≤ .0022", &format!("{:.4}", gaps.fold(0.0, f64::max)));
    let share = |n: usize| covered[n / 2][n % 2] as f64 / RUNS as f64;
    let (low, high) = (0..4).map(share).fold((1.0_f64, 0.0_f64), |(l, h), s| (l.min(s), h.max(s)));
    line("cover of 95 % intervals", ".917–.967", &format!("{low:.3}–{high:.3}"));
    Ok(())
}

fn pakistan(text: &str) -> Result<()> {
    let mut record = Record::default();
    if let Err(problems) = record.take_in("ged-pakistan.csv", text, Directions::Guessed) {
        bail!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    }
    heading("GED Pakistan, government–TTP, weekly");
    let dyad = |from: &str, to: &str| Filter {
        from: Some(from.into()),
        to: Some(to.into()),
        undirected: true,
        precision: 6,
        ..Filter::default()
    };
    let weeks = Calendar::new(Period::Week, date(2007, 12, 10), date(2021, 12, 26), &[]);
    let (state, ttp) = ("Government of Pakistan", "TTP");
    let (forth, back) = (dyad(state, ttp), dyad(ttp, state));
    let a = weeks.sums(&record, &forth, |_| 1.0);
    let b = weeks.sums(&record, &back, |e| if forth.admits(e) { 0.0 } else { 1.0 });
    let y: Vec<Option<f64>> = a.iter().zip(b).map(|(a, b)| Some((*a)? + b?)).collect();
    line("weeks", "733", &y.len().to_string());
    let score = Level::default().score(&y, None);
    line("mean one-step log score, half-life 8, k 4", "-2.232", &format!("{:.3}", score.log_score));
    line("cover of 90 % bands", ".906", &format!("{:.3}", score.cover_90));
    let plain: Vec<f64> = y.iter().flatten().copied().collect();
    let still = |t: usize| {
        let w = &plain[t - 52..t];
        let m = mean(w).max(0.05);
        let v = w.iter().map(|x| (x - m) * (x - m)).sum::<f64>() / 52.0;
        NegBin::new(m, if v > m { m * m / (v - m) } else { 1e6 })
    };
    let average = |law: &dyn Fn(usize) -> NegBin| {
        (52..plain.len()).map(|t| law(t).ln_pmf(plain[t] as u64)).sum::<f64>() / (plain.len() - 52) as f64
    };
    line("the same, static negative binomial over 52 weeks", "-2.273", &format!("{:.3}", average(&still)));
    let last = |t: usize| NegBin::new(plain[t - 1].max(0.25), 4.0);
    line("the same, persistence (at least .25, k 4)", "-2.556", &format!("{:.3}", average(&last)));
    let best = Level::refit(&y, None);
    let refit = best.score(&y, None).log_score;
    line(&format!("the same, refit: half-life {}, k {}", best.half_life, best.size), "–", &format!("{refit:.3}"));

    heading("GED Pakistan, all events, monthly");
    let months = Calendar::new(Period::Month, date(2005, 1, 1), date(2021, 12, 31), &[]);
    let all = Filter { undirected: true, ..Filter::default() };
    let counts: Vec<f64> = months.sums(&record, &all, |_| 1.0).into_iter().flatten().collect();
    let starts = change_points(&counts, 60.0, 3);
    for (wanted, t) in ["2007-03", "2008-08", "2010-11", "2013-06", "2015-10"].iter().zip(starts.iter().skip(1)) {
        let day = months.starts[*t];
        line("PELT, penalty 60: a level begins", wanted, &format!("{}-{:02}", day.year(), day.month()));
    }
    line("PELT: levels", "6", &starts.len().to_string());
    let lengths = run_lengths(&counts, 1.0 / 24.0, 1.0, 1.0 / mean(&counts), 3);
    line("BOCPD, log evidence", "-801.787126", &format!("{:.6}", lengths.log_evidence));
    reactions(&record)
}

fn reactions(record: &Record) -> Result<()> {
    heading("GED Pakistan, action and reaction, 2007-06-01 to 2014-12-31, directions guessed from who died");
    let days = Calendar::new(Period::Day, date(2007, 6, 1), date(2014, 12, 31), &[]);
    let by = |from: &str, to: &str| Filter {
        from: Some(from.into()),
        to: Some(to.into()),
        precision: 6,
        ..Filter::default()
    };
    let plain = |y: Vec<Option<f64>>| y.into_iter().map(|y| y.unwrap_or(0.0)).collect::<Vec<f64>>();
    let drones = Filter { undirected: true, precision: 6, ..Filter::default() };
    let american = |e: &counterclaim_dynamics::Event| {
        let named = e.from.iter().chain(&e.to).any(|n| n.contains("United States"));
        if named { 1.0 } else { 0.0 }
    };
    let (hits, raids) = (by("TTP", "Government of Pakistan"), by("TTP", "Civilians"));
    let militant: Vec<f64> = plain(days.sums(record, &hits, |_| 1.0))
        .iter()
        .zip(plain(days.sums(record, &raids, |_| 1.0)))
        .map(|(a, b)| a + b)
        .collect();
    let state = plain(days.sums(record, &by("Government of Pakistan", "TTP"), |_| 1.0));
    let daily = Daily::new(vec![plain(days.sums(record, &drones, american)), militant, state], None)?;
    line("days", "2771", &daily.days().to_string());
    let sums = (0..3).map(|i| daily.total(i).to_string()).collect::<Vec<_>>().join(" ");
    line("events: drone, militant, state", "–", &sums);
    let references = [
        (None, "constant", ".86"),
        (Some(365), "yearly", ".67"),
        (Some(91), "quarterly", ".36"),
        (Some(30), "monthly", ".08"),
    ];
    for (window, name, wanted) in references {
        let fit = daily.fit(&HALF_LIVES, window)?;
        let what = format!("spectral radius, {name} baseline (half-life {} d)", fit.half_life);
        line(&what, wanted, &format!("{:.4}", spectral_radius(&fit.branching)));
    }
    let names = ["drone", "militant", "state"];
    for r in study(&daily, &StudyOptions::default())?.reactions {
        let why = if r.reasons.is_empty() { String::new() } else { format!(": {}", r.reasons.join("; ")) };
        println!("  {} after {}: {:?}{why}", names[r.target], names[r.source], r.verdict);
    }
    let fit = daily.fit(&HALF_LIVES, Some(91))?;
    let time = best(3, || placebo(&daily, &fit, &HALF_LIVES, 199, 1).map(|p| p.len()).unwrap_or(0));
    line("199 placebo refits, D=3, 2,771 days, quarterly", "< 1 s", &seconds(time));
    Ok(())
}

fn world(file: &Path) -> Result<()> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let table = match Months::read("world-country-months.csv", &text) {
        Ok(table) => table,
        Err(problems) => bail!("{}", problems[0]),
    };
    let Some(first) = table.months.iter().position(|m| (m.year(), m.month()) == (2012, 12)) else {
        bail!("the table has no December 2012");
    };
    heading(&format!("world backtest: {} series × {} months, CRPS / IGN", table.units.len(), table.months.len()));
    println!("  the reference's IGN of persistence and own year is that of 200 draws; both 1,000 and 200 are shown");
    let many = backtest(&table.series, first, &[1, 3, 6, 12], DRAWS)?;
    let few = backtest(&table.series, first, &[1, 3, 6, 12], 200.0)?;
    for (row, (wanted, few)) in many.iter().zip(TABLE.iter().zip(&few)) {
        for (m, model) in MODELS.iter().enumerate() {
            let s = row.scores[m];
            let wanted = format!("{:.2} / {:.2}", wanted[m].0, wanted[m].1);
            let here = format!("{:.2} / {:.2} ({:.2})", s.crps, s.ign, few.scores[m].ign);
            line(&format!("{} months: {model}", row.ahead), &wanted, &here);
        }
    }
    let time = best(2, || backtest(&table.series, first, &[1, 3, 6, 12], DRAWS).map(|t| t.len()).unwrap_or(0));
    line("processor time of the whole backtest", "< 3 s", &seconds(time));
    Ok(())
}

fn speed() -> Result<()> {
    heading("Hawkes, processor time of a fit on one core, best of three");
    for (d, n, wanted) in [(2, 1e5, "60 ms"), (10, 1e5, "200 ms"), (10, 1e6, "1500 ms"), (30, 1e5, "800 ms")] {
        let alpha = 0.6 / f64::from(d);
        let width = d as usize;
        let model = Hawkes { baseline: vec![0.4; width], branching: vec![vec![alpha; width]; width], decay: 1.5 };
        let end = n / f64::from(d);
        let times = simulate(&model, end, 3)?;
        let events: usize = times.iter().map(Vec::len).sum();
        let time = best(3, || fit(&times, end, 1.5).map(|f| f.steps).unwrap_or(0));
        line(
            &format!("D={d}, {events} events"),
            &format!("≤ {wanted}"),
            &format!("{:.0} ms", time.as_secs_f64() * 1e3),
        );
    }
    Ok(())
}

/// The best of several runs, so that other work on the machine disturbs least.
fn best<T>(runs: usize, mut work: impl FnMut() -> T) -> Duration {
    let run = |_| {
        let (start, wall) = (on_processor(), Instant::now());
        std::hint::black_box(work());
        match (start, on_processor()) {
            (Some(a), Some(b)) => b.saturating_sub(a),
            _ => wall.elapsed(),
        }
    };
    (0..runs).map(run).min().unwrap_or_default()
}

/// Time that this thread has spent on a processor; none where the system does not tell. Everything here runs on one thread.
fn on_processor() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}
