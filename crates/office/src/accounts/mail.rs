//! Being told by mail of what waits on one's desk.
//!
//! Keeps the wish; must not know how a mail is sent. Invariant: an address is one that can stand in a header.

use super::Accounts;
use crate::Fault;
pub use store::Mail;

/// Characters of an address at most.
const ADDRESS_CHARACTERS_MAX: usize = 254;
/// Of these before the `@`, and between two dots.
const MAILBOX_CHARACTERS_MAX: usize = 64;
const PIECE_CHARACTERS_MAX: usize = 63;

/// Why a wish was not kept.
#[derive(Debug, thiserror::Error)]
pub enum NotKept {
    #[error("it is no address of a mailbox")]
    Address,
    #[error("an hour is from 0 to 23")]
    Hour,
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Accounts<'_> {
    /// What an account wishes to be told.
    ///
    /// # Errors
    /// Only faults of the record.
    pub async fn mail(&self, login: &str) -> Result<Option<Mail>, Fault> {
        self.store.mail(login).await
    }

    /// Every wish there is, by login.
    ///
    /// # Errors
    /// Only faults of the record.
    pub async fn mails(&self) -> Result<Vec<Mail>, Fault> {
        self.store.mails().await
    }

    /// Keeps to which address an account is told; `daily_at`: once a working day at this hour, else as soon as
    /// something comes.
    ///
    /// # Errors
    /// When it is no address, or the hour is none.
    pub async fn wish_mail(&self, login: &str, address: &str, daily_at: Option<u8>) -> Result<(), NotKept> {
        let address = address.trim();
        if !is_address(address) {
            return Err(NotKept::Address);
        }
        if daily_at.is_some_and(|hour| hour > 23) {
            return Err(NotKept::Hour);
        }
        Ok(self.store.put_mail(login, address, daily_at).await?)
    }

    /// Ends a wish; nothing is sent any more.
    ///
    /// # Errors
    /// Only faults of the record.
    pub async fn end_mail(&self, login: &str) -> Result<(), Fault> {
        self.store.delete_mail(login).await
    }
}

/// Whether a text is the address of a mailbox, as plainly as they are given out.
fn is_address(text: &str) -> bool {
    let Some((mailbox, host)) = text.split_once('@') else { return false };
    let fits = |part: &str, more: &str| {
        let known = |c: char| c.is_ascii_alphanumeric() || more.contains(c);
        part.split('.')
            .all(|piece| !piece.is_empty() && piece.len() <= PIECE_CHARACTERS_MAX && piece.chars().all(known))
    };
    let hyphen_outside = |piece: &str| piece.starts_with('-') || piece.ends_with('-');
    let lengths = text.len() <= ADDRESS_CHARACTERS_MAX && mailbox.len() <= MAILBOX_CHARACTERS_MAX;
    lengths && fits(mailbox, "!#$%&'*+-/=?^_`{|}~") && fits(host, "-") && !host.split('.').any(hyphen_outside)
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn an_address_is_told_from_what_would_end_a_header() {
        for good in ["wang@office.example", "wang.li+desk@mail.office.example", "a@localhost", "A_1@b-c.example"] {
            assert!(is_address(good), "{good}");
        }
        let long = format!("{}@office.example", "a".repeat(250));
        for bad in [
            "",
            "@",
            "wang",
            "wang@",
            "@office",
            "a@b@c",
            "a b@c",
            "a@b\r\nBcc: c@d",
            "<a@b>",
            "a@b..c",
            ".a@b",
            "市@b",
            "a@-",
            "a@b-.c",
            &long,
        ] {
            assert!(!is_address(bad), "{bad}");
        }
    }
}
