//! `cityhall serve`: the office on the network.

use crate::{
    configuration::Configuration,
    mails::{Mailing, Post},
    output::say,
    sentence::Sentence,
    watch,
};
use anyhow::{Context, Result};
use clap::Args;
use office::Office;
use std::{io::IsTerminal as _, net::SocketAddr, process::ExitCode, time::Duration};
use web::Web;

/// How often sessions and tokens that have ended are removed.
const SWEPT_EVERY: Duration = Duration::from_secs(60 * 60);

#[derive(Args)]
pub struct Serve {
    #[command(flatten)]
    pub configuration: Configuration,
    #[command(flatten)]
    pub listening: Listening,
}

#[derive(Args, Clone)]
pub struct Listening {
    /// Address and port to listen on
    #[arg(long, env = "CITYHALL_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// People reach the server by https: cookies demand it
    #[arg(long, env = "CITYHALL_HTTPS")]
    pub https: bool,
    /// A server in front of this one says who asks, in X-Forwarded-For
    #[arg(long, env = "CITYHALL_BEHIND_PROXY")]
    pub behind_proxy: bool,
    /// Address under which people reach the server, such as https://HOST; public pages name it
    #[arg(long, env = "CITYHALL_ADDRESS", value_parser = address)]
    pub address: Option<String>,
    #[command(flatten)]
    pub mailing: Mailing,
}

/// Scheme and host, without a path.
fn address(text: &str) -> Result<String, String> {
    let plain = text.trim_end_matches('/');
    let uri: Option<axum::http::Uri> = plain.parse().ok();
    let known = |uri: &axum::http::Uri| {
        matches!(uri.scheme_str(), Some("http" | "https")) && uri.authority().is_some() && uri.path() == "/"
    };
    match uri.filter(known) {
        Some(_) => Ok(plain.to_owned()),
        None => Err("write it as https://HOST, without a path".to_owned()),
    }
}

pub async fn run(serve: Serve) -> Result<ExitCode> {
    let office = serve.configuration.office().await?;
    let web = Web::new(office.clone());
    listen(office, web, serve.configuration, serve.listening, &[]).await
}

/// Serves until it is told to stop; `said` is printed under the address.
pub async fn listen(
    office: Office,
    mut web: Web,
    configuration: Configuration,
    listening: Listening,
    said: &[String],
) -> Result<ExitCode> {
    let log = tracing_subscriber::fmt().with_writer(std::io::stderr).with_ansi(std::io::stderr().is_terminal());
    log.with_max_level(tracing::Level::INFO).init();
    web.secure_cookies = listening.https;
    web.behind_proxy = listening.behind_proxy;
    let post = Post::of(office.clone(), listening.mailing, listening.address.as_deref())?;
    web.mails = post.is_some();
    web.address = listening.address;
    let listener = tokio::net::TcpListener::bind(listening.listen)
        .await
        .with_context(|| Sentence::new("command-listen").with("address", listening.listen))?;
    let address = listener.local_addr()?;
    say(format_args!("listening on http://{address}"));
    said.iter().for_each(say);
    tokio::spawn(office.clone().keep_fresh());
    tokio::spawn(office.clone().keep_swept(SWEPT_EVERY));
    post.map(|post| tokio::spawn(post.deliver()));
    tokio::spawn(watch::watch(web.clone(), configuration));
    let service = web::router(web).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(told_to_stop()).await?;
    Ok(ExitCode::SUCCESS)
}

async fn told_to_stop() {
    let mut terminate = match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(terminate) => terminate,
        Err(_) => return std::future::pending().await,
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}
