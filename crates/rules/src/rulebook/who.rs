//! Words of who: `mayor`, `head of sponsor`, `meeting.chair`.
//!
//! Invariant: each word has one meaning; one with two is refused.

use super::{Among, Each, Path, Place, Type, Who, report::Report, scope::Scope, tree::Node};
use facts::PostId;

/// Whoever may read a linked matter.
const READERS: &str = "readers";
/// The post that a bare body means.
const STAFF: &str = "staff";

impl Scope<'_> {
    /// Whom the words mean.
    pub fn who(self, words: &str, at: &Place, report: &mut Report) -> Option<Who> {
        if words == "anyone" {
            return Some(Who::Anyone);
        }
        if let Some((post, of)) = words.split_once(" of ") {
            if let Some((post, class)) = self.of_class(words, at, report) {
                return Some(Who::AtClass(post, class));
            }
            let post = self.post_at_body(post.trim(), at, report)?;
            return self.at_body(post, of.trim(), at, report);
        }
        self.refuse_two_meanings(words, at, report)?;
        let posts = self.names.posts;
        if let Some(post) = posts.all.get(words) {
            if post.at_body {
                report.error(at, format!("\"{words}\" is a post at a body; say of which: \"{words} of …\""));
                return None;
            }
            return Some(Who::Post(post.id.clone()));
        }
        if posts.groups.contains_key(words) {
            return Some(Who::Group(words.to_owned()));
        }
        if self.names.settings.bodies.iter().any(|body| body == words) {
            return Some(Who::At(self.staff(words, at, report)?, words.into()));
        }
        if !words.contains('.') && self.kind.field(words).is_none() {
            self.nobody(words, at, report);
            return None;
        }
        let (path, found) = self.path(words, at, report)?;
        match found.one() {
            Type::Person => Some(Who::PersonIn(path)),
            Type::Body => Some(Who::AtBodyIn(self.staff(words, at, report)?, path)),
            _ => self.no_person(words, found, at, report),
        }
    }

    /// Whose answers the words of `by_each` mean; always several.
    pub fn each(self, words: &str, at: &Place, report: &mut Report) -> Option<Each> {
        let wanted = "by_each takes a field with a set, a post at each body of one, a group or a post";
        match self.who(words, at, report)? {
            Who::Post(post) => Some(Each::Holders(vec![post])),
            Who::Group(group) => Some(Each::Holders(self.names.posts.groups.get(&group)?.clone())),
            Who::PersonIn(path) if self.is_set(&path) => Some(Each::PersonsIn(path)),
            Who::AtBodyIn(post, path) if self.is_set(&path) => Some(Each::BodiesIn(post, path)),
            _ => {
                report.error(at, format!("\"{words}\" is not several; {wanted}"));
                None
            }
        }
    }

    /// Who may read: beside those that [`Self::who`] knows, the readers of a linked matter.
    pub fn reader(self, words: &str, at: &Place, report: &mut Report) -> Option<Who> {
        match words.split_once(" of ") {
            Some((READERS, link)) => {
                let is_matter = |of: &Type| matches!(of, Type::Matter(_));
                self.typed_field(link.trim(), "one matter", is_matter, at, report).map(Who::ReadersOf)
            }
            _ => self.who(words, at, report),
        }
    }

    fn is_set(self, path: &Path) -> bool {
        let words: Vec<&str> = path.0.iter().map(|field| field.as_str()).collect();
        let found = self.path(&words.join("."), &Place::default(), &mut Report::new(&[]));
        matches!(found, Some((_, Type::Set(_))))
    }

    fn post_at_body(self, name: &str, at: &Place, report: &mut Report) -> Option<PostId> {
        let posts = self.names.posts;
        match posts.all.get(name) {
            Some(post) if post.at_body => Some(post.id.clone()),
            Some(_) => {
                report.error(at, format!("\"{name}\" is a post of the whole office, not at a body"));
                None
            }
            None => {
                report.unknown(at, format!("no post \"{name}\" at a body"), name, posts.names(true));
                None
            }
        }
    }

    /// A post at a named body, or at the bodies in a field.
    fn at_body(self, post: PostId, of: &str, at: &Place, report: &mut Report) -> Option<Who> {
        self.refuse_two_meanings(of, at, report)?;
        let bodies = &self.names.settings.bodies;
        if bodies.iter().any(|body| body == of) {
            return Some(Who::At(post, of.into()));
        }
        if !of.contains('.') && self.kind.field(of).is_none() {
            let kind = &self.kind.id;
            let fields = self.fields_of(&[Type::Body]);
            let names = bodies.iter().map(String::as_str).chain(fields);
            report.unknown(at, format!("no body and no field \"{of}\" in {kind}"), of, names);
            return None;
        }
        let (path, found) = self.path(of, at, report)?;
        if *found.one() == Type::Body {
            return Some(Who::AtBodyIn(post, path));
        }
        report.error(at, format!("\"{of}\" of {} is of type {found}; a post is held at a Body", self.kind.id));
        None
    }

    fn staff(self, words: &str, at: &Place, report: &mut Report) -> Option<PostId> {
        match self.names.posts.all.get(STAFF) {
            Some(post) if post.at_body => Some(post.id.clone()),
            _ => {
                let message =
                    format!("\"{words}\" means the staff of a body, and no post \"{STAFF}\" at a body is declared");
                report.error(at, message);
                None
            }
        }
    }

    fn refuse_two_meanings(self, words: &str, at: &Place, report: &mut Report) -> Option<()> {
        let meanings = [
            ("a post", self.names.posts.all.contains_key(words)),
            ("a group", self.names.posts.groups.contains_key(words)),
            ("a body", self.names.settings.bodies.iter().any(|body| body == words)),
            ("a field", self.kind.field(words).is_some()),
        ];
        let found: Vec<&str> = meanings.iter().filter(|(_, is)| *is).map(|(meaning, _)| *meaning).collect();
        if found.len() < 2 {
            return Some(());
        }
        report.error(at, format!("\"{words}\" means {}; one needs another name", found.join(" and ")));
        None
    }

    /// Which persons or bodies a field of this type can name.
    pub fn among(self, of: &Type, node: &Node, report: &mut Report) -> Option<Among> {
        let mut among = Among::default();
        for (words, at) in node.texts(report) {
            match of.one() {
                Type::Person => among.whos.extend(self.who(words, at, report)),
                Type::Body => among.classes.extend(self.class(words, at, report)),
                other => {
                    report.error(at, format!("persons and bodies are named among some, not {other}"));
                    return None;
                }
            }
        }
        if among.whos.contains(&Who::Anyone) {
            report.error(&node.place, "\"anyone\" is what a field can name without \"among\"");
        }
        Some(among)
    }

    /// A post at the bodies of a class: `head of constituent`; a field of this name comes first.
    fn of_class(self, words: &str, at: &Place, report: &mut Report) -> Option<(PostId, String)> {
        let (post, class) = words.split_once(" of ")?;
        if self.kind.field(class.trim()).is_some() {
            return None;
        }
        let class = self.names.settings.classes.iter().find(|known| *known == class.trim())?;
        Some((self.post_at_body(post.trim(), at, report)?, class.clone()))
    }

    fn class(self, words: &str, at: &Place, report: &mut Report) -> Option<String> {
        let classes = &self.names.settings.classes;
        let found = classes.iter().find(|known| *known == words).cloned();
        if found.is_none() {
            let message = format!("no class of bodies \"{words}\"");
            report.unknown(at, message, words, classes.iter().map(String::as_str));
        }
        found
    }

    fn nobody(self, words: &str, at: &Place, report: &mut Report) {
        let posts = self.names.posts;
        let bodies = self.names.settings.bodies.iter().map(String::as_str);
        let groups = posts.groups.keys().map(String::as_str);
        let fields = self.fields_of(&[Type::Person, Type::Body]);
        let names = posts.names(false).chain(groups).chain(bodies).chain(fields).chain(["anyone"]);
        let message = format!("nobody is meant by \"{words}\": no post, group, body or field of {}", self.kind.id);
        report.unknown(at, message, words, names);
    }

    fn no_person(self, words: &str, found: &Type, at: &Place, report: &mut Report) -> Option<Who> {
        report.error(at, format!("\"{words}\" of {} is of type {found}, not Person or Body", self.kind.id));
        None
    }

    fn fields_of<'s>(&'s self, types: &'s [Type]) -> impl Iterator<Item = &'s str> {
        let fits = |found: &Option<Type>| found.as_ref().is_some_and(|found| types.contains(found.one()));
        let fields = self.kind.fields.iter().filter(move |field| fits(&field.kind_of_value));
        fields.map(|field| field.id.as_str())
    }
}
