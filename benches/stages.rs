//! Benches of each stage and of the whole reader.
fn main() {
    divan::main();
}
