//! `cityhall rules check | explain`: the tools of whoever carries the rulebook.

use super::{compare, explain, walk};
use crate::{
    folder,
    output::{say, warn},
    proofs, seal,
    sentence::{Sentence, or_none},
};
use anyhow::{Context, Result, bail};
use clap::Subcommand;
use prove::{Claim, Counterexample, Proof, Verdict};
use rules::{
    authority::READ,
    cases,
    engine::Edition,
    rulebook::{
        Article, Class, Demands, NoteWord, OFFICIAL, Official, Part, Problem, Purpose, Rulebook, Severity, SourceFile,
    },
};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};
use web::{
    book::{self, Languages},
    components::Lang,
};

#[derive(Subcommand)]
pub enum Rules {
    /// Load, validate and prove a rulebook; print what each article is and every finding.
    Check {
        folder: PathBuf,
        /// Leave the solver's proofs out.
        #[arg(long)]
        no_proofs: bool,
        /// Print what the solver found as it found it, too.
        #[arg(long)]
        verbose: bool,
        /// Where all is proved, write that down beside the rulebook, so that a server need not prove it again.
        #[arg(long, conflicts_with = "no_proofs")]
        seal: bool,
    },
    /// Run the cases of a rulebook; print which requirement is shown by how many.
    Test {
        folder: PathBuf,
        /// Only cases whose name holds this
        #[arg(long, default_value = "")]
        only: String,
        #[arg(long, env = "CITYHALL_CALENDAR", default_value = "rulebooks/calendar")]
        calendar: PathBuf,
    },
    /// Drive matters of every kind at random from their opening to their end; print where one is stuck.
    Walk {
        folder: PathBuf,
        /// How often each kind is driven
        #[arg(long, default_value_t = 20)]
        times: usize,
        /// Only this kind
        #[arg(long)]
        kind: Option<String>,
        /// Another seed gives other walks
        #[arg(long, default_value_t = 1)]
        seed: u64,
        #[arg(long, env = "CITYHALL_CALENDAR", default_value = "rulebooks/calendar")]
        calendar: PathBuf,
    },
    /// Print the rulebook as a book, law and code side by side.
    Text {
        folder: PathBuf,
        /// `html`, a page to read and to print, or `markdown`
        #[arg(long, value_enum, default_value = "html")]
        format: Format,
        /// The language of `--language` alone, not both
        #[arg(long)]
        one_language: bool,
        /// File to write; without it, standard output
        #[arg(long, short)]
        out: Option<PathBuf>,
    },
    /// Lay an official text beside the restatement, article by article; it is kept in `official.toml`.
    Attach {
        /// A text in UTF-8 in which every article begins with its number on a line of its own
        text: PathBuf,
        #[arg(long, default_value = "rulebooks/dalian-2019", env = "CITYHALL_RULEBOOK")]
        rulebook: PathBuf,
        /// Where the text was taken from; shown beside it
        #[arg(long, default_value = "")]
        source: String,
    },
    /// Say in words what a change of rules changes, with examples, and which open matters it touches.
    Diff(super::diff::Diff),
    /// Put the same questions to several rulebooks; print the table of their answers.
    Compare {
        /// The file of the questions, with the answer that each rulebook has to give
        questions: PathBuf,
        #[arg(required = true)]
        folders: Vec<PathBuf>,
        #[arg(long, env = "CITYHALL_CALENDAR", default_value = "rulebooks/calendar")]
        calendar: PathBuf,
    },
    /// Who, gates and deadline of a step, each with article and sentence.
    Explain {
        folder: PathBuf,
        /// `Kind.step`
        step: String,
    },
}

/// What a book is written as.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    Html,
    Markdown,
}

pub async fn run(rules: Rules, lang: Lang) -> Result<ExitCode> {
    match rules {
        Rules::Check { folder, no_proofs, verbose, seal } => check(&folder, no_proofs, verbose, seal).await,
        Rules::Test { folder, only, calendar } => test(&folder, &only, &calendar),
        Rules::Walk { folder, times, kind, seed, calendar } => {
            walk::walk(&folder, &calendar, kind.as_deref(), times, seed)
        }
        Rules::Text { folder, format, one_language, out } => {
            let languages = if one_language { Languages::One(lang) } else { Languages::Both(lang) };
            text(&folder, format, languages, out.as_deref())
        }
        Rules::Attach { text, rulebook, source } => attach(&text, &rulebook, &source),
        Rules::Diff(asked) => super::diff::diff(asked, lang).await,
        Rules::Compare { questions, folders, calendar } => compare::compare(&questions, &folders, &calendar),
        Rules::Explain { folder, step } => explain_step(&folder, &step, lang),
    }
}

/// How an article is carried.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Carried {
    Enforced,
    Tracked,
    Stated,
}

fn carried(article: &Article) -> Carried {
    let decides = |language: &str| Purpose::of(language) != Some(Purpose::Invariant);
    let executable = article.parts.iter().any(|part| matches!(part, Part::Block { language, .. } if decides(language)));
    let word = |wanted| article.parts.iter().any(|part| matches!(part, Part::Note { word, .. } if *word == wanted));
    match (executable, word(NoteWord::Tracked)) {
        (true, _) => Carried::Enforced,
        (false, true) => Carried::Tracked,
        (false, false) => Carried::Stated,
    }
}

async fn check(folder: &Path, no_proofs: bool, verbose: bool, seal: bool) -> Result<ExitCode> {
    let (edition, problems) = folder::edition(folder)?;
    for problem in &problems {
        say(problem);
    }
    let Some(edition) = edition else {
        return Ok(broken(&problems));
    };
    table(&edition.rulebook);
    if no_proofs {
        say("\nproofs left out as asked");
        return Ok(ExitCode::SUCCESS);
    }
    let files = folder::read(folder)?;
    let Some(proved) = proofs(&edition, &files, verbose).await else { return Ok(ExitCode::from(2)) };
    if proved.failed > 0 {
        return Ok(ExitCode::from(1));
    }
    if seal {
        seal::write(folder, &edition, proved.invariants, proved.alive)?;
    } else if !seal::holds(&edition, &files) {
        say("the seal of these proofs is missing or of other rules: with --seal it is written");
    }
    Ok(ExitCode::SUCCESS)
}

/// How many claims were proved, and how many were not.
#[derive(Default)]
struct Proved {
    invariants: usize,
    apart: usize,
    alive: usize,
    failed: usize,
}

fn broken(problems: &[Problem]) -> ExitCode {
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    let errors = if errors == 1 { "1 error".to_owned() } else { format!("{errors} errors") };
    warn(format_args!("{errors}: the rulebook cannot be put in force"));
    ExitCode::from(1)
}

fn table(rulebook: &Rulebook) {
    say(format_args!(
        "{} ({})\nedition {}, {}",
        rulebook.name.en,
        rulebook.name.zh,
        rulebook.edition,
        rulebook.digest.short()
    ));
    let mut counts = [0usize; 3];
    for article in &rulebook.articles {
        let (word, n) = match carried(article) {
            Carried::Enforced => ("enforced", 0),
            Carried::Tracked => ("tracked", 1),
            Carried::Stated => ("stated", 2),
        };
        counts[n] += 1;
        let rules: usize = article
            .parts
            .iter()
            .map(|part| match part {
                Part::Block { rules, .. } => rules.len(),
                _ => 0,
            })
            .sum();
        let reconstructed =
            article.parts.iter().any(|part| matches!(part, Part::Note { word: NoteWord::Reconstructed, .. }));
        let mark = if reconstructed { "  reconstructed" } else { "" };
        let demanded = demanded(&rulebook.demands, &article.number);
        let (number, title) = (&article.number, &article.title.en);
        say(format_args!("  {number:>3}  {word:<9} {rules:>3} rules  {demanded:<14}  {title}{mark}"));
    }
    let count = |class| rulebook.demands.requirements.iter().filter(|(_, of)| *of == class).count();
    let classes = [Class::Enforced, Class::EnforcedByParameter, Class::Tracked, Class::Principle];
    let classes = classes.map(|class| format!("{} {class}", count(class))).join(", ");
    let steps: usize = rulebook.kinds.iter().map(|kind| kind.steps.len()).sum();
    say(format_args!(
        "\n{} articles: {} enforced, {} tracked, {} stated; {} kinds, {} steps, {} rules",
        rulebook.articles.len(),
        counts[0],
        counts[1],
        counts[2],
        rulebook.kinds.len(),
        steps,
        rulebook.rules.len(),
    ));
    if !rulebook.demands.requirements.is_empty() {
        say(format_args!("{} requirements: {classes}", rulebook.demands.requirements.len()));
    }
}

/// What is demanded of an article: how many of its requirements are of each class, or its own class.
fn demanded(demands: &Demands, article: &str) -> String {
    let prefix = format!("R{article}-");
    let classes = [Class::Enforced, Class::EnforcedByParameter, Class::Tracked, Class::Principle];
    let counted = classes.iter().filter_map(|class| {
        let own = demands.requirements.iter().filter(|(number, of)| *of == *class && number.starts_with(&prefix));
        Some(own.count()).filter(|count| *count > 0).map(|count| format!("{count} {class}"))
    });
    let counted: Vec<String> = counted.collect();
    match (counted.is_empty(), demands.articles.get(article)) {
        (true, Some(class)) => class.to_string(),
        (true, None) => String::new(),
        (false, _) => counted.join(", "),
    }
}

/// Makes the proofs and says how each came out; `None` without a solver.
async fn proofs(edition: &Edition, files: &[SourceFile], verbose: bool) -> Option<Proved> {
    let begun = std::time::Instant::now();
    let proved = match prove::prove(edition).await {
        Ok(proofs) => proofs,
        Err(no_solver) => {
            warn(format_args!("proofs skipped: {no_solver}"));
            return None;
        }
    };
    let mut found = Proved::default();
    let told = |proof: &Proof| {
        let mut problems: Vec<Problem> = proofs::problem(edition, proof).into_iter().collect();
        rules::rulebook::quote(files, &mut problems);
        problems.iter().for_each(say);
    };
    for proof in &proved {
        let at = format!("{}.{}", proof.kind, proof.step);
        match (&proof.claim, &proof.verdict) {
            (Claim::Invariant(rule), Verdict::Proved) => {
                found.invariants += 1;
                say(format_args!("  proved   {rule}: {at} stays within the invariant ({} ms)", proof.took.as_millis()));
            }
            (Claim::Exclusive(rule), Verdict::Proved) => {
                found.invariants += 1;
                say(format_args!(
                    "  proved   {rule}: at {at} exactly one condition holds ({} ms)",
                    proof.took.as_millis()
                ));
            }
            (Claim::Apart(..), Verdict::Proved) => found.apart += 1,
            // A warning: either may be meant.
            (Claim::Apart(..), Verdict::Overlap(_)) => told(proof),
            (Claim::NotDead, Verdict::Proved) => found.alive += 1,
            (Claim::Invariant(rule), Verdict::Refuted(case)) => {
                found.failed += 1;
                told(proof);
                refuted(&edition.rulebook, rule, proof, case, verbose);
            }
            (_, _) => {
                found.failed += 1;
                told(proof);
            }
        }
    }
    let Proved { invariants, apart, alive, failed } = found;
    say(format_args!(
        "\n{invariants} invariants proved, {apart} pairs of permits proved to exclude each other, {alive} steps proved \
         not dead, {failed} not proved, in {:.1} s",
        begun.elapsed().as_secs_f32(),
    ));
    Some(found)
}

/// Says who may do what, on which matter, though an invariant forbids it.
fn refuted(rulebook: &Rulebook, rule: &str, proof: &Proof, case: &Counterexample, verbose: bool) {
    let Proof { kind, step, .. } = proof;
    cite(rulebook, &facts::RuleId::new(rule));
    let label = rulebook.terms.step(kind, step);
    say(format_args!("    yet “{}” ({kind}.{step}) may be taken by {}", label.en, case.who));
    if !case.matter.is_empty() {
        say(format_args!("    on a matter of the kind “{}” of which this holds:", rulebook.terms.kind(kind).en));
        case.matter.iter().for_each(|fact| say(format_args!("      - {fact}")));
    }
    say("    which is allowed by");
    case.rules.iter().for_each(|rule| cite(rulebook, &facts::RuleId::new(rule)));
    if verbose {
        say(format_args!("    the solver's model:\n      {}", case.model.trim_end().replace('\n', "\n      ")));
    }
}

fn test(path: &Path, only: &str, calendar: &Path) -> Result<ExitCode> {
    let files = folder::read(path)?;
    let edition = folder::usable_edition(path)?;
    let report = cases::run(&edition, &folder::calendar(calendar)?, &files);
    report.problems.iter().for_each(say);
    let shown: Vec<_> = report.cases.iter().filter(|case| case.name.contains(only)).collect();
    for case in &shown {
        say(format_args!("{} {}", if case.passed { "ok  " } else { "FAIL" }, case.name));
        case.failure.iter().for_each(say);
    }
    let passed = shown.iter().filter(|case| case.passed).count();
    if !only.is_empty() {
        if shown.is_empty() {
            bail!(Sentence::new("command-no-case").with("only", only));
        }
        say(format_args!("{passed} of {} cases passed, of {} that there are", shown.len(), report.cases.len()));
        return Ok(if passed == shown.len() { ExitCode::SUCCESS } else { ExitCode::from(1) });
    }
    let mut gaps = 0_u32;
    for covered in &report.coverage {
        let (allowed, refused) = (covered.allowed.len(), covered.refused.len());
        let note = match (&covered.without, covered.is_accounted_for()) {
            (Some(reason), _) => reason.as_str(),
            (None, true) => "",
            (None, false) => {
                gaps += 1;
                match (allowed, refused) {
                    (0, 0) => "GAP: no case shows it",
                    (0, _) => "GAP: no case shows it allowed",
                    _ => "GAP: no case shows it refused",
                }
            }
        };
        say(format_args!(
            "  {:<8} {:<2} Article {:<4} allowed {allowed:>2}  refused {refused:>2}  {note}",
            covered.requirement,
            covered.class.map(|class| class.to_string()).unwrap_or_default(),
            covered.article
        ));
    }
    let mut uncounted = 0;
    for deadline in &report.deadlines {
        let note = match (deadline.counts, deadline.across) {
            (_, true) => "",
            (0, false) => "GAP: no case shows it",
            (_, false) => "GAP: no case counts it across a holiday and a day worked in its stead",
        };
        uncounted += u32::from(!note.is_empty());
        say(format_args!("  {}.{:<32} {:>2}  {note}", deadline.kind, deadline.step, deadline.counts));
    }
    say(format_args!(
        "{passed} of {} cases passed; {gaps} requirements not shown; {uncounted} of {} deadlines not shown across a holiday",
        report.cases.len(),
        report.deadlines.len()
    ));
    Ok(if report.passed() && gaps + uncounted == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn text(folder: &Path, format: Format, languages: Languages, out: Option<&Path>) -> Result<ExitCode> {
    let edition = folder::usable_edition(folder)?;
    let book = match format {
        Format::Html => book::html(&edition.rulebook, languages)?,
        Format::Markdown => book::markdown(&edition.rulebook, languages),
    };
    match out {
        Some(file) => std::fs::write(file, book).with_context(|| format!("cannot write {}", file.display()))?,
        None => say(book),
    }
    Ok(ExitCode::SUCCESS)
}

fn attach(text: &Path, folder: &Path, source: &str) -> Result<ExitCode> {
    let bytes = std::fs::read(text).with_context(|| Sentence::new("command-no-file").with("file", text.display()))?;
    let file = SourceFile::of_bytes("text", bytes);
    let file = file.map_err(|_| Sentence::new("command-no-text").with("file", text.display()))?;
    let edition = folder::usable_edition(folder)?;
    let mut official = Official::of_text(&file.text, source);
    let known: Vec<&str> = edition.rulebook.articles.iter().map(|article| article.number.as_str()).collect();
    let foreign: Vec<String> =
        official.articles.keys().filter(|number| !known.contains(&number.as_str())).cloned().collect();
    official.articles.retain(|number, _| known.contains(&number.as_str()));
    if official.articles.is_empty() {
        bail!(Sentence::new("command-attach-none").with("file", text.display()));
    }
    let attached = official.articles.len();
    let earlier = &edition.rulebook.official;
    match official.complete_with(earlier) {
        Ok(kept) if kept.is_empty() => {}
        Ok(kept) => say(format_args!("kept from before: {}", kept.join(", "))),
        Err(gone) if gone.is_empty() => {}
        Err(gone) => say(format_args!("no longer attached, from {}: {}", earlier.source, gone.join(", "))),
    }
    let lacking: Vec<&str> = known.iter().copied().filter(|number| !official.articles.contains_key(*number)).collect();
    let to = folder.join(OFFICIAL);
    let beside = folder.join(format!("{OFFICIAL}.new"));
    std::fs::write(&beside, official.to_toml()).with_context(|| format!("cannot write {}", beside.display()))?;
    std::fs::rename(&beside, &to).with_context(|| format!("cannot write {}", to.display()))?;
    say(format_args!("{attached} articles attached in {}", to.display()));
    if !lacking.is_empty() {
        say(format_args!("without an official text: {}", lacking.join(", ")));
    }
    if !foreign.is_empty() {
        say(format_args!("left out, since the rulebook has no such article: {}", foreign.join(", ")));
    }
    Ok(ExitCode::SUCCESS)
}

fn explain_step(folder: &Path, step: &str, lang: Lang) -> Result<ExitCode> {
    let edition = folder::usable_edition(folder)?;
    let rulebook = &edition.rulebook;
    let (kind, step) = step.split_once('.').context(Sentence::new("command-step-of-kind"))?;
    let Some(found) = rulebook.kind(kind) else {
        let near = rules::rulebook::nearest(kind, rulebook.kinds.iter().map(|kind| kind.id.as_str()));
        bail!(Sentence::new("command-no-kind").with("kind", kind).with("near", or_none(near)));
    };
    let declared = found.step(step);
    if declared.is_none() && step != READ {
        let near = rules::rulebook::nearest(step, found.steps.iter().map(|step| step.id.as_str()));
        bail!(Sentence::new("command-no-step").with("step", step).with("kind", kind).with("near", or_none(near)));
    }
    explain::explain(&edition, found, declared, step, lang).iter().for_each(say);
    Ok(ExitCode::SUCCESS)
}

fn cite(rulebook: &Rulebook, rule: &facts::RuleId) {
    let Some(found) = rulebook.rule(rule) else { return say(format_args!("  [{rule}]")) };
    say(format_args!("  [{rule}] Article {}: {}", found.article, found.sentence.en));
    say(format_args!("      第{}条：{}", found.article, found.sentence.zh));
    if found.reconstructed {
        say("      (reconstructed: the source is missing here)");
    }
}
