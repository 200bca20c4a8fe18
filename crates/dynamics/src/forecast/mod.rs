//! Forecasts of monthly counts: predictive distributions, the models that give them, and the backtest that scores them.

pub(crate) mod backtest;
pub(crate) mod features;
pub(crate) mod hurdle;
pub(crate) mod predictive;
