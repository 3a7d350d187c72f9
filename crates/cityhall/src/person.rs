//! Who acts on the command line: an account with its password, or a token. Running the server gives
//! no right to act.

use crate::sentence::{Sentence, or_none};
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
    /// Answer as JSON
    #[arg(long)]
    pub json: bool,
}

/// A person by the id that was typed.
///
/// # Errors
/// When there is no such person, with the nearest id.
pub fn known_person<'p>(typed: &str, people: impl IntoIterator<Item = &'p PersonId>) -> Result<PersonId> {
    let people: Vec<&PersonId> = people.into_iter().collect();
    if let Some(known) = people.iter().find(|known| known.as_str() == typed) {
        return Ok(PersonId::clone(known));
    }
    let near = rules::rulebook::nearest(typed, people.iter().map(|person| person.as_str()));
    bail!(Sentence::new("command-no-person").with("person", typed).with("near", or_none(near)))
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
    pub async fn sign_in(&self, office: &Office, lang: Lang) -> Result<Acting> {
        let accounts = office.accounts();
        let session = match (&self.token, &self.login) {
            (Some(token), _) => {
                let session = accounts.signed_in(token, SessionKind::Token).await?;
                session.context(Sentence::new("command-token"))?
            }
            (None, Some(login)) => {
                let password = self.password.as_deref().context(Sentence::new("command-no-password"))?;
                match accounts.sign_in(&Attempts::default(), login, password).await? {
                    SignIn::SignedIn(begun) => {
                        let session = accounts.signed_in(&begun.secret, SessionKind::Session).await?;
                        let session = session.context(Sentence::new("command-session-ended"))?;
                        accounts.end(&session.login, &session.id).await?;
                        session
                    }
                    SignIn::WrongOrLocked { retry_at: None } => bail!(Sentence::new("command-wrong")),
                    SignIn::WrongOrLocked { retry_at: Some(at) } => {
                        let wait = web::pages::sign_in::wait(lang, at.duration_since(office.now()).as_secs().max(1));
                        bail!(Sentence::new("command-locked").with("wait", wait))
                    }
                }
            }
            (None, None) => bail!(Sentence::new("command-who")),
        };
        Ok(Acting { person: session.person, words: Words::today(office, lang).await? })
    }
}
