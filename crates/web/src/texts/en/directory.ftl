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
