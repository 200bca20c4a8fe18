//! Is tension rising, who answers whom, and how sure are we: published methods over plain slices of counts and times.
//!
//! Everything counts incidents, never reports, and keeps what is hostile and what is cooperative apart. Every figure
//! comes with its uncertainty, and every method with the checks that can take its result away.

mod daily;
mod fault;
mod hawkes;
mod ks;
mod negbin;
mod profile;
mod random;
mod rate;
mod scores;
mod special;

pub use daily::placebo::{lead_test, placebo};
pub use daily::{Daily, DailyFit, HALF_LIVES};
pub use fault::Fault;
pub use hawkes::fit::{HawkesFit, effects, fit, fit_half_lives, gradient, log_likelihood};
pub use hawkes::rescale::rescaled_ks;
pub use hawkes::simulate::simulate;
pub use hawkes::{Hawkes, cascade, spectral_radius};
pub use ks::{Ks, benjamini_hochberg, kolmogorov_smirnov};
pub use negbin::{NegBin, Sampler};
pub use profile::Effect;
pub use random::Dice;
pub use scores::{IGN_EDGES, crps_ensemble, crps_weighted, ign, ign_bin, interval_score};
pub use special::{beta_cdf, beta_quantile, chi_square_1_tail, mean, normal_cdf, normal_quantile, quantile};
