//! The loader on a small rulebook: what a right one gives, and what it says of every kind of mistake.

use cityhall_rules::rulebook::{
    Anchor, Deadline, Each, NoteWord, Part, Path, Place, Problem, Rulebook, Side, Source, SourceFile,
    Type, Who,
};
use proptest::prelude::*;

mod loader_mistakes;

const FILES: [(&str, &str); 6] = [
    ("rulebook.toml", include_str!("rulebooks/mini/rulebook.toml")),
    ("terms.toml", include_str!("rulebooks/mini/terms.toml")),
    ("01-posts.md", include_str!("rulebooks/mini/01-posts.md")),
    ("02-leave.md", include_str!("rulebooks/mini/02-leave.md")),
    ("zh/01-posts.md", include_str!("rulebooks/mini/zh/01-posts.md")),
    ("zh/02-leave.md", include_str!("rulebooks/mini/zh/02-leave.md")),
];

fn files() -> Vec<SourceFile> {
    let file = |(path, text): (&str, &str)| SourceFile { path: path.to_owned(), text: text.to_owned() };
    FILES.into_iter().map(file).collect()
}

/// The problems of the small rulebook with one piece of text replaced, without their source lines.
fn problems_with(file: &str, from: &str, to: &str) -> (bool, Vec<Problem>) {
    let mut files = files();
    let changed = files.iter_mut().find(|other| other.path == file).expect("a file of the rulebook");
    assert_eq!(changed.text.matches(from).count(), 1, "{from:?} stands once in {file}");
    changed.text = changed.text.replace(from, to);
    let (rulebook, problems) = Rulebook::read(&files);
    (rulebook.is_some(), problems)
}

fn in_one_line(problem: &Problem) -> String {
    problem.to_string().lines().next().unwrap_or_default().to_owned()
}

fn mini() -> Rulebook {
    let (rulebook, problems) = Rulebook::read(&files());
    assert_eq!(problems, []);
    rulebook.expect("no problem")
}

#[test]
fn generate() {
    for (name, file, from, to, _) in loader_mistakes::MISTAKES {
        let (_, problems) = problems_with(file, from, to);
        println!("@@{name}");
        for problem in problems {
            println!("{}", in_one_line(&problem));
        }
    }
}
