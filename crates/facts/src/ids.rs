//! Names of things, each its own type, so that a step is never passed where a field is meant.
//!
//! Invariant: an id of the rulebook (kind, step, field, post …) is lower-case ASCII words joined by
//! `_`, a kind is a capitalised ASCII word; the rulebook's loader checks it, this module only carries it.

use serde::{Deserialize, Deserializer, Serialize};
use std::{
    borrow::{Borrow, Cow},
    fmt,
    sync::Arc,
};
use uuid::Uuid;

/// A text as it stands in what is read, copied only where it must be: a matter holds hundreds of names.
#[derive(Deserialize)]
#[serde(transparent)]
pub(crate) struct Written<'w>(#[serde(borrow)] pub Cow<'w, str>);

macro_rules! name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The name from its text; the text is not checked.
            pub fn new(text: impl AsRef<str>) -> Self {
                Self(Arc::from(text.as_ref()))
            }
            /// The text as it stands in the rulebook or the directory.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::new(text)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Written::deserialize(deserializer).map(|Written(text)| Self::new(text))
            }
        }
    };
}

name!(/// A kind of matter: `Executive`, `Decision`, `Leave`.
    KindId);
name!(/// A step of a kind: `issue_minutes`.
    StepId);
name!(/// A field of a kind: `sponsor`.
    FieldId);
name!(/// An outcome of a step: `approve`, `return`.
    OutcomeId);
name!(/// A post of the office: `mayor`, `head`.
    PostId);
name!(/// A body: a department, a region, the General Office.
    BodyId);
name!(/// A person in the directory.
    PersonId);
name!(/// A rule of the rulebook: `26/Decision.review_legality.gate`.
    RuleId);
name!(/// The number that people quote: `EM-16-28`.
    MatterNumber);

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps a UUID.
            pub fn new(id: Uuid) -> Self {
                Self(id)
            }
            /// The UUID inside.
            pub fn uuid(&self) -> Uuid {
                self.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.parse().map(Self)
            }
        }
    };
}

uuid_id!(/// A matter: one case of one kind.
    MatterId);
uuid_id!(/// One submission by one person; sent twice, it is carried out once.
    CommandId);

impl MatterId {
    /// The id of the `n`-th matter that the command opens: the same command always opens the same ids.
    pub fn opened_by(command: CommandId, n: usize) -> Self {
        Self(nth(command, b"", n))
    }
}

impl CommandId {
    /// The id of the `n`-th of several commands that are sent as one: the same one always sends the same.
    pub fn part(self, n: usize) -> Self {
        Self(nth(self, b"part", n))
    }
}

fn nth(command: CommandId, of: &[u8], n: usize) -> Uuid {
    let digest = crate::chain::digest_of(&[command.0.as_bytes(), &(n as u64).to_be_bytes(), of]);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest.as_bytes()[..16]);
    // The first 48 bits keep the command's time, so that matters sort by when they were opened.
    bytes[..6].copy_from_slice(&command.0.as_bytes()[..6]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}
