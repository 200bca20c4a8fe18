//! The commands about time: tension, reactions, forecasts, alerts, the backtest, and commitments kept.

pub mod alerts;
pub mod args;
pub mod backtest;
pub mod forecast;
pub mod input;
pub mod kept;
pub mod print;
pub mod reactions;
pub mod tension;
pub mod units;
