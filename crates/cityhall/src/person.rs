//! Who acts on the command line: an account with its password, or a token. Running the server gives
//! no right to act.

use anyhow::{Context, Result, bail};
use clap::Args;
use facts::PersonId;
use office::{
    Office,
    accounts::{Attempts, SessionKind, SignIn},
};
use web::{components::Lang, wording::Words};

#[derive(Args, Clone)]
pub struct AsWhom {
    /// Login of the account that acts; its password is read from CITYHALL_PASSWORD
    #[arg(long = "as", value_name = "LOGIN")]
    login: Option<String>,
    /// A token made on the account's page
    #[arg(long, env = "CITYHALL_TOKEN", hide_env_values = true)]
    token: Option<String>,
    #[arg(long, env = "CITYHALL_PASSWORD", hide_env_values = true, hide = true)]
    password: Option<String>,
    /// `en` or `zh`
    #[arg(long, env = "CITYHALL_LANGUAGE", default_value = "en")]
    language: String,
    /// Answer as JSON
    #[arg(long)]
    pub json: bool,
}

/// The person who acts, and the words in which they are answered.
pub struct Acting {
    pub person: PersonId,
    pub words: Words,
}

impl AsWhom {
    /// Signs in.
    ///
    /// # Errors
    /// When neither a token nor a login with its password is given, or they are wrong.
    pub async fn sign_in(&self, office: &Office) -> Result<Acting> {
        let accounts = office.accounts();
        let session = match (&self.token, &self.login) {
            (Some(token), _) => {
                let session = accounts.signed_in(token, SessionKind::Token).await?;
                session.context("the token is not in force; make another on the account's page")?
            }
            (None, Some(login)) => {
                let password = self.password.as_deref().context("put the password of --as into CITYHALL_PASSWORD")?;
                match accounts.sign_in(&Attempts::default(), login, password).await? {
                    SignIn::SignedIn(begun) => {
                        let session = accounts.signed_in(&begun.secret, SessionKind::Session).await?;
                        let session = session.context("the session was ended at once")?;
                        accounts.end(&session.login, &session.id).await?;
                        session
                    }
                    SignIn::WrongOrLocked { retry_at: None } => bail!("the login or the password is wrong"),
                    SignIn::WrongOrLocked { retry_at: Some(at) } => {
                        bail!(
                            "the login or the password is wrong, or was given wrongly too often; try again after {at}"
                        )
                    }
                }
            }
            (None, None) => bail!("say who acts: --as LOGIN with CITYHALL_PASSWORD, or --token"),
        };
        let lang = if self.language == "zh" { Lang::Zh } else { Lang::En };
        Ok(Acting { person: session.person, words: Words::today(office, lang).await? })
    }
}
