//! Secrets: made of the system's randomness, kept as hashes, compared without telling where they differ.
//!
//! The one place that asks for randomness on behalf of accounts.
//! Invariant: what is compared are hashes, so that the time of a comparison says nothing of a secret.

use sha2::{Digest, Sha256};

/// Bytes from the operating system.
pub(super) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("a system without randomness cannot keep anybody signed in");
    bytes
}

/// A new secret of 256 bits, in hexadecimal digits.
pub fn make() -> String {
    hex(&random::<32>())
}

/// A short random name for people to quote, such as `3F2A-0C81`; no secret.
pub fn reference() -> String {
    let digits = hex(&random::<4>()).to_uppercase();
    format!("{}-{}", &digits[..4], &digits[4..])
}

/// What is kept of a secret.
pub fn hash(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// Whether two secrets are the same.
pub fn same(one: &str, other: &str) -> bool {
    Sha256::digest(one.as_bytes()) == Sha256::digest(other.as_bytes())
}

/// A proof that a page was made for who holds `secret`. It differs each time and does not tell the
/// secret, so that nothing can be learnt from the length of compressed pages.
pub fn proof(secret: &str) -> String {
    salted(&hex(&random::<16>()), secret)
}

/// Whether a proof was made from this secret.
pub fn proves(proof: &str, secret: &str) -> bool {
    let Some(salt) = proof.get(..32) else { return false };
    !secret.is_empty() && same(proof, &salted(salt, secret))
}

fn salted(salt: &str, secret: &str) -> String {
    format!("{salt}{}", hash(&format!("{salt}:{secret}")))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_holds_for_its_secret_only() {
        let (secret, other) = (make(), make());
        let made = proof(&secret);
        assert!(proves(&made, &secret));
        assert!(!proves(&made, &other));
        assert!(!proves("", &secret));
        assert!(!proves(&proof(""), ""));
        assert_ne!(made, proof(&secret), "a proof differs each time");
        assert!(!made.contains(&secret));
    }

    #[test]
    fn a_reference_is_short_enough_to_be_read_out() {
        assert_eq!(reference().len(), 9);
    }
}
