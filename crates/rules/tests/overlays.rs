//! Overlays: rulebooks that say only what differs from another.

use cityhall_rules::rulebook::{Deadline, Rulebook, Severity, Side, SourceFile, Unit};

const BASE: [(&str, &str); 7] = [
    ("base/rulebook.toml", include_str!("rulebooks/mini/rulebook.toml")),
    ("base/terms.toml", include_str!("rulebooks/mini/terms.toml")),
    ("base/requirements.toml", include_str!("rulebooks/mini/requirements.toml")),
    ("base/01-posts.md", include_str!("rulebooks/mini/01-posts.md")),
    ("base/02-leave.md", include_str!("rulebooks/mini/02-leave.md")),
    ("base/zh/01-posts.md", include_str!("rulebooks/mini/zh/01-posts.md")),
    ("base/zh/02-leave.md", include_str!("rulebooks/mini/zh/02-leave.md")),
];
const OVERLAY: &str = r#"of = "../mini"
name = { en = "Rules of another office", zh = "另一机关工作规则" }
[parameters]
answer_days = { value = 5 }
[choices]
reason = ["health", "visit", "study"]
"#;
const LEAVE: &str = r#"# Chapter II — Leave

## Article 4 — Leave

Whoever leaves the city asks the mayor.

```toml
[Leave]
number = "LV-{year}-{n}"
title  = "purpose"

[Leave.fields]
purpose = "text"
until   = "date"
meeting = "Meeting"

[Leave.steps]
ask   = { start = true, by = "leaders", asks = ["purpose"], may_ask = ["until"], closes = false }
grant = { by = "mayor", after = "ask", due = "2 months after ask", not_before = "{answer_days} full working days after ask", closes = true }
```
"#;
const LEAVE_ZH: &str = "# 第二章 请假\n\n## 第四条 请假\n\n离开本市的，向市长请假。\n";
const TERMS: &str = r#"[field]
until = { en = "last day", zh = "截止日期" }
[kind]
Leave = { en = "Permission", zh = "准假" }
[choice.reason]
study = { en = "study", zh = "学习" }
"#;

fn files(more: &[(&str, &str)]) -> Vec<SourceFile> {
    let file = |(path, text): &(&str, &str)| SourceFile { path: (*path).to_owned(), text: (*text).to_owned() };
    BASE.iter().chain(more).map(file).collect()
}

fn overlay() -> Vec<SourceFile> {
    files(&[("overlay.toml", OVERLAY), ("terms.toml", TERMS), ("02-leave.md", LEAVE), ("zh/02-leave.md", LEAVE_ZH)])
}

fn read(files: &[SourceFile]) -> (Option<Rulebook>, Vec<String>) {
    let (rulebook, problems) = Rulebook::read(files);
    let errors = problems.iter().filter(|one| one.severity == Severity::Error);
    (rulebook, errors.map(|one| one.to_string().lines().next().unwrap_or_default().to_owned()).collect())
}

#[test]
fn an_overlay_replaces_articles_settings_and_words() {
    let (rulebook, errors) = read(&overlay());
    assert_eq!(errors, Vec::<String>::new());
    let rulebook = rulebook.expect("a rulebook");
    assert_eq!(rulebook.name.en, "Rules of another office");
    let leave = rulebook.kind("Leave").expect("leave");
    let steps: Vec<&str> = leave.steps.iter().map(|step| step.id.as_str()).collect();
    assert_eq!(steps, ["ask", "grant"], "nothing is left of the article that was replaced");
    let grant = leave.step("grant").expect("grant");
    let Some(Deadline { unit: Unit::Months, count, .. }) = &grant.due else { panic!("months") };
    assert_eq!(count.now, 2);
    let not_before = &grant.not_before.as_ref().expect("not before").day;
    assert_eq!((not_before.unit, not_before.count.now), (Unit::FullWorkingDays, 5), "the parameter of the overlay");
    assert_eq!(rulebook.terms.kind("Leave").en, "Permission");
    assert_eq!(
        rulebook.terms.kind("Meeting").en,
        "Meeting",
        "words that the overlay does not say are those of the base"
    );
    assert_eq!(rulebook.choices["reason"], ["health", "visit", "study"]);
    let articles: Vec<&str> = rulebook.articles.iter().map(|article| article.number.as_str()).collect();
    assert_eq!(articles, ["1", "2", "3", "4", "5"], "each article once, in its place");
    assert_eq!(rulebook.chapters.len(), 2, "one chapter, in whichever folder its articles stand");
    let article = rulebook.articles.iter().find(|article| article.number == "4").expect("article 4");
    assert_eq!((article.place.file.as_str(), article.title.zh.as_str()), ("02-leave.md", "请假"));
    assert_eq!(rulebook.articles[4].place.file, "base/02-leave.md");
}

#[test]
fn a_lettered_article_of_an_overlay_changes_single_keys() {
    let answer = "# Chapter II — Leave\n\n## Article 4a — Answers\n\nThe mayor answers by the 20th of the month after.\n\n\
                  ```toml\n[Leave.steps]\ngrant = { due = \"the 20th of the month after ask\" }\n```\n";
    let answer_zh = "# 第二章 请假\n\n## 第4a条 答复\n\n市长于次月二十日前答复。\n";
    let files = files(&[("overlay.toml", "of = \"../mini\"\n"), ("04.md", answer), ("zh/04.md", answer_zh)]);
    let (rulebook, errors) = read(&files);
    assert_eq!(errors, Vec::<String>::new());
    let rulebook = rulebook.expect("a rulebook");
    let grant = rulebook.kind("Leave").and_then(|kind| kind.step("grant")).expect("grant");
    let due = grant.due.as_ref().expect("due");
    assert_eq!((due.unit, due.count.now, due.side), (Unit::DayOfMonth, 20, Side::After));
    assert_eq!(grant.cite("due").map(|rule| rule.as_str()), Some("4a/Leave.grant.due"));
    assert_eq!(due.to_string(), "the 20th of the month after ask");
    let articles: Vec<&str> = rulebook.articles.iter().map(|article| article.number.as_str()).collect();
    assert_eq!(articles, ["1", "2", "3", "4", "4a", "5"]);
}

#[test]
fn the_edition_of_an_overlay_follows_its_base() {
    let mut changed = overlay();
    let base = changed.iter_mut().find(|file| file.path == "base/01-posts.md").expect("a chapter of the base");
    base.text.push('\n');
    let digest = |files: &[SourceFile]| read(files).0.expect("a rulebook").digest;
    assert_ne!(digest(&overlay()), digest(&changed));
}

#[test]
fn a_mistake_is_told_where_it_stands() {
    let with = |path: &str, from: &str, to: &str| {
        let mut files = overlay();
        let file = files.iter_mut().find(|file| file.path == path).expect("a file");
        assert!(file.text.contains(from), "{from}");
        file.text = file.text.replace(from, to);
        read(&files).1
    };
    let line = |text: &str, wanted: &str| 1 + text.lines().position(|line| line.contains(wanted)).expect("a line");
    let grant = line(LEAVE, "grant =");
    let unknown = with("02-leave.md", "by = \"mayor\"", "by = \"mayr\"");
    assert_eq!(
        unknown,
        [format!(
            "02-leave.md:{grant}: error: nobody is meant by \"mayr\": no post, group, body or field of Leave; nearest: mayor"
        )]
    );
    let hold = line(BASE[4].1, "hold    =");
    let in_base = with("base/02-leave.md", "hold    = { by = \"chair\"", "hold    = { by = \"chiar\"");
    assert_eq!(
        in_base,
        [format!(
            "base/02-leave.md:{hold}: error: nobody is meant by \"chiar\": no post, group, body or field of Meeting; nearest: chair"
        )]
    );
    let of = with("overlay.toml", "of = \"../mini\"\n", "");
    assert_eq!(of, ["overlay.toml:1: error: an overlay says of which rulebook it is: of = \"../dalian-2019\""]);
    let key = with("overlay.toml", "[parameters]", "[parametres]");
    assert_eq!(key, ["overlay.toml:3: error: no key \"parametres\" in rulebook.toml; nearest: parameters"]);
}

#[test]
fn an_article_can_be_done_without() {
    let mut files = overlay();
    let settings = files.iter_mut().find(|file| file.path == "overlay.toml").expect("overlay.toml");
    settings.text = settings.text.replace("[parameters]", "without = [5]\n[parameters]");
    let errors = read(&files).1;
    assert!(errors.iter().any(|error| error.contains("Meeting")), "leave still names meetings: {errors:?}");
    let leave = files.iter_mut().find(|file| file.path == "02-leave.md").expect("the chapter");
    leave.text = leave.text.replace("meeting = \"Meeting\"\n", "");
    let (rulebook, errors) = read(&files);
    assert_eq!(errors, Vec::<String>::new());
    let rulebook = rulebook.expect("a rulebook");
    assert!(rulebook.kind("Meeting").is_none() && rulebook.kind("Task").is_none());
}
