//! How often somebody may try a password: from one address, and for one name.

use std::collections::BTreeMap;

/// Attempts that may be made at once, and seconds until one more may be.
const ADDRESS: (f64, f64) = (20.0, 15.0);
const NAME: (f64, f64) = (10.0, 30.0);
/// Addresses and names that are kept in mind; beyond that, those that have waited longest are forgotten.
const MOST: usize = 20_000;

/// A bucket that fills slowly: each attempt takes one drop.
struct Bucket {
    level: f64,
    at: i64,
}

/// Attempts of late.
#[derive(Default)]
pub(crate) struct Limits {
    buckets: BTreeMap<String, Bucket>,
}

impl Limits {
    /// Counts an attempt. `Err` says how many seconds to wait: then nothing was counted.
    pub(crate) fn attempt(&mut self, address: &str, name: &str, now: i64) -> Result<(), u64> {
        let keys = [(format!("a {address}"), ADDRESS), (format!("n {}", name.to_lowercase()), NAME)];
        for (key, limit) in &keys {
            let wait = self.wait(key, *limit, now);
            if wait > 0 {
                return Err(wait);
            }
        }
        for (key, limit) in keys {
            let level = self.level(&key, limit, now) - 1.0;
            self.buckets.insert(key, Bucket { level, at: now });
        }
        if self.buckets.len() > MOST {
            self.tidy(now);
        }
        Ok(())
    }

    /// Takes the attempt back: the password was right.
    pub(crate) fn succeed(&mut self, address: &str, name: &str) {
        for key in [format!("a {address}"), format!("n {}", name.to_lowercase())] {
            if let Some(bucket) = self.buckets.get_mut(&key) {
                bucket.level += 1.0;
            }
        }
    }

    fn level(&self, key: &str, (most, seconds): (f64, f64), now: i64) -> f64 {
        self.buckets.get(key).map_or(most, |b| (b.level + (now - b.at).max(0) as f64 / seconds).min(most))
    }

    fn wait(&self, key: &str, limit: (f64, f64), now: i64) -> u64 {
        let short = 1.0 - self.level(key, limit, now);
        if short <= 0.0 { 0 } else { (short * limit.1).ceil() as u64 }
    }

    fn tidy(&mut self, now: i64) {
        self.buckets.retain(|_, b| now - b.at < 600);
        while self.buckets.len() > MOST {
            let oldest = self.buckets.iter().min_by_key(|(_, b)| b.at).map(|(k, _)| k.clone());
            let Some(oldest) = oldest else { return };
            self.buckets.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attempts_run_out_and_come_back() {
        let mut limits = Limits::default();
        for _ in 0..10 {
            assert_eq!(limits.attempt("1.2.3.4", "Ana", 1000), Ok(()));
        }
        assert_eq!(limits.attempt("1.2.3.4", "ana", 1000), Err(30));
        assert_eq!(limits.attempt("5.6.7.8", "ANA", 1000), Err(30));
        assert_eq!(limits.attempt("1.2.3.4", "Ben", 1000), Ok(()));
        assert_eq!(limits.attempt("1.2.3.4", "Ana", 1030), Ok(()));
        for n in 0..100 {
            let _ = limits.attempt("9.9.9.9", &format!("person {n}"), 2000);
        }
        assert!(limits.attempt("9.9.9.9", "another", 2000).is_err());
        limits.succeed("9.9.9.9", "another");
    }

    #[test]
    fn memory_is_bounded() {
        let mut limits = Limits::default();
        for n in 0..MOST + 50 {
            let _ = limits.attempt(&format!("address {n}"), "x", n as i64);
        }
        assert!(limits.buckets.len() <= MOST + 2);
    }
}
