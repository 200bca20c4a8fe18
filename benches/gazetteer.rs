//! Times look-ups in a pack: `cargo bench -p counterclaim-benches --bench gazetteer`.
//!
//! The pack is made of invented names, in the shape of a GeoNames dump. `COUNTERCLAIM_PACK=world.pack` times a pack of your
//! own instead; its names are then looked for among the same invented ones, of which it may hold few.

use counterclaim_reader::gazetteer::{Gazetteer, Options, Pack, Source, import, pack};
use divan::Bencher;
use divan::counter::ItemsCount;
use std::io::{BufRead, Cursor};
use std::sync::LazyLock;

/// Rows of the dump.
const ROWS: usize = 300_000;

static PACK: LazyLock<Pack> = LazyLock::new(|| {
    if let Some(path) = std::env::var_os("COUNTERCLAIM_PACK") {
        return pack(path.as_ref()).expect("the pack of COUNTERCLAIM_PACK");
    }
    let dump: String = (0..ROWS).map(row).collect();
    let open = Box::new(move || Ok(Box::new(Cursor::new(dump.clone().into_bytes())) as Box<dyn BufRead>));
    let sources = [Source { name: "dump.txt".into(), open }];
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bench.pack");
    let mut out = std::fs::File::create(&path).expect("a file");
    import(&sources, Gazetteer::embedded(), folder.path(), Options::default(), &mut out, &mut |_| {}).expect("a pack");
    // The file stays readable while it is open.
    pack(&path).expect("the pack")
});

fn name(n: usize) -> String {
    const PARTS: [&str; 16] =
        ["ba", "kan", "dor", "mi", "tash", "gan", "lo", "ver", "sha", "khel", "pur", "zai", "nga", "sk", "ford", "by"];
    let mut rest = n.wrapping_mul(2_654_435_761) % 1_048_576;
    let mut out = String::new();
    for _ in 0..5 {
        out.push_str(PARTS[rest % 16]);
        rest /= 16;
    }
    out
}

fn row(n: usize) -> String {
    let (lat, lon) = ((n % 120) as f64 - 60.0, (n % 340) as f64 - 170.0);
    let name = name(n);
    format!(
        "{n}\t{name}\t{name}\t\t{lat}\t{lon}\tP\tPPL\tPK\t\t03\t77\t\t\t{}\t\t12\tAsia/Karachi\t2020-01-01\n",
        n % 5000
    )
}

fn main() {
    divan::main();
}

/// A thousand names that the pack holds, spread over it.
#[divan::bench]
fn known(bencher: Bencher) {
    let keys: Vec<String> = (0..1000).map(|k| name(k * 299)).collect();
    let pack = &*PACK;
    bencher
        .counter(ItemsCount::new(keys.len()))
        .bench_local(|| keys.iter().map(|k| pack.lookup(k).len()).sum::<usize>());
}

/// A thousand names that it lacks.
#[divan::bench]
fn unknown(bencher: Bencher) {
    let keys: Vec<String> = (0..1000).map(|k| format!("{}q", name(k * 299))).collect();
    let pack = &*PACK;
    bencher.counter(ItemsCount::new(keys.len())).bench_local(|| keys.iter().filter(|k| pack.contains(k)).count());
}
