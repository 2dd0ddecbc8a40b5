# The daily report. The marks of headings (##, ###) and their emoji belong to the message; those of small print,
# quotations and lists come from the program.

## Head

report-head = ## 🗞️ { $headline }
report-also = { $line }.
# $day is a date such as 2026-08-01, $dateline one of the lines below.
report-day = { $day } · { $dateline }
report-dateline-rest = no turns
report-dateline-turn = { $season } { $first } of year { NUMBER($year, useGrouping: 0) }, { $span }
report-dateline-season = { $season } { $first } to { $last } of year { NUMBER($year, useGrouping: 0) }, { $span }
report-dateline-seasons = { $season } { $first } to { $other } { $last } of year { NUMBER($year, useGrouping: 0) }, { $span }

## The story: why the headline came about, over the whole of the day

# $goods is a figure with its good, such as "4 acorns"; $other a figure alone.
report-why-want = Wanted over the day: { $goods }. Offered: { $other }.
report-why-glut = Offered over the day: { $goods }. Wanted: { $other }.

## Who won and who lost: pebbles of wealth, purse and stores together

report-won = 🏅 **{ $name }** is { report-pebbles } richer.
report-won-selling = 🏅 **{ $name }** is { report-pebbles } richer: { $load } sold for { $earned }.
report-lost = 🥀 **{ $name }** is { report-pebbles } poorer.
report-lost-rot = 🥀 **{ $name }** is { report-pebbles } poorer: { $load } rotted in the larder.
report-lost-cold = 🥀 **{ $name }** is { report-pebbles } poorer, and sat cold { $nights ->
    [one] one night
   *[other] { $nights } nights
}.
report-lost-buying = 🥀 **{ $name }** is { report-pebbles } poorer: { $spent } spent on { $good }.
# A part of the sentences above.
report-pebbles = { $pebbles ->
    [one] 1 pebble
   *[other] { $pebbles } pebbles
}

## Whose words counted, what the omens say, and what is asked about tomorrow

report-voices = ### 🗣️ Whose words moved the wood
report-omen = 🔮 { $omen }

## Prices

report-prices = ### 🪨 Prices
# $size is the move without its sign.
report-price = { $emoji } { $good } { $before } → **{ $after }**{ $way ->
    [up] {" "}▲ { $size } %
    [down] {" "}▼ { $size } %
   *[none] {""}
}
# The page of a simulation has a table.
report-page-prices = ## Prices
report-column-good = good
report-column-before = before
report-column-after = after
report-column-move = move
report-column-low = low
report-column-high = high
report-column-sold = sold

## Market and hearth, in figures

report-page-notes = ## Market and hearth
report-trades = { report-trades-made }.
report-trades-minds = { report-trades-made }, all decided by both creatures.
report-trades-habit = { report-trades-made }, all left to habit.
report-trades-both = { report-trades-made }, { $percent } % decided by both creatures and the rest left to habit.
# A part of the sentences above.
report-trades-made = { $trades ->
    [one] 1 trade
   *[other] { $trades } trades
} in { $turns ->
    [one] 1 turn
   *[other] { $turns } turns
}
report-gap-stands = The wealth gap stands at { $after } (Gini; 0 is equal; { $corrected } corrected for five).
report-gap-widens = The wealth gap widens from { $before } to { $after } (Gini; 0 is equal; { $corrected } corrected for five).
report-gap-narrows = The wealth gap narrows from { $before } to { $after } (Gini; 0 is equal; { $corrected } corrected for five).
report-gini = { NUMBER($gini, minimumFractionDigits: 2, maximumFractionDigits: 2) }
report-mood = Everybody's mood is { $mood }.
report-moods = { $best } is in the best mood ({ $merry }), { $worst } in the worst ({ $glum }).
# $nights is a list such as "Pip 1 and Fenn 3".
report-cold = Cold nights: { $nights }.
report-hungry = { $count ->
    [one] 1 meal
   *[other] { $count } meals
} had one food or none.
report-rumors = { $count ->
    [one] 1 rumor
   *[other] { $count } rumors
} went round.
# A creature's figure, one of a list.
report-figure = { $name } { NUMBER($figure, useGrouping: 0) }

## Quote, year's end, legend

report-quote = “{ $text }” — *{ $speaker }*
report-saga = ### 👑 The saga of year { NUMBER($year, useGrouping: 0) }
report-saga-richest = Richest over the year: **{ $winner }**.
report-saga-means = Mean wealth in pebbles: { $means }.
report-saga-patron = Foremost patron: **{ $patron }**.
report-legend = ### 📜 { $title }
# $years is "none" where the episode's name has them.
report-episode = **What truly happened: { $episode }{ $years ->
    [none] {""}
   *[other] , { $years }
}**
report-source = Source: { $source }

## Ranking

report-ranking = ### 🏆 The patrons
# $place is a medal or a figure with its mark.
report-rank = { $place } **{ $name }** · { $purse ->
    [one] 1 pebble
   *[other] { $purse } pebbles
}
report-rank-fame = { $place } **{ $name }** · { $purse ->
    [one] 1 pebble
   *[other] { $purse } pebbles
} · { NUMBER($fame, useGrouping: 0) } fame
report-rank-more = and { $count ->
    [one] 1 more patron
   *[other] { $count } more patrons
}
