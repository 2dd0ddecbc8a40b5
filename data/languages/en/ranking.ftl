# The ranking: who foretells best, who calls the day best, whose words move prices, who has most pebbles.

ranking-head = ### 🏆 Who is foremost this year
ranking-prophets =
    ### 🔮 Prophets
    -# Who said of a price what the wood did not expect, and was right.
ranking-callers = ### 🎯 Daily calls
ranking-voices =
    ### 📣 Voices
    -# By how much their words moved prices.
ranking-purses = ### 👛 Purses
# $place is a medal or a figure with its mark, $points such as "+84 points".
ranking-prophet = { $place } **{ $name }** · { $points }
# $chance is how many of them chance alone would have made true.
ranking-claims = { $said ->
    [one] 1 claim judged
   *[other] { $said } claims judged
}, { $right } came true, chance expected { NUMBER($chance, minimumFractionDigits: 1, maximumFractionDigits: 1) }.
ranking-caller = { $place } **{ $name }** · { $points }, { $right } right
ranking-streak = { $line }, { $streak } in a row
ranking-voice = { $place } **{ $name }** · { NUMBER($percent, minimumFractionDigits: 1, maximumFractionDigits: 1) } %
ranking-purse = { $place } **{ $name }** · { $purse ->
    [one] 1 pebble
   *[other] { $purse } pebbles
}
ranking-more = and { $count } more
ranking-verdict-better = Far more than chance!
ranking-verdict-even = About what chance gives.
ranking-verdict-worse = Less than chance.
