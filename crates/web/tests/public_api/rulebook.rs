//! The rulebook: every article and every step of the edition in force, and what an article governs.

use crate::hall::Hall;
use axum::http::StatusCode;
use serde_json::json;

#[tokio::test]
async fn every_article_and_every_step_is_shown_in_both_languages() {
    let hall = Hall::open().await;
    let edition = hall.office.edition();
    for lang in ["en", "zh-CN"] {
        let browser = hall.browser("finance_clerk", lang).await;
        let index = browser.get("/rulebook").await;
        index.shows(&[&edition.rulebook.digest.to_string(), &edition.rulebook.edition]);
        for article in &edition.rulebook.articles {
            let href = format!("/rulebook/{}", article.number);
            assert!(index.text.contains(&format!("href=\"{href}\"")), "{href}");
            let title = if lang == "en" { &article.title.en } else { &article.title.zh };
            browser.get(&href).await.shows(&[&title.replace('\'', "&#39;")]);
        }
        for kind in &edition.rulebook.kinds {
            for step in &kind.steps {
                browser.get(&format!("/rulebook/{}/{}", kind.id, step.id)).await.shows(&["hall-law"]);
            }
        }
        for path in ["/rulebook/9999", "/rulebook/Nothing/step", "/rulebook/Decision/nothing"] {
            assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND);
        }
    }
}

#[tokio::test]
async fn law_stands_beside_its_code_in_one_language_or_both() {
    let hall = Hall::open().await;
    let browser = hall.browser("finance_clerk", "en").await;
    let one = browser.get("/rulebook/32").await;
    one.shows(&["Nothing is published without a channel.", "resource.channels.isEmpty()", "enforced", "?both=yes"]);
    one.shows(&["Surrounding law", "in force from"]);
    assert!(!one.text.contains("lang=\"zh-CN\">未"));
    // The words come first; what is long in the code unfolds, and so does what is played through when it is tested.
    one.shows(&["<summary>Policy <span class=\"hall-quiet\">3 lines</span></summary>", "In this article", "Steps: "]);
    let open = browser.get("/rulebook/32?code=open").await;
    open.shows(&["<details open>", "Fold the code", "/rulebook/32?both=yes&#38;code=open"]);
    one.shows(&[
        "id=\"InformationRequest\"",
        "href=\"#InformationRequest\"",
        "id=\"cases\"",
        "R32-",
        "refused, Art. 20",
    ]);
    browser.get("/directory").await.shows(&["<details class=\"hall-fold hall-fold--titled\">"]);
    let both = browser.get("/rulebook/32?both=yes").await;
    both.shows(&["Nothing is published without a channel.", "<p class=\"hall-quiet\" lang=\"zh-CN\">"]);
}

#[tokio::test]
async fn an_article_names_the_open_matters_it_governs_to_those_who_may_read_them() {
    let hall = Hall::open().await;
    let clerk = hall.program("finance_clerk").await;
    let with = json!({ "title": "Fees of <b>parks</b>", "lead": "finance", "text": "Text." });
    let entered = clerk.act("/api/v1/kinds/Publication/enter", json!({ "with": with })).await;
    let number = entered.json()["number"].as_str().unwrap().to_owned();
    let turns = {
        let matter = hall.office.store().matter_by_number(&number).await.unwrap().unwrap();
        hall.office.turns_of(&[matter.id]).await.unwrap()
    };
    let rule = turns.values().flatten().find(|turn| !turn.waits).expect("something is open").rule.clone();
    let article = rule.as_str().split('/').next().unwrap().to_owned();
    let seen = hall.browser("finance_clerk", "en").await.get(&format!("/rulebook/{article}")).await;
    seen.shows(&[&number, "Fees of &#60;b&#62;parks", "Open matters it governs now"]);
    let hidden = hall.browser("education_clerk", "en").await.get(&format!("/rulebook/{article}")).await;
    assert!(!hidden.text.contains(&number));
    hidden.shows(&["No open matter"]);
}
