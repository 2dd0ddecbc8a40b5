# Extras: what the channel reads when a legend strikes.

## Head: $some is "yes" where patrons gave the legend its breath, and $tellers is the list of them

extra-told = ## 📜 { $title }
extra-phase = ## 📜 { $title } goes on
extra-tellers = { $some ->
    [yes] Extra! A legend is told with the breath of { $tellers }.
   *[no] Extra! A legend is told, and nobody knows who began it.
}
extra-since = { $some ->
    [yes] Extra! { $tellers } had it told { extra-ago }.
   *[no] Extra! It was told { extra-ago }.
}
# A part of the sentences above.
extra-ago = { $turns ->
    [one] 1 turn ago
   *[other] { $turns } turns ago
}

## What is heard and what moves

extra-heard = 📣 *{ $text }*
# Who moved the good in this turn: the legend by itself, the minds (the creatures, by what they did), both, or none.
# $legend and $minds are their moves, $move the whole of it.
extra-moved = { $by ->
    [both] **{ $good }**: from { $before } to { $decreed } by the legend itself ({ $legend }), then to { $after } by the creatures ({ $minds }).
    [legend] **{ $good }**: from { $before } to { $decreed } by the legend itself ({ $legend }). The creatures leave it there.
    [minds] **{ $good }**: from { $before } to { $after } ({ $move }), all of it the creatures' own doing.
   *[none] **{ $good }**: still at { $before }, for now.
}
