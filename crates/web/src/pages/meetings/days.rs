//! The meetings of some days, as far as somebody may read of them.
//!
//! Invariant: two questions, however many there are.

use super::fields_of;
use crate::fault::Fault;
use crate::wording::Words;
use facts::{KindId, MatterId, Value};
use jiff::civil::Date;
use office::{ListFilter, MatterRow, Office, Order, Reader};
use rules::rulebook::View;

/// Meetings with their days, the last one first.
///
/// # Errors
/// Only faults of the record.
pub async fn within(
    office: &Office,
    words: &Words,
    reader: &Reader,
    days: (Date, Date),
    limit: u32,
) -> Result<Vec<(Date, MatterRow)>, Fault> {
    let rulebook = words.rulebook();
    let areas = rulebook.areas.iter().filter(|area| matches!(area.view, View::Meeting { .. }));
    let kinds: Vec<KindId> = areas.flat_map(|area| area.kinds.clone()).collect();
    if kinds.is_empty() {
        return Ok(vec![]);
    }
    let filter =
        ListFilter { kinds, valid_within: Some(days), order: Order::LastValid, limit, ..ListFilter::default() };
    let rows = office.list(reader, filter).await?.rows;
    let ids: Vec<MatterId> = rows.iter().map(|row| row.matter).collect();
    let matters = match ids.is_empty() {
        true => Default::default(),
        false => office.matters_for(&ids, &reader.person).await?.1,
    };
    let held = rows.into_iter().filter_map(|row| {
        let day = fields_of(rulebook, &row.kind)?.day;
        Some((matters.get(&row.matter)?.fields.get(day).and_then(Value::date)?, row))
    });
    Ok(held.collect())
}
