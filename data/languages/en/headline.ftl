# The day's headlines. Of each kind there are as many wordings as there are numbered messages, one or more; they go round
# with the date, so a kind with ten wordings says none of them more than three times in a month. Every wording claims
# only what its figures say. A headline gets a capital at its head and no full stop.
#
# $clause says what a price did, such as "honey tumbles 41 %"; $title is a legend's; $number is the good's own (see
# goods.toml). $name and $other are creatures or patrons.

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
headline-legend-turned-4 = There and back with “{ $title }”: { $clause }, then { $then }
headline-legend-turned-5 = What “{ $title }” gave it took: { $clause }, then { $then }
headline-legend-turned-6 = “{ $title }”, both halves: { $clause }, then { $then }
headline-legend-turned-7 = Nobody slept through “{ $title }”: { $clause }, then { $then }
headline-legend-turned-8 = First { $clause }, then { $then }: “{ $title }” is told

# The price went with the tale.
headline-legend-along-1 = “{ $title }” is told, and { $clause }
headline-legend-along-2 = { $clause } after “{ $title }”
headline-legend-along-3 = One tale is enough: { $clause } after “{ $title }”
headline-legend-along-4 = The wood hears “{ $title }”: { $clause }
headline-legend-along-5 = Somebody told “{ $title }”, and { $clause }
headline-legend-along-6 = “{ $title }” takes hold: { $clause }
headline-legend-along-7 = A tale comes true: { $clause } under “{ $title }”
headline-legend-along-8 = It began with “{ $title }”: { $clause }
headline-legend-along-9 = All ears for “{ $title }”: { $clause }
headline-legend-along-10 = The day of “{ $title }”: { $clause }
headline-legend-along-11 = { $clause }: that was “{ $title }”
headline-legend-along-12 = Once upon a market: “{ $title }”, and { $clause }

# The price went against it.
headline-legend-against-1 = “{ $title }” is told, yet { $clause }
headline-legend-against-2 = Against the tale: { $clause } after “{ $title }”
headline-legend-against-3 = The wood will not have it: { $clause } in spite of “{ $title }”
headline-legend-against-4 = “{ $title }” by the book says otherwise, but { $clause }
headline-legend-against-5 = A tale told upside down: { $clause } after “{ $title }”
headline-legend-against-6 = So much for “{ $title }”: { $clause }

# The price hardly moved.
headline-legend-unmoved-1 = “{ $title }” is told, and the price of { $good } has hardly stirred
headline-legend-unmoved-2 = The wood hears “{ $title }”, and the price of { $good } stays where it was
headline-legend-unmoved-3 = “{ $title }” is told, and the price of { $good } keeps its place
headline-legend-unmoved-4 = A tale to no end yet: “{ $title }”, and the price of { $good } stands still

## A price moves far; the moves of one day take one wording after another

headline-rise-1 = { $clause } to { $after } pebbles
headline-rise-2 = Dear days for buyers: { $clause } to { $after }
headline-rise-3 = A good day to hold { $good }: from { $before } to { $after } pebbles
headline-rise-4 = From { $before } to { $after }: { $clause }
headline-rise-5 = Who has { $good }? Up { $size } % to { $after }
headline-rise-6 = Up the tree: { $clause } to { $after } pebbles
headline-rise-7 = Count your pebbles: { $clause }
headline-rise-8 = { $clause }, and the stalls look empty at { $after }
headline-rise-9 = Yesterday { $before }, today { $after }: { $clause }
headline-rise-10 = A scramble: { $clause } to { $after }

headline-fall-1 = { $clause } to { $after } pebbles
headline-fall-2 = Bitter day for sellers: { $clause } to { $after }
headline-fall-3 = A bad day to hold { $good }: from { $before } to { $after } pebbles
headline-fall-4 = From { $before } to { $after }: { $clause }
headline-fall-5 = Who wants { $good }? Down { $size } % to { $after }
headline-fall-6 = Down the burrow: { $clause } to { $after } pebbles
headline-fall-7 = Bargains at dusk: { $clause } to { $after }
headline-fall-8 = { $clause }, and the stalls are heavy at { $after }
headline-fall-9 = Yesterday { $before }, today { $after }: { $clause }
headline-fall-10 = Sellers in a hurry: { $clause } to { $after }

# It moves a good deal, by ten per cent or more.
headline-climb-1 = { $clause }, and buyers grumble
headline-climb-2 = A little dearer each time you look: { $clause } to { $after }
headline-climb-3 = Sellers smile: { $clause } to { $after }
headline-climb-4 = { $clause } to { $after } pebbles by nightfall
headline-climb-5 = No bargain now: { $clause }
headline-climb-6 = The basket weighs more: { $clause } to { $after }
headline-climb-7 = Up from { $before }: { $clause }
headline-climb-8 = Wanted in the wood: { $clause } to { $after }
headline-climb-9 = Step by step, { $clause }
headline-climb-10 = { $clause } in a restless market

headline-slide-1 = { $clause }, and sellers grumble
headline-slide-2 = A little cheaper each time you look: { $clause } to { $after }
headline-slide-3 = Buyers smile: { $clause } to { $after }
headline-slide-4 = { $clause } to { $after } pebbles by nightfall
headline-slide-5 = Take your time, buyers: { $clause }
headline-slide-6 = The basket weighs less: { $clause } to { $after }
headline-slide-7 = Down from { $before }: { $clause }
headline-slide-8 = Too much of a good thing: { $clause } to { $after }
headline-slide-9 = Leaf by leaf, { $clause }
headline-slide-10 = { $clause } in a restless market

## A price turns within the day: from $before by way of $far to $after

headline-peak-1 = Up and down again: { $good } from { $before } to { $far } and back to { $after }
headline-peak-2 = Too late to the party: { $good } touched { $far } and ended at { $after }
headline-peak-3 = For a moment { $good } cost { $far }; the day closed at { $after }
headline-peak-4 = What a day for { $good }: { $before }, { $far }, { $after }
headline-peak-5 = Who sold { $good } at { $far }? It ended at { $after }
headline-peak-6 = A hill of a day: { $good } over { $far } to { $after }

headline-dip-1 = Down and up again: { $good } from { $before } to { $far } and back to { $after }
headline-dip-2 = Sold too soon: { $good } fell to { $far } and ended at { $after }
headline-dip-3 = For a moment { $good } cost only { $far }; the day closed at { $after }
headline-dip-4 = A day like a ditch: { $good } at { $before }, { $far }, { $after }
headline-dip-5 = Who bought { $good } at { $far }? It ended at { $after }
headline-dip-6 = Lost and found: { $good } fell to { $far } and came back to { $after }

## A price stands where it has not stood for $turns turns; and one that has gone one way for $days days, $size per cent in all

headline-record-high-1 = Not so dear for { $turns } turns: { $good } at { $after }
headline-record-high-2 = { $good } at { $after }, the highest in { $turns } turns
headline-record-high-3 = Nobody has paid so much in { $turns } turns: { $good } at { $after }
headline-record-high-4 = A new mark on the oak: { $good } at { $after }, dearer than in { $turns } turns
headline-record-high-5 = { $turns } turns, and { $good } never cost so much: { $after }
headline-record-high-6 = The sellers of { $good } have waited { $turns } turns for this: { $after }

headline-record-low-1 = Not so cheap for { $turns } turns: { $good } at { $after }
headline-record-low-2 = { $good } at { $after }, the lowest in { $turns } turns
headline-record-low-3 = Nobody has paid so little in { $turns } turns: { $good } at { $after }
headline-record-low-4 = A low mark on the oak: { $good } at { $after }, cheaper than in { $turns } turns
headline-record-low-5 = { $turns } turns, and { $good } never cost so little: { $after }
headline-record-low-6 = The buyers of { $good } have waited { $turns } turns for this: { $after }

headline-streak-up-1 = Day { $days } of dear { $good }: up { $size } % in all
headline-streak-up-2 = { $good } again: dearer for { $days } days, { $size } % in all
headline-streak-up-3 = No end to it: { $good } dearer for { $days } days, now at { $after }
headline-streak-up-4 = { $days } days, one way: { $good } up { $size } %
headline-streak-up-5 = Still climbing after { $days } days: { $good } at { $after }

headline-streak-down-1 = Day { $days } of cheap { $good }: down { $size } % in all
headline-streak-down-2 = { $good } again: cheaper for { $days } days, { $size } % in all
headline-streak-down-3 = No floor yet: { $good } cheaper for { $days } days, now at { $after }
headline-streak-down-4 = { $days } days, one way: { $good } down { $size } %
headline-streak-down-5 = Still sinking after { $days } days: { $good } at { $after }

## A shock of the calendar; $inner is its title as it stands within a sentence

headline-shock-1 = { $title } comes over the wood; { $clause }
headline-shock-2 = { $title }: { $clause }
headline-shock-3 = { $clause } under { $inner }
headline-shock-4 = Nobody asked for { $inner }: { $clause }
headline-shock-5 = { $title } it is; { $clause }

## The seasons and the year: $logs is what a hearth burns a turn as the season begins

headline-season-1 = { $season } is here
headline-season-2 = { $season } comes to the wood, and { headline-fires }
headline-season-3 = Good morning, { $season }: { headline-fires }
headline-season-4 = The wood turns to { $season }
headline-season-5 = { $season } on the doorstep; { headline-fires }
headline-season-6 = First day of { $season }
# A part of the wordings above.
headline-fires = { $logs ->
    [0] no hearth needs a fire
    [one] every hearth burns 1 log a turn
   *[other] every hearth burns { $logs } logs a turn
}

headline-year-1 = Year { NUMBER($year, useGrouping: 0) } closes, and { $winner } was its richest creature
headline-year-2 = { $winner } was the richest creature of year { NUMBER($year, useGrouping: 0) }, which ends today
headline-year-3 = The books of year { NUMBER($year, useGrouping: 0) } are closed: over the year { $winner } was the richest
headline-year-4 = A year to remember, for { $winner } above all: year { NUMBER($year, useGrouping: 0) } ends
headline-year-5 = Nobody made more of year { NUMBER($year, useGrouping: 0) } than { $winner }

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
headline-cold-4 = Blankets for { $name }, who sat cold { $most ->
    [one] once
   *[other] { $most } times
}
headline-cold-5 = Frost on the inside: { headline-hearths } went cold
headline-cold-6 = A log costs { $firewood }, and { headline-hearths } did without
headline-cold-7 = Ask { $name } about the night: { $most ->
    [one] one of them was cold
   *[other] { $most } of them were cold
}
headline-cold-8 = { $nights ->
    [one] 1 cold night
   *[other] { $nights } cold nights
} in the wood, firewood at { $firewood }
headline-cold-9 = Teeth chatter at { headline-hearths }
headline-cold-10 = Smoke from too few chimneys: { headline-hearths } went cold
# A part of the wordings above.
headline-hearths = { $hearths ->
    [1] one hearth
    [2] two hearths
    [3] three hearths
    [4] four hearths
    [5] five hearths
   *[other] { $hearths } hearths
}

## Empty plates: $name went without any food most often, $meals times; $tables creatures had none at least once

headline-hunger-1 = An empty plate for { $name }
headline-hunger-2 = { $name } goes to bed without supper
headline-hunger-3 = Nothing in the pot: { $tables ->
    [1] { $name } goes hungry
   *[other] { $tables } creatures go hungry
}
headline-hunger-4 = A hungry day for { $name }: { $meals ->
    [one] 1 meal
   *[other] { $meals } meals
} missed

## A feast: three kinds of food on every table, or at $feasts of $meals

headline-feast-1 = Three dishes on every table
headline-feast-2 = A feast: nobody ate fewer than three kinds of food
headline-feast-3 = Three kinds of food for everybody, every turn of the day
headline-feast-4 = Full bellies all round: three dishes each

headline-plenty-1 = Full plates: { $feasts } of { headline-meals } had three dishes
headline-plenty-2 = The wood eats well: three kinds of food at { $feasts } of { headline-meals }
headline-plenty-3 = Second helpings: three dishes at { $feasts } of { headline-meals }
headline-plenty-4 = Nobody complains of the cooking: three dishes at { $feasts } of { headline-meals }
headline-plenty-5 = Crumbs for the ants: { $feasts } of { headline-meals } had three dishes
headline-plenty-6 = A day for cooks: three kinds of food at { $feasts } of { headline-meals }
# A part of the wordings above.
headline-meals = { $meals ->
    [one] 1 meal
   *[other] { $meals } meals
}

## What spoils: $load is a figure with its good, $count the same figure

headline-rot-1 = { $name } hoards for the flies: { $load } rotten
headline-rot-2 = Hold your nose at { $name }'s: { $load } rotten
headline-rot-3 = { $load } rotten in { $name }'s larder
headline-rot-4 = Should have sold: { $name } throws out { $load }
headline-rot-5 = A waste of { $good }: { $name } loses { $load }

## The creatures' fortunes, in pebbles of wealth and in per cent of it

headline-gain-1 = { $name } had a good day: { headline-pebbles } richer
headline-gain-2 = { $name }'s day: { $load } sold, { headline-pebbles } richer
headline-gain-3 = Somebody is doing well, and it is { $name }: up { $size } %
headline-gain-4 = { $name } sells { $load } for { $earned } and ends { headline-pebbles } up
headline-gain-5 = The purse grows: { $name } is worth { $size } % more
headline-gain-6 = Ask { $name } how it is done: { headline-pebbles } in a day
headline-gain-7 = { $load } for { $earned }: { $name } laughs all the way home
headline-gain-8 = Winner of the day: { $name }, { headline-pebbles } up

headline-loss-1 = { $name } had a bad day: { headline-pebbles } poorer
headline-loss-2 = { $name } is worth { $size } % less than yesterday
headline-loss-3 = Nobody envies { $name }: { headline-pebbles } gone
headline-loss-4 = Where did it go? { $name } loses { headline-pebbles }
headline-loss-5 = A lean day for { $name }, down { $size } %
headline-loss-6 = Be kind to { $name } today: { headline-pebbles } poorer
headline-loss-7 = { $name } slips: { headline-pebbles } less to its name
headline-loss-8 = The day was hard on { $name }: down { $size } %
# A part of the wordings above.
headline-pebbles = { $pebbles ->
    [one] 1 pebble
   *[other] { $pebbles } pebbles
}

headline-lead-1 = { $name } passes { $other } and is the richest in the wood
headline-lead-2 = A new first: { $name } is richer than { $other }
headline-lead-3 = Step aside, { $other }: { $name } is the richest now
headline-lead-4 = { $other } no longer leads; { $name } does
headline-lead-5 = Counted twice: { $name } is ahead of { $other }
headline-lead-6 = Whose purse is the heaviest? { $name } has overtaken { $other }

headline-broke-1 = { headline-pebbles } left: { $name }'s purse is all but empty
headline-broke-2 = { $name } turns out its pockets: { headline-pebbles }
headline-broke-3 = Down to the last: { $name } has { headline-pebbles }
headline-broke-4 = What do you buy with { headline-pebbles }? Ask { $name }
headline-broke-5 = A light purse at { $name }'s: { headline-pebbles }

headline-rich-1 = { $name } sits on { $share } % of all pebbles
headline-rich-2 = { headline-pebbles } in one purse, { $name }'s
headline-rich-3 = The pebbles roll to { $name }: { $share } % of them
headline-rich-4 = Mind the stairs, { $name }: a purse of { headline-pebbles }
headline-rich-5 = One purse holds { $share } % of the wood, and it is { $name }'s

headline-mood-up-1 = { $name } smiles again: { $was } yesterday, { $mood } today
headline-mood-up-2 = { $name } is { $mood } once more
headline-mood-up-3 = Something pleased { $name }: from { $was } to { $mood }
headline-mood-up-4 = { $name } hums over supper, { $mood } at last
headline-mood-up-5 = A better day for { $name }, { $mood } now
headline-mood-up-6 = Out of bed with the right foot: { $name } is { $mood }

headline-mood-down-1 = { $name } is out of sorts: { $was } yesterday, { $mood } today
headline-mood-down-2 = What is the matter with { $name }, who is { $mood } today?
headline-mood-down-3 = Do not ask { $name }, who is { $mood }
headline-mood-down-4 = A cloud over { $name }, { $mood } now
headline-mood-down-5 = { $name } kicks a stone: from { $was } to { $mood }
headline-mood-down-6 = Out of bed with the wrong foot: { $name } is { $mood }

## What is said: $about is a good or a creature, $count the rumors of the day

headline-rumor-1 = { $name } has the wood talking about { $about }
headline-rumor-2 = All talk: { $name } on { $about }
headline-rumor-3 = Have you heard what { $name } says about { $about }?
headline-rumor-4 = { $name } whispers loudly about { $about }
headline-rumor-5 = { $count ->
    [one] One rumor goes round
   *[other] { $count } rumors go round
}, and { $name } is behind it
headline-rumor-6 = The word of the day is { $name }'s, about { $about }
headline-rumor-7 = Ears up for { $name }: something about { $about }
headline-rumor-8 = { $name } starts it, and the wood passes it on: { $about }
headline-rumor-9 = Gossip by { $name }: { $about } again
headline-rumor-10 = What does { $name } know about { $about }?

headline-right-1 = { $name } was right about { $good }
headline-right-2 = It came as { $name } had said about { $good }
headline-right-3 = Listen to { $name } next time: right about { $good }
headline-right-4 = { $name } said so: { $good } proved it
headline-right-5 = A true word about { $good }, and it was { $name }'s

headline-wrong-1 = { $name } was wrong about { $good }
headline-wrong-2 = It did not come as { $name } had said about { $good }
headline-wrong-3 = Who still believes { $name } about { $good }?
headline-wrong-4 = { $name } said so, and { $good } did otherwise
headline-wrong-5 = An empty word about { $good }, and it was { $name }'s

headline-quarrel-1 = { $name } has hard words for { $other }
headline-quarrel-2 = Bad blood: { $name } speaks ill of { $other }
headline-quarrel-3 = { $name } and { $other } will not share a branch tonight
headline-quarrel-4 = What has { $other } done to { $name }?
headline-quarrel-5 = Sharp tongue: { $name } on { $other }

headline-friends-1 = { $name } has a good word for { $other }
headline-friends-2 = { $name } stands up for { $other }
headline-friends-3 = Kind words in the wood: { $name } about { $other }
headline-friends-4 = { $other } has a friend in { $name }

headline-default-1 = { $name } cannot pay back { headline-pebbles }
headline-default-2 = A debt unpaid: { $name } owes { headline-pebbles }
headline-default-3 = { $name } breaks a promise of { headline-pebbles }

headline-joined-1 = { $count ->
    [one] A new voice
   *[other] { $count } new voices
} in the wood: welcome, { $name }
headline-joined-2 = { $name } joins the patrons
headline-joined-3 = The creatures have somebody new to believe: { $name }
headline-joined-4 = Make room at the fire for { $name }

## The market: who deals with whom most often, what is sold most, what is dear beside what

headline-pair-1 = { $name } buys from { $other } again and again: { $count } deals
headline-pair-2 = { $name } and { $other } do business: { $count } deals, { $good } above all
headline-pair-3 = Best customer of { $other }: { $name }, { $count ->
    [one] once
   *[other] { $count } times
}
headline-pair-4 = { $other } sells, { $name } buys: { $good }, mostly
headline-pair-5 = A path is worn between { $other } and { $name }: { $count } deals
headline-pair-6 = { $name } knows where to get { $good }: from { $other }
headline-pair-7 = { $other } cannot complain of { $name }: { $count } deals
headline-pair-8 = Old acquaintance: { $name } buys { $good } of { $other }

headline-most-1 = { $load } change hands
headline-most-2 = The wood buys { $good }: { $load } sold
headline-most-3 = A day of { $good }: { $load } sold
headline-most-4 = { $load } over the stump, and nothing sold better
headline-most-5 = What does the wood want? Baskets of { $good }
headline-most-6 = Busiest stall: { $good }, { $load } sold
headline-most-7 = { $load } sold, more than of anything else
headline-most-8 = The scales are warm from { $good }: { $load }

headline-spread-1 = One unit of { $dear } buys { $times } of { $cheap }
headline-spread-2 = { $dear } at { $high }, { $cheap } at { $low }
headline-spread-3 = Dear { $dear }, cheap { $cheap }: { $high } against { $low }
headline-spread-4 = Eat { $cheap }, dream of { $dear }: { $low } and { $high }
headline-spread-5 = { $times } for one: the price of { $dear } in { $cheap }
headline-spread-6 = Rich folk's { $dear } at { $high }, everybody's { $cheap } at { $low }

# $times is how often the wealth of the poorest goes into that of the richest.
headline-gap-wider-1 = { $name } pulls away from { $other }
headline-gap-wider-2 = More for { $name }, less for { $other }
headline-gap-wider-3 = The wood grows uneven: { $name } first, { $other } last
headline-gap-wider-4 = { $name } on top, { $other } far below

headline-gap-narrower-1 = { $other } catches up a little with { $name }
headline-gap-narrower-2 = The wood grows more even: { $name } first, { $other } last, and closer
headline-gap-narrower-3 = Less between { $name } and { $other } than yesterday
headline-gap-narrower-4 = { $name } still leads, but not by so much

## A day without news

# No price moved at all.
headline-still-1 = Not a price moved today
headline-still-2 = { $trades ->
    [one] 1 trade
   *[other] { $trades } trades
}, and every price where it was
headline-still-3 = The market holds its breath: not a price moved
headline-still-4 = Same prices at dusk as at breakfast, not a price moved

# Prices moved little, $clause the most, by $most per cent.
headline-quiet-1 = A quiet day: no price moved more than { $most } %
headline-quiet-2 = { $trades ->
    [one] 1 trade
   *[other] { $trades } trades
}, and no price moved more than { $most } %
headline-quiet-3 = Small change: { $clause }, the widest move of the day
headline-quiet-4 = Calm in the market; { $clause }
headline-quiet-5 = A day for naps: { $clause }, and that was all
headline-quiet-6 = Nobody shouts at the stump: { $clause } at most
headline-quiet-7 = Slow as Mossback: { $clause }, the most of any
headline-quiet-8 = The leaves are louder than the market: { $clause }
headline-quiet-9 = Peace at the stalls; at most { $clause }
headline-quiet-10 = Nothing to report but the weather, and { $clause }

# No turn was played.
headline-rest-1 = The wood rests: no turn was played today
headline-rest-2 = A day without a turn
headline-rest-3 = Nothing stirs: the wood stood still today
