//! A sample of *My desk*.

use askama::Template;
use cityhall_web::components::card::{Card, Figure, Figures, PageHead, Said};
use cityhall_web::components::listing::EmptyState;
use cityhall_web::components::notice::NoticeTone;
use cityhall_web::components::{Flash, Lang, Link, Tag, Tone};

use crate::{Plain, article, chrome, section};

pub fn page(lang: Lang) -> Result<String, askama::Error> {
    let title = lang.choose("My desk", "我的办公桌");
    let mut frame = chrome(lang, title, 0);
    frame.flash = Some(Flash {
        tone: NoticeTone::Success,
        title: lang.choose("Sent to the Justice Bureau", "已转送市司法局").to_owned(),
        text: lang.choose("The legality review is due by 30 November.", "合法性审查时限为11月30日。").to_owned(),
    });
    let lead = lang.choose(
        "Monday, 23 November 2026. You act as executive vice mayor, and for the mayor while the mayor is abroad.",
        "2026年11月23日，星期一。您以常务副市长身份办理；市长出访期间，代行市长职责。",
    );
    let head = PageHead { lead: lead.to_owned(), ..PageHead::new(title) };
    let waiting = [minutes(lang), decision(lang)];
    let waiting: Result<Vec<String>, _> = waiting.iter().map(Template::render).collect();
    let nothing = EmptyState::new(
        lang.choose("Nothing else waits for you", "暂无其他待办"),
        lang.choose("What you passed on is under Matters.", "您转出的事项见“事项”。"),
    );
    let main = vec![
        head.render()?,
        figures(lang).render()?,
        section(lang.choose("Decide today", "今日须办"), &waiting?),
        section(lang.choose("For information", "阅知"), &[nothing.render()?]),
    ];
    Plain { chrome: frame, main }.render()
}

fn figures(lang: Lang) -> Figures {
    let figure = |number: &str, name: &str, tone| Figure {
        number: number.to_owned(),
        name: name.to_owned(),
        href: "/".to_owned(),
        tone,
    };
    Figures {
        figures: vec![
            figure("7", lang.choose("wait for you", "待我办理"), Tone::Mine),
            figure("1", lang.choose("overdue", "已逾期"), Tone::Overdue),
            figure("2", lang.choose("due in 3 working days", "3个工作日内到期"), Tone::Due),
            figure("14", lang.choose("wait for others", "待他人办理"), Tone::Waits),
            figure("38", lang.choose("done this month", "本月已办"), Tone::Done),
        ],
    }
}

fn minutes(lang: Lang) -> Card {
    Card {
        lang,
        title: lang
            .choose("Minutes of the 28th executive meeting of the 16th municipal government", "大连市人民政府第十六届第28次常务会议纪要")
            .to_owned(),
        href: "/matters/2026-EM-28".to_owned(),
        is_new: true,
        number: lang.choose("2026-EM-28", "大政常纪〔2026〕28号").to_owned(),
        kind: lang.choose("Executive meeting · minutes", "常务会议 · 纪要").to_owned(),
        tags: vec![Tag::new(lang.choose("Overdue", "已逾期"), Tone::Overdue), Tag::new(lang.choose("Urgent", "加急"), Tone::Urgent)],
        due: lang.choose("due 20 November, one working day late", "应于11月20日办结，逾期1个工作日").to_owned(),
        facts: vec![],
        gist: lang
            .choose(
                "Three items were settled: heat supply for the winter, the sponge-city measures, and the filing of two departmental documents. Five tasks follow from them.",
                "审定议题三项：冬季供暖保障、海绵城市建设管理办法、两件部门规范性文件备案。由此形成任务五项。",
            )
            .to_owned(),
        why: lang
            .choose("Minutes of an executive meeting are issued by the mayor; you act for the mayor from 18 to 27 November.", "常务会议纪要由市长签发；11月18日至27日由您代行市长职责。")
            .to_owned(),
        articles: vec![article(lang, 44, "四十四"), article(lang, 10, "十")],
        said: vec![
            said(lang.choose("Secretary-general", "秘书长"), lang.choose("Reviewed, agrees", "已审核，同意"), lang.choose("“Items 2 and 3 checked against the recording.”", "“议题二、三已与录音核对。”"), Tone::Done),
            said(lang.choose("Justice Bureau", "市司法局"), lang.choose("No objection", "无意见"), "", Tone::Done),
        ],
        actions: vec![
            Link::new(lang.choose("Issue", "签发"), "/"),
            Link::new(lang.choose("Return with reasons", "退回并说明理由"), "/"),
            Link::new(lang.choose("Pass on", "转办"), "/"),
        ],
        tone: Tone::Overdue,
        ..Card::default()
    }
}

fn decision(lang: Lang) -> Card {
    Card {
        lang,
        title: lang
            .choose(
                "Adjusting the price of residential water supply in the main urban area",
                "关于调整主城区居民生活用水价格的请示",
            )
            .to_owned(),
        href: "/matters/2026-MD-9".to_owned(),
        is_new: false,
        number: lang.choose("2026-MD-9", "大发改请〔2026〕112号").to_owned(),
        kind: lang.choose("Major administrative decision", "重大行政决策").to_owned(),
        tags: vec![
            Tag::new(lang.choose("Yours", "待我办理"), Tone::Mine),
            Tag::new(lang.choose("Due in 3 days", "3日内到期"), Tone::Due),
        ],
        due: lang.choose("due 26 November", "11月26日到期").to_owned(),
        facts: vec![],
        gist: lang
            .choose(
                "The Development and Reform Commission asks to take this to collective discussion.",
                "市发展改革委请示将本事项提交集体讨论。",
            )
            .to_owned(),
        why: lang.choose("Water supply is in your portfolio.", "供水属您分管范围。").to_owned(),
        articles: vec![article(lang, 8, "八")],
        said: vec![
            said(lang.choose("Finance Bureau", "市财政局"), lang.choose("Agrees", "同意"), "", Tone::Done),
            said(
                lang.choose("Water Affairs Bureau", "市水务局"),
                lang.choose("Disagrees", "不同意"),
                lang.choose("“The third tier should begin at 300 m³.”", "“第三阶梯宜自300立方米起计。”"),
                Tone::Refused,
            ),
        ],
        missing: vec![
            lang.choose("the hearing report", "听证报告").to_owned(),
            lang.choose("the legality opinion", "合法性审查意见书").to_owned(),
        ],
        actions: vec![Link::new(lang.choose("Open", "办理"), "/"), Link::new(lang.choose("Instruct", "批示"), "/")],
        tone: Tone::Mine,
    }
}

fn said(who: &str, outcome: &str, words: &str, tone: Tone) -> Said {
    Said { who: who.to_owned(), words: words.to_owned(), tag: Some(Tag::new(outcome, tone)) }
}
