//! Several writers at once: nothing is lost, nobody is blocked for good, and the outcome is that of one after the other.

use super::world::{MACHINE, NOW, World, days, postgres, sqlite};
use crate::{Act, Proposal, Register};

/// Decisions of each writer.
const EACH: usize = 12;

fn together(mut w: World, writers: usize) {
    w.add(&days()[..11]);
    let ids = [w.incident("Tank"), w.incident("Bannu")];
    let place = &w.place;
    std::thread::scope(|scope| {
        for k in 0..writers {
            let ids = &ids;
            scope.spawn(move || {
                let mut own = Register::open(place).unwrap();
                for n in 0..EACH {
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
                }
            });
        }
    });
    let all = w.register.decisions_after(0, 10_000).unwrap();
    assert_eq!(all.len(), writers * EACH);
    for k in 0..writers {
        let own: Vec<&str> = all.iter().filter(|d| d.author == format!("writer {k}")).map(|d| d.reason.as_str()).collect();
        let expected: Vec<String> = (0..EACH).map(|n| format!("turn {n}")).collect();
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
