//! Only this site's own forms, made for this visitor, change anything.

use crate::hall::{Hall, LOGIN, PASSWORD};
use axum::http::{Method, StatusCode};

const HERE: [(&str, &str); 2] = [("origin", "http://hall.test"), ("sec-fetch-site", "same-origin")];

#[tokio::test]
async fn a_form_without_its_proof_or_from_elsewhere_is_refused() {
    let hall = Hall::open().await;
    let mut browser = hall.signed_in().await;
    let mut other = hall.signed_in().await;
    other.get("/account").await;
    browser.get("/account").await;
    let (proof, others) = (browser.proof(), other.proof());
    let flipped = format!("{}0", &proof[..proof.len() - 1]);
    let flipped = if flipped == proof { format!("{}1", &proof[..proof.len() - 1]) } else { flipped };
    type Headers<'h> = &'h [(&'h str, &'h str)];
    let cases: [(&str, &str, Headers<'_>); 7] = [
        ("no proof", "", &HERE),
        ("a wrong proof", &flipped, &HERE),
        ("the proof of another session", &others, &HERE),
        ("a foreign origin", &proof, &[("origin", "http://evil.test")]),
        ("a foreign page", &proof, &[("sec-fetch-site", "cross-site")]),
        ("a neighbouring host", &proof, &[("origin", "http://hall.test"), ("sec-fetch-site", "same-site")]),
        ("no origin told", &proof, &[("origin", "null")]),
    ];
    for (case, proof, headers) in cases {
        let fields = [("language", "zh-CN"), ("csrf", proof)];
        let answer = browser.post_as_is("/account/language", &fields, headers).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{case}");
        assert!(answer.body.contains("reload the page"), "{case}: {}", answer.body);
    }
    assert_eq!(hall.account().await.language, "en");
    let fields = [("language", "zh-CN"), ("csrf", proof.as_str())];
    assert_eq!(browser.post_as_is("/account/language", &fields, &HERE).await.status, StatusCode::SEE_OTHER);
    assert_eq!(hall.account().await.language, "zh-CN");
}

#[tokio::test]
async fn the_proof_may_stand_in_a_header_or_in_a_part() {
    let hall = Hall::open().await;
    let mut browser = hall.signed_in().await;
    browser.get("/account").await;
    let proof = browser.proof();
    let headers = [("x-csrf-token", proof.as_str()), ("content-type", "application/x-www-form-urlencoded")];
    let answer = browser.send(Method::POST, "/account/language", &headers, "language=zh-CN").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let body = format!("--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{proof}\r\n--x--\r\n");
    let answer = browser
        .send(Method::POST, "/account/sessions/end-all", &[("content-type", "multipart/form-data; boundary=x")], &body)
        .await;
    assert_eq!(answer.header("location"), "/sign-in");
}

#[tokio::test]
async fn nobody_is_signed_in_by_another_sites_form() {
    let hall = Hall::open().await;
    let mut browser = hall.browser();
    let fields = [("login", LOGIN), ("password", PASSWORD)];
    assert_eq!(browser.post_as_is("/sign-in", &fields, &[]).await.status, StatusCode::FORBIDDEN, "no cookie, no proof");
    browser.get("/sign-in").await;
    let proof = browser.proof();
    let fields = [("login", LOGIN), ("password", PASSWORD), ("csrf", proof.as_str())];
    let mut strange = hall.browser();
    assert_eq!(
        strange.post_as_is("/sign-in", &fields, &HERE).await.status,
        StatusCode::FORBIDDEN,
        "the proof of another browser"
    );
    assert_eq!(browser.post_as_is("/sign-in", &fields, &HERE).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_script_with_a_cookie_needs_the_proof_too() {
    let hall = Hall::open().await;
    let mut browser = hall.signed_in().await;
    browser.get("/account").await;
    let proof = browser.proof();
    let json = ("content-type", "application/json");
    let without = browser.send(Method::POST, "/api/sample/me", &[json], "{}").await;
    assert_eq!(without.status, StatusCode::FORBIDDEN);
    let with = browser.send(Method::POST, "/api/sample/me", &[json, ("x-csrf-token", &proof)], "{}").await;
    assert_eq!((with.status, with.body.as_str()), (StatusCode::OK, LOGIN));
}
