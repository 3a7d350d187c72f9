//! The rest of a matter's page: facts, history, clocks, links.

use askama::Template;
use cityhall_web::components::clock::{Clock, LinkPanel, PanelEntry};
use cityhall_web::components::summary_list::{SummaryList, SummaryRow};
use cityhall_web::components::timeline::{Timeline, TimelineEntry};
use cityhall_web::components::{Lang, Link, Tag, Tone};

use crate::article;

pub fn facts(lang: Lang) -> SummaryList {
    SummaryList::new(vec![
        SummaryRow::new(
            lang.choose("Lead", "主办单位"),
            lang.choose("Housing and Construction Bureau", "市住房城乡建设局"),
        ),
        SummaryRow {
            values: vec![
                lang.choose("Natural Resources Bureau: countersigned", "市自然资源局：已会签").to_owned(),
                lang.choose("Water Affairs Bureau: countersigned with reservations", "市水务局：会签，保留意见")
                    .to_owned(),
            ],
            actions: vec![Link::new(lang.choose("Opinions", "查看意见"), "/")],
            ..SummaryRow::new(
                lang.choose("Countersigned", "会签"),
                lang.choose("Finance Bureau: countersigned", "市财政局：已会签"),
            )
        },
        SummaryRow::new(
            lang.choose("Openness", "公开属性"),
            lang.choose("Open; published within 20 working days of issue", "主动公开；印发之日起20个工作日内公布"),
        ),
        SummaryRow {
            values: Vec::new(),
            articles: vec![article(lang, 24, "二十四"), article(lang, 26, "二十六")],
            ..SummaryRow::new(lang.choose("Rests on", "依据"), "")
        },
    ])
}

pub fn history(lang: Lang) -> Timeline {
    let entry = |title: &str, when: &str, who: &str| TimelineEntry::new(title, when, who);
    Timeline {
        lang,
        entries: vec![
            TimelineEntry {
                capacity: lang.choose("acting for the mayor, order 2026-31", "代行市长职责（代行令2026-31）").to_owned(),
                words: lang
                    .choose("Keep the third tier as the bureau proposes. Bring the Water Affairs Bureau's grounds to the meeting.", "第三阶梯按原方案报会，市水务局的理由一并列明。")
                    .to_owned(),
                articles: vec![article(lang, 10, "十")],
                ..entry(lang.choose("Wrote an instruction", "作出批示"), lang.choose("21 Nov 09:42", "11月21日 09:42"), lang.choose("Executive vice mayor", "常务副市长"))
            },
            TimelineEntry {
                links: vec![Link::new(lang.choose("Compare the two texts", "对比两版文本"), "/")],
                ..entry(lang.choose("Changed the draft", "修改草案文本"), lang.choose("19 Nov 16:05", "11月19日 16:05"), lang.choose("Housing and Construction Bureau", "市住房城乡建设局"))
            },
            TimelineEntry {
                undone: true,
                tags: vec![Tag::new(lang.choose("Void", "已失效"), Tone::Void)],
                ..entry(lang.choose("Found it lawful", "审查合法"), lang.choose("12 Nov 11:20", "11月12日 11:20"), lang.choose("Justice Bureau", "市司法局"))
            },
        ],
    }
}

pub fn side(lang: Lang) -> Result<Vec<String>, askama::Error> {
    let clock = |title: &str, due: &str, remaining: &str, tone| Clock {
        lang,
        title: title.to_owned(),
        due: due.to_owned(),
        remaining: remaining.to_owned(),
        tone,
        ..Clock::default()
    };
    let review = Clock {
        explanation: vec![
            lang.choose("Text changed on 19 November", "11月19日修改文本").to_owned(),
            lang.choose("plus 5 working days; 21 and 22 November are a weekend", "加5个工作日；11月21日、22日为周末")
                .to_owned(),
        ],
        articles: vec![article(lang, 27, "二十七")],
        ..clock(
            lang.choose("Send to review", "送审"),
            lang.choose("26 November 2026", "2026年11月26日"),
            lang.choose("3 working days left", "剩余3个工作日"),
            Tone::Due,
        )
    };
    let minutes = clock(
        lang.choose("Answer the district", "答复区政府来文"),
        lang.choose("20 November 2026", "2026年11月20日"),
        lang.choose("1 working day late", "逾期1个工作日"),
        Tone::Overdue,
    );
    let comment = clock(
        lang.choose("Public comment", "公开征求意见"),
        lang.choose("7 December 2026", "2026年12月7日"),
        lang.choose("runs for 14 more days", "尚余14日"),
        Tone::Plain,
    );
    let stopped = clock(
        lang.choose("Reply to the proposal", "提案答复"),
        lang.choose("stopped", "已中止计时"),
        lang.choose("since 16 November, at the deputies' wish", "自11月16日起，应提案者要求"),
        Tone::Waits,
    );
    let links = LinkPanel {
        title: lang.choose("Belongs together", "关联事项").to_owned(),
        entries: vec![
            PanelEntry::new(
                Link::new(lang.choose("28th executive meeting, item 2", "第28次常务会议议题二"), "/"),
                lang.choose("24 November", "11月24日"),
            ),
            PanelEntry::new(
                Link::new(lang.choose("Suggestion No. 214 of a deputy", "市人大代表建议第214号"), "/"),
                lang.choose("answered", "已答复"),
            ),
        ],
    };
    Ok(vec![minutes.render()?, review.render()?, comment.render()?, stopped.render()?, links.render()?])
}
