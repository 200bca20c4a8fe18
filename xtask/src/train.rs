//! `cargo xtask train`: trains the syntax model from treebanks, prints its scores and writes the weights.

use crate::lists;
use crate::marked::{self, Held};
use anyhow::{Context, Result, anyhow};
use counterclaim_syntax::conllu::{self, Document};
use counterclaim_syntax::train::Progress;
use counterclaim_syntax::{Model, train};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// What to train from and where to write.
#[derive(clap::Args)]
pub struct Args {
    /// Folder of the gold sets; the treebanks are in its folder `treebank`. ../shared/gold beside the project if not given.
    #[arg(long)]
    gold: Option<PathBuf>,
    /// Folder for the weights; data/models if not given.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Passes over the sentences.
    #[arg(long)]
    epochs: Option<usize>,
    /// Take the network from this model file and learn only words, sentences and lemmas. The network does not
    /// depend on them, so this gives the same file as full training.
    #[arg(long)]
    network: Option<PathBuf>,
    /// Only score the weights that are there.
    #[arg(long)]
    score: bool,
}

/// Trains, scores and writes.
pub fn run(root: &Path, args: &Args) -> Result<()> {
    let gold = args.gold.clone().unwrap_or_else(|| root.join("../shared/gold"));
    let folder = gold.join("treebank");
    let read = |name: &str| read(&folder.join(name));
    let dev = [("EWT dev", read("ewt-dev.conllu")?), ("GUM dev", read("gum-dev.conllu")?)];
    let held = Held::load(&gold)?;
    let out = args.out.clone().unwrap_or_else(|| root.join("data/models"));
    let path = out.join("syntax.bin");
    if args.score {
        let bytes = std::fs::read(&path)?;
        let start = Instant::now();
        let model = Model::read(&bytes).ok_or_else(|| anyhow!("not a model file: {}", path.display()))?;
        println!("{} bytes, ready in {:.1} ms", bytes.len(), start.elapsed().as_secs_f64() * 1e3);
        report(&model, &dev, &held);
        return Ok(());
    }
    let documents = [read("ewt-train.conllu")?, read("gum-train.conllu")?].concat();
    let mut settings = train::Settings::default();
    if let Some(n) = args.epochs {
        settings.plan.epochs = n;
    }
    let start = Instant::now();
    let epochs = settings.plan.epochs;
    let tell = |progress, model: &Model| {
        println!("{:.0} s: {progress:?}", start.elapsed().as_secs_f64());
        if matches!(progress, Progress::Fitted(e, _) if (e + 1) % 4 == 0 && e + 1 < epochs) {
            brief(model, &dev, &held);
        }
    };
    let simple = train::simple(&documents);
    tell(Progress::Simple, &simple);
    let model = match &args.network {
        Some(file) => {
            let other =
                Model::read(&std::fs::read(file)?).ok_or_else(|| anyhow!("not a model file: {}", file.display()))?;
            simple.with_network_of(other)
        }
        None => {
            let texts = marked::load(&gold, &simple)?;
            train::train(simple, &documents, &texts, &lists::load(root)?, settings, tell)
        }
    };
    let bytes = model.write();
    report(&model, &dev, &held);
    std::fs::create_dir_all(&out)?;
    let fresh = path.with_extension("new");
    std::fs::write(&fresh, &bytes)?;
    std::fs::rename(&fresh, &path)?;
    println!("{} bytes written to {}", bytes.len(), path.display());
    Ok(())
}

fn read(path: &Path) -> Result<Vec<Document>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    conllu::read(&text).map_err(|e| anyhow!("{}: {e}", path.display()))
}

fn scores(model: &Model, documents: &[Document]) -> train::Scores {
    let mut scores = train::given(model, documents.iter().flat_map(|d| d.sentences()));
    train::raw(model, documents, &mut scores);
    scores
}

fn brief(model: &Model, dev: &[(&str, Vec<Document>)], held: &Held) {
    for (name, documents) in dev {
        println!("  {name}: {}", scores(model, documents));
    }
    println!("  {}", held.scores(model));
}

/// Scores in mixed case and in capitals, and speed on one core.
fn report(model: &Model, dev: &[(&str, Vec<Document>)], held: &Held) {
    brief(model, dev, held);
    for (name, documents) in dev {
        let upper: Vec<Document> = documents.iter().map(train::in_upper_case).collect();
        println!("  {name} in capitals: {}", scores(model, &upper));
    }
    let texts: Vec<String> = dev.iter().flat_map(|d| &d.1).map(|d| d.text().0).collect();
    let mut best = 0.0f64;
    for _ in 0..10 {
        let start = Instant::now();
        let words: usize = texts.iter().map(|t| model.parse(t).tokens.len()).sum();
        best = best.max(words as f64 / start.elapsed().as_secs_f64());
    }
    println!("  speed: {best:.0} words/s on one core");
}
