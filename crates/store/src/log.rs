//! Carries the log of the embedded database over into it, beside whoever writes.
//!
//! A commit that has to do that itself takes a hundred times as long as any other. So a thread of its own does most
//! of it ahead, and leaves to the writer the few pages that were written meanwhile: only the writer can begin
//! the log anew. Invariant: the log is carried over by the writer at the latest, whatever became of the thread.

use crate::{Fault, fault::Lack, session::sql};
use rusqlite::{Connection, hooks::Wal};
use std::{
    os::raw::c_int,
    sync::mpsc::{Receiver, SyncSender, sync_channel},
};

/// Pages in the log that are carried over beside the writer. The more they are, the more of them are of the same
/// places, and the fewer are written twice.
const AHEAD: c_int = 15_000;
/// Pages in the log at which the writer carries over what is left.
const AT_LAST: c_int = 16_000;

/// Has the log of a database carried over from now on. `opened` opens a connection to the same database.
///
/// # Errors
/// [`Fault`] when the thread cannot be started.
pub(crate) fn carry_over(
    writer: &mut Connection,
    opened: impl FnOnce() -> Result<Connection, Fault> + Send + 'static,
) -> Result<(), Fault> {
    // The thread is over when the hook is, and with it the connection.
    let (ask, asked) = sync_channel(1);
    std::thread::Builder::new()
        .name("log".to_owned())
        .spawn(move || carry_ahead(&asked, opened))
        .map_err(|error| Fault::unavailable(Lack::Access, error))?;
    Ok(writer.wal_hook(Some(hook(ask)))?)
}

fn hook(ask: SyncSender<()>) -> impl FnMut(&mut Wal, c_int) -> rusqlite::Result<()> + Send + 'static {
    let mut ahead = false;
    move |log, pages| {
        if pages < AHEAD {
            ahead = false;
        } else if !ahead {
            // Somebody who is at it already need not be asked twice.
            let _asked = ask.try_send(());
            ahead = true;
        }
        if pages >= AT_LAST {
            // While another one is at it or somebody reads, the next commit tries again.
            let _later = log.checkpoint();
        }
        Ok(())
    }
}

fn carry_ahead(asked: &Receiver<()>, opened: impl FnOnce() -> Result<Connection, Fault>) {
    let connection = match opened() {
        Ok(connection) => connection,
        Err(fault) => return tracing::warn!(record.fault = %fault, "the log is carried over by the writer alone"),
    };
    while asked.recv().is_ok() {
        if let Err(error) = connection.query_row(&sql!("sqlite/carry_log_ahead").sqlite, (), |_| Ok(())) {
            tracing::warn!(record.fault = %error, "the log was not carried over; the writer does it");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: u64 = 4096;
    /// Twice as many pages as the log may have.
    const WRITTEN: u64 = 2 * AT_LAST as u64;

    fn log_after(opened: impl FnOnce(std::path::PathBuf) -> Result<Connection, Fault> + Send + 'static) -> u64 {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let path = folder.path().join("record.db");
        let mut writer = Connection::open(&path).expect("a new database can be opened");
        writer.execute_batch(&sql!("sqlite/open_writer").sqlite).expect("it is set up");
        writer.execute_batch(&sql!("sqlite/wait_not_for_disk").sqlite).expect("it need not wait");
        writer.execute_batch("CREATE TABLE pages (n INTEGER PRIMARY KEY, page TEXT)").expect("a table can be made");
        let beside = path.clone();
        carry_over(&mut writer, move || opened(beside)).expect("the thread starts");
        let page = "x".repeat(PAGE as usize);
        for n in 0..WRITTEN {
            writer.execute("INSERT INTO pages VALUES (?1, ?2)", (n as i64, &page)).expect("a page can be written");
            // Nobody writes without a pause, and the thread gets its time on a busy machine too.
            if n % 200 == 0 {
                std::thread::sleep(std::time::Duration::from_millis(5));
            }
        }
        let kept: i64 = writer.query_row("SELECT COUNT(*) FROM pages", (), |row| row.get(0)).expect("it can be read");
        assert_eq!(kept, WRITTEN as i64);
        std::fs::metadata(path.with_extension("db-wal")).expect("there is a log").len() / PAGE
    }

    #[test]
    fn the_log_is_begun_anew_instead_of_growing() {
        assert!(log_after(|path| Ok(Connection::open(path)?)) < 2 * AT_LAST as u64);
    }

    #[test]
    fn the_writer_carries_the_log_over_alone_when_nobody_else_can() {
        let nobody = |_| Err(Fault::unavailable(Lack::Access, "no further connection"));
        assert!(log_after(nobody) < AT_LAST as u64 * 11 / 10);
    }
}
