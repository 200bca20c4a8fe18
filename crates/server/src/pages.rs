//! Pages, one file each. They are made on the server and work without scripts.

pub(crate) mod account;
pub(crate) mod actors;
pub(crate) mod audit;
pub(crate) mod briefs;
pub(crate) mod claim;
pub(crate) mod commitments;
pub(crate) mod decide;
pub(crate) mod desk;
pub(crate) mod explorer;
pub(crate) mod export;
pub(crate) mod former;
pub(crate) mod inbox;
pub(crate) mod incident;
pub(crate) mod people;
pub(crate) mod report;
pub(crate) mod search;
pub(crate) mod sources;
