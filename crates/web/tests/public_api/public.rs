//! The public site needs no account, escapes what was published, and gives nothing else away.

use crate::{api::published_draft, hall::Hall};
use axum::http::{StatusCode, header};

#[tokio::test]
async fn a_publication_is_read_without_an_account_in_both_languages() {
    let hall = Hall::open().await;
    hall.stranger("/public", "en").await.shows(&["Nothing has been published yet"]);
    let address = hall.published("Budget of 2019", "First paragraph.\n\nSecond paragraph.").await;
    for (lang, label) in [("en", "Permanent address"), ("zh-CN", "永久网址")] {
        let list = hall.stranger("/public", lang).await;
        list.shows(&["Budget of 2019", &format!("href=\"/public/{address}\"")]);
        let page = hall.stranger(&format!("/public/{address}"), lang).await;
        page.shows(&["<p>First paragraph.</p><p>Second paragraph.</p>", label, &address]);
        assert!(page.header(header::CACHE_CONTROL).starts_with("public, max-age="));
        assert!(page.headers.get(header::SET_COOKIE).is_none());
        for secret in ["/matters/", "finance_clerk", "sign-out", "csrf"] {
            assert!(!page.text.contains(secret), "{secret}");
        }
    }
    assert_eq!(hall.stranger(&format!("/matters/{address}"), "en").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn what_is_not_there_gets_a_page_with_a_sentence() {
    let hall = Hall::open().await;
    for (lang, sentence) in [("en", "There is no publication at this address"), ("zh", "此网址没有公开信息")] {
        let page = hall.stranger("/public/PB-1999-1", lang).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
        assert!(page.text.contains(sentence), "{}", page.text);
        page.has_all_texts();
    }
}

#[tokio::test]
async fn the_list_is_searched_and_turned_over() {
    let hall = Hall::open().await;
    for n in 1..=21 {
        hall.published(&format!("Notice {n} on {}", if n == 7 { "parks" } else { "roads" }), "Text.").await;
    }
    let found = hall.stranger("/public?q=parks", "en").await;
    found.shows(&["Notice 7 on parks", "One publication for “parks”."]);
    assert!(!found.text.contains("roads"));
    hall.stranger("/public?q=%22%3Cmoon%3E", "en").await.shows(&["&#60;moon&#62;"]);
    let first = hall.stranger("/public", "en").await;
    first.shows(&["Notice 21 on roads", "page=2"]);
    assert!(!first.text.contains("Notice 1 on roads"));
    hall.stranger("/public?page=2", "en").await.shows(&["Notice 1 on roads"]);
    let beyond = hall.stranger("/public?page=99999", "en").await;
    assert_eq!((beyond.status, beyond.header(header::LOCATION)), (StatusCode::SEE_OTHER, "/public?page=2"));
    for odd in ["/public?page=0", "/public?page=-1", "/public?page=x&q="] {
        assert_eq!(hall.stranger(odd, "en").await.status, StatusCode::OK, "{odd}");
    }
}

#[tokio::test]
async fn markup_in_a_publication_is_text() {
    let hall = Hall::open().await;
    let markup = "<script>alert(1)</script> & \"quotes\" ]]>";
    let address = hall.published(markup, markup).await;
    for path in ["/public", &format!("/public/{address}"), "/public/feed.xml", "/public?q=alert"] {
        let page = hall.stranger(path, "en").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text.contains("&#60;script&#62;alert(1)"), "{path}: {}", page.text);
        assert!(!page.text.contains("<script>alert"), "{path}");
    }
}

#[tokio::test]
async fn the_feed_is_atom_with_lasting_ids() {
    let hall = Hall::open().await;
    let address = hall.published("Budget\u{b}", "Text.").await;
    let feed = hall.stranger("/public/feed.xml", "en").await;
    assert_eq!(feed.header(header::CONTENT_TYPE), "application/atom+xml; charset=utf-8");
    feed.shows(&[
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">",
        &format!("<id>urn:cityhall:publication:{address}</id>"),
        &format!("href=\"http://hall.test/public/{address}\""),
        "<updated>2019-04-23T00:00:00+08:00</updated>",
        "<title>Budget – Publication, 23 April 2019</title>",
    ]);
}

#[tokio::test]
async fn a_draft_open_for_comment_says_so_and_until_when() {
    let hall = Hall::open().await;
    let draft = published_draft(&hall).await;
    let said = [
        (
            "en",
            "Draft for comment",
            "Until 23 May 2019; after that comes “Close public comment”.",
            "stays open for 30 days",
        ),
        ("zh-CN", "征求意见稿", "截至2019年5月23日；其后办理“结束公开征求意见”。", "30"),
    ];
    for (lang, step, until, rule) in said {
        let page = hall.stranger(&format!("/public/{draft}"), lang).await;
        page.shows(&[&format!("<p class=\"hall-paper__stage\">{step}</p>"), until, rule]);
        hall.stranger("/public", lang).await.shows(&[step]);
        hall.stranger("/public/feed.xml", lang).await.shows(&["Sorting of waste", step]);
    }
    hall.office.clock().pass(jiff::SignedDuration::from_hours(24 * 31));
    let clerk = hall.program("ecology_clerk").await;
    let with = serde_json::json!({ "with": { "comment_count": 0, "comment_summary": "None came." } });
    let closed = clerk.act(&format!("/api/v1/matters/{draft}/close_comments"), with).await;
    assert_eq!(closed.status, StatusCode::OK, "{}", closed.text);
    let page = hall.stranger(&format!("/public/{draft}"), "en").await;
    page.shows(&["“Close public comment”: done on 24 May 2019."]);
    let feed = hall.stranger("/public/feed.xml", "en").await;
    feed.shows(&[
        "<title>Sorting of waste – What became of the comments, 24 May 2019</title>",
        "<title>Sorting of waste – Draft for comment, 23 April 2019</title>",
    ]);
    assert!(!hall.stranger(&format!("/public/{draft}-b"), "en").await.text.contains("Draft for comment"));
}

#[tokio::test]
async fn a_server_that_knows_its_address_gives_it_whole() {
    let hall = Hall::open().await;
    let address = hall.published("Budget", "Text.").await;
    hall.stranger(&format!("/public/{address}"), "en").await.shows(&[&format!(">/public/{address}</a>")]);
    let web = cityhall_web::Web::new(hall.office.clone()).address("https://city.test");
    let mut hall = hall;
    hall.router = cityhall_web::router(web);
    let page = hall.stranger(&format!("/public/{address}"), "en").await;
    page.shows(&[&format!(">https://city.test/public/{address}</a>")]);
    hall.stranger("/public/feed.xml", "en").await.shows(&[&format!("https://city.test/public/{address}")]);
}
