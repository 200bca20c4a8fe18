//! Alerts as they come (CUSUM), and change points in retrospect (PELT, and Bayesian run lengths).

pub(crate) mod bocpd;
pub(crate) mod cusum;
pub(crate) mod pelt;
