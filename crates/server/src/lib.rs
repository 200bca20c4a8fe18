//! The desk: the register in a browser.
