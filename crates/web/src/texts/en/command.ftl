# What the command line says to whoever types a command.

command-carried = { $number } (version { $version })
command-carried-before = { $number } (version { $version }), carried out before
command-no-record = there is no record at { $file }; name another with --database, or found an office with cityhall init
command-record-shut = the record { $record } cannot be opened
command-demo-broken-off = the record holds a demonstration whose story was broken off; remove it, or give an empty one with --database, and start again
command-record-full = the record has a directory already; give an empty one with --database
command-token = the token is not in force; make another on the account’s page
command-no-password = put the password of --as into CITYHALL_PASSWORD
command-session-ended = the session was ended at once; sign in again
command-wrong = the login or the password is wrong
command-locked = the login or the password is wrong, or was given wrongly too often; try again in { $wait }
command-who = say who acts: --as LOGIN with CITYHALL_PASSWORD, or --token
command-must = must be given: { $field }=…  { $name }, { $type }
command-can = can be given: { $field }=…  { $name }, { $type }
command-late = the step is late: say why
command-overlay-of-overlay = an overlay is of a rulebook that is whole by itself, and { $folder } is none
command-attach-none = in { $file } no line begins an article of this rulebook; an article begins with a line like “第二十六条 …” or “Article 26 …”, or, counted from the first, like “一、…”
command-walk-people = the cases of this rulebook have no people: cases/organisation.toml
command-step = say the step as NUMBER.step or Kind.step
command-step-of-kind = say which step as Kind.step
command-with = “{ $typed }” is not FIELD=VALUE
command-no-file = there is no file { $file }
command-no-text = { $file } is not a text in UTF-8
command-unreadable = { $file } cannot be read
command-no-case = no case is named like “{ $only }”
command-smtp = the mail server is written as smtps://USER:PASSWORD@HOST, or smtp://HOST inside one's own network
command-no-kind = there is no kind “{ $kind }”; nearest: { $near }
command-no-step = there is no step “{ $step }” in { $kind }; nearest: { $near }
command-no-person = there is no person “{ $person }” in the directory; nearest: { $near }
command-no-account = there is no account “{ $login }”; cityhall account list names all
command-listen = cannot listen on { $address }; give another with --listen
command-no-rulebook = there is no rulebook folder { $folder }
command-no-calendar = there is no calendar folder { $folder }
command-no-calendar-file = { $file } is not a calendar
command-added = added as { $file }; a running server takes it up within seconds
command-added-before = These days were added before: { $file }
command-rebuilt = { $matters } matters derived anew from { $events } events
command-exported = { $lines } lines
command-verified = { $events } events of { $matters } matters; nothing was altered
command-verified-not = { $events } events of { $matters } matters; { $findings ->
    [one] one finding
   *[other] { $findings } findings
}
command-finding = line { $line }: { $wrong }
command-finding-matter = line { $line }: { $wrong } (matter { $matter })
command-founded = founded with { $bodies } bodies and { $people } people; now give accounts: cityhall account add LOGIN PERSON
command-may-sign-in = { $login } may sign in
command-password-changed = the password is changed; every session has ended
command-account-closed = the account is closed; its sessions and tokens have ended
command-closed = closed
calendar-no-year = the file names no year; a year begins with [[year]]
calendar-not-a-year = { $year } is not a year of four digits
calendar-year-twice = the year { $year } stands twice in the file
calendar-year-differs = the year { $year } is already in the calendar with other days; if a new notice changed it, add replaces = "{ $notice }"
calendar-year-stays = the year { $year } is already in the calendar with other days; its notice has no number there, so it cannot be replaced
calendar-replaces-unknown = the year { $year } replaces the notice { $notice }, which the calendar does not hold
calendar-no-holiday = the year { $year } has no holiday; every weekday of it would be a working day
calendar-unknown-name = { $year }, { $name }: no such name under [names]
calendar-name-differs = the name { $name } already means { $en } ({ $zh })
calendar-backwards = { $year }, { $name }: the last day off, { $to }, comes before the first, { $from }
calendar-outside-year = { $year }, { $name }: { $day } is neither in { $year } nor in December of the year before
calendar-worked-weekday = { $year }, { $name }: { $day } is worked, but is no Saturday or Sunday
calendar-day-twice = { $day } is said twice, for { $first } and for { $second }
calendar-off-and-worked = { $day } is both off, for { $off }, and worked, for { $worked }
export-unreadable = the line cannot be read: { $why }
export-gap = event { $found } stands where event { $expected } belongs
export-unchained = event { $seq } does not follow the digest of the event before it
export-altered = event { $seq } was altered: its content does not have its digest
export-foreign = event { $seq } is of another kind than the matter
export-no-number = the first event of the matter has no number
export-number-twice = the number { $number } was given to another matter before
export-no-edition = edition { $edition } of the rulebook, by which event { $seq } was judged, is not in the export
export-edition-altered = edition { $edition } of the rulebook was altered: its files do not have its digest
export-otherwise = the line is not written as an export writes it
export-no-end = the export is not whole: its last line, which says how much there is, is missing
export-not-whole = the export is not whole: its last line speaks of { $events } events, or of others than there are
export-after-end = the line stands after the end of the export
command-what-if-nothing = say what is assumed: --away, --vacant, --set, --other-calendar or --other-rules
command-what-if-away = “{ $typed }” is not PERSON=FROM..UNTIL, with days as 2026-12-01
command-what-if-away-ends = “{ $typed }” ends before it begins
command-what-if-post = nobody holds “{ $post }”; nearest: { $near }
command-what-if-set = “{ $typed }” is not NUMBER.FIELD=VALUE with a value of that field
command-what-if-refused = “{ $typed }” would be refused: { $why }
command-what-if-matter = there is no matter { $number } that you may read
command-what-if-field = there is no field “{ $field }”; nearest: { $near }
what-if-no-kind = the other rules have no such kind: nothing could be done here
what-if-no-longer = { $step }: no longer waits for { $who }
what-if-newly = { $step }: waits for { $who }
what-if-due = { $step }: due { $after } instead of { $before }
what-if-from = { $step }: lawful from { $after } instead of { $before }
what-if-who = { $step }: { $after } instead of { $before }
what-if-who-then = { $step }, due { $day }: then { $after } instead of { $before }
what-if-without = { $step }: without { $who }
what-if-also = { $step }: also { $who }
what-if-no-one = nobody
what-if-barred = { $step }: { $who } can no longer take it. { $why }
what-if-no-day = no day
what-if-nobody = { $roles } (nobody is there)
what-if-present = { $roles } ({ $people })
what-if-sum = { $touched } of { $open } open matters would be otherwise on { $on }
what-if-hidden = { $count ->
    [one] one more that you may not read
   *[other] { $count } more that you may not read
}
