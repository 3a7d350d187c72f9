# Words for what the engine answers: refusals, days, capacities, values, events.

article-number = Art. { $number }
article-reconstructed = Art. { $number } (reconstructed)

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
day-full = { $day } { $month } { $year }
day-of-year = { $day } { $month }
month-of-year = { $month } { $year }
days-of-month = { $first }–{ $last } { $month }
days-run = { $first } to { $last }
instant = { $day }, { $time }

matter-name = { $number } { $title }
matter-hidden = a matter that you may not read
role-at = { $post } of { $body }
role-held = { $post } ({ $names })
role-vacant = { $post } (vacant)
names-and-more = { $names } and { $count } more
vacant-since = The post of { $post } is vacant since { $day }; this step waits until it is filled or somebody stands in for it; everything else goes on.
vacant = The post of { $post } is vacant; this step waits until it is filled or somebody stands in for it; everything else goes on.
vacant-post-since = The post of { $post } is vacant since { $day }; what is for it alone waits until it is filled or somebody stands in for it.
vacant-post = The post of { $post } is vacant; what is for it alone waits until it is filled or somebody stands in for it.
sentence-space = { " " }

capacity-person = in person
capacity-post = as { $post }
capacity-portfolio = as { $post }, in charge of { $body }
capacity-portfolio-only = in charge of { $body }
capacity-standing-in = as { $post }, { $how }
stand-in-for = acting for the { $post }
stand-in-for-person = acting for the { $post } ({ $person })
stand-in-basis = { $said } under { $number }
stand-in-until = { $said } until { $day }

value-yes = Yes
value-no = No

due-on = due { $day }
due-today = due today
due-working-days-left = { $count ->
    [one] one working day left
   *[other] { $count } working days left
}
due-working-days-late = { $count ->
    [one] one working day late
   *[other] { $count } working days late
}
due-days-left = { $count ->
    [one] one day left
   *[other] { $count } days left
}
due-days-late = { $count ->
    [one] one day late
   *[other] { $count } days late
}
sum-on = on { $day }
sum-working-days-after = { $count ->
    [one] one working day from { $day }
   *[other] { $count } working days from { $day }
}
sum-working-days-before = { $count ->
    [one] one working day before { $day }
   *[other] { $count } working days before { $day }
}
sum-days-after = { $count ->
    [one] one day from { $day }
   *[other] { $count } days from { $day }
}
sum-days-before = { $count ->
    [one] one day before { $day }
   *[other] { $count } days before { $day }
}
sum-uncertain = the length of this period is uncertain
sum-reconstructed = the length of this period is reconstructed: the rules set none
sum-secondary = the length of this period is from a secondary source
sum-day-of-month = day { $count } of the month, counted from { $day }
sum-months-after = { $count ->
    [one] one month from { $day }
   *[other] { $count } months from { $day }
}
sum-months-before = { $count ->
    [one] one month before { $day }
   *[other] { $count } months before { $day }
}
sum-closed = { $days } closed ({ $name })
sum-worked = { $days } worked ({ $name })

event-opened = Opened
event-outcome = { $step }: { $outcome }
event-for = { $title } (for { $member })
event-late = Taken after its due day, { $day }. Reason given: { $reason }
event-line = { $when }: { $who } – { $title }

why-not-yours = This step belongs to { $who }.
why-nobodys = This step belongs to nobody as things stand.
why-forbidden = Not lawful now under { $articles }.
why-past = { $person } took this step on { $day }, and it stands.
why-not-needed = This matter does not need this step.
why-closed = The matter was closed on { $day }.
why-unknown-kind = The rulebook in force has no such kind of matter.
why-unknown-step = This kind of matter has no such step.
why-unknown-step-nearest = This kind of matter has no such step; the nearest one is “{ $step }”.
why-unknown-matter = There is no such matter, or you may not know of it.
why-carried = This step is not taken by itself. It goes with: { $steps }.
why-no-start = This step does not open a matter; it is taken on one that is open.
why-outcome-missing = Choose an outcome: { $outcomes }.
why-outcome-unknown = “{ $given }” is no outcome of this step.
why-each-missing = You may answer for several; say for whom: { $members }.
why-each-not-asked = { $member } is not asked in this step, or not by you.
why-each-unknown = The directory knows no “{ $member }”.
why-each-answered = { $member } answered on { $day }.
why-late = This was due on { $day }. It may still be done, with a reason that stays on record.
why-post-held = { $person } holds the post of { $post } at that time; one person at a time holds it.
why-post-held-until = { $person } holds the post of { $post } until { $day }; one person at a time holds it.
why-held-already = The post of { $post } is already held by the same person, from { $from }, { $until }.
why-not-held = The register of posts does not have this person in the post of { $post }.
why-not-appointed = Nobody is appointed to the post of { $post }: it comes with a portfolio or with standing in for somebody.
why-away-then = { $person } is away, or is stood in for, on some of these days: from { $from }, { $until }.
why-away-already = { $person } is known to be away on all of these days already: from { $from }, { $until }.
until-day = until { $day }
until-further-notice = until further notice
kept-back = Not yet: { $why }
reason-cited = { $why } ({ $articles })
kept-back-more = { $why } – and { $count } more { $count ->
    [one] reason
   *[other] reasons
}
why-dates-reversed = The end, { $until }, comes before the beginning, { $from }.
why-no-calendar = The State Council’s notice for { $year } is not in the working-day calendar, so the due day cannot be counted.
why-number-taken = The number { $number } belongs to another matter.
why-rule-error = A rule could not be evaluated, and what cannot be evaluated refuses: { $message }
why-elsewhere = { $matter }: { $why }
why-field-missing = “{ $field }” is to be filled in.
why-field-not-asked = “{ $field }” is not asked in this step.
why-field-not-asked-nearest = “{ $field }” is not asked in this step; the nearest is “{ $nearest }”.
why-field-wrong = “{ $field }” has to be { $expected }.
why-field-unknown = “{ $field }”: there is no { $value }.
why-field-twice = “{ $field }” names { $value } twice.
why-field-not-among-lent = “{ $field }” cannot name { $value }: on this day somebody else exercises that post. It names { $among }.
why-field-not-among = “{ $field }” cannot name { $value }: it names { $among }.
why-no-id = “{ $field }” is one word of at most 40 Latin letters, digits, “_”, “-” and “.”, a letter or digit first.
why-id-taken = “{ $field }”: under this one the directory has { $name } already.
type-text = a text
type-document = a document
type-yes = yes or no
type-number = a whole number of 0 or more
type-date = a day
type-person = a person
type-body = a body
type-post = a post
type-choice = one of the choices offered
type-set = a list, each { $one }

missing-step = “{ $step }”
missing-step-again = “{ $step }” again: what it judged has changed, or it was undone
missing-step-of-party = “{ $step }”, awaited from the person named under “{ $party }”
missing-answers = “{ $step }” by { $members }
missing-field = “{ $field }”
missing-link = the matter named under “{ $field }”
missing-another = somebody else
missing-day = the day { $day }
missing-day-at-earliest = its waiting time ({ $day } at the earliest)
missing-day-unknown = its waiting time
missing-elsewhere = { $what } in { $matter }

next-step = Go to “{ $step }”
next-outcome = Choose the outcome { $outcomes }
next-another = Leave it to somebody else: { $who }
next-change-in = { $field } (in “{ $step }”)
next-change = Change: { $fields }
next-choose = Choose one of those offered and submit again.
next-once = Name it once and submit again.
next-leave-out = Leave it out and submit again.
next-asked = Still to answer: { $items }.
next-nobody-asked = Nobody has still to answer here.
next-outcomes = There are: { $items }.
next-no-outcome = This step has no outcomes; leave it out.
next-steps = Open now: { $items }.
next-starts = A matter of this kind is opened by: { $items }.
next-check-name = Check the number or the name; ask whoever gave it to you.
next-post-held = Record first that { $person } leaves the post, or change the days.
next-no-id = Give the number under which the register of personnel or of bodies has it, and submit again.
next-id-taken = Where the same is meant, only the name has to be changed, which is another step; else give another number.
next-held-already = Where more is meant, begin on the day after it ends; where the day is wrong, end that tenure first.
next-not-held = Check the person, the post and the body in the directory, and submit again.
next-not-appointed = Name another post, or arrange the standing in by its own step.
next-away-then = Name somebody else, or other days.
next-away-already = Name other days, or go on with the request that was granted.
next-days = Change the days and submit again.
next-number = Give another number and submit again.
step-called = { $step } ({ $id })
next-fill-in = Fill it in and submit again.
next-late = Give the reason and submit again.
next-each = Say for whom, and submit again.
next-nothing = Nothing is left to do here.
next-calendar = Ask the people who run the server to add that year’s notice.
next-rule-error = Tell the people who keep the rulebook; nothing is wrong on your side.
next-wait = Come back on { $day }: here only time is missing.

plain-quote = { $article }: { $sentence }
plain-missing = Missing: { $what }
plain-missing-step = Missing: { $what } ({ $id })
plain-fields = Field: { $ids }
plain-one-of = One of: { $ids }
plain-who = Can be supplied by: { $who }
plain-earliest = Earliest day: { $day }
plain-next = Next: { $next }

misfit-not-a-date = { $field }: “{ $typed }” is not a day. Write it as year-month-day, such as 2026-11-23.
misfit-no-such-day = { $field }: there is no day { $typed }. Write it as year-month-day, such as 2026-11-23.
misfit-year = { $field }: { $typed } lies too far away; years from { $first } to { $last } can be meant.
misfit-not-a-number = { $field }: “{ $typed }” is not a whole number of 0 or more.
misfit-not-yes-or-no = { $field }: say yes or no.
misfit-unknown-choice = { $field }: “{ $typed }” is none of the choices: { $choices }.
plain-choice = { $label } ({ $id })
misfit-unknown-person = { $field }: the directory has no person “{ $typed }”.
misfit-unknown-body = { $field }: the directory has no body “{ $typed }”.
misfit-unknown-post = { $field }: the rulebook has no post “{ $typed }”.
misfit-unknown-matter = { $field }: there is no matter “{ $typed }”, or you may not know of it.
misfit-other-kind = { $field }: “{ $typed }” is a { $found }; a { $expected } is asked for.
misfit-only-one = { $field }: one is asked for, several were given.
misfit-too-long = { $field }: at most { $max } characters can be kept.
misfit-too-many = { $field }: at most { $max } entries can be kept.
misfit-unprintable = { $field }: it holds characters that cannot be shown or that turn the direction of writing. Take them out.
misfit-garbled = { $field }: it holds the mark � for bytes that were no text (UTF-8). Write these places anew.
misfit-one-line = { $field }: it stands in one line; take the line breaks out.
misfit-misshapen = { $field }: { $expected } is asked for, { $sent } was sent.

day-with-weekday = { $weekday }, { $day }
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
due-with-remaining = { $due }, { $remaining }
list-semicolon = ;{ " " }
who-in-capacity = { $who }, { $capacity }
event-field = { $field }: { $value }
sum-hours-after = { $count ->
    [one] one hour from { $day }
   *[other] { $count } hours from { $day }
}
sum-longer = { $count } more
sum-stood-still = stood still from { $from } to { $until }
sum-rolled = { $day } is a day off: the next working day
clock-stands-still = Its clock stands still since { $day }.
lapse-title = Somebody who stands in would be away
lapse = { $person } has this order: { $regime }. It does not count while { $person } is away, from { $from }, { $until }: for that time its powers go back to where they came from.
path-party = Awaited from { $party }; { $who } enters it when it comes.
path-silent = Who has not answered by { $day } { $means }.
path-silent-outcome = counts as “{ $outcome }”
path-silent-none = is no longer waited for
path-not-needed-choice = { $field } is not “{ $choice }”
path-not-needed-this-choice = { $field } is “{ $choice }”
remark-by-reference = Binds by reference only; recorded as a remark: { $articles }
remark-before-in-force = Before the day from which these rules are in force: { $article }
event-remark = Taken although { $articles }, which bind by reference only, speak against it
why-out-of-series = “{ $field }” is written like { $like }.
