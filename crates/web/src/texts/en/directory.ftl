# The directory: posts, standing in, bodies, people, vacancies.

directory-title = Directory
directory-today = The office today, { $day }.
directory-on = The office as it stood or will stand on { $day }, as far as is on record.
directory-day = Show the office on this day
directory-show-day = Show
directory-back-to-today = Back to today
directory-day-malformed = “{ $typed }” is not a day. Write it as year-month-day, such as 2019-03-01. What you see is today.
directory-day-early = The record does not reach back to { $day }; it begins on { $first }. What you see is today.
directory-day-late = { $day } is too far ahead; ask for a day until { $last }. What you see is today.

directory-posts = Posts of the whole office
directory-no-posts = The rulebook names no posts of the whole office.
directory-post = Post
directory-holder = Held by
directory-person = Person
directory-as = As
directory-where = Where or for whom
directory-from = Since
directory-until = Until
directory-basis = Basis
directory-body = Body
directory-span = { $from } until { $until }
directory-founding = founding directory
directory-basis-hidden = a matter that you may not read
directory-whole-office = whole office
directory-vacant = vacant
directory-liaises = Liaison
directory-is-away = Away
directory-does-not-count = does not count today: the post that goes with it is not held
directory-away-until = Away until { $day }
directory-delegated = Written delegation
directory-delegated-meaning = Acts for the person who delegated, in the matters named and no others.

directory-standing = Who acts for whom
directory-stand-in = Stands in
directory-stood-for = For
directory-stands-in = stands in: { $names }
directory-gives-nothing = gives no powers now
directory-nobody-stands-in = Nobody on this day.
directory-regime-full = Has the powers of the { $post } for the time and is named as { $known }.
directory-regime-own = Has only what the rulebook gives to the { $known }; the other powers of the { $post } stay where they are.
directory-regime-exclusive = Whoever is stood in for gives the powers up for that time.

directory-away = Who is away
directory-nobody-away = Nobody is recorded as away on this day.

directory-bodies = Bodies
directory-body-today = Today
directory-portfolio-over-time = Who was in charge of it
directory-people-over-time = Who held which post in it
directory-nothing-over-time = Nothing is on record.

directory-roles-today = Roles today
directory-over-time = Over time
directory-role = Role
directory-why = Why
directory-no-roles = This person holds no role today.

directory-vacancies = Vacant posts
directory-blocks-nothing = Nothing waits for it at present.
directory-blocks = { $count ->
    [one] One step waits for it.
   *[other] { $count } steps wait for it.
}
directory-blocks-hidden = { $count ->
    [one] One step waits for it,
   *[other] { $count } steps wait for it,
} { $hidden ->
    [one] one of them in a matter that you may not read.
   *[other] { $hidden } of them in matters that you may not read.
}
directory-waits-for = Waits for the { $post }
directory-waiting = { $step }: { $title }

roster-title = Enter a list of people and posts
roster-lead = A list from another system, one row a person and a post. First you see what it would change; nothing is entered before you say so. Each change is a step of the rulebook, taken by you; a row of which anything is refused enters nothing.
roster-as-it-is = The directory as it stands, as a list
roster-list = The list
roster-list-hint = The first row names the columns. Cells are parted by commas, semicolons or tabs; cells copied from a spreadsheet can be pasted as they are.
roster-file = A file with the list
roster-late = Why it is entered late
roster-late-hint = Only where posts are entered after their days. It stays on record with each of them.
roster-show = Show what it would change
roster-enter = { $count ->
    [one] Enter one change
   *[other] Enter { $count } changes
}
roster-changes = What it would change
roster-column-row = Row
roster-column-change = Change
roster-column-standing = What becomes of it
roster-line = Line { $line }
roster-and = ; then{" "}
roster-same = { $count ->
    [one] One row says what the directory says already.
   *[other] { $count } rows say what the directory says already.
}
roster-nothing = The list changes nothing.
roster-nothing-next = The directory says all of it already. Who stands in no row stays as he or she is; whoever left gets a row with the last day.
roster-row-lawful = To be entered
roster-row-entered = Entered
roster-row-refused = Refused
roster-row-unread = Cannot be read
roster-row-same = Known already
roster-new-person = Enters { $zh } ({ $en }) under { $id }
roster-other-name = Names { $id } { $zh } ({ $en })
roster-new-body = Enters { $zh } ({ $en }) under { $id }: { $class }
roster-other-body = Names { $id } { $zh } ({ $en }): { $class }
roster-holds = { $person }: { $post }, from { $day }
roster-leaves = { $person }: { $post }, last day { $day }
roster-entered = { $count ->
    [one] One change was entered.
   *[other] { $count } changes were entered.
}
roster-entered-left = Changes entered: { $count }; rows left out: { $left }. A row of which anything is refused is left out whole. Mend those rows and send the list again: what is entered is not entered twice.
roster-meanwhile = The directory changed since this was shown, by this list itself if it was sent twice. Nothing was entered now; this is what the list would still change.
roster-columns = The columns
roster-columns-lead = A column may be called by either name, in English or Chinese, in any order. Posts and bodies are named by their ids or their names. A row without a person is about the body. Without a first day, a last day ends the post that is held.
roster-column-name = Name of the column
roster-column-meaning = Meaning
roster-empty = There is no row below the names of the columns.
roster-malformed = Line { $line } cannot be read as a row; look for a quotation mark that is not closed.
roster-too-many = A list has at most { $count } rows; send it in parts.
roster-no-subject = No column says whose row it is: one has to be called “person” or “body”.
roster-twice = The columns “{ $first }” and “{ $second }” say the same; leave one out.
roster-unknown = No column is called “{ $name }”. The names are listed below.
roster-unknown-nearest = No column is called “{ $name }”; the nearest is “{ $nearest }”.
roster-stray = “{ $cell }” stands under no column name.
roster-not-text = The list is not UTF-8; save it as CSV in UTF-8.
roster-query = “seen” is the number of a version, “command” the id of a submission.
roster-no-step-new-person = The rulebook has no step by which a person is entered.
roster-no-step-other-name = The rulebook has no step by which a name is changed.
roster-no-step-new-body = The rulebook has no step by which a body is entered.
roster-no-step-other-body = The rulebook has no step by which a body is changed.
roster-no-step-holds = The rulebook has no step by which somebody is put into a post.
roster-no-step-leaves = The rulebook has no step by which a post is given up.
roster-nobody = The row says of a post and names no person.
roster-not-yours = None of the steps by which a list is entered is yours to take.
roster-changed = The list was changed since its changes were shown, and nothing was entered. This is what it would change now.
