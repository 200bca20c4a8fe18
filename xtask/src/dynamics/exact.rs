//! Figures that need no data: scores, rates, the exact checks of the Hawkes model.

use super::sheet::Sheet;
use anyhow::{Result, bail};
use counterclaim_dynamics::{
    Hawkes, NegBin, Outcome, cascade, crps_ensemble, gradient, ign, interval_score, jeffreys, kept_by_luck, kept_rate,
    log_likelihood,
};

/// Prints them.
pub fn run(sheet: &mut Sheet) -> Result<()> {
    sheet.heading("scores");
    sheet.near("CRPS NB(n=2, p=.25; y=5)", "1.038520123451", NegBin::from_trials(2.0, 0.25).crps(5));
    sheet.near("CRPS {0,1,2,2,5,9}, y=3", ".9166667", crps_ensemble(&[0.0, 1.0, 2.0, 2.0, 5.0, 9.0], 3.0));
    sheet.near("interval score [2,9], y=12, α=.1", "67", interval_score(2.0, 9.0, 12.0, 0.1));
    let mut shares = [0.0; 11];
    shares[0] = 1.0;
    // −log₂(1/1011) and −log₂(1001/1011), by hand.
    sheet.near("IGN of a sure 0, y=5, 1,000 draws", "9.981567", ign(&shares, 1000.0, 5.0));
    sheet.near("IGN of a sure 0, y=0, 1,000 draws", "0.014341", ign(&shares, 1000.0, 0.0));

    sheet.heading("commitments (Jeffreys: quantiles of the beta distribution by SciPy)");
    for (x, n, low, high) in [(8, 11, "0.434905", "0.916518"), (0, 10, "0.000000", "0.217196")] {
        let found = jeffreys(x, n, 0.95);
        sheet.near(&format!("{x} of {n} kept, lower end"), low, found.0);
        sheet.near(&format!("{x} of {n} kept, upper end"), high, found.1);
    }
    sheet.near("P₀ = (k/(k+mW))ᵏ, m 3 a week, k 4, W 2 weeks", ".025600", kept_by_luck(3.0, 4.0, 2.0));
    let nine = vec![Outcome::Kept; 9];
    sheet.same("nine resolved: a list only", "none", if kept_rate(&nine).is_none() { "none" } else { "a rate" });

    sheet.heading("Hawkes, exact");
    let one = Hawkes { baseline: vec![0.5], branching: vec![vec![0.4]], decay: 1.0 };
    let times = [vec![1.0, 2.0, 4.0]];
    sheet.near("D=1: ℓ", "-5.208969372077", log_likelihood(&times, 5.0, &one)?);
    let slope = gradient(&times, 5.0, &one)?;
    sheet.near("D=1: ∂ℓ/∂μ", ".28724432", slope[0].0);
    sheet.near("D=1: ∂ℓ/∂α", "-1.67307325", slope[0].1[0]);
    let alpha = vec![vec![0.3, 0.2], vec![0.5, 0.1]];
    let two = Hawkes { baseline: vec![0.3, 0.2], branching: alpha.clone(), decay: 1.2 };
    let times = [vec![0.5, 1.7, 3.0, 3.2, 6.1], vec![0.9, 1.8, 3.1, 7.0]];
    sheet.near("D=2: ℓ", "-14.541385712101", log_likelihood(&times, 8.0, &two)?);
    let Some(k) = cascade(&alpha, 0.1, 30.0) else { bail!("no cascade") };
    for (i, wanted) in [[".518214", ".292199"], [".730497", ".226016"]].iter().enumerate() {
        for (j, wanted) in wanted.iter().enumerate() {
            sheet.near(&format!("K(30)[{}][{}]", i + 1, j + 1), wanted, k[i][j]);
        }
    }
    Ok(())
}
