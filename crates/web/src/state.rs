//! What every request is answered with: the office, and how this server is set up.
//!
//! Cheap to clone. Must not know any one request.

use axum::http::{HeaderMap, header, uri::Authority};
use facts::Label;
use jiff::Timestamp;
use office::{Office, accounts::Attempts};
use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError, RwLock},
};

/// Failed sign-ins from one address before it must wait: a whole building may share an address.
const ADDRESS_FREE_FAILURES: u32 = 50;

/// The state of the web server.
#[derive(Clone)]
pub struct Web {
    pub office: Office,
    /// Set where the server shows a made-up city.
    pub demo: Option<Arc<DemoHint>>,
    /// Whether people reach the server by https, so that its cookies may demand it.
    pub secure_cookies: bool,
    /// Whether a server in front of this one says who asks, in `X-Forwarded-For`.
    pub behind_proxy: bool,
    /// Under which people reach the server, as `https://HOST`; not known otherwise.
    pub address: Option<String>,
    /// Whether this server sends mails.
    pub mails: bool,
    /// What is refused of what lies on the disk.
    refused: Arc<RwLock<BTreeMap<OnDisk, Refused>>>,
    /// Failed sign-ins with logins that do not exist.
    pub(crate) strangers: Arc<Attempts>,
    /// Failed sign-ins by address.
    pub(crate) addresses: Arc<Attempts>,
}

/// What is taken up from the disk while the server runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OnDisk {
    Rulebook,
    Calendar,
}

/// Something on the disk that was changed and could not be put in force; what was before goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub at: Timestamp,
    /// The first problem: file, line and sentence.
    pub first: Label,
    /// How many problems there are.
    pub problems: usize,
}

/// The accounts of a demonstration, shown where one signs in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DemoHint {
    /// The password of all of them.
    pub password: String,
    pub accounts: Vec<DemoAccount>,
}

/// One account of a demonstration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DemoAccount {
    pub login: String,
    /// The post it acts in.
    pub post: Label,
}

impl Web {
    /// A server without https, without a server in front of it, and not for demonstration.
    pub fn new(office: Office) -> Web {
        Web {
            office,
            demo: None,
            secure_cookies: false,
            behind_proxy: false,
            address: None,
            mails: false,
            refused: Arc::default(),
            strangers: Arc::default(),
            addresses: Arc::new(Attempts::new(ADDRESS_FREE_FAILURES)),
        }
    }

    /// The site as whoever asks reaches it, scheme and host; nothing where the request does not say.
    pub fn reached_at(&self, headers: &HeaderMap) -> String {
        if let Some(address) = &self.address {
            return address.clone();
        }
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let host = host.filter(|host| host.parse::<Authority>().is_ok());
        let scheme = if self.secure_cookies { "https" } else { "http" };
        host.map_or(String::new(), |host| format!("{scheme}://{host}"))
    }

    /// What lies on the disk and is refused.
    pub fn refused(&self) -> BTreeMap<OnDisk, Refused> {
        self.refused.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Notes that something on the disk is refused, or that it is not any more.
    pub fn note(&self, what: OnDisk, refused: Option<Refused>) {
        let mut noted = self.refused.write().unwrap_or_else(PoisonError::into_inner);
        match refused {
            Some(refused) => noted.insert(what, refused),
            None => noted.remove(&what),
        };
    }

    /// With the accounts of a demonstration where one signs in.
    pub fn demo(mut self, hint: DemoHint) -> Web {
        self.demo = Some(Arc::new(hint));
        self
    }

    /// Whether people reach the server by https.
    pub fn secure_cookies(mut self, secure: bool) -> Web {
        self.secure_cookies = secure;
        self
    }

    /// Under which people reach the server, as `https://HOST`.
    pub fn address(mut self, address: impl Into<String>) -> Web {
        self.address = Some(address.into());
        self
    }

    /// Whether a server in front of this one says who asks.
    pub fn behind_proxy(mut self, behind: bool) -> Web {
        self.behind_proxy = behind;
        self
    }
}
