# The market's charts and its tape of trades.

market-chart-all = ### 📈 All prices
market-chart-good = ### 📈 The price of { $good }

market-trades-none =
    ### 🧾 No trades yet
    The market opens with the first turn.
market-trades = ### 🧾 The last trades
# The heads of the tape's columns, short: the turn, the good, how many units, the price of one, seller and buyer.
market-turn = **Turn { NUMBER($turn, useGrouping: 0) }**
# $units is such as "3 berries", $price what each of them cost.
market-trade = { $units } at { $price }: { $seller } → { $buyer }{ $habit ->
    [yes] {" "}·
   *[no] {""}
}
market-habit = A dot marks what was left to habit, which sells what a creature has left over and buys what its table and hearth lack. All other trades were decided by both creatures.
