# What stands in charts, and what is told of them to those who cannot see them. Plain text, no markup.

## Figures

chart-figure = { $number }
# Where figures stand close, or at the end of a line: no grouping.
chart-plain-figure = { NUMBER($number, useGrouping: 0) }
chart-gini-tick = { NUMBER($gini, minimumFractionDigits: 1, maximumFractionDigits: 1) }
chart-rank = { NUMBER($rank, useGrouping: 0) }.
# At the right end of a line: whose it is, and its last value.
chart-line-end = { $name } { $figure }

## Which turns, and what struck in them

chart-titled = { $title }, { $turns }
chart-no-turn = No turn has been played yet.
chart-no-turn-alt = { $title }: no turn has been played yet.
# A legend that the content does not have any more.
chart-legend = Legend
# Words that a legend's title may begin with and a chart has no room for, parted by spaces.
chart-articles = the a an
chart-mark = { $title } in turn { NUMBER($turn, useGrouping: 0) }
chart-marked = Marked: { $marks }.

chart-sign-cleared = cleared at
chart-sign-decree = price set by decree
chart-sign-aftershock = legend goes on
chart-sign-rumor = rumor

## Prices

chart-prices = Prices
chart-prices-subtitle = pebbles a unit; equal steps are equal ratios
chart-prices-alt = Line chart of the reference prices of five goods in pebbles, { $turns }.

chart-good-title = Price of { $good }, { $turns }
chart-good-subtitle = reference price in pebbles; traded volume in units below
chart-good-volume = volume
chart-good-alt = Line chart of the reference price of { $good } in pebbles with its traded volume as bars, { $turns }.
chart-good-extremes = Highest { $highest } in turn { NUMBER($high, useGrouping: 0) }, lowest { $lowest } in turn { NUMBER($low, useGrouping: 0) }.
chart-good-traded = { $units ->
    [one] 1 unit
   *[other] { $units } units
} traded, at most { NUMBER($most, useGrouping: 0) } in a turn.

chart-stands = { $good } stands at { $price }.
chart-course = { $good } from { $before } to { $after }, { $moved }.

## Wealth

chart-wealth = Wealth
chart-wealth-subtitle = pebbles, and goods at the reference; Gini below, 0 is equal
chart-wealth-gini = Gini { NUMBER($gini, minimumFractionDigits: 2, maximumFractionDigits: 2) }
chart-wealth-alt = Line chart of the wealth of five creatures in pebbles, { $turns }, with the Gini coefficient below.
chart-wealth-end = At the end: { $ranked }.
chart-wealth-gini-moved = The Gini goes from { NUMBER($before, minimumFractionDigits: 2, maximumFractionDigits: 2) } to { NUMBER($after, minimumFractionDigits: 2, maximumFractionDigits: 2) }.
chart-wealth-gini-stands = The Gini is { NUMBER($gini, minimumFractionDigits: 2, maximumFractionDigits: 2) }.

## Firewood

chart-firewood = Firewood
chart-firewood-subtitle = logs that all hearths need, and logs in all stores
chart-firewood-stored = Stored { NUMBER($logs, useGrouping: 0) }
chart-firewood-needed = Needed { NUMBER($logs, useGrouping: 0) }
chart-firewood-cold = cold hearths
chart-firewood-alt = Line chart of firewood needed by all hearths against firewood in all stores, { $turns }.
chart-firewood-end = At the end { $needed ->
    [one] 1 log
   *[other] { $needed } logs
} needed and { NUMBER($stored, useGrouping: 0) } stored.
chart-firewood-short = In { $count ->
    [one] 1 turn
   *[other] { $count } turns
} the stores held less than was needed.
chart-firewood-nights = Cold nights: { NUMBER($nights, useGrouping: 0) }; the worst was turn { NUMBER($worst, useGrouping: 0) } with { $hearths ->
    [one] 1 cold hearth
   *[other] { $hearths } cold hearths
}.
chart-firewood-warm = No hearth sat cold.

## Patrons

chart-patrons = Patrons
chart-patrons-subtitle = pebbles in the purse
chart-patrons-subtitle-first = the first { NUMBER($shown, useGrouping: 0) } of { NUMBER($all, useGrouping: 0) }; pebbles in the purse
chart-patrons-nobody = No patron has joined yet.
chart-patrons-nobody-alt = Patrons: nobody joined yet.
# Somebody whose name and alias no font can draw.
chart-patron = Patron { NUMBER($rank, useGrouping: 0) }
chart-patrons-alt = Bar chart of the purses of { $shown ->
    [one] 1 patron
   *[other] { $shown } patrons
}.
chart-patrons-alt-first = Bar chart of the purses of { $shown ->
    [one] 1 patron
   *[other] { $shown } patrons
} of { NUMBER($all, useGrouping: 0) }.
chart-patrons-row = { NUMBER($rank, useGrouping: 0) }. { $name }: { $purse }.
