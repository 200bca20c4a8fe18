//! The backtest on deaths by country and month, beside the reference's table.

use super::clock::best;
use super::sheet::Sheet;
use anyhow::{Context, Result, bail};
use counterclaim_dynamics::{DRAWS, MODELS, Months, backtest};
use std::path::Path;

/// CRPS and IGN of persistence, own year, negative binomial and pool at 1, 3, 6 and 12 months.
const TABLE: [[(f64, f64); 4]; 4] = [
    [(26.21, 1.84), (22.04, 1.00), (20.36, 0.97), (19.89, 0.87)],
    [(34.36, 1.92), (25.25, 1.06), (24.53, 1.04), (23.78, 0.93)],
    [(39.79, 2.00), (28.91, 1.12), (28.27, 1.10), (27.33, 0.99)],
    [(47.86, 2.09), (37.08, 1.24), (36.90, 1.21), (34.58, 1.08)],
];
/// Draws for which the reference's IGN of persistence comes out: it follows from the share of hits alone.
const FEW: f64 = 200.0;

/// Prints the table.
pub fn run(sheet: &mut Sheet, file: &Path) -> Result<()> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let table = match Months::read("world-country-months.csv", &text) {
        Ok(table) => table,
        Err(problems) => bail!("{}", problems[0]),
    };
    let Some(first) = table.months.iter().position(|m| (m.year(), m.month()) == (2012, 12)) else {
        bail!("the table has no December 2012");
    };
    let ahead = [1, 3, 6, 12];
    sheet.heading(&format!(
        "world backtest: {} series × {} months, lower is better",
        table.units.len(),
        table.months.len()
    ));
    println!(
        "  IGN of persistence depends on hits and draws alone: the bars of the simple models are those of {FEW} draws, that of\n  \
         the pool is of {DRAWS}. Both are shown; each is held against its own."
    );
    let many = backtest(&table.series, first, &ahead, DRAWS)?;
    let few = backtest(&table.series, first, &ahead, FEW)?;
    for ((row, few), bars) in many.iter().zip(&few).zip(&TABLE) {
        println!("  {} months ahead, {} forecasts", row.ahead, row.forecasts);
        for (m, model) in MODELS.iter().enumerate() {
            let (s, (crps, ign)) = (row.scores[m], bars[m]);
            // To the two decimals that the bars have.
            let within = |here: f64, bar: f64| (here * 100.0).round() <= (bar * 100.0).round();
            sheet.line(
                &format!("    {model}: CRPS"),
                &format!("≤ {crps:.2}"),
                &format!("{:.2}", s.crps),
                within(s.crps, crps),
            );
            let pool = m + 1 == MODELS.len();
            let held = if pool { s.ign } else { few.scores[m].ign };
            let both = format!("{:.2} ({FEW} draws: {:.2})", s.ign, few.scores[m].ign);
            sheet.line(&format!("    {model}: IGN"), &format!("≤ {ign:.2}"), &both, within(held, ign));
            sheet.told(&format!("    {model}: MIS"), &format!("{:.1}", s.mis));
        }
    }
    let time = best(2, || backtest(&table.series, first, &ahead, DRAWS).map(|t| t.len()).unwrap_or(0));
    sheet.most("processor time of the whole backtest", 3.0, time.as_secs_f64(), 2, " s");
    Ok(())
}
