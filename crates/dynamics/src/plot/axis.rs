//! Where a chart's axes have their marks: round numbers up the side, round dates along the foot.

use jiff::civil::Date;

/// Marks along the foot at most.
const MOST: usize = 9;

/// Round numbers from 0 to at or above `most`, four to seven of them.
pub(crate) fn steps(most: f64) -> Vec<f64> {
    if !(most > 0.0 && most.is_finite()) {
        return vec![0.0, 1.0];
    }
    let unit = 10_f64.powf((most / 6.0).log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|m| m * unit).find(|s| most <= 6.0 * s).unwrap_or(most);
    (0..=6).map(|n| f64::from(n) * step).take_while(|v| *v < most + step).collect()
}

/// The periods at which a month, quarter, half-year, year or more begins, with their names; as fine as fits.
pub(crate) fn dates(starts: &[Date]) -> Vec<(usize, String)> {
    let month = |d: &Date| i32::from(d.year()) * 12 + i32::from(d.month()) - 1;
    for months in [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200] {
        // A period belongs to the mark that lies between it and the one before.
        let begins =
            |t: &usize| *t > 0 && month(&starts[*t]).div_euclid(months) > month(&starts[t - 1]).div_euclid(months);
        let marks: Vec<usize> = (0..starts.len()).filter(begins).collect();
        if marks.len() <= MOST {
            let name = |t: usize| match months {
                1..12 => format!("{:04}-{:02}", starts[t].year(), starts[t].month()),
                _ => format!("{:04}", starts[t].year()),
            };
            let mut all: Vec<(usize, String)> = marks.into_iter().map(|t| (t, name(t))).collect();
            if all.is_empty() {
                all.extend(starts.first().map(|d| (0, d.to_string())));
            }
            return all;
        }
    }
    vec![]
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn numbers_are_round_and_reach_the_top() {
        assert_eq!(steps(15.0), [0.0, 5.0, 10.0, 15.0]);
        assert_eq!(steps(38.0), [0.0, 10.0, 20.0, 30.0, 40.0]);
        assert_eq!(steps(1.2), [0.0, 0.2, 0.4, 0.6000000000000001, 0.8, 1.0, 1.2000000000000002]);
        for most in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e-9, 3.0, 7.0, 61.0, 1e9] {
            let all = steps(most);
            assert!(
                (2..=7).contains(&all.len()) && (!most.is_finite() || all[all.len() - 1] >= most * (1.0 - 1e-12)),
                "{most}"
            );
        }
    }

    #[test]
    fn dates_are_as_fine_as_fits() {
        let weeks = |n: i64| (0..n).filter_map(|w| crate::plus(date(2021, 1, 4), 7 * w)).collect::<Vec<_>>();
        let names = |n| dates(&weeks(n)).into_iter().map(|(_, name)| name).collect::<Vec<_>>();
        assert_eq!(names(10), ["2021-02", "2021-03"]);
        assert_eq!(names(104)[..2], ["2021-04", "2021-07"]);
        assert_eq!(names(400), ["2022", "2023", "2024", "2025", "2026", "2027", "2028"]);
        assert_eq!(names(2), ["2021-01-04"]);
        assert!(dates(&[]).is_empty() && names(40_000).len() <= MOST);
    }
}
