//! Bringing a database up to the shape this software knows.
//!
//! Invariant: a migration that was run is never changed; a database that ran one this software does
//! not know is not touched.

use crate::{
    Fault,
    fault::Lack,
    session::{Dialect, Lock, Session, given, sql},
};
use facts::chain;

struct Migration {
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

macro_rules! migration {
    ($name:literal) => {
        Migration {
            name: $name,
            sqlite: include_str!(concat!("../migrations/sqlite/", $name, ".sql")),
            postgres: include_str!(concat!("../migrations/postgres/", $name, ".sql")),
        }
    };
}

/// Every migration in its order.
const MIGRATIONS: &[Migration] = &[
    migration!("0001_record"),
    migration!("0002_desks"),
    migration!("0003_derived"),
    migration!("0004_words_waiting"),
    migration!("0005_states"),
    migration!("0006_drawn"),
    migration!("0007_barred"),
    migration!("0008_valid"),
    migration!("0009_desks_alone"),
    migration!("0010_closed"),
    migration!("0011_mails"),
    migration!("0012_words_digest"),
    migration!("0013_seen"),
    migration!("0014_reader_sets"),
    migration!("0015_turns_by_rule"),
    migration!("0016_what_lies_and_is_late"),
];

/// Runs what the database has not run yet, inside the caller's transaction.
pub(crate) fn run(session: &dyn Session) -> Result<(), Fault> {
    session.lock(Lock::Record)?;
    session.run(sql!("migrations_table"), &[])?;
    let done = session.each(sql!("migrations_done"), &[], |mut row| Ok((row.number()?, row.text()?, row.text()?)))?;
    if done.len() > MIGRATIONS.len() {
        let newest = done.last().map_or("", |(_, name, _)| name);
        return Err(Fault::unavailable(Lack::Edition, format!("it has {newest}")));
    }
    for (n, migration) in MIGRATIONS.iter().enumerate() {
        let text = match session.dialect() {
            Dialect::Sqlite => migration.sqlite,
            Dialect::Postgres => migration.postgres,
        };
        let digest = chain::digest_of(&[text.as_bytes()]).to_string();
        match done.get(n) {
            Some((_, _, ran)) if *ran == digest => {}
            Some((_, name, _)) => {
                return Err(Fault::unsound(format!("migration {name} was changed after it was run")));
            }
            None => {
                session.script(text)?;
                session.run(sql!("migration_insert"), given![n as u64 + 1, migration.name, digest])?;
            }
        }
    }
    Ok(())
}
