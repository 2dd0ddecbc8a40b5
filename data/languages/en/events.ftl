# What happened in a wood, a sentence an event. Every line gets a capital at its head.

## What is said and told

event-legend-over = { $title } comes over the wood.
event-legend-told = { $tellers } told { $title }.
event-legend-is-told = { $title } is told.
event-shock = { $title } takes hold of { $good }.
# Stands for the title of a legend that the wood's content has no more.
event-some-legend = a legend
event-decree = { $good }: { $before } becomes { $after } by decree.
event-rumor = { $who } spreads a rumor: “{ $text }”
event-gossip = { $who } says: “{ $text }”
# $good is one good or a list of them.
event-judged = { $true ->
    [yes] What { $who } said of { $good } proved true.
   *[no] What { $who } said of { $good } proved false.
}
# $good is what everybody wants in a new year, $spurned what nobody does.
event-fashion = This year everybody is mad about { $good }, and nobody much cares for { $spurned }.
event-gathering = A legend gathers breath: { $breath } of { $needed }.

## What befalls stores, hearths and tables

# $rich and $poor are lists of goods.
event-weather = { $luck ->
    [both] The season promises rich { $rich } but poor { $poor }.
    [rich] The season promises rich { $rich }.
    [poor] The season promises poor { $poor }.
   *[none] The season promises ordinary harvests.
}
# $load is a figure with its good, such as "4 acorns"; $count is the same figure, to agree with.
event-windfall = A windfall of { $load } falls to { $who }.
event-spoil = { $count ->
    [one] { $load } rots in { $who }'s larder.
   *[other] { $load } rot in { $who }'s larder.
}
event-cold = { $who } sits cold, { $count ->
    [one] 1 log
   *[other] { $count } logs
} short.
event-hunger = { $kinds ->
    [0] { $who } has nothing to eat.
   *[other] { $who } has only one food to eat.
}

## What befalls purses and patrons

event-loan = { $who } borrows { $count ->
    [one] 1 pebble
   *[other] { $count } pebbles
}.
event-repaid = { $who } pays back { $count ->
    [one] 1 pebble
   *[other] { $count } pebbles
}.
event-default = { $who } cannot pay back { $count ->
    [one] 1 pebble
   *[other] { $count } pebbles
}.
event-given = { $who } is given { $count ->
    [one] 1 pebble
   *[other] { $count } pebbles
}.
event-toll = { $who } pays a toll of { $count ->
    [one] 1 pebble
   *[other] { $count } pebbles
}.
event-joined = { $who } joins the patrons.
event-left = A patron leaves the wood.
event-year = Year { NUMBER($year, useGrouping: 0) } ends: { $winner } is the richest creature.
event-year-patron = Year { NUMBER($year, useGrouping: 0) } ends: { $winner } is the richest creature, { $patron } the foremost patron.
