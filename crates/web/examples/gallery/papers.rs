//! Samples of the rulebook's page and of a paper on the public site.

use askama::Template;
use cityhall_web::components::card::PageHead;
use cityhall_web::components::compare::LawCode;
use cityhall_web::components::paper::Paper;
use cityhall_web::components::{Lang, Link, NavItem, Tag, Tone};

use crate::{Plain, Public, chrome, section};

const CODE: &str = "\
[step.issue-minutes]
who    = { post = \"mayor\", or = \"acting-for\" }
after  = [\"review-minutes\"]
due    = { days = 3, kind = \"working\", from = \"held\" }
refuse = { unless = \"meeting.held\", article = \"8/44\" }
";

pub fn law(lang: Lang) -> Result<String, askama::Error> {
    let title = lang.choose("Chapter 8. Meetings", "第八章 会议制度");
    let article = LawCode {
        lang,
        anchor: "44".to_owned(),
        number: lang.choose("Article 44", "第四十四条").to_owned(),
        subject: lang.choose("The executive meeting", "市政府常务会议").to_owned(),
        tags: vec![Tag::new(lang.choose("Enforced", "可强制执行"), Tone::Done)],
        paragraphs: vec![
            lang.choose(
                "The executive meeting consists of the mayor, the vice mayors and the secretary-general. The mayor convenes and chairs it, or a vice mayor at the mayor's commission.",
                "市政府常务会议由市长、副市长、秘书长组成，由市长或者市长委托的副市长召集和主持。",
            )
            .to_owned(),
            lang.choose("Its minutes are issued by the mayor.", "会议纪要由市长签发。").to_owned(),
        ],
        code: CODE.to_owned(),
    };
    let stated = LawCode {
        anchor: "45".to_owned(),
        number: lang.choose("Article 45", "第四十五条").to_owned(),
        subject: lang.choose("Frugality", "厉行节约").to_owned(),
        tags: vec![Tag::new(lang.choose("Stated", "原则性规定"), Tone::Plain)],
        paragraphs: vec![
            lang.choose("Meetings are few, short and to the point.", "会议应当精简，讲求实效。").to_owned(),
        ],
        code: String::new(),
        ..article.clone()
    };
    let main = vec![
        PageHead::new(title).render()?,
        section(lang.choose("Law and code", "条文与规则"), &[article.render()?, stated.render()?]),
    ];
    Plain { chrome: chrome(lang, title, 6), main }.render()
}

pub fn public(lang: Lang) -> Result<String, askama::Error> {
    let title = lang.choose(
        "Notice on Printing and Distributing the Measures for the Construction of a Sponge City",
        "关于印发《海绵城市建设管理办法》的通知",
    );
    let mut frame = chrome(lang, title, 0);
    frame.person = None;
    frame.nav = [
        ("Papers", "政府文件"),
        ("Decisions", "重大决策"),
        ("Comment on drafts", "意见征集"),
        ("Minutes", "会议公开"),
        ("Ask for information", "依申请公开"),
    ]
    .iter()
    .enumerate()
    .map(|(index, (english, chinese))| NavItem::new(lang.choose(*english, *chinese), "/public").active(index == 0))
    .collect();
    let paragraphs: Vec<&str> = lang.choose(
        vec![
            "The Measures for the Construction of a Sponge City were adopted by the 28th executive meeting of the 16th municipal government. They are hereby issued to you; please carry them out.",
            "Article 1. These Measures are made under the laws and regulations in force and in the light of this city's conditions, to order the construction and operation of the sponge city.",
            "Article 2. They apply to planning, construction, operation and supervision within the administrative area of this city.",
        ],
        vec![
            "《海绵城市建设管理办法》已经大连市第十六届人民政府第28次常务会议审议通过，现印发给你们，请认真贯彻执行。",
            "第一条　为规范本市海绵城市建设和运行管理，根据有关法律、法规规定，结合本市实际，制定本办法。",
            "第二条　本市行政区域内海绵城市的规划、建设、运行维护和监督管理，适用本办法。",
        ],
    );
    let paper = Paper {
        lang,
        head: lang.choose("Dalian Municipal People's Government", "大连市人民政府文件").to_owned(),
        number: lang.choose("Dazhengfa [2026] No. 28", "大政发〔2026〕28号").to_owned(),
        title: title.to_owned(),
        addressees: lang
            .choose(
                "To the people's governments of all districts, cities and counties, and all commissions and bureaus:",
                "各区、市、县人民政府，各先导区管委会，市政府各委办局、各直属机构：",
            )
            .to_owned(),
        paragraphs: paragraphs.into_iter().map(str::to_owned).collect(),
        issuer: lang.choose("Dalian Municipal People's Government", "大连市人民政府").to_owned(),
        date: lang.choose("27 November 2026", "2026年11月27日").to_owned(),
        links: vec![
            Link::new(lang.choose("What it means: the interpretation", "政策解读"), "/"),
            Link::new(lang.choose("How it was decided: comments and replies", "意见征集及采纳情况"), "/"),
        ],
        ..Paper::default()
    };
    Public { chrome: frame, main: vec![paper.render()?] }.render()
}
