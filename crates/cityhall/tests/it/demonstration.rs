//! The demonstration city: every act of its story is lawful on its day, and the record of it holds.

use crate::server::{Server, cityhall, demonstration, said};

#[test]
fn the_story_plays_verifies_survives_a_power_cut_and_is_rebuilt_the_same() {
    let mut server = Server::demonstration();
    server.kill();
    let database = server.database();
    let verify = cityhall(&database).args(["record", "verify"]).output().unwrap();
    assert!(verify.status.success(), "{}", said(&verify));
    let shown = |what: &[&str]| said(&cityhall(&database).args(what).arg("--json").output().unwrap());
    // What lies on a desk, and what may be read of what is open and of what is closed.
    let all = || {
        let desk = shown(&["desk", "--as", "mayor"]);
        let readers = ["mayor", "vm_commerce", "finance_clerk", "development_clerk"];
        let lists = readers.map(|reader| shown(&["list", "--as", reader, "--kind", "Topic", "--until", "2018-12-31"]));
        (desk, lists)
    };
    let before = all();
    assert!(before.1[2].contains("TP-2018-1"), "the finance bureau received the minutes of this topic's meeting");
    let rebuild = cityhall(&database).args(["record", "rebuild"]).output().unwrap();
    assert!(rebuild.status.success(), "{}", said(&rebuild));
    assert_eq!(before, all());
}

#[test]
fn an_altered_record_is_found_offline() {
    let folder = demonstration();
    let database = folder.path().join("office.db");
    let export = folder.path().join("export.jsonl");
    let done = cityhall(&database).args(["record", "export", export.to_str().unwrap()]).output().unwrap();
    assert!(done.status.success(), "{}", said(&done));
    let verify = || cityhall(&database).args(["record", "verify", export.to_str().unwrap()]).output().unwrap();
    assert!(verify().status.success(), "{}", said(&verify()));
    let text = std::fs::read_to_string(&export).unwrap();
    let altered = text.replacen("\"counts\":true", "\"counts\":false", 1);
    assert_ne!(text, altered);
    std::fs::write(&export, altered).unwrap();
    let verify = verify();
    assert!(!verify.status.success() && said(&verify).contains("altered"), "{}", said(&verify));
}

#[test]
fn a_story_that_was_broken_off_is_not_served() {
    let folder = demonstration();
    let database = folder.path().join("broken.db");
    let story = crate::server::root().join("demo/dalian/organisation.toml");
    let founded = cityhall(&database).args(["init", story.to_str().unwrap()]).output().unwrap();
    assert!(founded.status.success(), "{}", said(&founded));
    let demo = cityhall(&database).args(["demo", "--listen", "127.0.0.1:0"]).output().unwrap();
    assert!(!demo.status.success() && said(&demo).contains("broken off"), "{}", said(&demo));
}
