# The year's end, a post of its own.

year-richest = All year long nobody was richer than **{ $winner }**: { $pebbles ->
    [one] 1 pebble
   *[other] { $pebbles } pebbles
} on a usual turn, purse and stores together.
year-patron = Of all patrons **{ $patron }** stood foremost when the year went out. Raise a cup of something warm!
year-nobody = No patron stood up for the wood this year. The first place is free.
# $mark is a medal or a mark in its place.
year-place = { $mark } { $emoji } **{ $name }** · { $pebbles ->
    [one] 1 pebble
   *[other] { $pebbles } pebbles
}
year-next =
    ### { $emoji } Year { NUMBER($year, useGrouping: 0) } begins
    { $season } comes round again. The creatures keep their shelves, their purses and half of every grudge; all patrons begin with the same purse and a clean file. So the first place is open to all, and to you.
