# What a rule says, put into words: the conditions of a policy, and the keys of a step.

cond-and = {" "}and{" "}
cond-or = , or{" "}
cond-either = {" "}or{" "}
cond-group = ({ $all })
cond-who-where = { $who }, where { $where }
cond-anybody = anybody
cond-actor = whoever is { $who }
cond-always = always
cond-never = never
cond-given = { $what } is given
cond-given-not = { $what } is not given
cond-is = { $left } is { $right }
cond-is-not = { $left } is not { $right }
cond-yes = { $what } is yes
cond-yes-not = { $what } is no
cond-done = { $step } is done
cond-done-not = { $step } is not done
cond-ripe = the day of { $step } has come
cond-ripe-not = the day of { $step } has not come
cond-came-to = { $step } came to { $outcome }
cond-came-to-not = { $step } did not come to { $outcome }
cond-came-to-nothing = { $step } has come to nothing yet
cond-came-to-nothing-not = { $step } has come to something
cond-came-to-one = { $step } came to { $outcomes }
cond-came-to-one-not = { $step } did not come to { $outcomes }
cond-comes-to = it comes to { $outcome }
cond-comes-to-not = it does not come to { $outcome }
cond-empty = { $what } is empty
cond-empty-not = { $what } is not empty
cond-actor-is = whoever acts is { $who }
cond-actor-is-not = whoever acts is not { $who }
cond-among = { $left } names { $right }
cond-among-not = { $left } does not name { $right }
cond-any-of = { $left } and { $right } have somebody or something in common
cond-any-of-not = { $left } and { $right } have nobody and nothing in common
cond-all-of = { $left } names all of { $right }
cond-all-of-not = { $left } does not name all of { $right }
cond-taken-by = { $who } took { $step }
cond-taken-by-not = { $who } did not take { $step }
cond-less = { $left } is less than { $right }
cond-less-not = { $left } is { $right } or more
cond-at-most = { $left } is { $right } or less
cond-at-most-not = { $left } is more than { $right }
cond-more = { $left } is more than { $right }
cond-more-not = { $left } is { $right } or less
cond-at-least = { $left } is { $right } or more
cond-at-least-not = { $left } is less than { $right }
cond-before = { $left } is before { $right }
cond-before-not = { $left } is not before { $right }
cond-until = { $left } is not after { $right }
cond-until-not = { $left } is after { $right }
cond-after = { $left } is after { $right }
cond-after-not = { $left } is not after { $right }
cond-from = { $left } is not before { $right }
cond-from-not = { $left } is before { $right }
cond-post-of = { $post } of { $body }
cond-body-of-class = a body of the class { $class }
cond-class = the class of { $body }
cond-of = { $what } of { $of }
cond-own-body = the body
cond-the-actor = whoever acts
cond-this-matter = this matter
cond-today = today
cond-days-before = the day { $count } { $count ->
    [one] day
   *[other] days
} before { $day }
cond-days-after = the day { $count } { $count ->
    [one] day
   *[other] days
} after { $day }
cond-in-office = the number in office as { $post }
cond-tally = the number of answers { $outcome } in { $step }
cond-holding = the number in { $field } who are { $post }
cond-size = the number in { $field }
cond-held-before = { $field } as it stood before
cond-takers = those who took { $step }

tell-who = who
tell-gates = gates
tell-when = when
tell-given = what is given
tell-effects = what comes of it
tell-readers = { $step }: whoever may read a matter of this kind
tell-kind = a matter of the kind { $kind }
tell-and-takers = and everybody who may take one of its own steps
tell-as-above = Article { $article }, as above
tell-sentence = Article { $article }: { $sentence }
tell-reconstructed = (reconstructed: the source is missing here)
tell-urgent-stand-in = whoever stands in, where the matter is urgent
tell-covers = { $who }
tell-refused = not where { $where }
tell-refused-always = never
tell-only = only where { $where }
tell-where-only = where { $where }: only where { $only }
tell-covers-sentence = whoever this sentence covers
tell-against-sentence = not against this sentence
tell-fills = fills { $field } with a yes where { $where }, else with a no
tell-fills-sentence = fills { $field } with a yes where this sentence holds, else with a no
tell-carried = never by itself: it goes with { $steps }
tell-each-post = each who holds the post of { $posts }
tell-each-person = each of { $field }
tell-each-body = { $post } of each body in { $field }
tell-recorded = may be entered by { $who }
tell-needed = only where { $needs }; otherwise it counts as done
tell-after = after { $steps }
tell-until = as long as it has not come to { $steps }
tell-not-before = not before { $day }
tell-not-before-unless = not before { $day }, unless { $step } has been taken
tell-opens-it = it opens the matter
tell-due = due { $day }; later only with a reason on record
tell-no-day = on no day in particular
tell-silent-counts = who is silent past { $day } counts as { $outcome }
tell-silent = who is silent past { $day } is no longer waited for
tell-party = it is the act of { $party }, who has no account, and is entered when it comes
tell-repeat = it may be taken again
tell-optional = it is nobody's duty
tell-clock-anew = its clock begins anew with { $steps }
tell-clock-still = its clock stands still from { $from } to { $to }
tell-clock-still-until = its clock stands still from { $from } to { $to }, and no longer than until { $until }
tell-clock-longer = its clock runs { $count } { $unit } longer with { $step }
tell-source-this = this matter
tell-source-each = each matter
tell-source-each-field = { $field } of each matter
tell-source-added = what stands there and { $what }
tell-source-dropped = what stands there without { $what }
tell-source-next = the next { $day }
tell-source-actor = whoever acts
tell-source-first = , or where that says nothing{" "}
tell-yes = yes
tell-no = no
tell-set = { $field } with { $what }
tell-sets = fills { $fields }
tell-nothing = nothing
tell-must = must be given: { $fields }
tell-may = may be given: { $fields }
tell-outcomes = one outcome: { $outcomes }
tell-binds = it judges { $fields }: a later change voids it
tell-outcome-asks = asks for { $fields }
tell-outcome-may = may have { $fields }
tell-undoes = undoes { $steps }
tell-closes = closes the matter
tell-counts-not = does not count as done
tell-on-record = it stands on record
tell-draws = draws { $field } from the series { $series }
tell-or-standing-in = { $post }, or { $other }
tell-anyone = anybody with an account
tell-post-of-body = { $post } of { $body }
tell-post-of-class = { $post } of a body of the class { $class }
tell-where-filled = { $who } where { $field } is filled in
tell-readers-of = whoever may read { $field }
tell-person-in = the person in { $field }
tell-post-of-body-in = { $post } of the body in { $field }
tell-who-or = , or{" "}
tell-or = {" "}or{" "}
tell-and = {" "}and{" "}
tell-of = { $what } of { $of }
tell-field-id = { $field } ({ $id })
tell-step-id = { $step } ({ $id })
tell-is-yes = { $field } is yes
tell-is-no = { $field } is no
tell-is = { $field } is { $choice }
tell-is-not = { $field } is not { $choice }
tell-opening = the opening of the matter
tell-day-in = the day in { $field }
tell-the-act = the act
tell-last-of = the last of { $anchors }
tell-day-of-act = the day of the act
tell-on-day-of = on the day of { $anchor }
tell-on = on { $anchor }
tell-before = { $count } { $unit } before { $anchor }
tell-after-day = { $count } { $unit } after { $anchor }
tell-of-month = the { $ordinal } of { $month }
tell-month-before = the month before { $anchor }
tell-month-of = the month of { $anchor }
tell-month-after = the month after { $anchor }
tell-earlier = {" "}({ $count } until { $until })
tell-rolls = { $day }, or the next working day
tell-unit-days = { $count ->
    [one] day
   *[other] days
}
tell-unit-full-days = { $count ->
    [one] full day
   *[other] full days
}
tell-unit-working-days = { $count ->
    [one] working day
   *[other] working days
}
tell-unit-full-working-days = { $count ->
    [one] full working day
   *[other] full working days
}
tell-unit-months = { $count ->
    [one] month
   *[other] months
}
tell-unit-hours = { $count ->
    [one] hour
   *[other] hours
}
tell-only-if-untaken = { $what }, where { $step } has not been taken
tell-only-if-untaken-or = { $what }, where { $step } has not been taken or came to { $outcomes }
tell-only-if = { $what }, where { $step } came to { $outcomes }
tell-takes-one = takes { $step } of the matter in { $field }
tell-with-outcome = { $what } with the outcome { $outcome }
tell-filling = { $what }, and fills { $fields }
tell-takes = takes { $step } of every matter in { $field }
tell-opens = opens a matter of the kind { $kind }
tell-opens-each = opens a { $kind } for each in { $field }
tell-publishes = makes public { $fields }
tell-holds = puts { $person } in the post { $post }
tell-enters = enters { $person } with this name in the directory
tell-establishes = enters { $body } with this name and class in the directory
tell-leaves = takes { $person } out of the post { $post }, with { $until }
tell-leads = puts { $person } in charge of { $bodies }
tell-liaises = puts { $person } in touch with { $bodies }
tell-away = enters { $person } as away from { $from } to { $until }
tell-stands-in = lets { $person } stand in ({ $regime }) from { $from } to { $until }
tell-ends = ends { $what } that this matter entered, with { $until }
tell-ends-holds = the tenure
tell-ends-leads = the charge
tell-ends-liaises = the keeping in touch
tell-ends-away = the absence
tell-ends-stands-in = the standing in

diff-parameters = values
diff-lists = lists
diff-posts = posts
diff-articles = articles
diff-article = Article { $number } { $title }
diff-readers = who may read ({ $id })
diff-kind-new = + the kind, with { $count } steps
diff-kind-gone = - the kind
diff-field = field { $field }
diff-numbered = numbered { $before } → { $after }
diff-nothing = nothing that is carried out differs
diff-open-matters = open matters
diff-post-one = held by one
diff-post-several = held by several
diff-post-at-body = { $how } at a body
diff-post-includes = { $how }, includes { $posts }
diff-group = group { $group }
diff-regime = standing in by { $regime }
diff-classes = classes of bodies
diff-by-reference = bound by reference
diff-nothing-told = the rules are not the same, but what differs is in no part that is told here; compare the chapters
diff-regime-of = for { $post }, as { $known_as }
diff-regime-full = with all powers
diff-regime-exclusive = the holder gives them up for the time
diff-regime-present = only on days on which the stand-in is there
diff-regime-until-return = until the holder is back
diff-regime-while-holding = only whoever is { $posts }
diff-examples = examples from the cases of the old rulebook
diff-example-refused = On { $day } { $person } may take { $step } under the old rules. Under the new ones not:
diff-example-granted = On { $day } { $person } may take { $step } under the new rules. Under the old ones not:
diff-example-due = { $step } of a matter of { $day } is due on { $before } under the old rules, and on { $after } under the new ones.
diff-example-no-due = { $step } of a matter of { $day } is due on { $before } under the old rules, and on no day under the new ones.
diff-example-new-due = { $step } of a matter of { $day } is due on no day under the old rules, and on { $after } under the new ones.
diff-example-case = from the case “{ $case }”, and { $count } more
diff-example-case-one = from the case “{ $case }”
diff-example-gone = The case “{ $case }” names what the new rules do not have.
