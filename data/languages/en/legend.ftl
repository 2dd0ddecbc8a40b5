# Legends: cards, hands, and what comes of telling them.

legend-title = ### 📜 { $title }
# $years is "none" where the episode's name has them.
legend-truth = The true story: { $episode }{ $years ->
    [none] {""}
   *[other] , { $years }
}
legend-drawn = Nobody else knows that you hold it. Telling it takes { $breath } breath, yours or shared.
legend-hand-empty =
    ### 📜 Your hand is empty
    Draw a legend: only you will know which one it is.
legend-breath = { $breath } of { $most } breath

## What came of giving breath: $title is "none" for a legend of somebody else's, which stays secret

legend-gathers = { $title ->
    [none] The legend that is gathering breath
   *[other] **{ $title }**
} has { $gathered } of { $needed } breath. It still needs { $missing } breath.
legend-gathered = { $title ->
    [none] The legend that is gathering breath
   *[other] **{ $title }**
} has all the breath it needs. { $resting ->
    [yes] The wood rests: it is told when a keeper has woken the wood.
   *[no] It is told { $turns ->
        [0] at the next turn
        [one] in 1 turn, when the wood has recovered from the last legend
       *[other] in { $turns } turns, when the wood has recovered from the last legend
    }.
}

## The true history

legend-episode = **{ $episode }{ $years ->
    [none] {""}
   *[other] , { $years }
}**
legend-sources = Sources: { $sources }
# Two or more of them.
legend-sources-several = { $head }; { $next }
