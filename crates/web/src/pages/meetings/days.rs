//! The meetings of some days, as far as somebody may read of them.
//!
//! Invariant: one question, however many there are.

use crate::fault::Fault;
use crate::wording::Words;
use facts::KindId;
use jiff::civil::Date;
use office::{MatterRow, Office, Reader};
use rules::rulebook::View;

/// Meetings with their days, the first one first.
///
/// # Errors
/// Only faults of the record.
pub async fn within(
    office: &Office,
    words: &Words,
    reader: &Reader,
    days: (Date, Date),
    limit: u32,
) -> Result<Vec<(MatterRow, Date)>, Fault> {
    Ok(office.valid_within(reader, &kinds(words), days, limit).await?)
}

/// The kinds that areas show as meetings.
pub fn kinds(words: &Words) -> Vec<KindId> {
    let areas = words.rulebook().areas.iter().filter(|area| matches!(area.view, View::Meeting { .. }));
    areas.flat_map(|area| area.kinds.clone()).collect()
}
