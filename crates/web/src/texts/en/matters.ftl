# Matters, their steps and lists.

matter-now = Now
matter-agenda = Agenda versions
matter-papers = Papers
matter-positions = Positions
matter-history = History
matter-can-do = What you can do now
matter-nothing-for-you = Nothing here waits for you.
matter-closed = The matter was closed on { $day }.
matter-waits = It waits for what comes first.
matter-waits-for = “{ $step }” is with { $who }.
matter-waits-vacant = “{ $step }”: { $vacancy }
matter-facts = The matter
matter-no-facts = Nothing has been written down yet.
matter-path = The way
matter-aside = { $count ->
    [one] One more step that may be taken along the way
   *[other] { $count } more steps that may be taken along the way
}
matter-latest = What happened last
matter-whole-history = The whole record
matter-clocks = Due days
matter-readers = Who may read this
matter-readers-count = { $count ->
    [one] One role
   *[other] { $count } roles
}
matter-readers-note = And everybody who has acted on it.
summary-more = … and { $count } more
thread-title = Connected matters
thread-open = { $kind } { $number }, open since { $day }
thread-closed = { $kind } { $number }, closed on { $day }
tag-open = Open
tag-overdue = Overdue
tag-due-soon = Due soon
tag-closed = Closed on { $day }
tag-late = Late, was due { $day }
path-opened-by = Opened by { $matter }.
path-over = Not taken; the matter is closed.
path-answers = { $count ->
    [one] one answer
   *[other] { $count } answers
}
path-open-answers = still to answer: { $members }
path-no-calendar = no due day: the calendar lacks { $year }
path-returned = Came back: “{ $outcome }” by { $person } on { $day }.
path-waits-for = Waits for { $missing }.
path-waits-for-more = Waits for { $missing } and { $count } more.
path-not-needed = Nobody has to be asked here.
path-not-needed-no = “{ $field }” is not so.
path-not-needed-yes = “{ $field }” is so.
void-undone = No longer counts: { $person } took “{ $step }” on { $day }.
void-changed = No longer counts: { $fields } was changed on { $day }, after this judged it.
paper-version = Version { $version }, { $day }
paper-versions = Versions
paper-current = Current
paper-read = Read
paper-compare = Compare with version { $version }
version-by = { $who }: { $step }
positions-member = Who was asked
positions-outcome = Position
positions-words = In their words
positions-who = Answered by
positions-answered = Answered
positions-open = No answer yet
positions-earlier = Before it fell: { $outcome }
positions-tally = { $outcome }: { $count }
positions-tally-open = no answer yet: { $count }
event-paper = { $paper }: read this version
event-published = As published
event-proof = No. { $seq } in the chain · rulebook { $edition } · digest { $digest }
new-title = Start something
new-other = Other matters
new-empty = There is nothing that you may start
new-empty-why = Starting belongs to posts and bodies; you hold none of them today.
form-submit = Submit
form-back = Back to the matter
form-kept = What you typed has been kept
form-kept-text = Nothing has been carried out: your session had ended, or the form was made before you signed in. Look through it, and press the button if it still holds.
form-kept-afresh = Begin again with the form as it stands
form-outcome = Outcome
form-each = For whom do you answer?
form-choose = Choose
form-unknown = Not in the directory
form-people-of-office = Posts of the whole office
form-people-other = Others
form-people-without-post = Without a post today
form-not-stated = Not stated
form-person = { $name } – { $posts }
form-one-a-line = One a line.
form-matter-number = { $field }: or another, by its number
form-matter-numbers = { $field }: others, by their numbers
form-ordered-hint = Number what belongs in, in its order; leave the others blank.
form-ordered-none = No open matter of this sort can be chosen now.
form-only-for = Only for: { $outcomes }
form-late = Why it is late
form-late-hint = This was due on { $day }. The reason stays on record.
form-late-hint-undated = The reason stays on record.
form-capacity = You act { $capacity }.
form-rule = The rule
form-bound = What this is about: { $field }
form-published = What is made public: { $field }
form-bound-folded = Show the whole text ({ $count } characters)
outcome-undoes = undoes “{ $step }”
outcome-opens = opens: { $kind }
outcome-publishes = is made public
outcome-closes = closes the matter
meanwhile-title = Meanwhile
meanwhile-stale = Something was done after you opened the form, and it touches what you are doing. What you typed is kept below. Look at what happened, then submit again if it still holds.
meanwhile-harmless = Others acted on this matter after you opened the form; it does not stand in your way.
meanwhile-kept = Others acted on this matter after you first opened the form. Look whether what you typed still holds.
meanwhile-more = … and { $count } more
done-title = Done: { $step }
done-opened = { $count ->
    [one] One further matter was opened.
   *[other] { $count } further matters were opened.
}
done-closed = The matter is closed.
done-meanwhile = Meanwhile: { $events }.
list-caption = Matters
list-matter = Matter
list-state = Where it stands
list-closed = Closed
list-note = { $number } · { $kind } · { $day }
list-turn = { $step } ({ $who })
list-turn-late = { $step } ({ $who }), { $late }
area-in-force = In force
area-ended = No longer in force
register-ended = has ended
register-day = Shown as of this day
register-no-day = A day is written as 2026-11-30. What is shown is of today.
area-open = Open
area-late = Late
area-closed = Closed
area-all = All
area-words = Words or number
area-kind = Kind
area-all-kinds = All kinds
area-filter = Filter
area-empty = Nothing here
area-empty-narrowed = Nothing that you may read fits. Look under “All” or take words away.
area-empty-next = Nothing that you may read has been started here yet.
openings-naming = Open from here
