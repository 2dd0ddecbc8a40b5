# The board: the one public message of a wood, in the wood's own language.

board-new =
    ## { $emoji } A new wood
    { $season } begins, and five creatures are about to trade.
    -# New here? Press **{ button-join }**, then **{ button-rumor }**. **{ button-help }** has the rest.
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
board-next = ⏳ Next turn { $when }
board-razed =
    ### 🪓 This wood was razed
    For a day its keepers can bring it back: `/keeper resume`.
board-razed-when =
    ### 🪓 This wood was razed { $when }
    For a day its keepers can bring it back: `/keeper resume`.

## The table of prices: the heads of its columns, short, and a price's move without its sign

board-column-pebbles = pebbles
board-column-move = move
board-column-sold = sold
board-move = { NUMBER($size, useGrouping: 0) }%

## Creatures

board-bare = bare shelves
board-quote = “{ $text }” — *{ $speaker }*

## What the turn brought

board-untraded = 🤝 Nobody traded.
# $each is "yes" where several units changed hands.
board-traded = 🤝 **{ $trades ->
    [one] 1 trade
   *[other] { $trades } trades
}**. The greatest: { $buyer } bought { $units } from { $seller } for { $price ->
    [one] 1 pebble
   *[other] { $price } pebbles
}{ $each ->
    [yes] {" "}each
   *[no] {""}
}.
board-decided-all = Every one was decided by both creatures.
board-decided-none = { $trades ->
    [one] All
   *[other] All of them
} left to habit, which sells what is left over and buys what table and hearth lack.
board-decided-some = { $minds } decided by both creatures, { $habit } left to habit, which sells what is left over and buys what table and hearth lack.
# $turn is 0 where it is not known; $lore is "yes" where a true history stands behind it.
board-in-force = 📜 **{ $title }** is in force{ $turn ->
    [0] {""}
   *[other] , told in turn { NUMBER($turn, useGrouping: 0) }
}.{ $lore ->
    [yes] {" "}`/legend lore` has the true story behind it.
   *[no] {""}
}
board-gathering = 🌬️ A legend gathers breath: **{ $gathered }** of { $needed }. Everybody can give it some.
# $turns until it is told.
board-gathered = 🌬️ A legend has all the breath it needs. It is told { $turns ->
    [0] next turn
    [one] in 1 turn, when the wood has rested from the last one
   *[other] in { $turns } turns, when the wood has rested from the last one
}.
board-rumor = 🗣️ { $speaker }: { $text }
