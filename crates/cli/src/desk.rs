//! `counterclaim serve` and `counterclaim people`: the desk in a browser, and who may sign in.

pub mod args;
pub mod people;
pub mod serve;
