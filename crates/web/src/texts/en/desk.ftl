# My desk.

desk-title = My desk
desk-day = { $day }.
desk-day-acting = { $day }. Today you are { $acting }.
desk-waits = wait for you
desk-overdue-count = overdue
desk-all = Everything
desk-overdue = Overdue
desk-today = Today
desk-this-week = This week
desk-later = Later
desk-no-day = No due day for this step
desk-empty = Nothing waits for you
desk-empty-next = What is your turn appears here by itself, with its day and the reason why it is yours. What you started or passed on is found under its area or by search.
desk-open = Start something
desk-open-all = { $count ->
    [one] All: one thing you may start
   *[other] All { $count } things you may start
}
desk-lately = What you lately did
desk-lately-note = { $step }, { $day }
desk-coming = Coming within a week
desk-coming-step = { $step }, from { $day }
desk-coming-meeting = { $kind }, { $day }
desk-awaited = What you wait for
desk-awaited-step = { $step }: { $who }
desk-awaited-due = { $step }: { $who }, { $remaining }
together-link = { $step }: { $count } { $kind } at once
together-lead = Each is an act of its own on record. What is late, or asks for words, is taken by itself.
together-which = On which?
together-look = Look
together-none-chosen = Choose at least one.
together-no-outcome = Choose an outcome.
together-stale = Somebody acted on it since this page was shown. Look at it first.
together-done = { $step }: done on { $count ->
    [one] one matter
   *[other] { $count } matters
}
together-refused = Not carried out
together-empty-next = Nothing of this sort lies on your desk that can be taken together.
together-submit = Carry out on all that are chosen
desk-since = Happened since on what you did
desk-since-note = { $who }: { $step }, { $day }
together-reused = This form was sent before with another outcome. Look at it, and take it by itself.
together-others = Taken one by one: { $outcomes }.
together-empty = Nothing here can be taken together
card-new = New
card-said-more = and { $count ->
    [one] one more
   *[other] { $count } more
}
