//! `cargo xtask train`: trains the syntax model from treebanks, prints its scores and writes the weights.

use anyhow::{Context, Result, anyhow};
use counterclaim_syntax::conllu::{self, Document};
use counterclaim_syntax::train::Progress;
use counterclaim_syntax::{Model, train};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// What to train from and where to write.
#[derive(clap::Args)]
pub struct Args {
    /// Folder of the gold sets; the treebanks are in its folder `treebank`.
    #[arg(long, default_value = "/work/shared/gold")]
    gold: PathBuf,
    /// Folder for the weights; data/models if not given.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Passes over the sentences.
    #[arg(long)]
    epochs: Option<usize>,
    /// Only score the weights that are there.
    #[arg(long)]
    score: bool,
}

/// Trains, scores and writes.
pub fn run(root: &Path, args: &Args) -> Result<()> {
    let folder = args.gold.join("treebank");
    let read = |name: &str| read(&folder.join(name));
    let dev = [("EWT dev", read("ewt-dev.conllu")?), ("GUM dev", read("gum-dev.conllu")?)];
    let out = args.out.clone().unwrap_or_else(|| root.join("data/models"));
    let path = out.join("syntax.bin");
    if args.score {
        let bytes = std::fs::read(&path)?;
        let start = Instant::now();
        let model = Model::read(&bytes).ok_or_else(|| anyhow!("not a model file: {}", path.display()))?;
        println!("{} bytes, ready in {:.1} ms", bytes.len(), start.elapsed().as_secs_f64() * 1e3);
        report(&model, &dev);
        return Ok(());
    }
    let documents = [read("ewt-train.conllu")?, read("gum-train.conllu")?].concat();
    let mut settings = train::Settings::default();
    if let Some(n) = args.epochs {
        settings.plan.epochs = n;
    }
    let start = Instant::now();
    let epochs = settings.plan.epochs;
    let texts = texts(&args.gold)?;
    let model = train::train(&documents, &texts, settings, |progress, model| {
        println!("{:.0} s: {progress:?}", start.elapsed().as_secs_f64());
        let show = match progress {
            Progress::Simple => true,
            Progress::Guessed(..) => false,
            Progress::Fitted(e, _) => (e + 1) % 4 == 0 && e + 1 < epochs,
        };
        if show {
            brief(model, &dev);
        }
    });
    let bytes = model.write();
    report(&model, &dev);
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

/// News without analyses: what the gold sets for quotations, attacks and names were marked in.
fn texts(gold: &Path) -> Result<Vec<String>> {
    let mut texts = Vec::new();
    for name in ["attribution/polnear-train.jsonl", "muc4/dev.jsonl"] {
        let path = gold.join(name);
        let lines = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        for line in lines.lines() {
            let value: serde_json::Value = serde_json::from_str(line)?;
            texts.extend(value["text"].as_str().map(str::to_string));
        }
    }
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(gold.join("names/worldwide"))?.map(|f| Ok(f?.path())).collect::<Result<_>>()?;
    files.sort();
    for path in files {
        let mut text = String::new();
        for line in std::fs::read_to_string(&path)?.lines() {
            match line.split_once('\t') {
                Some((word, _)) if !word.starts_with("http") => {
                    text.push_str(word);
                    text.push(' ');
                }
                _ => text.push_str("\n\n"),
            }
        }
        texts.push(text);
    }
    Ok(texts)
}

fn scores(model: &Model, documents: &[Document]) -> train::Scores {
    let mut scores = train::given(model, documents.iter().flat_map(|d| d.sentences()));
    train::raw(model, documents, &mut scores);
    scores
}

fn brief(model: &Model, dev: &[(&str, Vec<Document>)]) {
    for (name, documents) in dev {
        println!("  {name}: {}", scores(model, documents));
    }
}

/// Scores in mixed case and in capitals, and speed on one core.
fn report(model: &Model, dev: &[(&str, Vec<Document>)]) {
    brief(model, dev);
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
