//! Is tension rising, who answers whom, and how sure are we: published methods over plain slices of counts and times.
//!
//! Everything counts incidents, never reports, and keeps what is hostile and what is cooperative apart. Every figure
//! comes with its uncertainty, and every method with the checks that can take its result away.

mod alerts;
mod commitments;
mod daily;
mod fault;
mod forecast;
mod hawkes;
mod intake;
mod ks;
mod negbin;
mod plot;
mod profile;
mod random;
mod rate;
mod scores;
mod series;
mod special;
mod tension;

pub use alerts::bocpd::{RunLengths, run_lengths};
pub use alerts::cusum::{BASELINE, GUARD, RATIO, Watch, baseline, cusum, cusum_threshold, screen};
pub use alerts::pelt::{change_points, penalty};
pub use commitments::{KeptRate, LEAST_RESOLVED, Outcome, jeffreys, kept_by_luck, kept_rate};
pub use daily::placebo::{lead_test, placebo};
pub use daily::signed::{SignedFit, signed_fit, signed_lead, signed_placebo};
pub use daily::signed_verdict::signed_study;
pub use daily::verdict::{LEAST_CAUSES, LEAST_TARGETS, Reaction, Study, StudyOptions, Swept, Verdict, study};
pub use daily::whatif::{Difference, what_if};
pub use daily::{Daily, DailyFit, HALF_LIVES};
pub use fault::Fault;
pub use forecast::backtest::{Forecast, Horizon, MODELS, backtest, forecast};
pub use forecast::features::{FEATURES, features};
pub use forecast::hurdle::Hurdle;
pub use forecast::predictive::{DRAWS, Predictive, Scores, negative_binomial, own_year, persistence};
pub use hawkes::fit::{HawkesFit, effects, fit, fit_half_lives, gradient, log_likelihood};
pub use hawkes::rescale::rescaled_ks;
pub use hawkes::simulate::simulate;
pub use hawkes::{Hawkes, cascade, spectral_radius};
pub use intake::promises::Promise;
pub use intake::wide::Months;
pub use intake::{CHANNELS, Channel, Directions, Event, Problem, Record};
pub use ks::{Ks, benjamini_hochberg, kolmogorov_smirnov};
pub use negbin::{NegBin, Sampler};
pub use plot::spark::{sparkline, sparkline_top};
pub use plot::svg::{Chart, Line};
pub use profile::Effect;
pub use random::Dice;
pub use scores::{IGN_EDGES, crps_ensemble, crps_weighted, ign, ign_bin, interval_score};
pub use series::{Calendar, Filter, Period, plus, same, uncovered};
pub use special::{beta_cdf, beta_quantile, chi_square_1_tail, mean, normal_cdf, normal_quantile, quantile};
pub use tension::index::{FAST, LEAST_RATE, SLOW, Tension, Trend, severity, tension, tension_line, threshold};
pub use tension::level::{BURN_IN, Level, Predictions};
pub use tension::volume::{Guard, Share, hostile_share, panel_exposure, volume_guard};
