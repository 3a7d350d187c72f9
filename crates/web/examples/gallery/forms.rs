//! A sample of a form with mistakes in it.

use askama::Template;
use cityhall_web::components::Lang;
use cityhall_web::components::card::PageHead;
use cityhall_web::components::choice::{Checkboxes, Choice, ChoiceGroup, Picker, Radios, Select};
use cityhall_web::components::error_summary::{ErrorSummary, FieldError};
use cityhall_web::components::field::{DateField, DateParts, Field, FileField, TextArea, TextField};
use cityhall_web::components::notice::{Notice, NoticeTone};

use crate::{Plain, chrome};

pub fn page(lang: Lang) -> Result<String, askama::Error> {
    let title = lang.choose("Propose a topic for an executive meeting", "申报常务会议议题");
    let errors = ErrorSummary {
        lang,
        errors: vec![
            FieldError::new("title", lang.choose("Give the topic a title", "请填写议题名称")),
            FieldError::new("meeting", lang.choose("Choose a meeting that is still open", "请选择仍可申报的会议")),
        ],
    };
    let field = |name: &str, label: &str| Field::new(lang, name, label).error(errors.of(name));
    let submit = format!(
        "<div class=\"hall-actions\"><button class=\"govuk-button\">{}</button><button class=\"govuk-button govuk-button--secondary\">{}</button></div>",
        lang.choose("Submit", "提交"),
        lang.choose("Keep as a draft", "暂存")
    );
    let parts = [
        TextField::new(
            field("title", lang.choose("Title", "议题名称"))
                .hint(lang.choose("As it will stand on the agenda", "即议程所列名称")),
            "",
        )
        .render()?,
        TextArea::new(
            field("gist", lang.choose("What it asks the meeting to decide", "提请会议决定的事项")),
            lang.choose("To approve the draft measures.", "审议办法草案。"),
        )
        .rows(4)
        .characters_max(500)
        .render()?,
        Radios { field: field("meeting", lang.choose("Meeting", "会议")), choices: meetings(lang), inline: false }
            .render()?,
        Select::new(field("openness", lang.choose("Openness", "公开属性")), openness(lang)).render()?,
        Checkboxes {
            field: field("assessments", lang.choose("Assessments enclosed", "随附论证材料")).optional(),
            choices: assessments(lang),
        }
        .render()?,
        Picker {
            field: field("consulted", lang.choose("Bodies to consult", "征求意见单位"))
                .hint(lang.choose("Each must answer within five working days.", "各单位应于5个工作日内回复。")),
            groups: bodies(lang),
        }
        .render()?,
        DateField::new(field("effective", lang.choose("To take effect on", "拟施行日期")), "2027-01-01").render()?,
        DateParts {
            field: field("signed", lang.choose("Date of the signed original", "签发原件日期")),
            year: "2026".to_owned(),
            month: "11".to_owned(),
            day: "19".to_owned(),
        }
        .render()?,
        FileField {
            field: field("draft", lang.choose("Draft text", "草案文本")).hint("PDF, DOCX, OFD"),
            accept: ".pdf,.docx,.ofd".to_owned(),
        }
        .render()?,
        submit,
    ];
    let notice = Notice::new(
        NoticeTone::Warning,
        lang.choose("Topics for the 28th meeting close today at 17:00", "第28次会议议题申报今日17:00截止"),
        lang.choose("Later ones stand for the 29th.", "逾时申报的，列入第29次会议。"),
    );
    let form = format!("<form class=\"hall-form\" method=\"post\">{}</form>", parts.concat());
    Plain {
        chrome: chrome(lang, title, 1),
        main: vec![errors.render()?, PageHead::new(title).render()?, notice.render()?, form],
    }
    .render()
}

fn meetings(lang: Lang) -> Vec<Choice> {
    vec![
        Choice::new("27", lang.choose("27th, 17 November", "第27次（11月17日）"))
            .hint(lang.choose("Its agenda is closed.", "议程已定。"))
            .closed(true),
        Choice::new("28", lang.choose("28th, 24 November", "第28次（11月24日）")),
        Choice::new("29", lang.choose("29th, 8 December", "第29次（12月8日）")).chosen(true),
    ]
}

fn openness(lang: Lang) -> Vec<Choice> {
    vec![
        Choice::new("open", lang.choose("Open", "主动公开")).chosen(true),
        Choice::new("request", lang.choose("On request, with a legal ground", "依申请公开（须注明依据）")),
    ]
}

fn assessments(lang: Lang) -> Vec<Choice> {
    vec![
        Choice::new("experts", lang.choose("Expert argument", "专家论证意见")).chosen(true),
        Choice::new("risk", lang.choose("Risk assessment", "社会稳定风险评估")),
        Choice::new("fairness", lang.choose("Fair-competition review", "公平竞争审查")),
    ]
}

fn bodies(lang: Lang) -> Vec<ChoiceGroup> {
    let departments: [(&str, &str); 9] = [
        ("Development and Reform Commission", "市发展改革委"),
        ("Finance Bureau", "市财政局"),
        ("Justice Bureau", "市司法局"),
        ("Natural Resources Bureau", "市自然资源局"),
        ("Ecology and Environment Bureau", "市生态环境局"),
        ("Housing and Construction Bureau", "市住房城乡建设局"),
        ("Transport Bureau", "市交通运输局"),
        ("Water Affairs Bureau", "市水务局"),
        ("Audit Bureau", "市审计局"),
    ];
    let regions: [(&str, &str); 4] = [
        ("Zhongshan District", "中山区"),
        ("Xigang District", "西岗区"),
        ("Zhuanghe City", "庄河市"),
        ("Changhai County", "长海县"),
    ];
    let group = |title: &str, names: &[(&str, &str)]| ChoiceGroup {
        title: title.to_owned(),
        choices: names
            .iter()
            .enumerate()
            .map(|(index, name)| Choice::new(name.0, lang.choose(name.0, name.1)).chosen(index % 3 == 1))
            .collect(),
    };
    vec![
        group(lang.choose("Departments", "市政府组成部门"), &departments),
        group(lang.choose("Districts, cities and counties", "区市县"), &regions),
    ]
}
