//! Whole ways of people through the pages, in a browser.

use crate::{
    browser::{Browser, DESKTOP, PHONE, PLAIN},
    server::{PASSWORD, Server},
};

/// The executive meeting of three working days ago; its minutes wait for the mayor's signature.
const HELD: &str = "/matters/EM-16-232";
/// The appointment of the mayor who is in office.
const MAYOR_APPOINTED: &str = "/matters/AP-2020-3";

#[tokio::test]
async fn a_department_proposes_a_decision_and_the_general_office_takes_it_up_on_a_phone() {
    let server = Server::demonstration();
    let browser = Browser::start(&server, DESKTOP).await;
    browser.sign_in("finance_clerk").await;
    browser.go("/new/Decision/propose").await;
    browser.write("field.title", "A <b>bold</b> fare").await;
    browser.write("field.draft", "One yuan a ride.").await;
    browser.submit().await;
    // The grounds were forgotten: the page says so, and nothing typed is lost.
    browser.shows("Please mend the following").await;
    assert_eq!(browser.written("field.title").await, "A <b>bold</b> fare");
    assert_eq!(browser.written("field.draft").await, "One yuan a ride.");
    browser.write("field.grounds", "Costs have risen.").await;
    browser.submit().await;
    browser.shows("A <b>bold</b> fare").await;
    let path = browser.path().await;
    assert!(path.starts_with("/matters/MD-"), "{path}");
    assert!(!browser.has("main h1 b").await, "typed text is text, not markup");
    drop(browser);

    let phone = Browser::start(&server, PHONE).await;
    phone.sign_in("general_office_clerk").await;
    let number = path.rsplit('/').next().unwrap();
    phone.go(&format!("/search?q={number}")).await;
    phone.shows("bold").await;
    for page in
        ["/desk", &path, &format!("{path}/qualify"), "/areas/meetings", "/overview", "/directory", "/rulebook/24"]
    {
        phone.go(page).await;
        assert!(!phone.overflows().await, "{page} is wider than a phone");
    }
    phone.go(&format!("{path}/request_review")).await;
    let why = phone.shows("Art. 26").await;
    assert!(why.contains("Finance Bureau"), "whose step it is stands there: {why}");
}

#[tokio::test]
async fn a_session_that_ends_in_mid_form_takes_nothing_that_was_typed() {
    let server = Server::demonstration();
    let [browser, elsewhere] = Browser::two(&server, [DESKTOP, PHONE]).await;
    browser.sign_in("finance_clerk").await;
    browser.go("/new/Decision/propose").await;
    browser.write("field.title", "Parking at the port").await;
    browser.write("field.draft", "Two yuan an hour.").await;
    browser.write("field.grounds", "The quays are full.").await;
    elsewhere.sign_in("finance_clerk").await;
    elsewhere.go("/account").await;
    elsewhere.click("form[action='/account/sessions/end-all'] button").await;
    elsewhere.shows("For those who hold a post").await;
    drop(elsewhere);
    browser.submit().await;
    browser.shows("Your session has ended").await;
    browser.write("login", "finance_clerk").await;
    browser.write("password", PASSWORD).await;
    browser.click("main button[type=submit]").await;
    browser.shows("What you typed has been kept").await;
    assert_eq!(browser.path().await, "/new/Decision/propose");
    for (field, text) in
        [("title", "Parking at the port"), ("draft", "Two yuan an hour."), ("grounds", "The quays are full.")]
    {
        assert_eq!(browser.written(&format!("field.{field}")).await, text);
    }
    // Nothing was carried out before the button is pressed again.
    browser.submit().await;
    browser.shows("Parking at the port").await;
    let path = browser.path().await;
    assert!(path.starts_with("/matters/MD-"), "{path}");
}

#[tokio::test]
async fn what_is_typed_into_a_form_and_left_is_kept_until_it_is_sent() {
    let server = Server::demonstration();
    let browser = Browser::start(&server, DESKTOP).await;
    browser.sign_in("finance_clerk").await;
    browser.go("/new/Decision/propose").await;
    browser.write("field.title", "Parking at the port").await;
    browser.go("/directory").await;
    browser.shows("Directory").await;
    browser.go("/new/Decision/propose").await;
    browser.shows("What you typed has been kept").await;
    assert_eq!(browser.written("field.title").await, "Parking at the port");
    browser.write("field.draft", "Two yuan an hour.").await;
    browser.write("field.grounds", "The quays are full.").await;
    browser.submit().await;
    browser.shows("Parking at the port").await;
    browser.go("/new/Decision/propose").await;
    browser.shows("Propose").await;
    assert_eq!(browser.written("field.title").await, "", "what was sent is kept no longer");
}

#[tokio::test]
async fn the_mayor_signs_the_minutes_a_task_and_a_public_page_follow_without_scripts() {
    let server = Server::demonstration();
    let browser = Browser::start(&server, PLAIN).await;
    browser.sign_in("general_office_clerk").await;
    browser.go(&format!("{HELD}/issue_minutes")).await;
    let why = browser.shows("Art. 44").await;
    assert!(why.contains("This step belongs to Mayor."), "{why}");
    drop(browser);

    let browser = Browser::start(&server, PLAIN).await;
    browser.sign_in("mayor").await;
    browser.go(&format!("{HELD}/issue_minutes")).await;
    browser.shows("You act as Mayor").await;
    browser.submit().await;
    browser.shows("Minutes|minutes").await;
    assert_eq!(browser.path().await, HELD);
    browser.go("/areas/ledger").await;
    browser.shows("港口岸电建设和使用三年行动计划").await;
    drop(browser);

    let browser = Browser::start(&server, PLAIN).await;
    browser.sign_in("general_office_clerk").await;
    browser.go("/search?q=港口岸电建设和使用三年行动计划").await;
    browser.click("main a[href^='/matters/PB-']").await;
    browser.shows("Publish").await;
    let publication = browser.path().await;
    browser.go(&format!("{publication}/publish")).await;
    let why = browser.shows("Compare with the minutes").await;
    assert!(why.contains("One thing stands in the way"), "no text leaves uncompared: {why}");
    browser.go(&format!("{publication}/compare")).await;
    browser.write("field.text", "会议原则通过港口岸电行动计划。").await;
    browser.submit().await;
    browser.shows("Compare with the minutes").await;
    browser.go(&format!("{publication}/publish")).await;
    browser.click("input[name='field.channels'][value='website']").await;
    browser.submit().await;
    browser.shows("Closed on").await;
    drop(browser);

    let stranger = Browser::start(&server, PLAIN).await;
    stranger.go("/public").await;
    stranger.shows("港口岸电建设和使用三年行动计划").await;
    let address = publication.replace("/matters/", "/public/");
    stranger.go(&address).await;
    stranger.shows("会议原则通过港口岸电行动计划").await;
    stranger.go(&publication).await;
    stranger.shows("Sign in|登录").await;
    assert_eq!(stranger.path().await, "/sign-in");
}

#[tokio::test]
async fn two_tabs_one_step_the_second_is_told_and_nothing_is_doubled() {
    let server = Server::demonstration();
    let [first, second] = Browser::two(&server, [DESKTOP, DESKTOP]).await;
    first.sign_in("mayor").await;
    first.go(&format!("{HELD}/issue_minutes")).await;
    second.sign_in("mayor").await;
    second.go(&format!("{HELD}/issue_minutes")).await;
    first.submit().await;
    first.shows("Minutes").await;
    second.submit().await;
    let told = second.shows("Meanwhile|meanwhile").await;
    assert!(told.contains("Sign the minutes"), "{told}");
    second.go("/areas/ledger").await;
    let ledger = second.shows("港口岸电").await;
    assert_eq!(ledger.matches("港口岸电建设和使用三年行动计划").count(), 1, "{ledger}");
}

#[tokio::test]
async fn the_mayor_goes_abroad_and_who_is_commissioned_signs_and_says_so() {
    let server = Server::demonstration();
    let mayor = Browser::start(&server, DESKTOP).await;
    mayor.sign_in("mayor").await;
    mayor.go("/new/Commission/commission").await;
    mayor.choose("field.given_by", "mayor").await;
    mayor.choose("field.stand_in", "evm").await;
    mayor.choose("field.occasion", "abroad").await;
    mayor.write("field.purpose", "A visit to a sister city").await;
    mayor.day("field.from", 0).await;
    mayor.day("field.until", 1).await;
    mayor.submit().await;
    mayor.shows("A visit to a sister city").await;
    mayor.go("/directory").await;
    mayor.shows("Acting for the mayor").await;
    // The powers are lent, and the mayor has not got them meanwhile.
    mayor.go(&format!("{HELD}/issue_minutes")).await;
    let why = mayor.shows("This step belongs to").await;
    assert!(why.contains("Executive Vice Mayor"), "{why}");
    // To read what they let read is not lent.
    mayor.go("/matters/LV-2026-5").await;
    mayor.shows("赴苏州考察集团化办学").await;
    drop(mayor);

    let acting = Browser::start(&server, PLAIN).await;
    acting.sign_in("evm").await;
    acting.go(&format!("{HELD}/issue_minutes")).await;
    acting.shows("You act").await;
    acting.submit().await;
    acting.shows("Signed|Sign the minutes").await;
    acting.go(&format!("{HELD}?show=history")).await;
    let history = acting.shows("Executive Vice Mayor").await;
    assert!(history.contains("acting for the Mayor under CM-"), "{history}");
}

#[tokio::test]
async fn a_vacant_post_blocks_what_is_the_mayors_alone_and_an_acting_mayor_takes_it_up() {
    let server = Server::demonstration();
    // Who leaves the post of mayor, and who takes it up, is recorded by the head of the General Office.
    let head = Browser::start(&server, DESKTOP).await;
    head.sign_in("general_office_head").await;
    head.go(&format!("{MAYOR_APPOINTED}/end")).await;
    head.day("field.until", -1).await;
    head.submit().await;
    head.shows("Closed on").await;
    drop(head);
    let clerk = Browser::start(&server, DESKTOP).await;
    clerk.sign_in("general_office_clerk").await;
    clerk.go(HELD).await;
    let waits = clerk.shows("vacant").await;
    assert!(waits.contains("Mayor"), "{waits}");
    // What is not the mayor's goes on.
    clerk.go("/new/Task/enter").await;
    clerk.shows("What is to be done").await;
    drop(clerk);
    let head = Browser::start(&server, PLAIN).await;
    head.sign_in("general_office_head").await;
    head.go("/new/Appointment/record").await;
    head.choose("field.person", "evm").await;
    head.choose("field.post", "acting_mayor_by_congress").await;
    head.day("field.from", 0).await;
    head.write("field.basis", "Standing committee of the congress").await;
    head.submit().await;
    head.shows("Standing committee of the congress").await;
    drop(head);

    let acting = Browser::start(&server, PLAIN).await;
    acting.sign_in("evm").await;
    acting.go(&format!("{HELD}/issue_minutes")).await;
    acting.shows("You act").await;
    acting.submit().await;
    acting.shows("Distribute the minutes").await;
}

/// The working meeting of today, at its second item.
const ROOM: &str = "/matters/WM-2026-3?show=room";

#[tokio::test]
async fn a_meeting_is_led_from_item_to_item_by_its_chair_on_a_phone_and_the_general_office() {
    let server = Server::demonstration();
    let clerk = Browser::start(&server, DESKTOP).await;
    clerk.sign_in("general_office_clerk").await;
    clerk.go(ROOM).await;
    clerk.shows("Item 2 of 3").await;
    // What only another position asks for stands in nobody's way.
    assert_eq!(clerk.ask("return document.querySelector('[data-outcomes]').hidden").await, true);
    clerk.choose("outcome", "oppose").await;
    assert_eq!(clerk.ask("return document.querySelector('[data-outcomes]').hidden").await, false);
    clerk.choose("outcome", "support").await;
    clerk.choose("each", "emergency_head").await;
    clerk.choose("each", "industry_head").await;
    clerk.submit().await;
    clerk.shows("In favour: 3, Reserved: 1").await;
    drop(clerk);

    let chair = Browser::start(&server, PHONE).await;
    chair.sign_in("vm_industry").await;
    chair.go(ROOM).await;
    chair.shows("Item 2 of 3").await;
    assert!(!chair.overflows().await, "the room is wider than a phone");
    chair.choose("outcome", "adopt").await;
    chair.choose("field.lead", "human_resources").await;
    chair.day("field.task_due", 60).await;
    chair.submit().await;
    chair.shows("Item 2 of 3 Adopted").await;
    chair.click(".hall-room__next a").await;
    chair.shows("Item 3 of 3").await;
}

#[tokio::test]
async fn the_room_shows_what_others_record_and_takes_nothing_from_whoever_is_at_work() {
    let server = Server::demonstration();
    let [chair, clerk] = Browser::two(&server, [PHONE, DESKTOP]).await;
    chair.sign_in("vm_industry").await;
    chair.go(ROOM).await;
    chair.shows("In favour: 1").await;
    clerk.sign_in("general_office_clerk").await;
    speaks_for(&clerk, "emergency_head").await;
    chair.shows("In favour: 2").await;
    let told = chair.ask("return document.querySelector('[data-hall=fresh] [role=status]').textContent").await;
    assert_eq!(told, "Others have recorded something. The page shows it.");
    drop([chair, clerk]);

    let [at_work, clerk] = Browser::two(&server, [DESKTOP, DESKTOP]).await;
    for browser in [&at_work, &clerk] {
        browser.sign_in("general_office_clerk").await;
    }
    at_work.go(ROOM).await;
    at_work.choose("outcome", "oppose").await;
    speaks_for(&clerk, "industry_head").await;
    let shown = at_work.shows("Others have recorded something since.").await;
    assert!(shown.contains("In favour: 2"), "{shown}");
    assert_eq!(at_work.ask("return document.querySelector('[name=outcome][value=oppose]').checked").await, true);
    at_work.click(".hall-room__offer a").await;
    at_work.shows("In favour: 3").await;
}

/// Records that a member is in favour of the item.
async fn speaks_for(clerk: &Browser, member: &str) {
    clerk.go(ROOM).await;
    clerk.choose("outcome", "support").await;
    clerk.choose("each", member).await;
    clerk.submit().await;
}

#[tokio::test]
async fn the_mayor_sees_how_much_was_made_public_and_what() {
    let server = Server::demonstration();
    let browser = Browser::start(&server, PHONE).await;
    browser.sign_in("mayor").await;
    browser.go("/overview").await;
    let shown = browser.shows("made something public").await;
    assert!(shown.contains("Suggestions and proposals"), "{shown}");
    assert!(!browser.overflows().await, "the overview is wider than a phone");
    browser.click("a[href*='of=published']").await;
    browser.shows("closed and made public").await;
    assert!(browser.has("main table tbody tr").await, "the matters behind the number");
}

#[tokio::test]
async fn an_agenda_is_put_in_order_without_a_mouse() {
    let server = Server::demonstration();
    let browser = Browser::start(&server, DESKTOP).await;
    browser.sign_in("general_office_clerk").await;
    browser.go("/matters/EM-16-233/collect").await;
    let row = |n: usize, tool: &str| format!(".hall-ordered__item:nth-child({n}) button[data-tool={tool}]");
    let on = "return [...document.querySelectorAll('.hall-ordered__item--on .hall-ordered__name')].map(row => row.textContent)";
    browser.press(&row(1, "toggle")).await;
    browser.press(&row(2, "toggle")).await;
    let put_on = browser.ask(on).await;
    browser.press(&row(2, "up")).await;
    let moved = browser.ask(on).await;
    assert_eq!((&moved[0], &moved[1]), (&put_on[1], &put_on[0]));
    let told = browser.ask("return document.querySelector('.hall-ordered [role=status]').textContent").await;
    assert!(told.as_str().is_some_and(|told| told.ends_with("is now number 1")), "{told}");
    let minutes = "return [...document.querySelectorAll('.hall-ordered__item--on')].reduce((all, row) => all + +row.dataset.minutes, 0)";
    let minutes = browser.ask(minutes).await.as_u64().unwrap();
    assert!(minutes > 0, "the topics say how long they take");
    browser.shows(&format!("Together {minutes} minutes.")).await;
    browser.submit().await;
    browser.shows("Take the agenda back").await;
    let agenda = "return [...document.querySelectorAll('.hall-agenda__title')].map(title => title.textContent)";
    let agenda = browser.ask(agenda).await;
    for n in 0..2 {
        let (named, title) = (moved[n].as_str().unwrap(), agenda[n].as_str().unwrap());
        assert!(named.ends_with(title), "{named} stands where {title} does");
    }
}

#[tokio::test]
async fn the_general_office_enters_a_list_and_who_is_new_in_it_holds_a_post() {
    const LIST: &str = "person,name,english_name,post,body,from,basis\n\
        P3001,新任科员,A new clerk,staff,transport,2099-01-01,Order 17\n\
        P3002,某人,Somebody,head,nowhere,2099-01-01,Order 18\n";
    let server = Server::demonstration();
    for screen in [DESKTOP, PLAIN] {
        let clerk = Browser::start(&server, screen).await;
        clerk.sign_in("general_office_clerk").await;
        clerk.go("/directory").await;
        clerk.click("a[href='/directory/import']").await;
        let list = LIST.replace("P300", if screen.scripts { "S" } else { "P" });
        match screen.scripts {
            true => {
                // A file stands in the field as if it had been pasted.
                let script = format!(
                    "const transfer = new DataTransfer(); transfer.items.add(new File([{list:?}], 'list.csv')); \
                     const input = document.getElementById('file'); input.files = transfer.files; \
                     input.dispatchEvent(new Event('change')); \
                     await new Promise(done => setTimeout(done, 500)); return document.getElementById('list').value"
                );
                assert_eq!(clerk.ask(&script).await, list);
            }
            false => clerk.write("list", &list).await,
        }
        clerk.click("button[value=show]").await;
        let shown = clerk.shows("What it would change").await;
        assert!(shown.contains("A new clerk: Staff of Transport Bureau, from 1 January 2099"), "{shown}");
        assert!(shown.contains("the directory has no body “nowhere”"), "{shown}");
        // What was sent stands there still, to be mended.
        assert!(clerk.written("list").await.contains("nowhere"));
        // What was not shown is not entered.
        clerk.write("list", &list.replace("Order 17", "Order 19")).await;
        clerk.click("button[value=enter]").await;
        clerk.shows("The list was changed since its changes were shown, and nothing was entered.").await;
        clerk.click("button[value=enter]").await;
        clerk.shows("Changes entered: 2; rows left out: 1.").await;
        clerk.click("button[value=show]").await;
        clerk.shows("One row says what the directory says already.").await;
    }
}
