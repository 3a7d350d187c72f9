//! The loader on a small rulebook: what a right one gives, and what it says of every kind of mistake.

use cityhall_rules::engine::Edition;
use cityhall_rules::rulebook::{
    After, Anchor, Class, Count, Deadline, Each, NoteWord, Part, Path, Problem, Purpose, Rulebook, SayingKind,
    Severity, Side, Source, SourceFile, Type, Unit, Who, nearest,
};
use facts::{Label, PostId};
use proptest::{prelude::*, sample::Index};

const FILES: [(&str, &str); 7] = [
    ("rulebook.toml", include_str!("rulebooks/mini/rulebook.toml")),
    ("terms.toml", include_str!("rulebooks/mini/terms.toml")),
    ("requirements.toml", include_str!("rulebooks/mini/requirements.toml")),
    ("01-posts.md", include_str!("rulebooks/mini/01-posts.md")),
    ("02-leave.md", include_str!("rulebooks/mini/02-leave.md")),
    ("zh/01-posts.md", include_str!("rulebooks/mini/zh/01-posts.md")),
    ("zh/02-leave.md", include_str!("rulebooks/mini/zh/02-leave.md")),
];
const MISTAKES: &str = include_str!("rulebooks/mistakes.txt");

fn file(path: &str, text: &str) -> SourceFile {
    SourceFile { path: path.to_owned(), text: text.to_owned() }
}

fn files() -> Vec<SourceFile> {
    FILES.iter().map(|(path, text)| file(path, text)).collect()
}

/// The small rulebook with one piece of text, which stands in it once, replaced.
fn files_with(path: &str, from: &str, to: &str) -> Vec<SourceFile> {
    let mut files = files();
    let changed = files.iter_mut().find(|file| file.path == path).expect("a file of the rulebook");
    assert_eq!(changed.text.matches(from).count(), 1, "{from:?} stands once in {path}");
    changed.text = changed.text.replace(from, to);
    files
}

/// The problems without the lines that they quote.
fn in_lines(problems: &[Problem]) -> Vec<String> {
    let first = |problem: &Problem| problem.to_string().lines().next().unwrap_or_default().to_owned();
    problems.iter().map(first).collect()
}

fn mini() -> Rulebook {
    let (rulebook, problems) = Rulebook::read(&files());
    assert_eq!(problems, []);
    rulebook.expect("a rulebook without problems")
}

fn label(en: &str, zh: &str) -> Label {
    Label { en: en.to_owned(), zh: zh.to_owned() }
}

fn path(words: &str) -> Path {
    Path(words.split('.').map(Into::into).collect())
}

fn day(count: u16, side: Side, anchor: Anchor) -> Deadline {
    Deadline { count: Count::always(count), unit: Unit::Days, side, anchor, rolls: false }
}

/// One entry of `mistakes.txt`.
#[derive(Default)]
struct Mistake<'t> {
    name: &'t str,
    file: &'t str,
    out: Vec<&'t str>,
    put: Vec<&'t str>,
    problems: Vec<&'t str>,
}

fn mistakes() -> Vec<Mistake<'static>> {
    let entry = |text: &'static str| {
        let mut mistake = Mistake::default();
        for line in text.lines() {
            let (mark, rest) = line.split_once(' ').unwrap_or((line, ""));
            match mark {
                "#" => mistake.name = rest,
                "in" => mistake.file = rest,
                "-" => mistake.out.push(rest),
                "+" => mistake.put.push(rest),
                "=" => mistake.problems.push(rest),
                _ => panic!("no such mark: {line}"),
            }
        }
        mistake
    };
    MISTAKES.split("\n\n").filter(|text| text.starts_with("# ")).map(entry).collect()
}

#[test]
fn every_mistake_is_named_with_its_line() {
    assert!(mistakes().len() > 100, "every entry of the file is read");
    let mut wrong = String::new();
    for mistake in mistakes() {
        let files = files_with(mistake.file, &mistake.out.join("\n"), &mistake.put.join("\n"));
        let (edition, problems) = Edition::read(&files);
        let found = in_lines(&problems);
        if found != mistake.problems {
            wrong.push_str(&format!("# {}\n", mistake.name));
            found.iter().for_each(|line| wrong.push_str(&format!("= {line}\n")));
        }
        let is_error = problems.iter().any(|problem| problem.severity == Severity::Error);
        assert_eq!(edition.is_none(), is_error, "{}: a rulebook only without an error", mistake.name);
        let quoted = problems.iter().filter(|problem| problem.file.ends_with(".md")).all(|one| !one.source.is_empty());
        assert!(quoted, "{}: every problem of a chapter quotes its line", mistake.name);
        assert!(!problems.is_empty(), "{}: nothing was found", mistake.name);
    }
    assert!(wrong.is_empty(), "the loader says something else:\n{wrong}");
}

#[test]
fn a_gate_that_some_follow_by_reference_keeps_nothing_from_being_reached() {
    let shut = "unless { false };\n```\n\nNobody grants";
    let always = format!("```cedar\nforbid (principal, action == Action::\"support\", resource is Leave)\n{shut}");
    let found = |classes: &str| {
        let mut files = files_with("02-leave.md", "Nobody grants", &always);
        let mut change = |path: &str, from: &str, to: &str| {
            let changed = files.iter_mut().find(|file| file.path == path).expect("a file of the rulebook");
            changed.text = changed.text.replacen(from, to, 1);
        };
        change(
            "02-leave.md",
            "title  = \"purpose\"",
            "title  = \"purpose\"\nbound  = { body = \"body\", articles = [4] }",
        );
        change("rulebook.toml", "bureau = {}", classes);
        in_lines(&Edition::read(&files).1)
    };
    let error = found("bureau = {}");
    assert!(error.iter().any(|line| line.contains("Leave.support can never be taken")), "{error:?}");
    let noted = found("bureau = { by_reference = true }");
    assert!(
        !noted.iter().any(|line| line.contains("never")),
        "who follows by reference may, and it is noted: {noted:?}"
    );
}

#[test]
fn missing_and_foreign_files_are_named() {
    let without = |path: &str| {
        let files: Vec<SourceFile> = files().into_iter().filter(|file| file.path != path).collect();
        in_lines(&Rulebook::read(&files).1)
    };
    assert_eq!(without("terms.toml"), ["terms.toml:1: error: the rulebook has no terms.toml"]);
    assert_eq!(without("zh/02-leave.md"), ["02-leave.md:1: error: zh/02-leave.md is missing"]);
    let settings = "rulebook.toml:1: error: the rulebook has no rulebook.toml";
    assert_eq!(without("rulebook.toml"), [settings], "the cause alone, not what follows from it");
    assert!(without("02-leave.md").contains(&"zh/02-leave.md:1: error: 02-leave.md is missing".to_owned()));

    let mut with_more = files();
    with_more.push(file("drafts/11.md", ""));
    with_more.push(file("term.toml", ""));
    with_more.push(file("cases/leave.toml", "not [ TOML"));
    with_more.push(file("README.md", "# How to read this"));
    let (rulebook, problems) = Rulebook::read(&with_more);
    assert_eq!(
        in_lines(&problems),
        [
            "drafts/11.md:1: warning: drafts/11.md is no part of a rulebook",
            "term.toml:1: warning: term.toml is no part of a rulebook; nearest: terms.toml",
        ]
    );
    assert_eq!(rulebook.map(|rulebook| rulebook.digest), Some(mini().digest), "what is not law is not hashed");
    assert!(Rulebook::read(&[]).0.is_none());
}

#[test]
fn words_may_stand_in_several_files() {
    let leave = r#""Leave.ask"     = { en = "Ask for leave", zh = "请假" }"#;
    let mut apart = files_with("terms.toml", &format!("[step]\n{leave}\n"), "[step]\n");
    apart.push(file("terms/leave.toml", &format!("[step]\n{leave}\n")));
    let (rulebook, problems) = Rulebook::read(&apart);
    assert_eq!(problems, []);
    let (rulebook, whole) = (rulebook.expect("a rulebook"), mini());
    assert_eq!(rulebook.terms.labels, whole.terms.labels);
    assert_ne!(rulebook.digest, whole.digest, "the words of every file are law");

    let mut twice = files();
    twice.push(file("terms/leave.toml", &format!("[step]\n{leave}\n[stp]\n")));
    let said = in_lines(&Rulebook::read(&twice).1);
    assert_eq!(
        said,
        [
            "terms/leave.toml:2: error: step/Leave.ask has words at terms.toml:14 already",
            "terms/leave.toml:3: error: no section \"stp\" in terms/leave.toml; nearest: step",
        ]
    );
}

#[test]
fn of_settings_without_a_word_or_with_a_slip_the_cause_alone_is_told() {
    let with = |settings: &str| {
        let mut files = files();
        files[0].text = settings.to_owned();
        in_lines(&Rulebook::read(&files).1)
    };
    assert_eq!(with(""), ["rulebook.toml:1: error: this file is empty"]);
    let empty = "rulebook.toml:1: error: rulebook.toml says nothing; it says name, edition, zone and what chapters use";
    assert_eq!(with("# nothing yet\n"), [empty]);
    let [slip] = &with("edition = \"1\"\nzone = Asia\n")[..] else { panic!("one problem") };
    assert!(slip.starts_with("rulebook.toml:2: error: not written as TOML: "), "{slip}");
    let mut files = files();
    for file in files.iter_mut().filter(|file| ["terms.toml", "02-leave.md"].contains(&file.path.as_str())) {
        file.text = "\n".to_owned();
    }
    let both = ["02-leave.md:1: error: this file is empty", "terms.toml:1: error: this file is empty"];
    assert_eq!(in_lines(&Rulebook::read(&files).1), both);
}

#[test]
fn how_a_file_was_saved_makes_no_difference() {
    let saved = files().into_iter().map(|file| {
        let text = format!("\u{feff}{}", file.text.replace('\n', "\r\n"));
        SourceFile::of_bytes(&file.path, text.into_bytes()).expect("it is text")
    });
    let (rulebook, problems) = Rulebook::read(&saved.collect::<Vec<_>>());
    assert_eq!(problems, []);
    assert_eq!(rulebook.map(|rulebook| rulebook.digest), Some(mini().digest));
}

#[test]
fn what_is_no_text_is_said_at_its_first_byte() {
    let problem = SourceFile::of_bytes("zh/01-posts.md", b"# one\ntwo\nthr\xffee\nfour".to_vec()).expect_err("no text");
    let said = "zh/01-posts.md:3: error: no text in UTF-8: byte 4 of this line is 0xff\n    | thr\u{fffd}ee";
    assert_eq!(problem.to_string(), said);
    let cut = SourceFile::of_bytes("a.md", vec![0xe5]).expect_err("half a character");
    assert_eq!((cut.line, cut.source.as_str()), (1, "\u{fffd}"));
}

#[test]
fn a_problem_quotes_its_line() {
    let files = files_with("02-leave.md", r#"title  = "purpose""#, r#"title  = "purpos""#);
    let (_, problems) = Rulebook::read(&files);
    let [problem] = &problems[..] else { panic!("one problem, not {problems:?}") };
    let shown = "02-leave.md:10: error: no field \"purpos\" in Leave; nearest: purpose\n    | title  = \"purpos\"";
    assert_eq!(problem.to_string(), shown);
}

#[test]
fn every_edition_has_its_digest_and_the_order_of_files_does_not_matter() {
    let digest = mini().digest;
    let mut turned = files();
    turned.reverse();
    assert_eq!(Rulebook::read(&turned).0.map(|rulebook| rulebook.digest), Some(digest));
    let changed = files_with("02-leave.md", "Nobody grants leave to oneself.", "Nobody grants leave to one's self.");
    assert_ne!(Rulebook::read(&changed).0.map(|rulebook| rulebook.digest), Some(digest));
}

#[test]
fn articles_have_their_parts_in_both_languages() {
    let rulebook = mini();
    let numbers: Vec<&str> = rulebook.articles.iter().map(|article| article.number.as_str()).collect();
    assert_eq!(numbers, ["1", "2", "3", "4", "5"]);
    assert_eq!(rulebook.chapters[1].title, label("Leave and meetings", "请假和会议"));
    assert_eq!(rulebook.articles[3].chapter, 1);

    let [Part::Paragraph(first), Part::Block { rules, .. }] = &rulebook.articles[0].parts[..] else {
        panic!("a paragraph and a block")
    };
    let en = "The office consists of the mayor, the vice mayors and the heads of its bodies.";
    assert_eq!(*first, label(en, "本机关由市长、副市长和各单位负责人组成。"));
    let rules: Vec<&str> = rules.iter().map(|rule| rule.as_str()).collect();
    assert_eq!(rules[..2], ["1/posts.mayor", "1/posts.vice_mayor"]);
    assert_eq!(rules.last(), Some(&"1/groups.leaders"));

    let second = &rulebook.articles[1];
    assert_eq!(second.requirements, ["R2-1", "R2-2"]);
    let Part::Note { word, text } = &second.parts[1] else { panic!("a note") };
    assert_eq!(*word, NoteWord::Reconstructed);
    assert_eq!(*text, label("the source says nothing of a commission.", "原文没有规定委托。"));
    let Part::Note { word: NoteWord::Reading, .. } = &second.parts[2] else { panic!("a second note") };

    let Part::Paragraph(list) = &rulebook.articles[3].parts[3] else { panic!("a list") };
    let zh = "- 按日历所载工作日，\n- 不计其他。";
    assert_eq!(*list, label("- the working days of the calendar,\n- nothing else.", zh));
}

#[test]
fn every_key_has_the_sentence_above_it() {
    let rulebook = mini();
    let rule = |id: &str| rulebook.rule(&id.into()).unwrap_or_else(|| panic!("no rule {id}"));
    let leave = rulebook.kind("Leave").expect("Leave");
    let grant = leave.step("grant").expect("grant");
    assert_eq!(grant.cite("due").map(|rule| rule.as_str()), Some("4/Leave.grant.due"));
    assert_eq!(rule("4/Leave.grant.due").sentence.zh, "- 按日历所载工作日，\n- 不计其他。");
    let ask = rule("4/Leave.ask.due");
    assert_eq!(ask.sentence.en, "Whoever leaves the city asks for leave 3 days before, by the staff of the body.");
    assert_eq!(ask.place.to_owned(), cityhall_rules::rulebook::Place { file: "02-leave.md".into(), line: 25 });
    assert!(rule("2/stand_in.commission").reconstructed);
    assert!(!rule("4/Leave").reconstructed);
    assert_eq!(rulebook.regime_rules["commission"].as_str(), "2/stand_in.commission");

    let [gate, invariant] = &rulebook.cedar[..] else { panic!("two blocks") };
    assert_eq!((&gate.purpose, gate.place.line), (&Purpose::Policy, 44));
    assert_eq!((&invariant.purpose, invariant.article.as_str()), (&Purpose::Invariant, "5"));
    assert_eq!(invariant.sentence.zh, "任务由牵头单位报告，其他单位不得代报。");
}

#[test]
fn posts_and_standing_in() {
    let rulebook = mini();
    let post = |name: &str| &rulebook.posts[name];
    assert!(post("mayor").single && !post("mayor").at_body);
    assert!(post("leader").from_portfolio && post("leader").at_body);
    assert!(post("acting_mayor").stand_in_only && post("acting_mayor").single);
    assert!(post("substitute").stand_in_only && post("substitute").at_body);
    assert_eq!(rulebook.standing.leader, PostId::new("leader"));
    assert_eq!(rulebook.standing.includes["head"], ["staff".into()]);
    let commission = &rulebook.standing.regimes["commission"];
    assert!(commission.full && commission.exclusive);
    assert!(!rulebook.standing.regimes["substitution"].full);

    let two =
        files_with("01-posts.md", r#"vice_mayor           = {}"#, r#"vice_mayor           = { includes = ["mayor"] }"#);
    let (rulebook, problems) = Rulebook::read(&two);
    assert_eq!(problems, []);
    let included = &rulebook.expect("a rulebook").standing.includes["executive_vice_mayor"];
    assert_eq!(*included, ["vice_mayor".into(), "mayor".into()], "what is included includes more");
}

#[test]
fn words_of_who_and_time() {
    let rulebook = mini();
    let step = |kind: &str, step: &str| rulebook.kind(kind).and_then(|kind| kind.step(step)).expect("a step");
    assert_eq!(rulebook.kinds[0].number, "LV-3-{year}-{n}");
    assert_eq!(
        rulebook.kinds[0].read,
        [
            Who::Group("leaders".into()),
            Who::At("staff".into(), "general_office".into()),
            Who::PersonIn(path("applicant")),
            Who::AtBodyIn("head".into(), path("body")),
        ]
    );
    assert_eq!(step("Task", "report").by, [Who::AtBodyIn("staff".into(), path("lead"))]);
    assert_eq!(step("Topic", "place").by, [Who::PersonIn(path("meeting.chair"))]);
    let others = Each::BodiesIn("head".into(), path("others"));
    assert_eq!(step("Topic", "consult").by_each, Some(others));
    let leaders = Each::Holders(vec!["mayor".into(), "vice_mayor".into()]);
    assert_eq!(step("Topic", "speak").by_each, Some(leaders));

    let mut before = day(3, Side::Before, Anchor::Field(path("departs")));
    before.count.parameter = Some("notice_days".into());
    assert_eq!(step("Leave", "ask").due, Some(before));
    let returns = day(0, Side::On, Anchor::Field(path("returns")));
    assert_eq!(step("Leave", "back").due, Some(returns));
    let grant = step("Leave", "grant").due.as_ref().expect("due");
    assert_eq!((grant.unit, grant.count.now), (Unit::WorkingDays, 2));
    assert_eq!(step("Topic", "decide").due.as_ref().map(|due| &due.anchor), Some(&Anchor::Opened));
    let linked = step("Task", "report").due.as_ref().map(|due| &due.anchor);
    let Some(Anchor::Step(after)) = linked else { panic!("a step of another matter") };
    assert_eq!((after.links.len(), after.step.as_str()), (2, "hold"));
    let issue = step("Meeting", "issue").not_before.as_ref().expect("not before");
    assert_eq!(issue.unless.as_ref().map(|step| step.as_str()), Some("convene"));
    let need = &step("Leave", "support").needed_if[0];
    assert_eq!((need.field.clone(), need.must_be), (path("urgent"), false));
}

#[test]
fn a_step_may_be_due_on_the_day_of_another() {
    let files = files_with("02-leave.md", "due = \"on returns\"", "due = \"on grant\"");
    let rulebook = Rulebook::read(&files).0.expect("a rulebook");
    let back = rulebook.kind("Leave").and_then(|kind| kind.step("back")).expect("back");
    let anchor = Anchor::Step(After { links: vec![], step: "grant".into() });
    assert_eq!(back.due, Some(day(0, Side::On, anchor)));
}

#[test]
fn outcomes_openings_and_the_directory() {
    let rulebook = mini();
    let step = |kind: &str, step: &str| rulebook.kind(kind).and_then(|kind| kind.step(step)).expect("a step");
    let grant = step("Leave", "grant");
    let names: Vec<&str> = grant.outcomes.iter().map(|outcome| outcome.id.as_str()).collect();
    assert_eq!(names, ["grant", "refuse", "return"], "in reading order");
    assert!(!grant.outcomes[2].counts, "an outcome that undoes does not count");
    assert!(grant.outcomes[1].counts && grant.outcomes[1].closes);
    assert_eq!(grant.outcomes[0].directory.len(), 1);
    let [cityhall_rules::rulebook::Saying::Ends { what, .. }] = step("Leave", "back").directory[..] else {
        panic!("an end")
    };
    assert_eq!(what, SayingKind::Away);

    let opens = &step("Meeting", "issue").opens[0];
    assert_eq!(opens.each.as_ref().map(|each| each.as_str()), Some("agenda"));
    assert_eq!(opens.only_if, [("decide".into(), vec!["adopt".into()])]);
    let sources: Vec<Source> = opens.with.iter().map(|(_, source)| source.clone()).collect();
    let wanted = [Source::Each, Source::EachField(path("sponsor")), Source::Field(path("minutes"))];
    assert_eq!(sources, wanted);
    let takes = &step("Meeting", "hold").takes[0];
    assert_eq!(takes.with, [("meeting".into(), Source::This)]);

    let again = files_with(
        "02-leave.md",
        r#"return = { undoes = ["ask"] }"#,
        r#"return = { undoes = ["ask"], counts = true }"#,
    );
    let rulebook = Rulebook::read(&again).0.expect("a rulebook");
    let leave = rulebook.kind("Leave").and_then(|kind| kind.step("grant")).expect("grant");
    assert!(leave.outcomes[2].counts);
}

#[test]
fn types_and_terms() {
    let rulebook = mini();
    let of = |kind: &str, field: &str| {
        rulebook.kind(kind).and_then(|kind| kind.field(field)).map(|field| field.kind_of_value.clone())
    };
    assert_eq!(of("Leave", "reason"), Some(Type::Choice("reason".into())));
    assert_eq!(of("Topic", "others"), Some(Type::Set(Box::new(Type::Body))));
    assert_eq!(of("Task", "topic"), Some(Type::Matter("Topic".into())));
    assert_eq!(of("Topic", "others").map(|of| of.to_string()), Some("[Body]".into()));

    let terms = &rulebook.terms;
    assert_eq!(terms.step("Leave", "ask"), label("Ask for leave", "请假"));
    assert_eq!(terms.step("Leave", "back"), label("Come back", "销假"), "words that kinds share");
    assert_eq!(terms.step("Meeting", "hold"), label("Hold", "召开"), "a table in a table");
    assert_eq!(terms.outcome("Topic", "decide", "reject"), label("rejected", "不通过"));
    assert_eq!(terms.choice("reason", "visit"), label("visit", "出访"));
    assert_eq!(rulebook.parameters["notice_days"].value, "3");
    assert!(rulebook.parameters["notice_days"].reconstructed);
}

#[test]
fn requirements_are_listed_with_their_class() {
    let demands = mini().demands;
    assert_eq!(demands.class("R2-1").map(|class| class.to_string()).as_deref(), Some("E*"));
    assert_eq!(demands.class("R2-3"), None);
    assert_eq!(demands.articles["2"], Class::EnforcedByParameter, "the strongest of its requirements");
    assert_eq!(demands.articles["5"], Class::Tracked);
    let without: Vec<SourceFile> = files().into_iter().filter(|file| file.path != "requirements.toml").collect();
    let (rulebook, problems) = Rulebook::read(&without);
    assert_eq!(problems, [], "a rulebook need not list them");
    assert_eq!(rulebook.map(|rulebook| rulebook.digest), Some(mini().digest), "the list is no law");
}

#[test]
fn the_nearest_name_is_near() {
    assert_eq!(nearest("sponser", ["sponsor", "chair"]), Some("sponsor"));
    assert_eq!(nearest("xyz", ["sponsor", "chair"]), None);
    assert_eq!(nearest("hold", []), None);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    /// Whatever is done to the bytes, the loader answers, and every problem has a place.
    #[test]
    fn no_edit_makes_the_loader_panic(
        edits in prop::collection::vec((any::<Index>(), any::<Index>(), 0..60_usize, edit()), 1..4)
    ) {
        let mut files = files();
        for (file, at, len, bytes) in edits {
            let text = &mut files[file.index(FILES.len())].text;
            let mut edited = text.clone().into_bytes();
            let from = at.index(edited.len() + 1);
            let until = edited.len().min(from + len);
            edited.splice(from..until, bytes);
            *text = String::from_utf8_lossy(&edited).into_owned();
        }
        let (rulebook, problems) = Rulebook::read(&files);
        let is_error = problems.iter().any(|problem| problem.severity == Severity::Error);
        prop_assert_eq!(rulebook.is_none(), is_error);
        prop_assert!(problems.iter().all(|problem| problem.line > 0 && !problem.file.is_empty()));
    }
}

/// Bytes to put in: any, or a piece of the format in a place where it is not expected.
fn edit() -> impl Strategy<Value = Vec<u8>> {
    let pieces = [
        "```toml\n",
        "```\n",
        "## Article 9 — X\n\n",
        "# Chapter IX — X\n\n",
        "> Reading: x\n\n",
        "\n\n",
        "[",
        "]]",
        "{",
        "}",
        "{n}",
        "\"",
        " = ",
        ".",
        " of ",
        "[Leave.steps]\n",
        "[posts]\n",
        "[stand_in.x]\n",
        "第九条",
        "R1-",
        "(R1-1",
        "after = \"grant\", ",
        "by_each = \"leaders\", ",
        "\"[[Topic]]\"",
        "- ",
        "| a |\n|---|\n",
        "<!-- ",
    ];
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..12),
        prop::sample::select(pieces.to_vec()).prop_map(|piece| piece.as_bytes().to_vec()),
    ]
}
