# The board: the one public message of a wood, in the wood's own language.

board-new =
    ## { $emoji } A new wood
    -# { $season } begins, and five creatures are about to trade
# Stands on a new board in place of a story: what to do first, what for, and what it leads to.
board-start =
    ### 🌱 Move a price with nothing but words
    They cannot live alone: a meal takes two foods, and winter takes wood that only one of them cuts. So they haggle, gossip and panic, and **you** start the gossip.
    {"**"}First move:** press 🗣️ **{ button-rumor }**, pick a good and say it gets dearer. You join with that press, and it costs you one breath of five. Next turn this board shows what your words did.
    {"**"}To win:** be right when nobody expects it. Each day's report names whose words moved the wood, and the year's foremost patron goes down in its saga.
board-head =
    ## { $emoji } { $season }, day { $day }
    -# Year { NUMBER($year, useGrouping: 0) } · turn { NUMBER($turn, useGrouping: 0) } · { $logs ->
        [0] no hearth needs a fire
        [one] every hearth burns 1 log
       *[other] every hearth burns { $logs } logs
    }
board-asleep = 💤 *The minds are asleep. Habit keeps the households until they wake.*
board-asleep-at = 💤 *The minds are asleep ({ $at }). Habit keeps the households until they wake.*
board-resting = ⏸️ The wood rests. A keeper wakes it with `/keeper resume`.
# $new is "yes" on a board whose story tells a newcomer what to do.
board-next = ⏳ Next turn { $when }{ $new ->
    [yes] {""}
   *[no] {" "}· New here? Press 🗣️ **{ button-rumor }**.
}
board-razed =
    ### 🪓 This wood was razed
    For a day its keepers can bring it back: `/keeper resume`.
board-razed-when =
    ### 🪓 This wood was razed { $when }
    For a day its keepers can bring it back: `/keeper resume`.

## Prices: the good that moved most stands first, the others small below it; $size is the move without its sign, and
## the blank before its mark does not break

board-hot = { $emoji } **{ $good } { $price }** { $way ->
    [up] 🔺 **+{ $size } %**
    [down] 🔻 **−{ $size } %**
   *[none] {""}
}
board-good = -# { $emoji } { $good } **{ $price }**{ $way ->
    [up] {" "}▲ { $size } %
    [down] {" "}▼ { $size } %
   *[none] {""}
}
board-rumor = 🗣️ **{ $speaker }**: “{ $text }”
board-rumors-more = -# 🗣️ and { $count ->
    [one] 1 more rumor
   *[other] { $count } more rumors
}: `/rumor heard`

## Creatures

board-quote = “{ $text }” — *{ $speaker }*

## What is going on, and what comes

# $age counts the turns since it was told, from 1. $way is what the price of $good has done since, "none" for nothing.
board-in-force = 📜 { $age ->
    [1] First turn of **{ $title }**
    [2] Second turn of **{ $title }**
    [3] Third turn of **{ $title }**
    [4] Fourth turn of **{ $title }**
    [5] Fifth turn of **{ $title }**
    [6] Sixth turn of **{ $title }**
   *[other] **{ $title }**, { NUMBER($age, useGrouping: 0) } turns old
}{ $way ->
    [up] : { $good } +{ $size } % so far
    [down] : { $good } −{ $size } % so far
   *[none] {""}
}
board-gathering = 🌬️ A legend gathers breath: **{ $gathered }** of { $needed }. Everybody can give it some.
# $turns until it is told.
board-gathered = 🌬️ A legend has all the breath it needs. It is told { $turns ->
    [0] next turn
    [one] in 1 turn, when the wood has rested from the last one
   *[other] in { $turns } turns, when the wood has rested from the last one
}.

## The story of a turn: a title without a full stop and, in messages of their own, a sentence or two below it

story-told = 📜 “{ $title }” is told
story-goes-on = 📜 “{ $title }” goes on
story-shock = 🌩️ { $title } comes over the wood
story-year = 👑 Year { NUMBER($year, useGrouping: 0) } ends, and { $winner } is its richest creature
story-season = 🍃 { $season } comes to the wood
story-hearths = { $logs ->
    [0] No hearth needs a fire now.
    [one] Every hearth burns 1 log a turn now.
   *[other] Every hearth burns { $logs } logs a turn now.
}
story-omen = 🔮 A sign is seen

# $clause is what a price did, such as "Honey climbs 12 %".
story-price = { $way ->
    [up] 📈 { $clause }
   *[down] 📉 { $clause }
}
# $size is what the price has made in these turns, in per cent.
story-streak = { $way ->
    [up] 📈 { $good }: dearer for { $turns } turns running, +{ $size } %
   *[down] 📉 { $good }: cheaper for { $turns } turns running, −{ $size } %
}
# Why it did. $buyers is a list of names, or "none".
story-why-legend = That is the work of “{ $title }”.
story-why-rumor = { $way ->
    [up] { $speaker } had said that it gets dearer.
   *[down] { $speaker } had said that it gets cheaper.
}
story-why-want = { $wanted } wanted, { $offered ->
    [0] none
   *[other] { $offered }
} on offer{ $buyers ->
    [none] .
   *[other] : { $buyers } got what there was.
}
story-why-glut = { $offered } on offer, and { $wanted ->
    [0] nobody wants any.
   *[other] only { $wanted } wanted.
}
story-why-usual = It is on the way back to its usual { $usual }.

# $names is a list of $count names.
story-cold = 🥶 { $names } { $count ->
    [one] sits
   *[other] sit
} by a cold hearth
story-cold-price = A log costs { $price } today, and only Bramble cuts them.
story-hungry = 🍽️ { $names } { $count ->
    [one] has
   *[other] have
} nothing to eat
story-rot = 🪰 { $load } rot in { $who }'s larder
story-rot-why = Who hoards what spoils feeds the flies.
# $low is "yes" where the mood has got worse.
story-mood = { $low ->
    [yes] 😟 { $who } is { $mood }
   *[no] 😄 { $who } is { $mood }
}

# What it had today: $kinds of food, and whether it was cold.
story-mood-why = { $cold ->
    [yes] A cold hearth, and { $kinds ->
        [0] nothing to eat.
        [1] one thing to eat.
        [2] a decent supper all the same.
       *[other] a feast all the same.
    }
   *[no] { $kinds ->
        [0] A warm hearth, and nothing to eat.
        [1] One thing to eat, night after night.
        [2] A warm hearth and a decent supper.
       *[other] A warm hearth and three dishes for supper.
    }
}

# $way: "up" says dearer of a good or well of a creature, "down" the opposite, "none" neither.
story-rumor = { $way ->
    [up] 🗣️ { $speaker } talks up { $about }
    [down] 🗣️ { $speaker } talks down { $about }
   *[none] 🗣️ { $speaker } talks about { $about }
}
story-rumor-line = Who believes it? The next turns show it.
story-quarrel = 💢 { $speaker } has hard words for { $about }
story-quote = “{ $text }”
story-joined = 🌳 { $who } joins the patrons
story-joined-line = One more voice for the creatures to believe, or not.

story-untraded = 🤝 Nobody traded
story-deal = 🤝 { $buyer } buys { $units } from { $seller }
story-deal-line = At { $price ->
    [one] 1 pebble
   *[other] { $price } pebbles
} each, the greatest deal of the turn.
story-richest = 👛 { $who } is richer than { $before } now
story-quiet = 🍃 A calm turn: { $trades ->
    [one] 1 trade
   *[other] { $trades } trades
}, and hardly a price stirred
story-quiet-line = { $who } is { $mood }. Time for a rumor?
