//! Several writers at once: nothing is lost, nobody is blocked for good, and the outcome is that of one after the other.

use super::world::{MACHINE, NOW, World, days, postgres, sqlite};
use crate::{Act, Proposal, Register};

/// Decisions of each writer in a test.
const EACH: usize = 12;

/// How long to go on; `cargo xtask register-crash` asks for minutes.
fn seconds() -> u64 {
    std::env::var("COUNTERCLAIM_WRITERS_SECONDS").ok().and_then(|n| n.parse().ok()).unwrap_or(0)
}

fn together(mut w: World, writers: usize) {
    w.add(&days()[..11]);
    let ids = [w.incident("Tank"), w.incident("Bannu")];
    let place = &w.place;
    let start = std::time::Instant::now();
    let made: Vec<usize> = std::thread::scope(|scope| {
        let one = |k: usize| {
            let ids = &ids;
            scope.spawn(move || {
                let mut own = Register::open(place).unwrap();
                let mut n = 0;
                while n < EACH || start.elapsed().as_secs() < seconds() {
                    let act = match n % 3 {
                        0 => Act::Confirm { id: ids[k % 2].clone() },
                        1 => Act::Reject { id: ids[n % 2].clone() },
                        _ => Act::Edit { id: ids[k % 2].clone(), field: "targets".into(), value: format!("{k}/{n}") },
                    };
                    let (author, reason, made) = (format!("writer {k}"), format!("turn {n}"), NOW.into());
                    own.decide(&Proposal { act, author, reason, made, seen: Some(0), if_unchanged: false }).unwrap();
                    // Reports come in meanwhile, the same from everybody.
                    if n % 6 == 0 {
                        own.add(&MACHINE, &days()[11..], NOW).unwrap();
                    }
                    n += 1;
                }
                n
            })
        };
        let all: Vec<_> = (0..writers).map(one).collect();
        all.into_iter().map(|t| t.join().unwrap()).collect()
    });
    let all = w.register.decisions_after(0, 10_000_000).unwrap();
    assert_eq!(all.len(), made.iter().sum::<usize>());
    println!("{} decisions of {writers} writers in {:.0} s, none lost", all.len(), start.elapsed().as_secs_f64());
    for (k, made) in made.iter().enumerate() {
        let own: Vec<&str> =
            all.iter().filter(|d| d.author == format!("writer {k}")).map(|d| d.reason.as_str()).collect();
        let expected: Vec<String> = (0..*made).map(|n| format!("turn {n}")).collect();
        assert_eq!(own, expected);
    }
    w.is_sound();
}

#[test]
fn eight_writers_lose_no_decision_in_postgresql() {
    together(postgres(), 8);
}

#[test]
fn four_writers_lose_no_decision_in_sqlite() {
    together(sqlite(), 4);
}
