# What a year's end calls patrons, and what stays of their years.

title-richest = the richest
title-prophet = the best prophet
title-voice = the loudest voice
title-feared = the most feared
title-friend = the friend of the wood
title-fox = the fox whom nobody caught
title-outlaw = the outlaw

# A mark and its title, one of a list: "👑 the richest".
title-marked = { $mark } { $title }
# Below a patron in the ranking: $titles is a list, "none" where there is nothing to tell; $wins, years won.
ranking-career = { $titles ->
    [none] { $wins ->
        [one] First in 1 year
       *[other] First in { $wins } years
    }
   *[other] Last year { $titles }{ $wins ->
        [0] {""}
        [one] {"; "}first in 1 year
       *[other] {"; "}first in { $wins } years
    }
}
# The same in a report, behind its $line.
report-rank-won = { $line } · 🏆 { $wins ->
    [one] 1 year won
   *[other] { $wins } years won
}

## Career

command-patron-career = See what stays of your years: bests, wins, titles
career-head = ### 🏵️ { $name } over the years
career-none =
    None of your years has been counted yet. At the end of this one your purse goes into your career, whoever did something best gets a title that stands beside the name for a year, and everybody begins anew with the same purse.
career-years = { $years ->
    [one] 1 year counted
   *[other] { $years } years counted
}, { $wins ->
    [0] none of them won
    [one] 1 of them won
   *[other] { $wins } of them won
}
career-pebbles = { $pebbles ->
    [one] 1 pebble
   *[other] { $pebbles } pebbles
} in all, at best { $best } in one year
career-cards = { $told ->
    [0] No legend told yet
    [one] 1 legend told
   *[other] { $told } legends told
}, { $survived ->
    [0] none lived through
    [one] 1 lived through
   *[other] { $survived } lived through
}
career-titles = ### Titles
# $titles is a list, such as "the richest and the best prophet".
career-year = Year { NUMBER($year, useGrouping: 0) }: { $titles }
