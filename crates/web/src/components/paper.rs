//! A paper as the public reads it: the red head line, the document number, the
//! text, who signed it and when.

use askama::Template;

use super::{Lang, Link};

#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/paper.html")]
pub struct Paper {
    pub lang: Lang,
    /// The red head, such as `大连市人民政府文件`.
    pub head: String,
    /// The document number, such as `大政发〔2026〕28号`.
    pub number: String,
    pub title: String,
    /// To whom it is addressed; may be empty.
    pub addressees: String,
    pub paragraphs: Vec<String>,
    pub issuer: String,
    pub date: String,
    /// Its interpretation, its attachments, other forms of it.
    pub links: Vec<Link>,
}

renders_html!(Paper);
