//! What a unit's past says, month by month, in eleven numbers.

/// Number of features, the constant included.
pub const FEATURES: usize = 11;

/// Half-lives in months of the discounted means.
const HALF_LIVES: [f64; 4] = [1.0, 3.0, 12.0, 60.0];
/// Half-lives in months of the shares of months with violence.
const SHARE_HALF_LIVES: [f64; 2] = [6.0, 24.0];

/// Features after each month: 1, ln(1+y), ln(1+m) for discounted means m with half-lives of 1, 3, 12 and 60 months, ln(1+s) for
/// the s months since the last violence, the share of months with any (of all, and discounted with half-lives of 6 and 24
/// months), and ln(1+M) for the highest M of the last twelve months. A month that is not a number was not collected: it changes
/// nothing but the months since.
///
/// # Source
///
/// Decay of past violence and time since it as predictors: Hegre et al. (2019), *ViEWS*, *J. Peace Research* 56.
pub fn features(all: &[f64]) -> Vec<[f64; FEATURES]> {
    let (mut means, mut shares) = ([0.0; 4], [0.0; 2]);
    let (mut last, mut since, mut violent, mut seen) = (0.0_f64, 0.0_f64, 0.0, 0.0);
    let mut out = Vec::with_capacity(all.len());
    let keeps = HALF_LIVES.map(|h| (-1.0 / h).exp2());
    let share_keeps = SHARE_HALF_LIVES.map(|h| (-1.0 / h).exp2());
    for (t, y) in all.iter().enumerate() {
        since += 1.0;
        if y.is_finite() {
            last = *y;
            seen += 1.0;
            for (m, keep) in means.iter_mut().zip(keeps) {
                *m = keep * *m + (1.0 - keep) * y;
            }
            let any = if *y > 0.0 { 1.0 } else { 0.0 };
            for (s, keep) in shares.iter_mut().zip(share_keeps) {
                *s = keep * *s + (1.0 - keep) * any;
            }
            if *y > 0.0 {
                violent += 1.0;
                since = 0.0;
            }
        }
        // A month that is not a number never is the highest.
        let most = all[(t + 1).saturating_sub(12)..=t].iter().copied().fold(0.0, f64::max);
        let ([a, b, c, d], [half, two]) = (means.map(f64::ln_1p), shares);
        let whole = violent / f64::max(seen, 1.0);
        out.push([1.0, last.ln_1p(), a, b, c, d, since.ln_1p(), whole, half, two, most.ln_1p()]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_follow_the_past_only() {
        let all = features(&[0.0, 4.0, 0.0, f64::NAN, 8.0]);
        let part = features(&[0.0, 4.0]);
        assert_eq!(all[..2], part[..]);
        assert_eq!((all[1][1], all[4][10]), (4.0_f64.ln_1p(), 8.0_f64.ln_1p()));
        // Two months since the last violence, one of them not collected.
        assert_eq!((all[3][6], all[3][7]), (2.0_f64.ln_1p(), 1.0 / 3.0));
        assert!(all.iter().flatten().all(|x| x.is_finite()));
    }
}
