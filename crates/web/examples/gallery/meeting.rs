//! A sample of a meeting: agenda, attendance, two versions compared.

use askama::Template;
use cityhall_web::components::agenda::{Agenda, AgendaItem, Attendance, Attendee, Attends};
use cityhall_web::components::card::PageHead;
use cityhall_web::components::compare::{Change, Compare, ComparedLine};
use cityhall_web::components::{Lang, Link, Tag, Tone};

use crate::{Plain, article, chrome, section};

pub fn page(lang: Lang) -> Result<String, askama::Error> {
    let title =
        lang.choose("28th executive meeting of the 16th municipal government", "大连市人民政府第十六届第28次常务会议");
    let mut frame = chrome(lang, title, 1);
    frame.crumbs = vec![Link::new(lang.choose("Meetings", "会议"), "/meetings")];
    let head = PageHead {
        kind: lang.choose("Executive meeting", "常务会议").to_owned(),
        number: lang.choose("2026-EM-28", "2026-常务-28").to_owned(),
        tags: vec![Tag::new(lang.choose("Agenda, version 3", "议程第3版"), Tone::Waits)],
        lead: lang
            .choose("Tuesday, 24 November 2026, 14:30, meeting room 1. The executive vice mayor chairs at the mayor's commission.", "2026年11月24日（星期二）14:30，第一会议室。受市长委托，由常务副市长主持。")
            .to_owned(),
        actions: vec![Link::new(lang.choose("Send out", "印发议程"), "/"), Link::new(lang.choose("Change", "调整议程"), "/")],
        ..PageHead::new(title)
    };
    let main = vec![
        head.render()?,
        section(lang.choose("Agenda", "议程"), &[agenda(lang).render()?]),
        section(lang.choose("Who attends", "参会人员"), &[attendance(lang).render()?]),
        section(lang.choose("Version 3 against version 2", "第3版与第2版对比"), &[compare(lang).render()?]),
    ];
    Plain { chrome: frame, main }.render()
}

fn agenda(lang: Lang) -> Agenda {
    let item = |number: (&str, &str), title: &str, reporter: &str, concerned: &[&str], minutes| AgendaItem {
        number: lang.choose(number.0, number.1).to_owned(),
        title: title.to_owned(),
        href: "/".to_owned(),
        reporter: reporter.to_owned(),
        concerned: concerned.iter().map(|who| (*who).to_owned()).collect(),
        minutes,
        ..AgendaItem::default()
    };
    Agenda {
        lang,
        caption: lang.choose("Three items, 55 minutes", "议题3项，共55分钟").to_owned(),
        items: vec![
            AgendaItem {
                tags: vec![Tag::new(lang.choose("Ready", "材料齐备"), Tone::Done)],
                ..item(
                    ("1", "一"),
                    lang.choose(
                        "On securing heat supply in the winter of 2026",
                        "关于2026年冬季供暖保障工作情况的汇报",
                    ),
                    lang.choose("Housing and Construction Bureau", "市住房城乡建设局"),
                    &[lang.choose("Finance Bureau", "市财政局"), lang.choose("Zhongshan District", "中山区政府")],
                    20,
                )
            },
            AgendaItem {
                tags: vec![Tag::new(lang.choose("Not ready", "条件未齐"), Tone::Refused)],
                articles: vec![article(lang, 46, "四十六")],
                lacks: vec![
                    lang.choose("the legality opinion", "合法性审查意见").to_owned(),
                    lang.choose("one countersignature", "1家单位会签").to_owned(),
                ],
                ..item(
                    ("2", "二"),
                    lang.choose(
                        "Measures for the construction of a sponge city (draft)",
                        "审议《海绵城市建设管理办法（草案）》",
                    ),
                    lang.choose("Housing and Construction Bureau", "市住房城乡建设局"),
                    &[
                        lang.choose("Justice Bureau", "市司法局"),
                        lang.choose("Water Affairs Bureau", "市水务局"),
                        lang.choose("Jinpu New Area", "金普新区管委会"),
                    ],
                    25,
                )
            },
            AgendaItem {
                tags: vec![
                    Tag::new(lang.choose("Ready", "材料齐备"), Tone::Done),
                    Tag::new(lang.choose("Not open", "不予公开"), Tone::Plain),
                ],
                ..item(
                    ("3", "三"),
                    lang.choose("Filing of two departmental normative documents", "部门规范性文件备案事项（2件）"),
                    lang.choose("Justice Bureau", "市司法局"),
                    &[],
                    10,
                )
            },
        ],
    }
}

fn attendance(lang: Lang) -> Attendance {
    let one = |attends, who: &str, note: &str, absent| Attendee {
        attends,
        who: who.to_owned(),
        note: note.to_owned(),
        absent,
    };
    Attendance {
        lang,
        attendees: vec![
            one(
                Attends::Chair,
                lang.choose("Executive vice mayor", "常务副市长"),
                lang.choose("at the mayor's commission", "受市长委托"),
                false,
            ),
            one(Attends::Member, lang.choose("Mayor", "市长"), lang.choose("visit abroad", "出访"), true),
            one(Attends::Member, lang.choose("Vice mayor for construction", "分管城建副市长"), "", false),
            one(Attends::Member, lang.choose("Vice mayor for agriculture", "分管农业副市长"), "", false),
            one(Attends::Member, lang.choose("Secretary-general", "秘书长"), "", false),
            one(Attends::SitsIn, lang.choose("Director of the Justice Bureau", "市司法局局长"), "", false),
            one(
                Attends::SitsIn,
                lang.choose("Director of the Finance Bureau", "市财政局局长"),
                lang.choose("deputy director instead", "由副局长代"),
                true,
            ),
            one(
                Attends::Invited,
                lang.choose("Head of Zhongshan District", "中山区区长"),
                lang.choose("item 1", "议题一"),
                false,
            ),
            one(
                Attends::Invited,
                lang.choose("Two deputies of the people's congress", "市人大代表2名"),
                lang.choose("item 2", "议题二"),
                false,
            ),
        ],
    }
}

fn compare(lang: Lang) -> Compare {
    let same =
        lang.choose("1. On securing heat supply in the winter of 2026", "一、关于2026年冬季供暖保障工作情况的汇报");
    Compare {
        lang,
        before_title: lang.choose("Version 2, 19 November", "第2版，11月19日").to_owned(),
        after_title: lang.choose("Version 3, 22 November", "第3版，11月22日").to_owned(),
        lines: vec![
            ComparedLine::new(Change::Same, same, same),
            ComparedLine::new(
                Change::Altered,
                lang.choose("2. Sponge city: report on progress", "二、海绵城市建设进展情况汇报"),
                lang.choose(
                    "2. Measures for the construction of a sponge city (draft)",
                    "二、审议《海绵城市建设管理办法（草案）》",
                ),
            ),
            ComparedLine::new(
                Change::Removed,
                lang.choose("3. Congratulatory letter to a trade fair", "三、关于致某展会贺信事宜"),
                "",
            ),
            ComparedLine::new(
                Change::Added,
                "",
                lang.choose("3. Filing of two departmental normative documents", "三、部门规范性文件备案事项（2件）"),
            ),
        ],
    }
}
