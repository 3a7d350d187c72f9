//! A sample of a long list: filters, a dense table, pages.

use askama::Template;
use cityhall_web::components::card::PageHead;
use cityhall_web::components::choice::{Choice, Select};
use cityhall_web::components::field::{Field, TextField};
use cityhall_web::components::listing::Pagination;
use cityhall_web::components::table::{Cell, Column, Row, Table};
use cityhall_web::components::{Lang, Tone};

use crate::{Plain, chrome, section};

/// The supervision ledger.
pub fn page(lang: Lang) -> Result<String, askama::Error> {
    let title = lang.choose("Supervision ledger", "督查台账");
    let filter = |name: &str, label: &str, choice: &str| {
        Select::new(Field::new(lang, name, label), vec![Choice::new("", choice)])
    };
    let filters = format!(
        "<form class=\"hall-filters\" method=\"get\"><div class=\"hall-filters__wide\">{}</div>{}{}<button class=\"govuk-button govuk-button--secondary\">{}</button></form>",
        TextField::new(Field::new(lang, "q", lang.choose("Words", "关键词")), "").render()?,
        filter("lead", lang.choose("Lead", "主办单位"), lang.choose("All bodies", "全部单位")).render()?,
        filter("state", lang.choose("State", "状态"), lang.choose("Open", "在办")).render()?,
        lang.choose("Filter", "筛选")
    );
    let href_prefix = "/supervision?page=".to_owned();
    let pages = Pagination { lang, page: 3, pages: 12, entries: 287, href_prefix, ..Pagination::default() };
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
            row(
                "2026-318",
                lang.choose("Finish the repair of the heating mains in Xigang", "完成西岗区供热主管网维修"),
                meeting,
                construction,
                (lang.choose("20 Nov", "11月20日"), "2026-11-20"),
                (lang.choose("Overdue", "已逾期"), Tone::Overdue),
            ),
            row(
                "2026-319",
                lang.choose("Report on the heating subsidy", "上报供暖补贴测算情况"),
                meeting,
                finance,
                (lang.choose("26 Nov", "11月26日"), "2026-11-26"),
                (lang.choose("Due soon", "即将到期"), Tone::Due),
            ),
            row(
                "2026-320",
                lang.choose("Draft the filing catalogue for the fourth quarter", "拟定第四季度备案目录"),
                lang.choose("Mayor's instruction of 16 November", "市长11月16日批示"),
                lang.choose("Justice Bureau", "市司法局"),
                (lang.choose("15 Dec", "12月15日"), "2026-12-15"),
                (lang.choose("Under way", "办理中"), Tone::Waits),
            ),
            row(
                "2026-301",
                lang.choose("Answer suggestion No. 214", "答复市人大代表建议第214号"),
                lang.choose("People's congress", "市人大"),
                construction,
                (lang.choose("12 Nov", "11月12日"), "2026-11-12"),
                (lang.choose("Verified", "已核验办结"), Tone::Done),
            ),
            row(
                "2026-296",
                lang.choose("Prepare the coastal survey", "筹备海岸线普查"),
                lang.choose("Withdrawn with its decision", "随原决定撤销"),
                lang.choose("Natural Resources Bureau", "市自然资源局"),
                (lang.choose("none", "无"), ""),
                (lang.choose("Void", "已撤销"), Tone::Void),
            ),
        ],
        ..Table::default()
    }
}
