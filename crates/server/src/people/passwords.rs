//! Passwords, and other secrets: making them, hashing them, comparing them.

use crate::error::{DeskError, Result};
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use sha2::{Digest, Sha256};

/// Characters of a password at least.
pub const SHORTEST: usize = 10;
/// Bytes at most: more is no password, but an attempt to keep the desk busy.
const LONGEST: usize = 500;

/// argon2id with 19 MiB, two passes, one lane: what OWASP recommends.
fn argon() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::default())
}

/// Checks that a password may be one.
fn sound(password: &str) -> Result<()> {
    if password.chars().count() < SHORTEST {
        return Err(DeskError::Bad(format!("a password has {SHORTEST} characters at least")));
    }
    if password.len() > LONGEST {
        return Err(DeskError::Bad(format!("a password has {LONGEST} bytes at most")));
    }
    Ok(())
}

/// The hash of a new password, with a salt of its own.
pub(crate) fn hash(password: &str) -> Result<String> {
    sound(password)?;
    let failed = |e: argon2::password_hash::Error| DeskError::Internal(e.to_string());
    let salt = SaltString::encode_b64(&bytes::<16>()?).map_err(failed)?;
    Ok(argon().hash_password(password.as_bytes(), &salt).map_err(failed)?.to_string())
}

/// True if it is the password. Without a hash, as much work is done for nothing: time tells nobody which names exist.
pub(crate) fn fits(password: &str, hash: Option<&str>) -> bool {
    const NOBODY: &str =
        "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    if password.len() > LONGEST {
        return false;
    }
    let Ok(parsed) = PasswordHash::new(hash.unwrap_or(NOBODY)) else { return false };
    argon().verify_password(password.as_bytes(), &parsed).is_ok() && hash.is_some()
}

/// Bytes that nobody can guess.
fn bytes<const N: usize>() -> Result<[u8; N]> {
    let mut out = [0; N];
    getrandom::fill(&mut out).map_err(|e| DeskError::Internal(e.to_string()))?;
    Ok(out)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// A secret of 256 bits, in hexadecimal.
pub(crate) fn secret() -> Result<String> {
    Ok(hex(&bytes::<32>()?))
}

/// What is kept of a secret. A fast hash will do: nobody can guess what has 256 bits.
pub(crate) fn kept(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// Characters of a form's token that differ from page to page.
const FRESH: usize = 16;

/// What forms bring back: follows from the secret of the cookie, which other sites cannot read. It begins with some random
/// characters, so that it is another one on every page: the length of compressed pages tells nobody what it is.
pub(crate) fn csrf(secret: &str) -> Result<String> {
    Ok(follow(secret, &hex(&bytes::<{ FRESH / 2 }>()?)))
}

/// True if the token follows from the secret.
pub(crate) fn csrf_fits(secret: &str, token: &str) -> bool {
    let (Some(fresh), true) = (token.get(..FRESH), token.len() == 64) else { return false };
    // Compared in a time that does not depend on where the two differ.
    follow(secret, fresh).bytes().zip(token.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

fn follow(secret: &str, fresh: &str) -> String {
    let rest = hex(&Sha256::digest(format!("form {fresh} {secret}").as_bytes()));
    format!("{fresh}{}", &rest[..64 - FRESH])
}

/// A password that can be read aloud: five groups of four letters that are not mixed up, 88 bits.
pub(crate) fn readable() -> Result<String> {
    const LETTERS: &[u8; 22] = b"abcdefghjkmnpqrstvwxyz";
    let mut out = String::new();
    let mut n = 0;
    while n < 20 {
        for b in bytes::<32>()? {
            // Bytes beyond the last whole multiple would favour some letters.
            if b >= 242 || n == 20 {
                continue;
            }
            if n > 0 && n % 4 == 0 {
                out.push('-');
            }
            out.push(char::from(LETTERS[usize::from(b) % LETTERS.len()]));
            n += 1;
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_fits_its_own_hash_only() {
        let one = hash("correct horse battery").unwrap();
        assert!(one.starts_with("$argon2id$") && fits("correct horse battery", Some(&one)));
        assert!(!fits("correct horse", Some(&one)) && !fits("correct horse battery", None));
        assert_ne!(one, hash("correct horse battery").unwrap());
        assert!(hash("short").is_err() && hash(&"x".repeat(LONGEST + 1)).is_err());
    }

    #[test]
    fn secrets_differ() {
        assert_ne!(secret().unwrap(), secret().unwrap());
        assert_eq!(secret().unwrap().len(), 64);
        let word = readable().unwrap();
        assert_eq!((word.len(), word.split('-').count()), (24, 5));
        let token = csrf("a").unwrap();
        assert!(csrf_fits("a", &token) && !csrf_fits("b", &token) && token != csrf("a").unwrap());
        assert!(!csrf_fits("a", "") && !csrf_fits("a", &"0".repeat(64)) && !csrf_fits("a", &"é".repeat(32)));
    }
}
