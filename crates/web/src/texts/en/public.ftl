# The public site.

public-title = Published by the office
public-lead = Everything the office has made public, the newest first. Each keeps its address for ever.
public-all = All publications
public-feed = Feed
public-search = Search what was published
public-found = { $count ->
    [0] Nothing was found for “{ $query }”.
    [one] One publication for “{ $query }”.
   *[other] { $count } publications for “{ $query }”.
}
public-none = Nothing has been published yet
public-none-next = As soon as the office publishes something, it stands here.
public-not-found = No publication contains “{ $query }”
public-not-found-next = Try fewer or other words; parts between spaces must all occur.
public-facts = About this publication
public-published = Published on
public-address = Permanent address
public-missing = There is no publication at this address
public-missing-next = An address that was given out once never changes, so check it for a slip, or look through all publications.
public-heading = Title
public-kind = What it is
public-entry = { $title } – { $sort }, { $day }
public-next = What comes next
public-follows = Until { $last }; after that comes “{ $step }”.
public-follows-any-day = “{ $step }”: the time was cut short; it may come any day.
public-followed = “{ $step }”: done on { $day }.
public-follows-no-more = “{ $step }” does not come any more: the matter was given up or closed on { $day }.
public-later = Published anew on { $day }: what was published later takes the place of this.
public-later-title = This is no longer the last word
public-number = Number
