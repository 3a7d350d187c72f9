//! What the office made public, for everyone.
//!
//! Invariant: an address, once given, leads to the same publication for ever.

use crate::{
    Fault, Page, Store,
    session::{Given, Row, given, sql},
    words,
};
use facts::{KindId, MatterId, MatterNumber, Publication};
use jiff::civil::Date;

/// A publication under its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    pub address: String,
    pub matter: MatterId,
    pub number: MatterNumber,
    pub kind: KindId,
    pub title: String,
    pub published_on: Date,
    pub publication: Publication,
}

impl Store {
    /// The publications, the newest first; with a text only those found by it.
    pub async fn publications(&self, text: Option<&str>, offset: u32, limit: u32) -> Result<Page<Published>, Fault> {
        let text = text.filter(|text| !text.trim().is_empty()).map(str::to_owned);
        self.read(move |session| {
            let search = match text.as_ref().map(|text| words::search_for(text, session.dialect())) {
                Some(None) => return Ok(Page { rows: vec![], total: 0 }),
                found => found.flatten(),
            };
            let asked: [Given; 3] = [search.into(), limit.into(), offset.into()];
            let total = session.number(sql!("publications_count"), &asked[..1])?;
            let rows = session.each(sql!("publications_page"), &asked, |mut row| published(&mut row))?;
            Ok(Page { rows, total })
        })
        .await
    }

    /// The publication at an address.
    pub async fn publication(&self, address: &str) -> Result<Option<Published>, Fault> {
        let address = address.to_owned();
        self.read(move |session| {
            session.row(sql!("publication_at"), given![&address])?.map(|mut row| published(&mut row)).transpose()
        })
        .await
    }
}

fn published(row: &mut Row) -> Result<Published, Fault> {
    Ok(Published {
        address: row.text()?,
        matter: row.parsed()?,
        number: row.text()?.as_str().into(),
        kind: row.text()?.as_str().into(),
        title: row.text()?,
        published_on: row.parsed()?,
        publication: row.json()?,
    })
}
