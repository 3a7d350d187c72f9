# Search.

search-title = Search
search-articles = Articles of the rulebook
search-found = { $count ->
    [one] “{ $query }”: one matter
   *[other] “{ $query }”: { $count } matters
}
search-nothing-asked = What are you looking for?
search-nothing = Nothing that you may read holds “{ $query }”
search-how = Every word has to occur; a number finds its matter; what stands in quotation marks has to occur as it is.
