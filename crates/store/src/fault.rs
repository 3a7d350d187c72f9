//! What can go wrong with the store itself, as opposed to what it lawfully answers.
//!
//! Knows the error types of both databases and turns them into sentences a person can act on; no
//! other module reads a database's error code.
//! Invariant: what passes by itself or by an operator's hand is [`Fault::Unavailable`]; what only a
//! change of software or of the record could mend is [`Fault::Unsound`].

use tokio_postgres::error::SqlState;

/// Why the store could not answer.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum Fault {
    /// The record cannot be reached or written at present; nothing was kept, and trying again later may do.
    #[error("{lack} ({detail})")]
    Unavailable { lack: Lack, detail: String },
    /// What is stored, or was to be stored, does not fit this software.
    #[error("the record and this software do not fit each other ({detail})")]
    Unsound { detail: String },
}

/// What is lacking when the record is unavailable.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
pub enum Lack {
    #[error("the disk that holds the record is full")]
    Room,
    #[error("another process holds the record locked")]
    Lock,
    #[error("the record cannot be opened")]
    Access,
    #[error("the disk that holds the record fails")]
    Disk,
    #[error("the database does not answer")]
    Connection,
    #[error("the record was written by a newer edition of this software")]
    Edition,
    #[error("the address of the record is not understood")]
    Address,
}

impl Fault {
    pub(crate) fn unavailable(lack: Lack, detail: impl ToString) -> Fault {
        Fault::Unavailable { lack, detail: detail.to_string() }
    }
    pub(crate) fn unsound(detail: impl ToString) -> Fault {
        Fault::Unsound { detail: detail.to_string() }
    }
    /// Whether trying again later may do.
    pub fn is_unavailable(&self) -> bool {
        matches!(self, Fault::Unavailable { .. })
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Fault {
        use rusqlite::ErrorCode as Code;
        let lack = match error.sqlite_error_code() {
            Some(Code::DiskFull) => Lack::Room,
            Some(Code::DatabaseBusy | Code::DatabaseLocked | Code::FileLockingProtocolFailed) => Lack::Lock,
            Some(Code::CannotOpen | Code::PermissionDenied | Code::ReadOnly | Code::NotADatabase) => Lack::Access,
            Some(Code::SystemIoFailure | Code::DatabaseCorrupt | Code::OutOfMemory) => Lack::Disk,
            _ => return Fault::unsound(error),
        };
        Fault::unavailable(lack, error)
    }
}

impl From<tokio_postgres::Error> for Fault {
    fn from(error: tokio_postgres::Error) -> Fault {
        let Some(said) = error.as_db_error() else {
            // Without an answer of the database the connection is at fault, unless a value of ours
            // could not be turned into the type of its column.
            let ours = std::error::Error::source(&error).is_some_and(|source| source.is::<WrongCell>());
            return if ours { Fault::unsound(&error) } else { Fault::unavailable(Lack::Connection, chain(&error)) };
        };
        let lack = match *said.code() {
            SqlState::DISK_FULL => Lack::Room,
            SqlState::LOCK_NOT_AVAILABLE | SqlState::T_R_SERIALIZATION_FAILURE | SqlState::T_R_DEADLOCK_DETECTED => {
                Lack::Lock
            }
            SqlState::IO_ERROR | SqlState::OUT_OF_MEMORY => Lack::Disk,
            SqlState::ADMIN_SHUTDOWN
            | SqlState::CRASH_SHUTDOWN
            | SqlState::CANNOT_CONNECT_NOW
            | SqlState::TOO_MANY_CONNECTIONS => Lack::Connection,
            SqlState::INVALID_PASSWORD
            | SqlState::INVALID_AUTHORIZATION_SPECIFICATION
            | SqlState::INVALID_CATALOG_NAME
            | SqlState::INSUFFICIENT_PRIVILEGE
            | SqlState::READ_ONLY_SQL_TRANSACTION => Lack::Access,
            _ => return Fault::unsound(said),
        };
        Fault::unavailable(lack, said.message())
    }
}

impl From<deadpool_postgres::PoolError> for Fault {
    fn from(error: deadpool_postgres::PoolError) -> Fault {
        match error {
            deadpool_postgres::PoolError::Backend(error) => error.into(),
            deadpool_postgres::PoolError::Timeout(_) => {
                Fault::unavailable(Lack::Connection, "all connections stayed busy")
            }
            other => Fault::unavailable(Lack::Connection, other),
        }
    }
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Fault {
        Fault::unsound(error)
    }
}

/// A column or parameter has a type the store does not use.
#[derive(Debug, thiserror::Error)]
#[error("a value of type {0} where the store has none")]
pub(crate) struct WrongCell(pub String);

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text = format!("{text}: {error}");
        source = error.source();
    }
    text
}
