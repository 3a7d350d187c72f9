//! What a step says of the directory.
//!
//! Invariant: an entry names a person, a post, bodies, days and names by fields that hold such.

use super::{
    Saying, SayingKind, Type,
    steps::Steps,
    tree::{Name, Node, get, only_keys},
};
use facts::FieldId;

const ENTRIES: [&str; 9] =
    ["holds", "leaves", "leads", "liaises", "away", "stands_in", "enters", "establishes", "ends"];
/// Those that an entry of `ends` can end.
const ENDING: [&str; 5] = ["holds", "leads", "liaises", "away", "stands_in"];

impl Steps<'_, '_> {
    /// The entries of `directory`.
    pub fn directory(&mut self, node: &Node) -> Vec<Saying> {
        node.members().iter().filter_map(|member| self.saying(member)).collect()
    }

    fn saying(&mut self, node: &Node) -> Option<Saying> {
        let table = node.table(self.report)?;
        let named: Vec<&str> = ENTRIES.into_iter().filter(|entry| get(table, entry).is_some()).collect();
        let [entry] = named[..] else {
            let names = ENTRIES.join(", ");
            let message = format!("an entry of directory says one of {names}");
            let first = table.first().map_or("", |(name, _)| name.text.as_str());
            self.report.unknown(&node.place, message, first, ENTRIES);
            return None;
        };
        let keys: &[&str] = match entry {
            "holds" => &["holds", "post", "body", "from", "until"],
            "leaves" => &["leaves", "post", "body", "until"],
            "leads" => &["leads", "bodies", "from", "until", "replaces"],
            "liaises" => &["liaises", "bodies", "from", "until"],
            "away" => &["away", "reason", "from", "until"],
            "stands_in" => &["stands_in", "regime", "for", "from", "until"],
            "enters" => &["enters", "en", "zh"],
            "establishes" => &["establishes", "en", "zh", "class"],
            _ => &["ends", "until"],
        };
        let owner = format!("an entry of {entry}");
        only_keys(table, keys, &owner, self.report);
        let mut entry_fields = Entry { steps: self, node, table, owner };
        entry_fields.read(entry)
    }
}

/// One entry, its fields looked up by key.
struct Entry<'e, 's, 'f> {
    steps: &'e mut Steps<'s, 'f>,
    node: &'e Node,
    table: &'e [(Name, Node)],
    owner: String,
}

impl Entry<'_, '_, '_> {
    fn read(&mut self, entry: &str) -> Option<Saying> {
        match entry {
            "ends" => return self.ends(),
            "leaves" => return self.leaves(),
            "enters" => return self.enters(),
            "establishes" => return self.establishes(),
            _ => {}
        }
        let person = self.field(entry, "Person", |of| *of == Type::Person);
        let from = self.field("from", "date", |of| *of == Type::Date);
        let is_body = |of: &Type| *of.one() == Type::Body;
        let wanted_bodies = "Body or [Body]";
        match entry {
            "holds" => {
                let post = self.field("post", "Post", |of| *of == Type::Post);
                let body = self.optional("body", "Body", |of| *of == Type::Body);
                let until = self.until();
                Some(Saying::Holds { person: person?, post: post?, body, from: from?, until })
            }
            "leads" => {
                let bodies = self.field("bodies", wanted_bodies, is_body);
                let until = self.until();
                let replaces = get(self.table, "replaces").and_then(|node| node.yes(self.steps.report));
                let replaces = replaces.unwrap_or(false);
                Some(Saying::Leads { person: person?, bodies: bodies?, from: from?, until, replaces })
            }
            "liaises" => {
                let bodies = self.field("bodies", wanted_bodies, is_body);
                let until = self.until();
                Some(Saying::Liaises { person: person?, bodies: bodies?, from: from?, until })
            }
            "away" => {
                let reason = self.field("reason", "a list of choices", |of| matches!(of, Type::Choice(_)));
                let until = self.field("until", "date", |of| *of == Type::Date);
                Some(Saying::Away { person: person?, reason: reason?, from: from?, until: until? })
            }
            _ => {
                let regime = self.regime();
                let stood_for = self.optional("for", "Person", |of| *of == Type::Person);
                let until = self.field("until", "date", |of| *of == Type::Date);
                let (person, regime) = (person?, regime?);
                Some(Saying::StandsIn { person, regime, stood_for, from: from?, until: until? })
            }
        }
    }

    fn leaves(&mut self) -> Option<Saying> {
        let person = self.field("leaves", "Person", |of| *of == Type::Person);
        let post = self.field("post", "Post", |of| *of == Type::Post);
        let body = self.optional("body", "Body", |of| *of == Type::Body);
        let until = self.field("until", "date", |of| *of == Type::Date);
        Some(Saying::Leaves { person: person?, post: post?, body, until: until? })
    }

    fn enters(&mut self) -> Option<Saying> {
        let person = self.field("enters", "text or Person", |of| matches!(of, Type::Text | Type::Person));
        let (en, zh) = self.names();
        Some(Saying::Enters { person: person?, en: en?, zh: zh? })
    }

    fn establishes(&mut self) -> Option<Saying> {
        let body = self.field("establishes", "text or Body", |of| matches!(of, Type::Text | Type::Body));
        let (en, zh) = self.names();
        let class = self.field("class", "a list of choices", |of| matches!(of, Type::Choice(_)));
        if let Some(class) = &class {
            self.refuse_other_than_classes(class);
        }
        Some(Saying::Establishes { body: body?, en: en?, zh: zh?, class: class? })
    }

    fn names(&mut self) -> (Option<FieldId>, Option<FieldId>) {
        let [en, zh] = ["en", "zh"].map(|key| self.field(key, "text", |of| *of == Type::Text));
        (en, zh)
    }

    /// Reports a choice of the field that is no class of bodies.
    fn refuse_other_than_classes(&mut self, field: &FieldId) {
        let scope = self.steps.scope;
        let Some(Type::Choice(list)) = scope.kind.field(field.as_str()).and_then(|field| field.kind_of_value.as_ref())
        else {
            return;
        };
        let settings = scope.names.settings;
        let place = &get(self.table, "class").unwrap_or(self.node).place;
        for choice in settings.choices.get(list).into_iter().flatten() {
            if !settings.classes.contains(choice) {
                let message = format!("\"{choice}\" of {list} is no class of bodies");
                self.steps.report.unknown(place, message, choice, settings.classes.iter().map(String::as_str));
            }
        }
    }

    fn ends(&mut self) -> Option<Saying> {
        let until = self.field("until", "date", |of| *of == Type::Date);
        let (word, at) = self.steps.named(self.node, self.table, "ends", &self.owner)?;
        let what = match word {
            "holds" => SayingKind::Holds,
            "leads" => SayingKind::Leads,
            "liaises" => SayingKind::Liaises,
            "away" => SayingKind::Away,
            "stands_in" => SayingKind::StandsIn,
            other => {
                let message = format!("nothing that can end is called \"{other}\"");
                self.steps.report.unknown(at, message, other, ENDING);
                return None;
            }
        };
        Some(Saying::Ends { what, until: until? })
    }

    fn regime(&mut self) -> Option<String> {
        let (name, at) = self.steps.named(self.node, self.table, "regime", &self.owner)?;
        let regimes = &self.steps.scope.names.posts.standing.regimes;
        if !regimes.contains_key(name) {
            let message = format!("no way of standing in is called \"{name}\"");
            self.steps.report.unknown(at, message, name, regimes.keys().map(String::as_str));
            return None;
        }
        Some(name.to_owned())
    }

    fn field(&mut self, key: &str, wanted: &str, fits: impl Fn(&Type) -> bool) -> Option<FieldId> {
        self.steps.field_under(self.node, self.table, key, &self.owner, wanted, fits)
    }

    fn optional(&mut self, key: &str, wanted: &str, fits: impl Fn(&Type) -> bool) -> Option<FieldId> {
        get(self.table, key)?;
        self.field(key, wanted, fits)
    }

    fn until(&mut self) -> Option<FieldId> {
        self.optional("until", "date", |of| *of == Type::Date)
    }
}
