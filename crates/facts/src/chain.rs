//! The hash chain: every event of a matter carries the digest of the event before it.
//!
//! Knows bytes only. Invariant: the digest of an event is SHA-256 over its canonical JSON (keys in
//! the order of the struct, maps sorted, no white space) with the digest of the event before it inside.

use crate::ids::Written;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};
use std::fmt;

/// 32 bytes of SHA-256; shown and stored as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// What the first event of a matter carries as the digest before it.
    pub const NONE: Digest = Digest([0; 32]);

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
    /// The first twelve hexadecimal digits, for showing to people.
    pub fn short(&self) -> String {
        self.to_string()[..12].to_owned()
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.hexadecimal(&mut [0; 64]))
    }
}

impl Digest {
    /// The digits, written into a buffer: every event carries two of them.
    fn hexadecimal<'b>(&self, digits: &'b mut [u8; 64]) -> &'b str {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        for (pair, byte) in digits.chunks_exact_mut(2).zip(self.0) {
            pair[0] = DIGITS[usize::from(byte >> 4)];
            pair[1] = DIGITS[usize::from(byte & 15)];
        }
        std::str::from_utf8(digits).expect("hexadecimal digits are ASCII")
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({})", self.short())
    }
}

/// The text is not 64 hexadecimal digits.
#[derive(Debug, thiserror::Error)]
#[error("not a digest of 64 hexadecimal digits: {0:?}")]
pub struct NoDigest(String);

impl std::str::FromStr for Digest {
    type Err = NoDigest;
    fn from_str(text: &str) -> Result<Self, NoDigest> {
        let wrong = || NoDigest(text.to_owned());
        if text.len() != 64 || !text.is_ascii() {
            return Err(wrong());
        }
        let value = |digit: u8| char::from(digit).to_digit(16).ok_or_else(wrong);
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            *byte = (value(pair[0])? * 16 + value(pair[1])?) as u8;
        }
        Ok(Digest(bytes))
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.hexadecimal(&mut [0; 64]))
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Written::deserialize(deserializer)?.0.parse().map_err(serde::de::Error::custom)
    }
}

/// SHA-256 over the parts, one after the other.
pub fn digest_of(parts: &[&[u8]]) -> Digest {
    let mut hasher = Sha256::new();
    parts.iter().for_each(|part| hasher.update(part));
    Digest(hasher.finalize().into())
}

/// SHA-256 over the number of some files, and of each its path and text with their lengths, eight bytes each,
/// the greatest first; in the order given.
pub fn digest_of_files(files: &[(&str, &str)]) -> Digest {
    let length = |text: &str| (text.len() as u64).to_be_bytes();
    let mut bytes = (files.len() as u64).to_be_bytes().to_vec();
    for text in files.iter().flat_map(|(path, text)| [path, text]) {
        bytes.extend(length(text));
        bytes.extend(text.as_bytes());
    }
    digest_of(&[&bytes])
}

/// The digest of a value's canonical JSON.
pub fn digest_json<T: Serialize>(value: &T) -> Digest {
    let json = serde_json::to_vec(value).expect("the record's types have no key that is not text");
    digest_of(&[&json])
}
