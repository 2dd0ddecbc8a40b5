# The market's charts and its tape of trades.

market-chart-all = ### 📈 All prices
market-chart-good = ### 📈 The price of { $good }

market-trades-none =
    ### 🧾 No trades yet
    The market opens with the first turn.
market-trades = ### 🧾 The last trades
# The heads of the tape's columns, short: the turn, the good, how many units, the price of one, seller and buyer.
market-column-turn = turn
market-column-good = good
market-column-units = qty
market-column-price = at
market-column-seller = from
market-column-buyer = to
market-habit = A dot marks what was left to habit, which sells what a creature has left over and buys what its table and hearth lack. All other trades were decided by both creatures.
