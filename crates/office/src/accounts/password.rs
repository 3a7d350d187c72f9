//! Passwords: which are fit, and their hashing with argon2id.
//!
//! Invariant: hashing runs off the threads that answer requests and only a few times at once, so
//! that a flood of sign-ins slows sign-ins and nothing else.

use super::secret;
use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version};
use std::{collections::BTreeSet, sync::LazyLock};
use tokio::sync::{Semaphore, SemaphorePermit};

/// Characters of a password at least.
pub const PASSWORD_CHARACTERS_MIN: usize = 12;
/// Characters of a password at most; hashing a longer one would only cost time.
pub const PASSWORD_CHARACTERS_MAX: usize = 128;
/// Different characters of a password at least.
const DIFFERENT_MIN: usize = 5;

/// Memory and passes as OWASP recommends for argon2id.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Why a password may not be used.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
pub enum Unfit {
    #[error("a password has at least {PASSWORD_CHARACTERS_MIN} characters")]
    Short,
    #[error("a password has at most {PASSWORD_CHARACTERS_MAX} characters")]
    Long,
    #[error("a password has at least {DIFFERENT_MIN} different characters")]
    Plain,
    #[error("a password does not contain the login")]
    Login,
}

/// Holds a password against the rules for new ones.
pub(super) fn fit(login: &str, password: &str) -> Result<(), Unfit> {
    let characters = password.chars().count();
    if characters < PASSWORD_CHARACTERS_MIN {
        Err(Unfit::Short)
    } else if characters > PASSWORD_CHARACTERS_MAX {
        Err(Unfit::Long)
    } else if password.chars().collect::<BTreeSet<char>>().len() < DIFFERENT_MIN {
        Err(Unfit::Plain)
    } else if login.chars().count() > 2 && password.to_lowercase().contains(login) {
        Err(Unfit::Login)
    } else {
        Ok(())
    }
}

/// Half of the processors may hash at once, one at least.
static TURNS: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new(std::thread::available_parallelism().map_or(1, |n| (n.get() / 2).max(1))));

/// The hash against which the password of an unknown login is checked, to take the same time.
static NOBODYS: LazyLock<String> = LazyLock::new(|| hash_now(&secret::make()));

/// The right to hash once.
pub(super) struct HashingTurn(SemaphorePermit<'static>);

/// Waits for a turn to hash. Whether an account is locked is to be asked after that: of many guesses
/// sent at once, none was then judged by a count from before the others.
pub(super) async fn turn() -> HashingTurn {
    HashingTurn(TURNS.acquire().await.expect("the turns are never closed"))
}

impl HashingTurn {
    /// The hash of a new password.
    pub async fn hash(self, password: &str) -> String {
        let password = password.to_owned();
        let hash = tokio::task::spawn_blocking(move || hash_now(&password)).await;
        drop(self.0);
        hash.expect("hashing does not panic")
    }

    /// Whether a password is the one that was hashed; without a hash, no, in the same time.
    pub async fn matches(&self, password: &str, hash: Option<&str>) -> bool {
        let (password, hash) = (password.to_owned(), hash.map(str::to_owned));
        let check = move || match hash {
            Some(hash) => matches_now(&password, &hash),
            None => {
                matches_now(&password, &NOBODYS);
                false
            }
        };
        tokio::task::spawn_blocking(check).await.unwrap_or(false)
    }
}

fn matches_now(password: &str, hash: &str) -> bool {
    let short_enough = password.chars().count() <= PASSWORD_CHARACTERS_MAX;
    let parsed = PasswordHash::new(hash);
    short_enough && parsed.is_ok_and(|hash| hasher().verify_password(password.as_bytes(), &hash).is_ok())
}

fn hash_now(password: &str) -> String {
    let salt: [u8; 16] = secret::random();
    let hash = hasher().hash_password_with_salt(password.as_bytes(), &salt);
    hash.expect("the parameters and the salt are of lawful length").to_string()
}

fn hasher() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).expect("the parameters are within their bounds");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unfit_passwords_are_told_apart() {
        let cases = [
            ("short", Err(Unfit::Short)),
            ("abababababab", Err(Unfit::Plain)),
            ("Zhang.Wei and more", Err(Unfit::Login)),
            ("harbour lights at dusk", Ok(())),
            ("海港黄昏灯火渐次亮起来了", Ok(())),
        ];
        for (password, expected) in cases {
            assert_eq!(fit("zhang.wei", password), expected, "{password}");
        }
        assert_eq!(fit("zhang.wei", &"long password ".repeat(10)), Err(Unfit::Long));
    }

    #[tokio::test]
    async fn a_hash_matches_its_password_only_and_says_how_it_was_made() {
        let hash = turn().await.hash("harbour lights at dusk").await;
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        let turn = turn().await;
        assert!(turn.matches("harbour lights at dusk", Some(&hash)).await);
        assert!(!turn.matches("harbour lights at dawn", Some(&hash)).await);
        assert!(!turn.matches("harbour lights at dusk", None).await);
        assert!(!turn.matches("harbour lights at dusk", Some("")).await);
    }
}
