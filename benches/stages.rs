//! Times every stage and the whole reader on one core: `cargo bench -p counterclaim-benches`.
//!
//! Each line has bytes per second and items (words) per second; a stage is given the finished layers below it.

use counterclaim_benches::{reports, words};
use counterclaim_coding as coding;
use counterclaim_entities as entities;
use counterclaim_reader::Reader;
use counterclaim_syntax::Model;
use counterclaim_text::Report;
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use std::sync::LazyLock;

static REPORTS: LazyLock<Vec<Report>> = LazyLock::new(reports);

const NAMES: [&str; 4] = ["news", "statements", "everyday", "capitals"];

fn main() {
    divan::main();
}

fn report(name: &str) -> &'static Report {
    let found = REPORTS.iter().find(|r| r.id == name);
    found.unwrap_or(&REPORTS[0])
}

fn counted<'a, 'b>(bencher: Bencher<'a, 'b>, texts: &[Report]) -> Bencher<'a, 'b> {
    let bytes: usize = texts.iter().map(|r| r.text.len()).sum();
    let items: usize = texts.iter().map(|r| words(&r.text)).sum();
    bencher.counter(BytesCount::new(bytes)).counter(ItemsCount::new(items))
}

/// Raw text to trees.
#[divan::bench(args = NAMES)]
fn parse(bencher: Bencher, name: &str) {
    let report = report(name);
    let model = Model::embedded();
    counted(bencher, std::slice::from_ref(report)).bench_local(|| model.parse(divan::black_box(&report.text)));
}

/// Trees to entities.
#[divan::bench(args = NAMES)]
fn find_entities(bencher: Bencher, name: &str) {
    let report = report(name);
    let reader = Reader::new();
    let syntax = Model::embedded().parse(&report.text);
    counted(bencher, std::slice::from_ref(report))
        .bench_local(|| entities::find(divan::black_box(report), &syntax, reader.lexicon()));
}

/// Entities to events, claims and commitments.
#[divan::bench(args = NAMES)]
fn code(bencher: Bencher, name: &str) {
    let report = report(name);
    let reader = Reader::new();
    let layers = reader.layers(report);
    counted(bencher, std::slice::from_ref(report))
        .bench_local(|| coding::code(divan::black_box(report), &layers.syntax, &layers.entities, reader.lexicon()));
}

/// All four reports to one brief.
#[divan::bench]
fn read(bencher: Bencher) {
    let reader = Reader::new();
    let Ok(one) = rayon::ThreadPoolBuilder::new().num_threads(1).build() else { return };
    counted(bencher, &REPORTS).bench_local(|| one.install(|| reader.read(divan::black_box(&REPORTS))));
}
