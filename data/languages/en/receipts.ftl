# Receipts: what came of a rumor or a whisper, beside the same turns without it.

## In one line: on the board, under a rumor, in a notice

# $way is "up", "down" or, where chance explains it as well, "none"; $size is in per cent.
receipt-outcome = { $speaker }'s words: { $way ->
    [up] **+{ $size } %**
    [down] **−{ $size } %**
   *[none] no effect seen
}
# $pebbles is what they brought the creature, or cost it.
receipt-outcome-creature = { $speaker }'s words: { $way ->
    [up] they brought { $name } **{ $pebbles }** pebbles
    [down] they cost { $name } **{ $pebbles }** pebbles
   *[none] no effect seen
}
receipt-unmeasured = { $speaker }'s words: { $why ->
    [lost] not measured, the wood's rules have changed since
   *[crowded] not measured, too much was said in that turn
}
# $deeds is a list of clauses such as "Pip bought 2 more".
receipt-line = -# 👂 { $outcome } · { $deeds }
receipt-did = { $name } { $did ->
    [offered] { $more ->
        [yes] offered { $units } more
       *[no] held back { $units }
    }
    [bought] { $more ->
        [yes] bought { $units } more
       *[no] bought { $units } fewer
    }
   *[wanted] { $more ->
        [yes] wanted { $units } more
       *[no] wanted { $units } fewer
    }
}
receipt-did-creature = { $name } { $did ->
    [bought] { $more ->
        [yes] bought { $units } more from { $target }
       *[no] bought { $units } fewer from { $target }
    }
   *[sold] { $more ->
        [yes] sold { $units } more to { $target }
       *[no] sold { $units } fewer to { $target }
    }
}
receipt-nodded = { $names } nodded
receipt-laughed = { $names } laughed
receipt-believed = { $names } believed it
receipt-nobody = nobody believed it

## The whole receipt

receipt-head = ### 🧾 What came of it
# $to is "none" for a rumor that everybody heard.
receipt-said =
    > “{ $text }”
    -# { $to ->
        [none] { $speaker }, in turn { NUMBER($turn, useGrouping: 0) }
       *[other] { $speaker } to { $to } alone, in turn { NUMBER($turn, useGrouping: 0) }
    }
# $belief is "none", "little", "half" or "firm".
receipt-hearer = { $emoji } **{ $name }** { $belief ->
    [none] laughed
    [little] listened with one ear
    [half] half believed it
   *[firm] believed every word
}
# The same, with what the creature did otherwise, such as "Pip bought 2 more".
receipt-hearer-did = { $emoji } **{ $did }** and { $belief ->
    [little] listened with one ear
    [half] half believed it
   *[firm] believed every word
}
receipt-effect = { $way ->
    [up] **{ $good } +{ $size } %** because of these words, at the most
    [down] **{ $good } −{ $size } %** because of these words, at the most
   *[none] **No effect seen**: what { $good } did may be chance
}
receipt-effect-creature = { $way ->
    [up] These words brought { $name } **{ $pebbles }** pebbles, in coin and goods
    [down] These words cost { $name } **{ $pebbles }** pebbles, in coin and goods
   *[none] **No effect seen**: what { $name } gained or lost may be chance
}
receipt-turn = turn { NUMBER($turn, useGrouping: 0) } { $move }
# The band: what the same words do where the dice fall otherwise.
receipt-band = With other dice, by habit alone: { $low } to { $high }
receipt-others = { $count ->
    [one] Somebody else said the same in that turn. The figures are what both did together.
   *[other] { $count } more said the same in that turn. The figures are what all did together.
}
receipt-held = What { $names } decided is taken as it was: minds of that kind cannot be asked again.
receipt-goes-on = Followed for { $turns ->
    [one] 1 more turn
   *[other] { $turns } more turns
}.
receipt-how = Measured against a twin of the wood: the same turns without these words.
# What the owner of words sees before any turn has heard them, and where they claimed nothing.
receipt-unheard =
    ### 🧾 What came of it
    Nothing yet: nobody has heard it. Look again after the next turn.
receipt-claimless =
    ### 🧾 What came of it
    Nothing: it claimed nothing that could be believed, or it could not be said.

## A notice for who asked for it

# $mention is the player's own, "none" in a direct message.
receipt-notice = { $mention ->
    [none] 🧾 **What came of your words** in turn { NUMBER($turn, useGrouping: 0) }
   *[other] { $mention } 🧾 **What came of your words** in turn { NUMBER($turn, useGrouping: 0) }
}

## In the day's report

receipt-voice = { $speaker } moved { $about } { $way ->
    [up] up
   *[down] down
} by { $size } %.
