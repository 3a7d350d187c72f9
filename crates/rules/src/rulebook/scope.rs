//! Looks up names in the scope of one kind, and through its links in others.
//!
//! Invariant: what is found exists and has the type that is wanted; what is not is reported once.

use super::{
    After, Path, Place, Type,
    names::{FieldName, KindNames, Names},
    report::Report,
};
use facts::{FieldId, StepId};

/// The names seen from within a kind.
#[derive(Clone, Copy)]
pub(super) struct Scope<'n> {
    pub names: &'n Names<'n>,
    pub kind: &'n KindNames,
}

impl<'n> Scope<'n> {
    /// The same names seen from within the matters that a field holds, one or several.
    pub fn of_matters(self, field: &FieldName, report: &mut Report, at: &Place) -> Option<Scope<'n>> {
        match field.kind_of_value.as_ref()?.one() {
            Type::Matter(kind) => Some(Scope { kind: self.names.kind(kind.as_str())?, ..self }),
            other => {
                let kind = &self.kind.id;
                report.error(at, format!("\"{}\" of {kind} is of type {other}, not a matter", field.id));
                None
            }
        }
    }

    /// A field of this kind.
    pub fn field(self, name: &str, at: &Place, report: &mut Report) -> Option<&'n FieldName> {
        let field = self.kind.field(name);
        if field.is_none() {
            let message = format!("no field \"{name}\" in {}", self.kind.id);
            report.unknown(at, message, name, self.kind.field_names());
        }
        field
    }

    /// A field of this kind with one of these types; sets count as what they are sets of where `sets`.
    pub fn typed_field(
        self,
        name: &str,
        wanted: &str,
        fits: impl Fn(&Type) -> bool,
        at: &Place,
        report: &mut Report,
    ) -> Option<FieldId> {
        let field = self.field(name, at, report)?;
        let found = field.kind_of_value.as_ref()?;
        if fits(found) {
            return Some(field.id.clone());
        }
        report.error(at, format!("\"{name}\" of {} is of type {found}; {wanted} is wanted", self.kind.id));
        None
    }

    /// A step of this kind.
    pub fn step(self, name: &str, at: &Place, report: &mut Report) -> Option<StepId> {
        if self.kind.step(name).is_some() {
            return Some(StepId::new(name));
        }
        let message = format!("no step \"{name}\" in {}", self.kind.id);
        report.unknown(at, message, name, self.kind.step_names());
        None
    }

    /// A field of this kind or through links of another, with its type.
    pub fn path(self, words: &str, at: &Place, report: &mut Report) -> Option<(Path, &'n Type)> {
        let (links, last) = words.rsplit_once('.').map_or((None, words), |(links, last)| (Some(links), last));
        let (mut path, scope) = self.links(links, at, report)?;
        let field = scope.field(last, at, report)?;
        path.push(field.id.clone());
        Some((Path(path), field.kind_of_value.as_ref()?))
    }

    /// A path to a value of one type.
    pub fn typed_path(self, words: &str, wanted: &Type, at: &Place, report: &mut Report) -> Option<Path> {
        let (path, found) = self.path(words, at, report)?;
        if found == wanted {
            return Some(path);
        }
        report.error(at, format!("\"{words}\" of {} is of type {found}, not {wanted}", self.kind.id));
        None
    }

    /// A step of this kind or through links of another.
    pub fn after(self, words: &str, at: &Place, report: &mut Report) -> Option<After> {
        let (links, last) = words.rsplit_once('.').map_or((None, words), |(links, last)| (Some(links), last));
        let (links, scope) = self.links(links, at, report)?;
        let step = scope.step(last, at, report)?;
        Some(After { links, step })
    }

    /// Follows fields that hold one matter each.
    pub fn links(self, links: Option<&str>, at: &Place, report: &mut Report) -> Option<(Vec<FieldId>, Scope<'n>)> {
        let (mut path, mut scope) = (vec![], self);
        for link in links.into_iter().flat_map(|links| links.split('.')) {
            let field = scope.field(link, at, report)?;
            if let Type::Set(_) = field.kind_of_value.as_ref()? {
                let kind = &scope.kind.id;
                report.error(at, format!("\"{link}\" of {kind} is a set; a path leads through one matter at a time"));
                return None;
            }
            scope = scope.of_matters(field, report, at)?;
            path.push(field.id.clone());
        }
        Some((path, scope))
    }
}
