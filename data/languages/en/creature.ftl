# One creature's page.

creature-page-head =
    ## { $emoji } { $creature }
    -# Makes { $good } { $icon } and buys everything else
creature-page-foods = 🍽️ { $kinds ->
    [one] 1 kind
   *[other] { $kinds } kinds
} of food in the larder; two make a good meal
creature-page-logs = 🔥 { $logs ->
    [one] 1 log
   *[other] { $logs } logs
} by the hearth; { $need ->
    [0] no fire is needed
   *[other] the coming night burns { $need }
}
creature-page-wealth = 💰 worth **{ $pebbles ->
    [one] 1 pebble
   *[other] { $pebbles } pebbles
}** in all: its purse, and its goods at today's prices
creature-page-last = **Last turn**
creature-page-sold = sold { $units } at { NUMBER($price, useGrouping: 0) }
creature-page-bought = bought { $units } at { NUMBER($price, useGrouping: 0) }
creature-page-idle = traded nothing
creature-page-said = **Said lately**
# Stands where a quotation has its speaker.
creature-page-turn = turn { NUMBER($turn, useGrouping: 0) }
creature-page-bare = bare shelves

## What it remembers: deeds of others, for good (✨) and ill (🗯️)

creature-page-remembers = **Remembers**
# $good is "none" where the deed was about no good.
creature-page-memory = { $ill ->
    [yes] 🗯️
   *[no] ✨
} { $who } { $deed ->
    [lied] lied about { $good }
    [foretold] saw { $good } coming
    [spoke-ill] spoke ill of me
    [spoke-well] spoke well of me
    [dear] sold me { $good } dear when I was in need
    [shorted] bet that my { $good } would get cheap
    [kind] sold me { $good } cheap when I was in need
    [dunned] pressed me for a debt
   *[other] did not pay back a loan
} (turn { NUMBER($turn, useGrouping: 0) })
