//! A sample of a matter's page: what was refused, and the path.

use askama::Template;
use cityhall_web::components::card::PageHead;
use cityhall_web::components::listing::Tabs;
use cityhall_web::components::refusal::{Reason, RefusalPanel, WhyNot};
use cityhall_web::components::step_path::{PathStep, StepPath, StepState};
use cityhall_web::components::{Lang, Link, NavItem, Tag, Tone};

use crate::{WithSide, article, chrome, record, section};

pub fn page(lang: Lang) -> Result<String, askama::Error> {
    let title = lang.choose("Measures for the construction of a sponge city", "海绵城市建设管理办法（草案）");
    let mut frame = chrome(lang, title, 3);
    frame.crumbs = vec![
        Link::new(lang.choose("Matters", "事项"), "/matters"),
        Link::new(lang.choose("Major administrative decisions", "重大行政决策"), "/matters"),
    ];
    let head = PageHead {
        kind: lang.choose("Major administrative decision", "重大行政决策").to_owned(),
        number: lang.choose("2026-MD-12", "2026-决策-12").to_owned(),
        tags: vec![
            Tag::new(lang.choose("Yours now", "待我办理"), Tone::Mine),
            Tag::new(lang.choose("Legality review waits", "合法性审查待办"), Tone::Waits),
            Tag::new(lang.choose("Opinion void", "意见已失效"), Tone::Void),
        ],
        ..PageHead::new(title)
    };
    let tab = |english, chinese, count, active| {
        NavItem::new(lang.choose::<&str>(english, chinese), "/").count(count).active(active)
    };
    let tabs = Tabs {
        label: title.to_owned(),
        items: vec![
            tab("Path", "办理流程", 0, true),
            tab("Papers", "材料", 6, false),
            tab("Opinions", "各方意见", 4, false),
            tab("History", "办理记录", 23, false),
        ],
    };
    let why_not =
        WhyNot {
            lang, act: lang.choose("Decide", "作出决定").to_owned(), reasons: vec![earliest(lang)], open: false
        };
    let main = vec![
        head.render()?,
        refusal(lang).render()?,
        tabs.render()?,
        section(lang.choose("The path", "办理流程"), &[path(lang).render()?, why_not.render()?]),
        section(lang.choose("The matter", "基本情况"), &[record::facts(lang).render()?]),
        section(lang.choose("What happened", "办理记录"), &[record::history(lang).render()?]),
    ];
    WithSide { chrome: frame, main, side: record::side(lang)? }.render()
}

fn earliest(lang: Lang) -> Reason {
    Reason {
        missing: vec![
            lang.choose("the close of the public comment period (30 days)", "公开征求意见期满（30日）").to_owned(),
        ],
        who: vec![lang.choose("nobody: it runs by itself", "期满自动满足").to_owned()],
        earliest: lang.choose("Tuesday, 8 December 2026", "2026年12月8日（星期二）").to_owned(),
        ..Reason::new(
            article(lang, 26, "二十六"),
            lang.choose(
                "A decision may not be taken while the public can still comment.",
                "公开征求意见期间，不得作出决定。",
            ),
        )
    }
}

fn refusal(lang: Lang) -> RefusalPanel {
    RefusalPanel {
        lang,
        act: lang.choose("take it to collective discussion", "提交集体讨论").to_owned(),
        reasons: vec![
            Reason {
                missing: vec![
                    lang.choose("a legality opinion on the text of 19 November", "针对11月19日文本的合法性审查意见书")
                        .to_owned(),
                ],
                who: vec![lang.choose("Justice Bureau", "市司法局").to_owned()],
                earliest: lang.choose("Monday, 30 November 2026", "2026年11月30日（星期一）").to_owned(),
                remedies: vec![Link::new(lang.choose("Ask for the review", "送请合法性审查"), "/")],
                ..Reason::new(
                    article(lang, 27, "二十七"),
                    lang.choose(
                        "What has not passed legality review may not be submitted for discussion.",
                        "未经合法性审查或者经审查不合法的，不得提交讨论。",
                    ),
                )
            },
            earliest(lang),
        ],
        before: false,
    }
}

fn path(lang: Lang) -> StepPath {
    let step = |title: &str, state, who: &str, when: &str, articles| PathStep {
        who: who.to_owned(),
        when: when.to_owned(),
        articles,
        ..PathStep::new(title, state)
    };
    let justice = lang.choose("Justice Bureau", "市司法局");
    let bureau = lang.choose("Housing and Construction Bureau", "市住房城乡建设局");
    let mut not_needed =
        step(lang.choose("Hearing", "听证"), StepState::NotNeeded, "", "", vec![article(lang, 26, "二十六")]);
    not_needed.note = lang
        .choose(
            "No one's vital interest is at stake; the risk assessment found it low.",
            "不涉及群众重大切身利益；风险评估等级为低。",
        )
        .to_owned();
    let mut void = step(
        lang.choose("Legality review", "合法性审查"),
        StepState::Void,
        justice,
        lang.choose("12 November", "11月12日"),
        vec![article(lang, 27, "二十七")],
    );
    void.note = lang
        .choose(
            "The text was changed on 19 November; the opinion judged the text of 9 November.",
            "文本于11月19日修改；该意见针对11月9日文本。",
        )
        .to_owned();
    let mut mine = step(
        lang.choose("Send the changed text to review again", "将修改稿重新送审"),
        StepState::Mine,
        lang.choose("Executive vice mayor, for the portfolio", "常务副市长（分管）"),
        lang.choose("due 26 November", "11月26日到期"),
        vec![article(lang, 8, "八"), article(lang, 27, "二十七")],
    );
    mine.href = "/".to_owned();
    let mut waits = step(
        lang.choose("Collective discussion", "集体讨论决定"),
        StepState::Waits,
        lang.choose("Executive meeting", "市政府常务会议"),
        "",
        vec![article(lang, 28, "二十八")],
    );
    waits.note = lang
        .choose("Waits for the review and the close of comments.", "待合法性审查通过、公开征求意见期满。")
        .to_owned();
    StepPath {
        lang,
        steps: vec![
            step(
                lang.choose("Proposal", "提出决策建议"),
                StepState::Done,
                bureau,
                lang.choose("3 September", "9月3日"),
                vec![article(lang, 25, "二十五")],
            ),
            step(
                lang.choose("Expert argument", "专家论证"),
                StepState::Done,
                bureau,
                lang.choose("20 October", "10月20日"),
                vec![article(lang, 26, "二十六")],
            ),
            not_needed,
            step(
                lang.choose("Public comment", "公开征求意见"),
                StepState::Open,
                bureau,
                lang.choose("8 November to 7 December", "11月8日至12月7日"),
                vec![article(lang, 26, "二十六")],
            ),
            void,
            mine,
            waits,
            step(
                lang.choose("Post-evaluation", "决策后评估"),
                StepState::Waits,
                bureau,
                "",
                vec![article(lang, 28, "二十八")],
            ),
        ],
    }
}
