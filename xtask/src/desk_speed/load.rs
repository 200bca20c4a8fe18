//! Open-loop load: requests begin at their times whether or not earlier ones were answered, so that a desk that falls behind
//! shows it. What is timed is from the time at which a request was to begin to the last byte of its answer.

use anyhow::{Context, Result, ensure};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Requests that may be under way at once.
const AT_ONCE: usize = 64;
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// An answer.
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Headers, as they came.
    pub head: String,
    /// The body.
    pub body: String,
}

impl Answer {
    /// The cookie that it sets, as it is sent back.
    pub fn cookie(&self) -> Option<&str> {
        let set = self.head.lines().find_map(|l| l.strip_prefix("set-cookie: "))?;
        set.split(';').next()
    }
}

/// Asks for one thing, over a connection of its own.
pub fn ask(desk: SocketAddr, method: &str, path: &str, cookie: &str, form: &str) -> Result<Answer> {
    let mut stream = TcpStream::connect_timeout(&desk, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    let length = form.len();
    // In one piece: a request that trickles in would time the client.
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: {desk}\r\ncookie: {cookie}\r\nconnection: close\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {length}\r\n\r\n{form}"
    );
    stream.write_all(request.as_bytes())?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    let (head, body) = text.split_once("\r\n\r\n").context("an answer without an end of its head")?;
    let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).context("an answer without a status")?;
    Ok(Answer { status, head: head.to_owned(), body: body.to_owned() })
}

/// A request that is made again and again.
pub struct Ask {
    /// Which page it is, as a number of the table.
    pub page: usize,
    /// Its path.
    pub path: String,
}

/// What became of the requests for one page.
#[derive(Default)]
pub struct Timed {
    /// How long each answer took, sorted.
    pub taken: Vec<Duration>,
    /// Requests without an answer, or with another than 200.
    pub errors: usize,
}

impl Timed {
    /// The time that this share of answers did not exceed; nothing for no answers.
    pub fn share(&self, percent: usize) -> Duration {
        let at = (self.taken.len() * percent).div_ceil(100).saturating_sub(1);
        self.taken.get(at).copied().unwrap_or_default()
    }
}

/// Makes these requests in turn, so many a second for so long; one outcome a page. Ends early when `stop` is set.
pub fn run(
    desk: SocketAddr,
    cookie: &str,
    asks: &[Ask],
    rate: u32,
    length: Duration,
    stop: &AtomicBool,
) -> Result<Vec<Timed>> {
    ensure!(!asks.is_empty() && rate > 0, "nothing to ask");
    let pages = asks.iter().map(|a| a.page + 1).max().unwrap_or(0);
    let all = (length.as_secs_f64() * f64::from(rate)) as usize;
    let (next, start) = (AtomicUsize::new(0), Instant::now());
    let work = || {
        let mut own: Vec<Timed> = (0..pages).map(|_| Timed::default()).collect();
        loop {
            let n = next.fetch_add(1, Ordering::Relaxed);
            if n >= all || stop.load(Ordering::Relaxed) {
                return own;
            }
            let due = start + Duration::from_secs_f64(n as f64 / f64::from(rate));
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            let Ask { page, path } = &asks[n % asks.len()];
            match ask(desk, "GET", path, cookie, "") {
                Ok(answer) if answer.status == 200 => own[*page].taken.push(due.elapsed()),
                _ => own[*page].errors += 1,
            }
        }
    };
    let parts: Vec<Vec<Timed>> = std::thread::scope(|s| {
        let workers: Vec<_> = (0..AT_ONCE).map(|_| s.spawn(work)).collect();
        workers.into_iter().filter_map(|w| w.join().ok()).collect()
    });
    let mut out: Vec<Timed> = (0..pages).map(|_| Timed::default()).collect();
    for (sum, part) in parts.into_iter().flat_map(|p| p.into_iter().enumerate()) {
        out[sum].taken.extend(part.taken);
        out[sum].errors += part.errors;
    }
    out.iter_mut().for_each(|t| t.taken.sort());
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    /// A desk that answers /slow after a while, /bad with a fault, and anything else at once.
    fn desk() -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                std::thread::spawn(move || {
                    let (mut asked, mut bytes) = (String::new(), [0; 2000]);
                    while !asked.contains("\r\n\r\n") {
                        let n = stream.read(&mut bytes).unwrap();
                        assert!(n > 0, "half a request");
                        asked.push_str(&String::from_utf8_lossy(&bytes[..n]));
                    }
                    if asked.starts_with("GET /slow") {
                        std::thread::sleep(Duration::from_millis(300));
                    }
                    let status = if asked.starts_with("GET /bad") { "503 Busy" } else { "200 OK" };
                    let answer = format!("HTTP/1.1 {status}\r\nset-cookie: desk=abc; Path=/\r\n\r\nhello");
                    stream.write_all(answer.as_bytes()).unwrap();
                });
            }
        });
        address
    }

    #[test]
    fn slow_answers_hold_nothing_up_and_faults_are_counted() {
        let desk = desk();
        let answer = ask(desk, "GET", "/", "", "").unwrap();
        assert_eq!((answer.status, answer.cookie(), answer.body.as_str()), (200, Some("desk=abc"), "hello"));
        let asks =
            ["/quick", "/slow", "/bad"].iter().enumerate().map(|(page, path)| Ask { page, path: (*path).into() });
        let begun = Instant::now();
        let stop = AtomicBool::new(false);
        let timed = run(desk, "", &asks.collect::<Vec<_>>(), 60, Duration::from_secs(1), &stop).unwrap();
        // One after the other, the slow ones alone would take six seconds.
        assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
        let counted: Vec<(usize, usize)> = timed.iter().map(|t| (t.taken.len(), t.errors)).collect();
        assert_eq!(counted, [(20, 0), (20, 0), (0, 20)]);
        assert!(timed[1].share(50) >= Duration::from_millis(300) && timed[0].share(50) < timed[1].share(50));
        stop.store(true, Ordering::Relaxed);
        let none = run(desk, "", &[Ask { page: 0, path: "/".into() }], 1, Duration::from_secs(60), &stop).unwrap();
        assert!(none[0].taken.is_empty() && none[0].errors == 0);
    }

    #[test]
    fn shares_are_of_answers() {
        let ms = |n| Duration::from_millis(n);
        let timed = Timed { taken: (1..=100).map(ms).collect(), errors: 0 };
        assert_eq!((timed.share(50), timed.share(95), timed.share(100)), (ms(50), ms(95), ms(100)));
        assert_eq!(Timed::default().share(95), Duration::ZERO);
    }
}
