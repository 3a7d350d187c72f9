//! Draws every component in both languages into a folder, to be looked at:
//! `cargo run -p cityhall-web --example gallery -- FOLDER`.
//!
//! The pages are samples in code, so this is the one place where page texts are
//! not in Fluent files. It is no part of the server.

mod desk;
mod forms;
mod ledger;
mod matter;
mod meeting;
mod papers;
mod record;

use std::fs;
use std::path::Path;

use askama::Template;
use cityhall_web::components::{ArticleLink, Chrome, Lang, NavItem, PersonBadge};

/// A page in one column.
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"{% extends "components/layout.html" %}{% block main %}{% for part in main %}{{ part|safe }}{% endfor %}{% endblock %}"#
)]
struct Plain {
    chrome: Chrome,
    main: Vec<String>,
}

/// A page with a side column.
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"{% extends "components/layout_side.html" %}{% block main %}{% for part in main %}{{ part|safe }}{% endfor %}{% endblock %}{% block side %}{% for part in side %}{{ part|safe }}{% endfor %}{% endblock %}"#
)]
struct WithSide {
    chrome: Chrome,
    main: Vec<String>,
    side: Vec<String>,
}

/// A page of the public site.
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"{% extends "components/layout_public.html" %}{% block main %}{% for part in main %}{{ part|safe }}{% endfor %}{% endblock %}"#
)]
struct Public {
    chrome: Chrome,
    main: Vec<String>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("name the folder to draw into")?;
    let folder = Path::new(&folder);
    fs::create_dir_all(folder.join("assets"))?;
    for asset in assets::all() {
        fs::write(folder.join("assets").join(asset.file), asset.bytes)?;
    }
    for lang in [Lang::En, Lang::Zh] {
        for (name, page) in pages(lang)? {
            let page = page.replace("\"/assets/", "\"assets/");
            fs::write(folder.join(format!("{name}-{}.html", &lang.code()[..2])), page)?;
        }
    }
    Ok(())
}

fn pages(lang: Lang) -> Result<Vec<(&'static str, String)>, askama::Error> {
    Ok(vec![
        ("desk", desk::page(lang)?),
        ("matter", matter::page(lang)?),
        ("meeting", meeting::page(lang)?),
        ("forms", forms::page(lang)?),
        ("ledger", ledger::page(lang)?),
        ("law", papers::law(lang)?),
        ("paper", papers::public(lang)?),
    ])
}

/// The frame of a sample page; `active` is the entry of the navigation it belongs to.
fn chrome(lang: Lang, title: &str, active: usize) -> Chrome {
    let entries = [
        ("My desk", "我的办公桌", "/", 7),
        ("Meetings", "会议", "/meetings", 2),
        ("Documents", "公文", "/documents", 0),
        ("Matters", "事项", "/matters", 0),
        ("Supervision", "督查台账", "/supervision", 3),
        ("Registers", "登记簿", "/registers", 0),
        ("Rulebook", "规则", "/rulebook", 0),
    ];
    let nav = entries.iter().enumerate().map(|(index, (english, chinese, href, count))| {
        NavItem::new(lang.choose(*english, *chinese), *href).active(index == active).count(*count)
    });
    Chrome {
        government: lang.choose("Dalian Municipal People's Government", "大连市人民政府").to_owned(),
        edition: lang
            .choose("Work Rules 2019, edition 3f2a0c81", "《大连市人民政府工作规则》（2019），版次 3f2a0c81")
            .to_owned(),
        nav: nav.collect(),
        person: Some(PersonBadge {
            post: lang.choose("Executive vice mayor", "常务副市长").to_owned(),
            acting: lang.choose("acting for the mayor until 27 November", "代行市长职责，至11月27日").to_owned(),
            href: "/me".to_owned(),
            ..PersonBadge::default()
        }),
        csrf: "sample".to_owned(),
        path: "/".to_owned(),
        ..Chrome::new(lang, title)
    }
}

/// A citation as each language writes it.
fn article(lang: Lang, number: u32, chinese: &str) -> ArticleLink {
    let text = lang.choose(format!("Art. {number}"), format!("第{chinese}条"));
    ArticleLink::new(text, format!("/rulebook/{number}"))
}

/// A titled part of a page.
fn section(title: &str, parts: &[String]) -> String {
    format!("<section class=\"hall-section\"><h2>{title}</h2>{}</section>", parts.concat())
}
