# What stands in charts, and what is told of them to those who cannot see them. Plain text, no markup.

## Figures

chart-figure = { $number }
# At the end of a line: no grouping.
chart-plain-figure = { NUMBER($number, useGrouping: 0) }
# A gain or a loss in pebbles.
chart-gain = { $way ->
    [up] +{ $size }
    [down] −{ $size }
   *[none] ±0
}
chart-rank = { NUMBER($rank, useGrouping: 0) }.
# At the right end of a line: whose it is, and its move or its last value.
chart-line-end = { $name } { $figure }

## Which turns, and what struck in them

# Before the numbers below a chart.
chart-turn = turn
chart-no-turn = No turn has been played yet.
chart-no-turn-alt = { $title }: no turn has been played yet.
# A legend that the content does not have any more.
chart-legend = Legend
# Words that a legend's title may begin with and a chart has no room for, parted by spaces.
chart-articles = the a an
# What stands on a pin: a legend's title, a legend again when a later part of it begins, a shock of the
# calendar, or who cast a rumor and which way it points.
chart-pin-legend = { $name }
chart-pin-later = { $name }, later
chart-pin-shock = { $name }
chart-pin-rumor = { $leaning ->
    [up] { $name }: “dearer”
    [down] { $name }: “cheaper”
   *[none] { $name }’s rumor
}
# A rumor about a creature, in the chart of its wealth.
chart-pin-word = { $leaning ->
    [up] { $name }: a good word
    [down] { $name }: an ill word
   *[none] { $name }’s rumor
}
chart-pinned-one = { $pin } in turn { NUMBER($turn, useGrouping: 0) }
# The same where the chart shades what its line did in the turns after.
chart-pinned-felt = { $pin } in turn { NUMBER($turn, useGrouping: 0) } (then { $moved })
chart-pinned = Pinned: { $pins }.

## Prices

chart-prices = Prices
chart-prices-subtitle = { $turns }; moves since the first
chart-prices-alt = { $deed } over { $turns }, drawn bright, more than any other good; the other four are grey lines.

chart-good-subtitle = { $turns }; price in pebbles
chart-good-volume = sold
chart-good-alt = Line chart of the price of { $good }, { $turns }, with the units sold as grey bars.
chart-good-extremes = Highest { $highest } in turn { NUMBER($high, useGrouping: 0) }, lowest { $lowest } in turn { NUMBER($low, useGrouping: 0) }.
chart-good-traded = { $units ->
    [one] 1 unit
   *[other] { $units } units
} sold, at most { NUMBER($most, useGrouping: 0) } in a turn.

chart-stands = { $good } stands at { $price }.
chart-course = { $good } from { $before } to { $after }, { $moved }.

## The day

chart-hero = The day
chart-hero-subtitle = { $turns } bright, the days before in grey
chart-hero-subtitle-first = { $turns }
# At the end of the day's line.
chart-hero-now = now { $price }
chart-hero-alt = { $deed } over { $turns }, drawn as a bright line.
chart-hero-before = A grey line before it: in the days before it stood between { $low } and { $high }.

## Wealth

chart-wealth = Wealth
chart-wealth-title = { $way ->
    [up] { $name } gains { $size ->
        [one] 1 pebble
       *[other] { $size } pebbles
    }
    [down] { $name } loses { $size ->
        [one] 1 pebble
       *[other] { $size } pebbles
    }
   *[none] Nobody richer, nobody poorer
}
chart-wealth-subtitle = { $turns }; pebbles, and stores at their price
chart-wealth-alt = { $title } over { $turns }, a bright line; the other four creatures are grey lines.
chart-wealth-end = At the end: { $ranked }.

## Firewood

chart-firewood = Firewood
chart-firewood-title-cold = { $nights ->
    [one] 1 cold night
   *[other] { $nights } cold nights
}
chart-firewood-title-short = { $logs ->
    [one] 1 log
   *[other] { $logs } logs
} too few for a warm night
chart-firewood-title-enough = Firewood enough for tonight
chart-firewood-subtitle = { $turns }; logs in all stores
chart-firewood-stored = stored { NUMBER($logs, useGrouping: 0) }
chart-firewood-needed = needed { NUMBER($logs, useGrouping: 0) }
chart-firewood-cold = hearths cold
chart-firewood-alt = { $title }. Firewood in all stores over { $turns } is a bright line, what the hearths need a grey one.
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

## Legends

# What the picture of a legend shows, which bears its title.
chart-banner-alt = { $title }. { $way ->
    [up] { $good } in a trail that climbs into the sky
   *[down] { $good } in a trail that tumbles out of the sky
}, over wooded hills { $light ->
    [moon] by moonlight
   *[sun] under a low sun
}.

## Patrons

chart-patrons = Patrons
chart-patrons-leads = { $name } leads
chart-patrons-subtitle = pebbles in the purse
chart-patrons-subtitle-first = the first { NUMBER($shown, useGrouping: 0) } of { NUMBER($all, useGrouping: 0) }; pebbles in the purse
chart-patrons-nobody = No patron has joined yet.
chart-patrons-nobody-alt = Patrons: nobody joined yet.
# Somebody whose name and alias no font can draw.
chart-patron = Patron { NUMBER($rank, useGrouping: 0) }
chart-patrons-alt = Bar chart of the purses of { $shown ->
    [one] 1 patron
   *[other] { $shown } patrons
}, the foremost bright.
chart-patrons-alt-first = Bar chart of the purses of { $shown ->
    [one] 1 patron
   *[other] { $shown } patrons
} of { NUMBER($all, useGrouping: 0) }, the foremost bright.
chart-patrons-row = { NUMBER($rank, useGrouping: 0) }. { $name }: { $purse }.

## How good a prophet somebody is

chart-calibration = What you foretold
chart-calibration-nothing = No claim of this year has been judged yet.
chart-calibration-title = { $right } of { $said } came true
chart-calibration-subtitle = yellow: came true; grey: as many as chance gives
# Claims by how likely they were: up to a quarter, to half, to three quarters, above.
chart-calibration-long = long shots
chart-calibration-less = unlikely
chart-calibration-more = likely
chart-calibration-sure = near certain
chart-calibration-claims = { $said ->
    [one] 1 claim
   *[other] { $said } claims
}
chart-calibration-figure = { $number }
chart-calibration-row = { $name }: { $right } of { $said } came true, chance gives { $chance }.
