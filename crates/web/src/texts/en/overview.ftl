# The overview.

overview-title = Overview
overview-lead = { $day }. Counted of what you may read.
overview-lead-as-of = { $day }. Counted of what you may read, as of { $time }; a minute later it is counted anew.
overview-open = open
overview-late = steps late
overview-opened-now = opened this month
overview-closed-now = closed this month
overview-areas = What runs, and what of it is late
overview-area = Area
overview-column-open = Open matters
overview-column-late = Late steps
overview-late-at = With whom it is late
overview-at = Body or post
overview-late-under = Late in the bodies of each leader
overview-under = Leader in charge
overview-others = { $count ->
    [one] One other
   *[other] { $count } others
}
overview-months = Opened and closed
overview-by-month = Month
overview-column-opened = Opened
overview-column-closed = Closed
overview-column-handled = Closed by now
overview-column-published = Made public
overview-rate-handled = Of { $whole } opened in these months { $part } are closed by now: { $percent } %.
overview-rate-published = Of { $whole } closed in these months { $part } made something public: { $percent } %.
overview-meetings = Meetings, by their day
overview-matters = Matters
overview-list-open = { $what }, open
overview-list-opened = { $what }, opened
overview-list-closed = { $what }, closed
overview-list-handled = { $what }, opened and closed by now
overview-list-published = { $what }, closed and made public
overview-list-held = { $what }
overview-list-month = { $list }: { $month }
overview-nothing-open = Nothing is open
overview-nothing-late = Nothing is late
overview-nothing-moved = Nothing was opened or closed in these months
overview-nothing-held = No meeting in these months
overview-nothing-next = Only what you may read is counted here.
overview-late-title = What is late
overview-late-of = What is late: { $of }
overview-late-lead = What was due first stands first. A step that several may take stands with the first of them.
overview-late-lead-as-of = What was due first stands first. A step that several may take stands with the first of them. Counted as of { $time }; a minute later it is counted anew.
overview-under-leader = bodies of { $who }
overview-all-areas = All areas
overview-step = Step
overview-whose = Whose turn
overview-due = Was due
