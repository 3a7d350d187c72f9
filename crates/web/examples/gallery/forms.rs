//! Samples of a form with mistakes in it, and of a list with filters.

use askama::Template;
use cityhall_web::components::card::PageHead;
use cityhall_web::components::choice::{Checkboxes, Choice, ChoiceGroup, Picker, Radios, Select};
use cityhall_web::components::error_summary::{ErrorSummary, FieldError};
use cityhall_web::components::field::{DateField, DateParts, Field, FileField, TextArea, TextField};
use cityhall_web::components::listing::Pagination;
use cityhall_web::components::notice::{Notice, NoticeTone};
use cityhall_web::components::table::{Cell, Column, Row, Table};
use cityhall_web::components::{Lang, Tone};

use crate::{Plain, chrome, section};

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
        TextField::new(field("title", lang.choose("Title", "议题名称")).hint(lang.choose("As it will stand on the agenda", "即议程所列名称")), "").render()?,
        TextArea::new(field("gist", lang.choose("What it asks the meeting to decide", "提请会议决定的事项")), lang.choose("To approve the draft measures.", "审议办法草案。")).rows(4).characters_max(500).render()?,
        Radios { field: field("meeting", lang.choose("Meeting", "会议")), choices: meetings(lang), inline: false }.render()?,
        Select { field: field("openness", lang.choose("Openness", "公开属性")), choices: openness(lang) }.render()?,
        Checkboxes { field: field("assessments", lang.choose("Assessments enclosed", "随附论证材料")).optional(), choices: assessments(lang) }.render()?,
        Picker { field: field("consulted", lang.choose("Bodies to consult", "征求意见单位")).hint(lang.choose("Each must answer within five working days.", "各单位应于5个工作日内回复。")), groups: bodies(lang) }.render()?,
        DateField::new(field("effective", lang.choose("To take effect on", "拟施行日期")), "2027-01-01").render()?,
        DateParts { field: field("signed", lang.choose("Date of the signed original", "签发原件日期")), year: "2026".to_owned(), month: "11".to_owned(), day: "19".to_owned() }.render()?,
        FileField { field: field("draft", lang.choose("Draft text", "草案文本")).hint("PDF, DOCX, OFD"), accept: ".pdf,.docx,.ofd".to_owned() }.render()?,
        submit,
    ];
    let notice = Notice::new(
        NoticeTone::Warning,
        lang.choose("Topics for the 28th meeting close today at 17:00", "第28次会议议题申报今日17:00截止"),
        lang.choose("Later ones stand for the 29th.", "逾时申报的，列入第29次会议。"),
    );
    let form = format!("<form class=\"hall-form\" method=\"post\">{}</form>", parts.concat());
    Plain { chrome: chrome(lang, title, 1), main: vec![errors.render()?, PageHead::new(title).render()?, notice.render()?, form] }.render()
}

fn meetings(lang: Lang) -> Vec<Choice> {
    vec![
        Choice::new("27", lang.choose("27th, 17 November", "第27次（11月17日）")).hint(lang.choose("Its agenda is closed.", "议程已定。")).closed(true),
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
    let regions: [(&str, &str); 4] =
        [("Zhongshan District", "中山区"), ("Xigang District", "西岗区"), ("Zhuanghe City", "庄河市"), ("Changhai County", "长海县")];
    let group = |title: &str, names: &[(&str, &str)]| ChoiceGroup {
        title: title.to_owned(),
        choices: names.iter().enumerate().map(|(index, name)| Choice::new(name.0, lang.choose(name.0, name.1)).chosen(index % 3 == 1)).collect(),
    };
    vec![group(lang.choose("Departments", "市政府组成部门"), &departments), group(lang.choose("Districts, cities and counties", "区市县"), &regions)]
}

/// The supervision ledger: filters, a dense table, pages.
pub fn ledger(lang: Lang) -> Result<String, askama::Error> {
    let title = lang.choose("Supervision ledger", "督查台账");
    let filter = |name: &str, label: &str, choice: &str| Select { field: Field::new(lang, name, label), choices: vec![Choice::new("", choice)] };
    let filters = format!(
        "<form class=\"hall-filters\" method=\"get\"><div class=\"hall-filters__wide\">{}</div>{}{}<button class=\"govuk-button govuk-button--secondary\">{}</button></form>",
        TextField::new(Field::new(lang, "q", lang.choose("Words", "关键词")), "").render()?,
        filter("lead", lang.choose("Lead", "主办单位"), lang.choose("All bodies", "全部单位")).render()?,
        filter("state", lang.choose("State", "状态"), lang.choose("Open", "在办")).render()?,
        lang.choose("Filter", "筛选")
    );
    let pages = Pagination { lang, page: 3, pages: 12, entries: 287, href_prefix: "/supervision?page=".to_owned() };
    let table = section(lang.choose("Tasks", "任务"), &[filters, tasks(lang).render()?, pages.render()?]);
    Plain { chrome: chrome(lang, title, 4), main: vec![PageHead::new(title).render()?, table] }.render()
}

fn tasks(lang: Lang) -> Table {
    let row = |number: &str, task: &str, source: &str, lead: &str, due: (&str, &str), state: (&str, Tone)| {
        Row::new(vec![
            Cell::new(number),
            Cell::link(task, "/").note(source),
            Cell::new(lead),
            Cell::new(due.0).sort_value(due.1),
            Cell::tag(state.0, state.1),
            Cell::new("2"),
        ])
        .tone(state.1)
    };
    let column = |title: &str| Column::new(title);
    let meeting = lang.choose("28th executive meeting, item 1", "第28次常务会议议题一");
    let construction = lang.choose("Housing and Construction Bureau", "市住房城乡建设局");
    let finance = lang.choose("Finance Bureau", "市财政局");
    Table {
        lang,
        caption: lang.choose("Tasks", "任务").to_owned(),
        caption_hidden: true,
        columns: vec![
            column(lang.choose("No.", "编号")),
            column(lang.choose("Task", "任务")).sortable(),
            column(lang.choose("Lead", "主办单位")).sortable(),
            column(lang.choose("Due", "办结时限")).sortable(),
            column(lang.choose("State", "状态")),
            column(lang.choose("Urged", "催办次数")).numeric(),
        ],
        rows: vec![
            row("2026-318", lang.choose("Finish the repair of the heating mains in Xigang", "完成西岗区供热主管网维修"), meeting, construction, (lang.choose("20 Nov", "11月20日"), "2026-11-20"), (lang.choose("Overdue", "已逾期"), Tone::Overdue)),
            row("2026-319", lang.choose("Report on the heating subsidy", "上报供暖补贴测算情况"), meeting, finance, (lang.choose("26 Nov", "11月26日"), "2026-11-26"), (lang.choose("Due soon", "即将到期"), Tone::Due)),
            row("2026-320", lang.choose("Draft the filing catalogue for the fourth quarter", "拟定第四季度备案目录"), lang.choose("Mayor's instruction of 16 November", "市长11月16日批示"), lang.choose("Justice Bureau", "市司法局"), (lang.choose("15 Dec", "12月15日"), "2026-12-15"), (lang.choose("Under way", "办理中"), Tone::Waits)),
            row("2026-301", lang.choose("Answer suggestion No. 214", "答复市人大代表建议第214号"), lang.choose("People's congress", "市人大"), construction, (lang.choose("12 Nov", "11月12日"), "2026-11-12"), (lang.choose("Verified", "已核验办结"), Tone::Done)),
            row("2026-296", lang.choose("Prepare the coastal survey", "筹备海岸线普查"), lang.choose("Withdrawn with its decision", "随原决定撤销"), lang.choose("Natural Resources Bureau", "市自然资源局"), (lang.choose("none", "无"), ""), (lang.choose("Void", "已撤销"), Tone::Void)),
        ],
        ..Table::default()
    }
}
