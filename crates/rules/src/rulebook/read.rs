//! From the files to the rulebook, stage by stage.
//!
//! Invariant: every stage runs on what the one before could make out, so that all problems are found
//! at once; a rulebook comes out only when there is no error among them.

use super::{
    Place, Problem, Rulebook, SourceFile, areas,
    chapters::{self, first_line},
    demands::{self, Listed},
    draft::{self, Rules},
    headings::Language,
    kinds,
    law::{self, LawFact},
    names::Names,
    official::{self, Official},
    overlay::{self, OVERLAY, inside, is_of_base},
    parity::{Block, Book},
    posts::Posts,
    rates,
    report::{Report, with_nearest},
    settings::{self, Settings},
    terms, together,
    tree::{self, Filling, Name, Node},
};
use facts::{BodyId, Digest, chain};
use std::collections::BTreeMap;

const SETTINGS: &str = "rulebook.toml";
const TERMS: &str = "terms.toml";
const REQUIREMENTS: &str = "requirements.toml";
const LAW: &str = "law.toml";
/// The official text, where an installation has it; no part of it.
pub const OFFICIAL: &str = "official.toml";
/// What was proved of the rulebook; no part of it.
pub const PROVED: &str = "proved.toml";

impl Rulebook {
    /// The rulebook in the files of a folder, and all that is wrong with it. There is a rulebook only if
    /// there is no error. The calendar and the Cedar blocks are checked elsewhere; scenarios (`cases/`)
    /// and `README.md` are not part of the law.
    pub fn read(files: &[SourceFile]) -> (Option<Rulebook>, Vec<Problem>) {
        let mut report = Report::new(files);
        let overlay = Overlay::read(files, &mut report);
        let laid = overlay.as_ref().map(|overlay| overlay::lay(files, &overlay.without));
        let files = files_of_law(laid.as_deref().unwrap_or(files), &mut report);
        for file in files.iter().filter(|file| file.text.trim().is_empty()) {
            report.error(&first_line(file), "this file is empty");
        }
        if report.has_errors() {
            return (None, report.into_problems());
        }
        let (table_of_settings, settings_whole) = settings_of(&files, overlay, &mut report);
        let begin = Place { file: SETTINGS.to_owned(), line: 1 };
        if table_of_settings.is_empty() || !settings_whole {
            // Everything else rests on the settings: without them names seem to be missing that are not.
            if settings_whole {
                report.error(&begin, "rulebook.toml says nothing; it says name, edition, zone and what chapters use");
            }
            return (None, report.into_problems());
        }
        let mut settings = settings::read(&table_of_settings, &begin, &mut report);
        let mut filling = Filling::new(&settings.parameters, settings.term);
        let mut book = read_book(&files, &mut filling, &mut report);
        let mut blocks = std::mem::take(&mut book.blocks);
        for block in blocks.iter_mut().filter(|block| block.language != "toml") {
            filling.fill_cedar(&mut block.text, &block.place, &mut report);
        }
        let (draft, tables_whole) = draft::lay_together(&blocks, &mut filling, &mut report);
        let listed = read_list(&files, &mut report);
        if let Some(listed) = &listed {
            // A list with a mistake seems to lack what it has.
            listed.check(&book, &table_of_settings, &mut report);
        }
        let law = read_law(&files, &settings, &book, &mut report);
        if book.chapters.is_empty() {
            return (None, report.into_problems());
        }
        warn_of_unused(&settings, &filling, &mut report);
        let (tables, terms_whole) = terms_of(&files, &mut report);
        let labels = terms::read(&tables, &mut report);
        if !tables_whole || book.lacks_a_block {
            // Where a part cannot be read, names seem to be missing that are not.
            return (None, report.into_problems());
        }
        let mut rules = Rules::new(&blocks);
        let in_force_rule = settings.in_force_by(&draft, &mut rules, &mut report);
        let posts = Posts::read(&draft, &mut rules, &mut report);
        let names = Names::new(&draft, &settings, &posts, &mut report);
        let kinds = kinds::read(&draft, &names, &mut rules, &mut report);
        let areas = areas::read(tree::get(&table_of_settings, "areas"), &kinds, &mut report);
        let rates = rates::read(tree::get(&table_of_settings, "rates"), &kinds, &mut report);
        if terms_whole {
            terms::check(&labels, &draft, &settings, &mut report);
        }
        book.give_rules(&blocks, rules.of_blocks);
        book.put_in_order();
        let official = match find(OFFICIAL, &files).is_some() {
            true => official::read(&parse(OFFICIAL, &files, &mut report).0, &book.articles, &mut report),
            false => Official::default(),
        };
        let rulebook = Rulebook {
            name: settings.name.clone(),
            edition: settings.edition.clone(),
            digest: digest(&files),
            zone: settings.zone.clone(),
            term: settings.term.unwrap_or_default(),
            in_force_from: settings.in_force_from,
            in_force_until: settings.in_force_until,
            in_force_rule,
            parameters: settings.parameters.clone(),
            chapters: book.chapters,
            articles: book.articles,
            demands: listed.map(|listed| listed.demands).unwrap_or_default(),
            law,
            official,
            posts: posts.all.clone(),
            groups: posts.groups.clone(),
            standing: posts.standing.clone(),
            regime_rules: posts.regime_rules.clone(),
            choices: settings.choices.clone(),
            classes: settings.classes.clone(),
            by_reference: settings.by_reference.clone(),
            past: settings.past.clone(),
            named_bodies: settings.bodies.iter().map(BodyId::new).collect(),
            kinds,
            areas,
            rates,
            rules: rules.all,
            cedar: blocks.into_iter().filter_map(Block::into_cedar).collect(),
            terms: labels.terms,
        };
        if report.has_errors() {
            return (None, report.into_problems());
        }
        together::check(&rulebook, &names, &mut report);
        let is_usable = !report.has_errors();
        (is_usable.then_some(rulebook), report.into_problems())
    }
}

/// What `overlay.toml` says.
struct Overlay {
    settings: Vec<(Name, Node)>,
    without: std::collections::BTreeSet<String>,
    whole: bool,
}

impl Overlay {
    /// The overlay among the files; `None` where there is none.
    fn read(files: &[SourceFile], report: &mut Report) -> Option<Overlay> {
        let file = files.iter().find(|file| file.path == OVERLAY)?;
        let (mut settings, whole) = tree::parse(&file.text, &first_line(file), report);
        if tree::get(&settings, "of").is_none() {
            report.error(&first_line(file), "an overlay says of which rulebook it is: of = \"../dalian-2019\"");
        }
        let without = overlay::without(&settings, report);
        settings.retain(|(name, _)| !["of", "without"].contains(&name.text.as_str()));
        Some(Overlay { settings, without, whole })
    }
}

/// The settings; those of an overlay in the places of those of its base.
fn settings_of(files: &[&SourceFile], overlay: Option<Overlay>, report: &mut Report) -> (Vec<(Name, Node)>, bool) {
    let (table, whole) = parse(SETTINGS, files, report);
    match overlay {
        Some(overlay) => (overlay::merge(table, overlay.settings), whole && overlay.whole),
        None => (table, whole),
    }
}

/// The files that are law, by path; others are reported unless they are known not to be law.
fn files_of_law<'f>(files: &'f [SourceFile], report: &mut Report) -> Vec<&'f SourceFile> {
    let mut law: Vec<&SourceFile> = vec![];
    for file in files {
        let path = inside(&file.path);
        if path.starts_with("cases/") || ["README.md", PROVED].contains(&path) {
            continue;
        }
        if is_law(&file.path) || [REQUIREMENTS, LAW, OFFICIAL].contains(&path) {
            law.push(file);
        } else {
            let message = format!("{path} is no part of a rulebook");
            report.warning(&first_line(file), with_nearest(message, path, [SETTINGS, TERMS, REQUIREMENTS, LAW]));
        }
    }
    law.sort_by(|a, b| a.path.cmp(&b.path));
    law
}

/// A file of the folder; of an overlay that lacks it, the base's.
fn find<'f>(path: &str, files: &[&'f SourceFile]) -> Option<&'f SourceFile> {
    let own = files.iter().find(|file| file.path == path);
    own.or_else(|| files.iter().find(|file| inside(&file.path) == path)).copied()
}

/// The table in a file, empty where the file is missing or wrong; and whether all of it could be read.
fn parse(path: &str, files: &[&SourceFile], report: &mut Report) -> (Vec<(Name, Node)>, bool) {
    match find(path, files) {
        Some(file) => tree::parse(&file.text, &first_line(file), report),
        None => {
            let begin = Place { file: path.to_owned(), line: 1 };
            report.error(&begin, format!("the rulebook has no {path}"));
            (vec![], false)
        }
    }
}

/// The tables of words: `terms.toml` and the files of the folder `terms`, and whether all could be read.
fn terms_of(files: &[&SourceFile], report: &mut Report) -> (Vec<Vec<(Name, Node)>>, bool) {
    let has = |path: &str| files.iter().any(|file| file.path == path);
    let first = [OVERLAY, TERMS].iter().any(|path| has(path)).then_some(TERMS).filter(|path| has(path));
    let base = format!("{}{TERMS}", overlay::BASE);
    let first = first.or_else(|| (!has(&base)).then_some(TERMS));
    let whole = has(&base).then_some(base.as_str());
    let further = files.iter().map(|file| file.path.as_str()).filter(|path| is_terms(inside(path)));
    let paths = first.into_iter().chain(whole).chain(further);
    let parsed = paths.map(|path| parse(path, files, report));
    let (tables, whole): (Vec<_>, Vec<bool>) = parsed.unzip();
    (tables, whole.into_iter().all(|whole| whole))
}

/// Whether a file holds words for one part of the rulebook.
fn is_terms(path: &str) -> bool {
    path.strip_prefix("terms/").is_some_and(|name| name.ends_with(".toml") && !name.contains('/'))
}

/// The list of requirements; `None` where there is none, or none that can be read.
fn read_list(files: &[&SourceFile], report: &mut Report) -> Option<Listed> {
    // What an overlay leaves out, it need not carry out.
    files.iter().find(|file| file.path == REQUIREMENTS)?;
    let errors = report.errors();
    let (table, _) = parse(REQUIREMENTS, files, report);
    let listed = demands::read(&table, report);
    (report.errors() == errors).then_some(listed)
}

/// The facts of the surrounding law, held against what names them; none where one cannot be read.
fn read_law(files: &[&SourceFile], settings: &Settings, book: &Book, report: &mut Report) -> BTreeMap<String, LawFact> {
    let errors = report.errors();
    let facts = match find(LAW, files).is_some() {
        true => law::read(&parse(LAW, files, report).0, report),
        false => BTreeMap::new(),
    };
    if report.errors() > errors {
        return BTreeMap::new();
    }
    let sources = settings.parameters.iter().filter_map(|(name, parameter)| {
        let place = settings.places.get(&format!("source/{name}"))?.clone();
        Some((parameter.source.clone()?, place))
    });
    let named: Vec<(String, Place)> = book.law.iter().cloned().chain(sources).collect();
    law::check(&facts, &named, report);
    facts.into_iter().map(|(name, (fact, _))| (name, fact)).collect()
}

fn read_book(files: &[&SourceFile], filling: &mut Filling, report: &mut Report) -> Book {
    let mut book = Book::default();
    let english = |path: &str| inside(path).ends_with(".md") && !inside(path).contains('/');
    let chinese_of = |path: &str| match is_of_base(path) {
        true => format!("{}zh/{}", overlay::BASE, inside(path)),
        false => format!("zh/{path}"),
    };
    for file in files.iter().filter(|file| english(&file.path)) {
        let path = chinese_of(&file.path);
        let chapter = chapters::read(file, Language::English, filling, report);
        let chinese = files.iter().find(|file| file.path == path);
        if chinese.is_none() {
            report.error(&first_line(file), format!("{path} is missing"));
        }
        let chinese = chinese.and_then(|file| chapters::read(file, Language::Chinese, filling, report));
        // Where a block has swallowed paragraphs, there is nothing to compare.
        let chinese = chinese.filter(|_| chapter.as_ref().is_none_or(|chapter| !chapter.is_torn));
        match chapter {
            Some(chapter) => book.add(chapter, chinese, report),
            None => book.lacks_a_block = true,
        }
    }
    for file in files {
        let Some(path) = file.path.strip_prefix("zh/") else { continue };
        if !files.iter().any(|file| file.path == path) {
            let names = files.iter().map(|file| file.path.as_str()).filter(|path| english(path));
            report.error(&first_line(file), with_nearest(format!("{path} is missing"), path, names));
        }
    }
    if book.chapters.is_empty() {
        let begin = Place { file: SETTINGS.to_owned(), line: 1 };
        report.error(&begin, "the rulebook has no chapter");
    }
    book
}

fn warn_of_unused(settings: &Settings, filling: &Filling, report: &mut Report) {
    for (name, place) in settings
        .places
        .iter()
        .filter(|(_, place)| !is_of_base(&place.file))
        .filter_map(|(key, place)| Some((key.strip_prefix("parameter/")?, place)))
    {
        if !filling.used.contains(name) {
            report.warning(place, format!("the parameter \"{name}\" is used nowhere"));
        }
    }
}

/// Over the files that say what is lawful, in the order of their paths.
fn digest(files: &[&SourceFile]) -> Digest {
    let law = files.iter().filter(|file| is_law(&file.path));
    let mut law: Vec<(&str, &str)> = law.map(|file| (file.path.as_str(), file.text.as_str())).collect();
    law.sort();
    chain::digest_of_files(&law)
}

/// Whether a file says what is lawful, and so is under the digest of the edition: the settings, the terms and
/// the chapters in both languages.
pub fn is_law(path: &str) -> bool {
    if path == OVERLAY {
        return true;
    }
    let path = inside(path);
    let is_chapter = |path: &str| path.ends_with(".md") && !path.contains('/') && path != "README.md";
    [SETTINGS, TERMS].contains(&path)
        || is_terms(path)
        || is_chapter(path)
        || path.strip_prefix("zh/").is_some_and(is_chapter)
}
