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
    let areas = words.rulebook().areas.iter().filter(|area| matches!(area.view, View::Meeting { .. }));
    let kinds: Vec<KindId> = areas.flat_map(|area| area.kinds.clone()).collect();
    Ok(office.valid_within(reader, &kinds, days, limit).await?)
}
