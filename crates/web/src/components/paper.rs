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
    /// What sort of publication it is, such as `公布决策草案`; may be empty.
    pub stage: String,
    /// What the reader should know first, above the text.
    pub notice: Option<super::notice::Notice>,
    /// To whom it is addressed; may be empty.
    pub addressees: String,
    /// What the text is, such as `决策草案`; may be empty.
    pub text_title: String,
    pub paragraphs: Vec<String>,
    pub issuer: String,
    pub date: String,
    /// Its interpretation, its attachments, other forms of it.
    pub links: Vec<Link>,
}

renders_html!(Paper);
