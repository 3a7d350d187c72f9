# Search.

search-title = Search
search-articles = Articles of the rulebook
search-found = { $count ->
    [one] “{ $query }”: one matter
   *[other] “{ $query }”: { $count } matters
}
search-found-more = “{ $query }”: more than { $count } matters
search-found-narrowed-more = More than { $count } matters
search-nothing-asked = What are you looking for?
search-nothing = Nothing that you may read holds “{ $query }”
search-how = Every word has to occur; a number finds its matter; what stands in quotation marks has to occur as it is.
search-narrow = By kind, person and days
search-person = Who acted on it, or is named as a reader
search-anybody = Anybody
search-from = Opened from
search-until = Opened by
search-found-narrowed = { $count ->
    [one] One matter
   *[other] { $count } matters
}
search-nothing-narrowed = Nothing that you may read fits all of this
search-how-narrowed = Leave one of the conditions out.
search-no-day = A day is written as 2026-11-30. It was left out.
