# The Magistrate, denunciations and foresight: moves, refusals, and what everybody hears of a case.

move-foresight = foresight
move-denounce = denunciation

## Why a glimpse is refused

refusal-foreseen = You have had your glimpse of this turn. The next one can be bought next turn.
refusal-whose-thought = Say whose thought you want: a thought belongs to one creature.
refusal-nothing-comes = { $what ->
    [omen] No boon or bane that you do not know of falls within { $turns } turns
   *[shock] Nothing that you do not know of strikes within { $turns } turns
}, so there is nothing to see and nothing to pay. A creature's thought is there to be read in any turn.

## Why a denunciation is refused

refusal-denounce-self = Nobody denounces themselves. What cools you is to keep quiet: one degree every turn.
refusal-nobody = There is no such patron here any more. The ranking shows who is.
refusal-exiled-already = { $alias } is exiled already. Denounce somebody else, or wait for the new year.
refusal-case-open = There is a file open on { $alias } already; it is heard { $turns ->
    [one] at the end of this turn
   *[other] in { $turns } turns
}. Wait for the verdict.
refusal-denounced-lately = You denounced { $alias } only just now. You can again in { $turns ->
    [one] 1 turn
   *[other] { $turns } turns
}; another patron may at any time.

## What everybody hears

event-case = Magistrate Heron opens a file on { $subject }. { $turns ->
    [0] It is heard today.
    [one] It is heard next turn.
   *[other] It is heard in { $turns } turns.
}
# $pebbles is what the deeds brought that were read out, $count how many these were.
event-evidence = The file on { $subject } is read out: { $count ->
    [0] nothing in it is suspicious
    [one] 1 suspicious deed
   *[other] { $count } suspicious deeds
}{ $pebbles ->
    [0] {""}
    [one] {" "}and 1 pebble of profit
   *[other] {" "}and { $pebbles } pebbles of profit
}.
# $fine is what was taken, $turns how long what else it brings lasts.
event-verdict = { $verdict ->
    [acquitted] Magistrate Heron lets { $subject } go: too little speaks against them.
    [frozen] Magistrate Heron fines { $subject } { $fine ->
        [one] 1 pebble
       *[other] { $fine } pebbles
    } and freezes the purse for { $turns ->
        [one] 1 turn
       *[other] { $turns } turns
    }.
    [exiled] Magistrate Heron fines { $subject } { $fine ->
        [one] 1 pebble
       *[other] { $fine } pebbles
    } and sends them out of the wood for the rest of the year.
   *[fined] Magistrate Heron fines { $subject } { $fine ->
        [one] 1 pebble
       *[other] { $fine } pebbles
    }.
}

## What the board tells

story-case = Magistrate Heron opens a file on { $who }
story-case-line = { $turns ->
    [0] It is heard today.
    [one] It is heard next turn. What is in it nobody knows before.
   *[other] It is heard in { $turns } turns. What is in it nobody knows before.
}
# While a file is open; $turns until it is heard.
board-case = 🔎 A file is open on **{ $who }**, heard { $turns ->
    [one] next turn
   *[other] in { $turns } turns
}
# $deeds is a list of court-deed, $more how many others were read out.
court-deeds = Read out: { $deeds }{ $more ->
    [0] {""}
    [one] {"; "}and one deed more
   *[other] {"; "}and { $more } deeds more
}.
# One deed of a patron's file. $good and $who are "none" where it was about none.
court-deed = { $act ->
    [rumor] a rumor about { $good }
    [whisper] a whisper to { $who }{ $good ->
        [none] {""}
       *[other] {" "}about { $good }
    }
    [lied] a lie to { $who } about { $good }
    [legend] a legend that moved { $good }
    [lent] a loan to { $who }
    [long] a bet that { $good } would rise
    [short] a bet that { $good } would fall
    [profit] { $pebbles ->
        [one] 1 pebble
       *[other] { $pebbles } pebbles
    } made on { $good } soon after
    [bribe] a bribe to { $who }
    [broker] a pact between creatures
    [corner] a corner in { $good }
    [foresight] a glimpse of what comes
    [wager] a wager on { $good }
    [won] { $pebbles ->
        [one] 1 pebble
       *[other] { $pebbles } pebbles
    } won by a wager on { $good }
   *[other] something else
}
