# Signing in, one's own account, and what keeps a request from being answered.

nav-desk = My desk
nav-overview = Overview
nav-directory = Directory
nav-rulebook = Rulebook
language-name = English

sign-in-title = Sign in
sign-in-lead = For those who hold a post in this government.
sign-in-login = Login
sign-in-password = Password
sign-in-login-lacks = Enter your login
sign-in-password-lacks = Enter your password
sign-in-wrong = The login or the password is wrong. Try again; after several failures you will have to wait.
sign-in-locked = The login or the password is wrong, or was wrong too often. Try again in { $wait }.
sign-in-help = No account, or the password forgotten? Ask whoever runs this system for your office. Nobody will ever ask you for your password.
sign-in-public = What this government has decided and made public can be read without an account:
sign-in-ended = Your session has ended
sign-in-ended-text = Sign in again to go on where you were.
sign-in-ended-carried = What you typed is kept. Nothing has been carried out: sign in, and you come back to the form with your text in it.
sign-in-signed-out = You have signed out
sign-in-signed-out-everywhere = You have signed out everywhere
sign-in-signed-out-tokens-too = You have signed out everywhere, and no token and no calendar address of yours is in force any more
sign-in-demo = A demonstration
sign-in-demo-text = This city is made up. Choose a post and look at the office from there; the password of each account is

wait-seconds = { $count ->
    [one] one second
   *[other] { $count } seconds
}
wait-minutes = { $count ->
    [one] one minute
   *[other] { $count } minutes
}

account-title = Your account
account-password = Password
account-password-text = After the change you stay signed in here and are signed out everywhere else. Tokens and the address of your calendar stay in force until you revoke or end them.
account-password-present = Present password
account-password-new = New password
account-password-again = New password again
account-password-rules = At least { $count } characters. Several words that do not belong together are easy to remember and hard to guess.
account-password-button = Change password
account-password-differs = The two new passwords differ. Type the new password twice
account-password-wrong = The present password is wrong
account-password-locked = The present password is wrong, or was wrong too often. Try again in { $wait }
account-password-same = The new password is the present one. Choose another
account-password-short = The new password is too short. Give it at least { $count } characters
account-password-long = The new password is too long. Give it at most { $count } characters
account-password-plain = The new password repeats the same few characters. Use more different ones
account-password-login = The new password contains your login. Choose another
account-password-changed = Your password has been changed
account-password-changed-text = You have been signed out everywhere else.
account-sessions = Where you are signed in
account-sessions-text = A session ends eight hours after its last use, and two weeks after it began. If there is one you do not know, end it and change your password.
account-began = Signed in
account-used = Last used
account-ends = Ends
account-ends-unused = Ends if not used
account-act = What you can do
account-this-session = This session
account-session-end = End
account-session-ended = The session has been ended
account-end-all = Sign out everywhere
account-end-all-tokens = Sign out everywhere, revoke all tokens and end the calendar address
account-tokens = Tokens for programs
account-tokens-text = A program that shows a token acts as you, in your posts and on record under your name. Give each program its own, and revoke it when the program is no longer used.
account-made = Made
account-token-purpose = Purpose
account-token-label = What the token is for
account-token-label-hint = For example: monthly report
account-token-label-wrong = Say in 1 to 60 characters what the token is for
account-token-days = How long it lasts
account-token-days-count = { $count ->
    [one] one day
   *[other] { $count } days
}
account-token-days-wrong = Choose how long the token lasts
account-token-too-many = You have { $count } tokens already. Revoke one first
account-token-button = Make a token
account-token-made = New token:
account-token-made-text = Copy it now: it is not kept here and cannot be shown again. A program sends it as “Authorization: Bearer …”.
account-token-revoke = Revoke
account-token-revoked = The token has been revoked
account-language = Language
account-language-label = Show my pages in
account-language-button = Keep the language
account-language-kept = Your pages are shown in English from now on

fault-reference = Reference, should you report this:
fault-home = Go to the front page
fault-before = Go to the page of the form anew
fault-not-there = This page is not there
fault-not-there-next = Check the address or the number. It may also be that you may not know of it in your present posts.
fault-other-method = This cannot be done at this address
fault-other-method-next = Go back and use the buttons of the page.
fault-malformed = What was sent cannot be read
fault-malformed-next = Nothing was changed. Go back, check what you entered, and send it again.
fault-forged = This form is no longer valid
fault-forged-next = Nothing was changed. Go back, reload the page and send the form again from there. Your browser must allow cookies of this site.
fault-too-large = This is too much at once
fault-too-large-next = Nothing was carried out. At most { $max } MB can be sent at a time. Go back in your browser: what you typed is still there. Shorten it, or put the longest part into a paper of its own, and send it again.
fault-slow = The answer took too long
fault-slow-next = What you sent may have been recorded all the same. Look at the page again before you send it once more.
fault-unavailable = The record cannot be reached at present
fault-unavailable-next = Nothing was changed. Try again in a few minutes; if it lasts, tell whoever runs this system.
fault-unsound = Something went wrong here
fault-unsound-next = It is not your mistake. Look whether your last act was recorded before you repeat it, and report the reference below to whoever runs this system.
account-calendar = Calendar
account-calendar-text = The days on which steps of yours are due, and the meetings that you may read of, in the calendar of your telephone or computer. Whoever has the address sees them, titles included, and can do nothing else: give it only to a calendar that may hold what you may read.
account-calendar-made = The address of your calendar
account-calendar-made-text = Copy the address now and add it to your calendar program as a subscription: it is not kept here and cannot be shown again.
account-calendar-button = Make an address
account-calendar-again = Make another address; the present one ends
account-calendar-end = End the address
account-calendar-ended = The address of your calendar leads nowhere now
calendar-name = City Hall: { $person }
calendar-step = { $step }: { $title }
calendar-why-step = { $number }, { $kind }. Due from you { $capacity }, { $article }.
calendar-why-meeting = { $number }, { $kind }. Here because you may read of this meeting.
account-mail = Mail
account-mail-text = What comes to your desk, or once each working day all that waits on it: each with its number, its day and why it is yours, and no title or text of any matter. Nothing is sent in the quiet hours of the office.
account-mail-address = Address of your mailbox
account-mail-no-address = Write the address as NAME@HOST
account-mail-when = When
account-mail-at-once = As soon as something comes
account-mail-daily = Each working day at { $hour }
account-mail-button = Send me mails
account-mail-end = Send no more mails
account-mail-kept = You will be told by mail
account-mail-ended = No more mails are sent to you
