//! Turns scores of heads into a tree with one root: the best head of each word, and where that leaves cycles, the
//! best spanning tree (Chu-Liu, Edmonds).

/// Head of every word, counted from one, zero for the root. `scores` has one row per word with `wide` columns:
/// the score of the root, then of each word as its head.
pub fn decode(scores: &[f32], n: usize, wide: usize, out: &mut Vec<u16>) {
    out.clear();
    let best = |i: usize| {
        let row = &scores[i * wide..i * wide + n + 1];
        let mut top = 0;
        for (j, &s) in row.iter().enumerate() {
            if j != i + 1 && s > row[top] {
                top = j;
            }
        }
        top as u16
    };
    out.extend((0..n).map(best));
    if is_tree(out) {
        return;
    }
    // Let every candidate root compete: the scores of other words for the root are taken away.
    let mut roots: Vec<usize> = (0..n).filter(|&i| out[i] == 0).collect();
    if roots.is_empty() {
        roots.extend(0..n);
    }
    roots.sort_by(|&a, &b| scores[b * wide].total_cmp(&scores[a * wide]));
    roots.truncate(3);
    let mut top = None;
    for root in roots {
        let heads = spanning(scores, n, wide, root);
        let total: f32 = heads.iter().enumerate().map(|(i, &h)| scores[i * wide + h as usize]).sum();
        if top.is_none_or(|t| total > t) {
            top = Some(total);
            *out = heads;
        }
    }
}

/// True if there is one root and every word leads to it.
fn is_tree(heads: &[u16]) -> bool {
    if heads.iter().filter(|&&h| h == 0).count() != 1 {
        return false;
    }
    let mut state = vec![0u8; heads.len()];
    for i in 0..heads.len() {
        let mut at = i;
        while state[at] == 0 {
            state[at] = 1;
            if heads[at] == 0 {
                break;
            }
            at = heads[at] as usize - 1;
        }
        if state[at] == 1 && heads[at] != 0 {
            return false;
        }
        let mut at = i;
        while state[at] == 1 {
            state[at] = 2;
            if heads[at] == 0 {
                break;
            }
            at = heads[at] as usize - 1;
        }
    }
    true
}

/// The best tree below `root`.
fn spanning(scores: &[f32], n: usize, wide: usize, root: usize) -> Vec<u16> {
    // Work on a dense graph of words only: weight[h][d].
    let mut heads = vec![0u16; n];
    let graph: Vec<f32> =
        (0..n).flat_map(|h| (0..n).map(move |d| if h == d { f32::MIN } else { scores[d * wide + h + 1] })).collect();
    let parents = edmonds(&graph, n, root);
    for d in 0..n {
        heads[d] = if d == root { 0 } else { parents[d] as u16 + 1 };
    }
    heads
}

/// Maximum spanning arborescence of a dense graph by contraction of cycles; O(n²) per contraction.
fn edmonds(graph: &[f32], n: usize, root: usize) -> Vec<usize> {
    let mut parent: Vec<usize> = vec![root; n];
    for d in (0..n).filter(|&d| d != root) {
        for h in 0..n {
            if h != d && graph[h * n + d] > graph[parent[d] * n + d] {
                parent[d] = h;
            }
        }
    }
    let Some(cycle) = find_cycle(&parent, root) else { return parent };
    // Contract the cycle to one node with the number `m - 1`.
    let mut inside = vec![false; n];
    cycle.iter().for_each(|&c| inside[c] = true);
    let outer: Vec<usize> = (0..n).filter(|&i| !inside[i]).collect();
    let m = outer.len() + 1;
    let mut small = vec![f32::MIN; m * m];
    let (mut enters, mut leaves) = (vec![0; m], vec![0; m]);
    for (a, &x) in outer.iter().enumerate() {
        for (b, &y) in outer.iter().enumerate() {
            small[a * m + b] = graph[x * n + y];
        }
        let (mut into, mut from) = (f32::MIN, f32::MIN);
        for &c in &cycle {
            let gain = graph[x * n + c] - graph[parent[c] * n + c];
            if gain > into {
                into = gain;
                enters[a] = c;
            }
            if graph[c * n + x] > from {
                from = graph[c * n + x];
                leaves[a] = c;
            }
        }
        if enters[a] == 0 && !inside[0] {
            enters[a] = cycle[0];
        }
        if leaves[a] == 0 && !inside[0] {
            leaves[a] = cycle[0];
        }
        small[a * m + m - 1] = into;
        small[(m - 1) * m + a] = from;
    }
    let small_root = outer.iter().position(|&o| o == root).unwrap_or(0);
    let inner = edmonds(&small, m, small_root);
    for (b, &y) in outer.iter().enumerate() {
        if y != root {
            parent[y] = if inner[b] == m - 1 { leaves[b] } else { outer[inner[b]] };
        }
    }
    let from = inner[m - 1].min(outer.len().saturating_sub(1));
    parent[enters[from]] = outer[from];
    parent
}

/// The nodes of some cycle, if any.
fn find_cycle(parent: &[usize], root: usize) -> Option<Vec<usize>> {
    let mut seen = vec![usize::MAX; parent.len()];
    for start in 0..parent.len() {
        let mut at = start;
        while at != root && seen[at] == usize::MAX {
            seen[at] = start;
            at = parent[at];
        }
        if at != root && seen[at] == start {
            let mut cycle = vec![at];
            let mut next = parent[at];
            while next != at {
                cycle.push(next);
                next = parent[next];
            }
            return Some(cycle);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every assignment of heads that is a tree with one root, scored one by one.
    fn best_by_trial(scores: &[f32], n: usize, wide: usize) -> f32 {
        let mut best = f32::MIN;
        for code in 0..(n + 1).pow(n as u32) {
            let heads: Vec<u16> = (0..n).map(|i| (code / (n + 1).pow(i as u32) % (n + 1)) as u16).collect();
            if heads.iter().enumerate().all(|(i, &h)| h as usize != i + 1) && is_tree(&heads) {
                let total: f32 = heads.iter().enumerate().map(|(i, &h)| scores[i * wide + h as usize]).sum();
                best = best.max(total);
            }
        }
        best
    }

    #[test]
    fn always_a_tree_and_usually_the_best() {
        let mut x = 1u64;
        let mut draw = || {
            x = x.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (x >> 40) as f32 / 1e6
        };
        let (mut found, trials) = (0, 200);
        for _ in 0..trials {
            let (n, wide) = (5, 16);
            let scores: Vec<f32> = (0..n * wide).map(|_| draw()).collect();
            let mut heads = Vec::new();
            decode(&scores, n, wide, &mut heads);
            assert!(is_tree(&heads));
            let total: f32 = heads.iter().enumerate().map(|(i, &h)| scores[i * wide + h as usize]).sum();
            found += usize::from(total > best_by_trial(&scores, n, wide) - 1e-3);
        }
        assert!(found * 10 > trials * 9, "{found}");
    }

    #[test]
    fn small_sentences() {
        let mut heads = Vec::new();
        decode(&[0.0; 16], 1, 16, &mut heads);
        assert_eq!(heads, [0]);
        decode(&[], 0, 16, &mut heads);
        assert!(heads.is_empty());
        decode(&[f32::NAN; 48], 3, 16, &mut heads);
        assert!(is_tree(&heads));
    }
}
