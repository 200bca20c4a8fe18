//! Counts that many pages show, kept until the register changes.

use crate::desk::Desk;
use crate::error::Result;
use counterclaim_register::{ActorRow, Counts, Facets, Filter, Point, Register, SourceRow};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Filters whose counts are kept.
const MOST: usize = 200;

/// What was counted at one point of the register's life.
#[derive(Default)]
pub(crate) struct Cache(Mutex<(Point, BTreeMap<String, Kept>)>);

#[derive(Clone)]
enum Kept {
    Facets(Arc<Facets>),
    Counts(Counts),
    Actors(Arc<Vec<ActorRow>>),
    Sources(Arc<Vec<SourceRow>>),
}

impl Cache {
    fn get(&self, point: Point, key: &str) -> Option<Kept> {
        let state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if state.0 == point { state.1.get(key).cloned() } else { None }
    }

    fn put(&self, point: Point, key: String, value: Kept) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if state.0 != point || state.1.len() >= MOST {
            *state = (point, BTreeMap::new());
        }
        state.1.insert(key, value);
    }
}

impl Desk {
    /// Incidents that fit, counted.
    pub(crate) fn facets(&self, filter: &Filter) -> Result<Arc<Facets>> {
        let point = self.read(Register::point)?;
        let key = format!("facets {filter:?}");
        if let Some(Kept::Facets(found)) = self.facets.get(point, &key) {
            return Ok(found);
        }
        let found = Arc::new(self.read(|r| r.facets(filter))?);
        self.facets.put(point, key, Kept::Facets(found.clone()));
        Ok(found)
    }

    /// How much there is of everything.
    pub(crate) fn counts(&self) -> Result<Counts> {
        let point = self.read(Register::point)?;
        if let Some(Kept::Counts(found)) = self.facets.get(point, "counts") {
            return Ok(found);
        }
        let found = self.read(Register::counts)?;
        self.facets.put(point, "counts".into(), Kept::Counts(found));
        Ok(found)
    }

    /// The actors that take part in most.
    pub(crate) fn busiest(&self) -> Result<Arc<Vec<ActorRow>>> {
        let point = self.read(Register::point)?;
        if let Some(Kept::Actors(found)) = self.facets.get(point, "actors") {
            return Ok(found);
        }
        let found = Arc::new(self.read(|r| r.busiest(300))?);
        self.facets.put(point, "actors".into(), Kept::Actors(found.clone()));
        Ok(found)
    }

    /// All sources.
    pub(crate) fn sources(&self) -> Result<Arc<Vec<SourceRow>>> {
        let point = self.read(Register::point)?;
        if let Some(Kept::Sources(found)) = self.facets.get(point, "sources") {
            return Ok(found);
        }
        let found = Arc::new(self.read(|r| r.sources(&Filter::default()))?);
        self.facets.put(point, "sources".into(), Kept::Sources(found.clone()));
        Ok(found)
    }
}
