# The frame around every page and the words inside the components.

product-name = City Hall
public-name = Government information
skip-to-content = Skip to content
menu = Menu
navigation = Main navigation
crumbs = You are here
side-label = Clocks and links
search-label = Search matters, papers and articles
search-hint = Number, title, article…
search-button = Search
sign-in = Sign in
sign-out = Sign out
other-language = 中文
footer-edition = Rulebook in force:
footer-rulebook = Rulebook
footer-public = Public site

list-comma = ,{" "}

error-summary-title = Please mend the following
field-error = Error:
field-optional = (optional)
field-characters = { $count ->
    [one] At most one character
   *[other] At most { $count } characters
}
characters-left-one = You have %{"{"}count{"}"} character left
characters-left-other = You have %{"{"}count{"}"} characters left
characters-left-none = No characters left
characters-over-one = You have %{"{"}count{"}"} character too many
characters-over-other = You have %{"{"}count{"}"} characters too many
sort-status = Sorted by %heading% (%direction%)
sort-hint = (the headings with buttons sort the table)
sort-ascending = ascending
sort-descending = descending
field-year = Year
field-month = Month
field-day = Day
picker-find = Type to narrow the list

step-done = Done
step-mine = Yours now
step-open = Open
step-waits = Waits
step-not-needed = Not needed
step-void = No longer counts

refusal-title-no = Not possible: { $act }
refusal-title = Not yet: { $act }
refusal-lead = { $count ->
    [one] One thing stands in the way. Nothing was changed.
   *[other] { $count } things stand in the way. Nothing was changed.
}
refusal-lead-before = { $count ->
    [one] One thing stands in the way.
   *[other] { $count } things stand in the way.
}
refusal-missing = Missing
refusal-who = Who can supply it
refusal-earliest = Earliest day
why-not = { $count ->
    [one] Why not? One reason
   *[other] Why not? { $count } reasons
}

card-fact = { $field }: { $value }
card-many = { $count } in all
card-why = Why you
clock-why = How this day was found

agenda-number = No.
agenda-item = Item
agenda-reporter = Reports
agenda-concerned = Concerned and invited
agenda-together = Together { $minutes } minutes.
agenda-together-untimed = Together { $minutes } minutes, without { $untimed } of which nothing is said.
agenda-minutes = Minutes
agenda-lacks = Still lacks:{" "}
attends-chair = Chairs
attends-member = Members
attends-sits-in = Sit in
attends-invited = Invited for an item
attends-absent = on leave

change-label = Change
change-same = Unchanged
change-added = Added
change-removed = Removed
change-altered = Altered
law-code = The executable form of this article
law-stated = This article states a principle. It is shown where it applies and enforces nothing by itself.

paper-links = See also

pagination-label = Pages
pagination-page = Page { $page } of { $pages }
pagination-entries = { $count ->
    [one] one entry
   *[other] { $count } entries
}
pagination-entries-more = more than { $count } entries
pagination-previous = Previous
pagination-next = Next
