//! The agenda of a meeting and who attends it, each in one of four capacities.

use askama::Template;

use super::{ArticleLink, Lang, Link, Tag};

/// One numbered item.
#[derive(Clone, Debug, Default)]
pub struct AgendaItem {
    /// As it stands on the agenda, such as `一` or `1`.
    pub number: String,
    pub title: String,
    pub href: String,
    /// Who reports on it.
    pub reporter: String,
    /// Whom it concerns and who is invited for it, each with what they are.
    pub concerned: Vec<String>,
    /// Minutes set aside for it; 0 where none are.
    pub minutes: u16,
    pub tags: Vec<Tag>,
    /// What it lacks before it may stand on an agenda.
    pub lacks: Vec<String>,
    pub articles: Vec<ArticleLink>,
    pub actions: Vec<Link>,
}

#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/agenda.html")]
pub struct Agenda {
    pub lang: Lang,
    pub caption: String,
    pub items: Vec<AgendaItem>,
}

impl Agenda {
    /// Whether time is set aside for any item.
    fn timed(&self) -> bool {
        self.items.iter().any(|item| item.minutes > 0)
    }

    /// The minutes of all items together, in a sentence.
    fn together(&self) -> String {
        together(self.lang, self.items.iter().map(|item| item.minutes))
    }
}

/// The minutes of items together, in a sentence; 0: nothing is said of an item.
pub fn together(lang: Lang, items: impl Iterator<Item = u16> + Clone) -> String {
    let minutes: u32 = items.clone().map(u32::from).sum();
    let untimed = items.filter(|minutes| *minutes == 0).count();
    let key = if untimed > 0 { "agenda-together-untimed" } else { "agenda-together" };
    lang.t_args(key, &[("minutes", &minutes), ("untimed", &untimed)])
}

/// The four capacities in which one attends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attends {
    /// Chairs the meeting.
    Chair,
    /// Is a member of the body.
    Member,
    /// Sits in without being a member.
    SitsIn,
    /// Is invited for one item.
    Invited,
}

impl Attends {
    pub const ALL: [Self; 4] = [Self::Chair, Self::Member, Self::SitsIn, Self::Invited];

    pub fn word(self) -> &'static str {
        match self {
            Self::Chair => "chair",
            Self::Member => "member",
            Self::SitsIn => "sits-in",
            Self::Invited => "invited",
        }
    }

    fn text_key(self) -> &'static str {
        match self {
            Self::Chair => "attends-chair",
            Self::Member => "attends-member",
            Self::SitsIn => "attends-sits-in",
            Self::Invited => "attends-invited",
        }
    }
}

/// One who attends, or does not.
#[derive(Clone, Debug)]
pub struct Attendee {
    pub attends: Attends,
    /// The post or the body.
    pub who: String,
    /// Which items, who stands in, why absent.
    pub note: String,
    pub absent: bool,
}

#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/attendance.html")]
pub struct Attendance {
    pub lang: Lang,
    pub attendees: Vec<Attendee>,
}

impl Attendance {
    fn groups(&self) -> Vec<(Attends, Vec<&Attendee>)> {
        Attends::ALL
            .into_iter()
            .map(|attends| (attends, self.attendees.iter().filter(|one| one.attends == attends).collect::<Vec<_>>()))
            .filter(|(_, attendees)| !attendees.is_empty())
            .collect()
    }
}

renders_html!(Agenda, Attendance);
