# The day's headlines. Of each kind there are as many wordings as there are numbered messages, one or more; the day
# chooses. Every wording claims only what its figures say. A headline gets a capital at its head and no full stop.
#
# $clause says what a price did, such as "honey tumbles 41 %"; $title is a legend's.

# What a price did within a part of the day.
headline-within = { $turns ->
    [one] { $clause } in one turn
   *[other] { $clause } in { $turns } turns
}
# Words at a title's head that are written small within a sentence, parted by blanks.
headline-articles = The A An

## A legend is told

# Its good went a long way and turned; $then goes on after $clause, such as "collapses 54 %".
headline-legend-turned-1 = “{ $title }” is told: { $clause }, then { $then }
headline-legend-turned-2 = The wood hears “{ $title }”: { $clause }, then { $then }
headline-legend-turned-3 = { $clause } after “{ $title }”, then { $then }

# The price went with the tale.
headline-legend-along-1 = “{ $title }” is told, and { $clause }
headline-legend-along-2 = { $clause } after “{ $title }”
headline-legend-along-3 = One tale is enough: { $clause } after “{ $title }”
headline-legend-along-4 = The wood hears “{ $title }”: { $clause }

# The price went against it.
headline-legend-against-1 = “{ $title }” is told, yet { $clause }
headline-legend-against-2 = Against the tale: { $clause } after “{ $title }”

# The price hardly moved.
headline-legend-unmoved-1 = “{ $title }” is told, and the price of { $good } has hardly stirred
headline-legend-unmoved-2 = The wood hears “{ $title }”, and the price of { $good } stays where it was

## A price moves far; the moves of one day take one wording after another

headline-rise-1 = { $clause } to { $after } pebbles
headline-rise-2 = Dear days for buyers: { $clause } to { $after }
headline-rise-3 = A good day to hold { $good }: from { $before } to { $after } pebbles
headline-rise-4 = From { $before } to { $after }: { $clause }

headline-fall-1 = { $clause } to { $after } pebbles
headline-fall-2 = Bitter day for sellers: { $clause } to { $after }
headline-fall-3 = A bad day to hold { $good }: from { $before } to { $after } pebbles
headline-fall-4 = From { $before } to { $after }: { $clause }

## A shock of the calendar; $inner is its title as it stands within a sentence

headline-shock-1 = { $title } comes over the wood; { $clause }
headline-shock-2 = { $title }: { $clause }
headline-shock-3 = { $clause } under { $inner }

## Cold hearths: $hearths of them, $nights in all; $name was cold most often, $most nights

headline-cold-1 = Too few logs: { headline-hearths } went cold, firewood at { $firewood }
headline-cold-2 = { $name } shivers: { $most ->
    [one] 1 cold night
   *[other] { $most } cold nights
}, firewood at { $firewood }
headline-cold-3 = { headline-hearths } without enough wood: { $nights ->
    [one] 1 cold night
   *[other] { $nights } cold nights
} in all
# A part of the wordings above.
headline-hearths = { $hearths ->
    [1] one hearth
    [2] two hearths
    [3] three hearths
    [4] four hearths
    [5] five hearths
   *[other] { $hearths } hearths
}

## A feast: three kinds of food on every table, or at $feasts of $meals

headline-feast-1 = Three dishes on every table
headline-feast-2 = A feast: nobody ate fewer than three kinds of food

headline-plenty-1 = Full plates: { $feasts } of { $meals ->
    [one] 1 meal
   *[other] { $meals } meals
} had three dishes
headline-plenty-2 = The wood eats well: three kinds of food at { $feasts } of { $meals ->
    [one] 1 table
   *[other] { $meals } tables
}

## The year's end

headline-year-1 = Year { NUMBER($year, useGrouping: 0) } closes, and { $winner } was its richest creature
headline-year-2 = { $winner } was the richest creature of year { NUMBER($year, useGrouping: 0) }, which ends today
headline-year-3 = The books of year { NUMBER($year, useGrouping: 0) } are closed: over the year { $winner } was the richest

## A day without news

# No price moved at all.
headline-still-1 = Not a price moved today
headline-still-2 = { $trades ->
    [one] 1 trade
   *[other] { $trades } trades
}, and every price where it was

# Prices moved a good deal, $clause the most, to $after.
headline-lively-1 = { $clause }, the widest move of the day
headline-lively-2 = { $trades ->
    [one] 1 trade
   *[other] { $trades } trades
}, and { $clause }
headline-lively-3 = A restless market: { $clause } to { $after }

# Prices moved little, $clause the most, by $most per cent.
headline-quiet-1 = A quiet day: no price moved more than { $most } %
headline-quiet-2 = { $trades ->
    [one] 1 trade
   *[other] { $trades } trades
}, and no price moved more than { $most } %
headline-quiet-3 = Small change: { $clause }, the widest move of the day
headline-quiet-4 = Calm in the market; { $clause }

# No turn was played.
headline-rest-1 = The wood rests: no turn was played today
headline-rest-2 = A day without a turn
headline-rest-3 = Nothing stirs: the wood stood still today
