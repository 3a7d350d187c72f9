//! The network address that asks, for counting failed sign-ins by it.
//!
//! It is kept in memory only and never logged. Invariant: what a client writes into a header is
//! believed only where the server stands behind another one that writes the last entry itself.

use axum::{
    extract::{ConnectInfo, Request},
    http::HeaderMap,
};
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// The address as a key: of an IPv6 address the part that one customer is given; `None` where the
/// connection has none, as through a local socket.
pub fn of(request: &Request, behind_proxy: bool) -> Option<String> {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
    let address = if behind_proxy { forwarded(request.headers()).or(peer) } else { peer };
    address.map(key)
}

fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?;
    last.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}

fn key(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).to_string()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    #[test]
    fn a_header_is_believed_behind_a_proxy_only() {
        let mut request = Request::new(Body::empty());
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([10, 0, 0, 1], 4000))));
        request.headers_mut().insert("x-forwarded-for", "1.2.3.4, 2001:db8:1:2:3:4:5:6".parse().unwrap());
        assert_eq!(of(&request, false).as_deref(), Some("10.0.0.1"));
        assert_eq!(of(&request, true).as_deref(), Some("2001:db8:1:2::"));
    }
}
