# A patron's book and history, for that patron's eyes. $number is the good's own number.

## The book

book-head =
    ### 📒 Your book
    👛 { $purse ->
        [one] **1 pebble**
       *[other] **{ $purse } pebbles**
    } in your purse, **{ $worth }** with all that is out
# $bar shows the heat as coloured blocks; above $most the Magistrate looks.
book-heat = { $bar } heat **{ $heat }** of { $most }: { $name }
book-case = 🔎 Magistrate Heron has a file open on you. It is heard { $turns ->
    [one] next turn
   *[other] in { $turns } turns
}.
book-exiled = 🚪 You are exiled for { $turns ->
    [one] 1 more turn
   *[other] { $turns } more turns
}.
book-frozen = 🧊 Your purse is frozen for { $turns ->
    [one] 1 more turn
   *[other] { $turns } more turns
}.
book-empty = Nothing stands open. Bet on a price with **Trade**, or lend a creature something.

book-positions = **⚖️ At the Bourse**
book-position = { $emoji } **{ $good }** { $side ->
    [long] ▲
   *[short] ▼
} { $stake }: { $entry } → { $price }, **{ $gain }**
# $left is what it would bring back today, $floor below what more is asked for.
book-margin = -# brings { $left } back today; below { $floor } more is asked for; closed in { $turns ->
    [one] 1 turn
   *[other] { $turns } turns
}
book-called = ⚠️ Add at least **{ $needed }** now, or it is closed next turn.

book-loans = **🤝 Lent**
# $late counts the turns that it is late, "none" where it is not.
book-loan = { $creature } owes { $owed }, { $late ->
    [none] due { $turns ->
        [one] next turn
       *[other] in { $turns } turns
    }
   *[other] **late**: half of each purse comes to you until it is paid
}
book-schemes = **🕯️ Under the table**
book-pact = { $what ->
    [withhold] { $creature } holds its goods back for you
    [dump] { $creature } sells cheap for you
   *[other] { $creature } and { $partner } keep each other's prices up
}, { $turns ->
    [one] 1 turn
   *[other] { $turns } turns
} more
book-corner = { $emoji } Your agent { $state ->
    [buys] buys
    [holds] holds
    [sells] sells
   *[broken] must sell
} { $good }: { $units } in store, { $pebbles ->
    [one] 1 pebble
   *[other] { $pebbles } pebbles
} left
book-wagers = **🎲 Staked on your words**
book-wager = { $emoji } { $stake } on { $on ->
    [effect] your words making { $good } { $way ->
        [up] dearer
       *[down] cheaper
    }
   *[truth] { $way ->
        [up] dearer { $good }
       *[down] cheaper { $good }
    }
}, { $turns ->
    [one] judged next turn
   *[other] judged in { $turns } turns
}
book-tips = **👁️ True tips, yours alone**
# $good is "none" where it is about none, $way where it points nowhere; $turns is 0 once it has come about.
book-tip = { $what ->
    [shock] Something comes over { $good }
    [omen] The omen speaks of { $good }
   *[thought] A thought
}{ $way ->
    [up] : **dearer**
    [down] : **cheaper**
   *[none] {""}
}, { $turns ->
    [0] and it has come about
    [one] next turn
   *[other] in { $turns } turns
}
book-waiting = **⏳ Waiting for the next turn**
book-news = **📌 Lately**
# $what is what befell the patron in that turn.
book-lately = Turn { NUMBER($turn, useGrouping: 0) }: { $what }
book-file = **🗂️ The file on you**

## Lines of a file; $good and $who are "none" where there is none

# $turn is "none" where it stands above already; $act is what was done, $gain what it brought ("+5") or cost, or "none".
file-line = -# { $turn ->
    [none] •
   *[other] turn { NUMBER($turn, useGrouping: 0) }:
} { $act }{ $gain ->
    [none] {""}
   *[other] , { $gain }
}{ $heat ->
    [0] {""}
   *[other] , +{ $heat } heat
}
act-rumor = rumor{ $good ->
    [none] {""}
   *[other] {" "}about { $good }
}
act-whisper = whisper{ $who ->
    [none] {""}
   *[other] {" "}to { $who }
}
act-legend = a legend told
act-lent = lent to { $who }
act-repaid = paid back by { $who }
act-lost = lost to { $who }
act-long = bet on dearer { $good }
act-short = bet on cheaper { $good }
act-profit = won on { $good }, after words of yours
act-gain = won on { $good }
act-loss = lost on { $good }
act-bribe = { $who } bribed
act-bribe-declined = { $who } offered a bribe, in vain
act-broker = { $who } brokered with
act-corner = agent sent for { $good }
act-sold = agent's { $good } sold
act-foresight = a glimpse bought
act-wager = a stake on your words
act-won = your stake won
act-denounced = { $who } denounced
act-bounty = bounty for { $who }
act-fined = fined
act-idled = a pebble worn off an idle purse

## History

past-head = ### 🕰️ How you got here
past-course = { $bars } standing { $first } → **{ $last }**
past-nothing = Nothing has come or gone this year. Your first move will stand here.
past-page = page { $page } of { $pages }
# $gain is what the turn brought, $worth all that was owned then, at what it cost.
past-turn = **Turn { NUMBER($turn, useGrouping: 0) }**{ $gain ->
    [none] {""}
   *[other] {" "}{ $gain }
} · { $worth } owned
past-closed = bet on { $side ->
    [1] dearer
   *[-1] cheaper
} { $good } closed at { $price }{ $why ->
    [asked] {""}
    [gained] : it had won all it can
    [called] : the margin asked for did not come
    [spent] : its margin was gone
    [due] : its time was over
    [year] : the year ended
    [exiled] : you were exiled
   *[left] {""}
}, { $gain }
past-margin-call = ⚠️ your bet on { $good } needs { $needed } more margin
past-declined = { $subject } said no
past-loan = { $subject } took your loan: { $owed } fall due in turn { NUMBER($due, useGrouping: 0) }
past-repaid = { $subject } paid you { $amount ->
    [one] 1 pebble
   *[other] { $amount } pebbles
} back
past-written-off = { $subject } never paid { $owed ->
    [one] 1 pebble
   *[other] { $owed } pebbles
}; the debt is written off
# $won is "back" where nobody could judge it.
# $pays is what comes back with a win, the stake among it.
past-wagered = if your words about { $good } win, your { $stake } come back as { $pays }
past-wager = { $won ->
    [won] you won the stake on your words about { $good }
    [lost] you lost the stake on your words about { $good }
   *[back] the stake on your words about { $good } came back, for nobody could judge it
}, { $gain }
past-bribed = { $subject } took your bribe: it { $what ->
    [withhold] sells none of its { $good }
   *[dump] throws its { $good } on the market
} until turn { NUMBER($until, useGrouping: 0) }
past-brokered = { $subject } and { $partner } keep each other's prices up until turn { NUMBER($until, useGrouping: 0) }
past-corner-sold = your agent is back from { $good } with { $pebbles ->
    [one] 1 pebble
   *[other] { $pebbles } pebbles
} of { $budget }
past-denounced = you denounced { $whom }: { $opened ->
    [yes] a file is open on them
   *[no] too little speaks against them, and the fee is lost
}
past-bounty = a bounty for { $whom }, { $gain }
past-case = 🔎 Magistrate Heron opened a file on you
past-verdict = ⚖️ Magistrate Heron { $verdict ->
    [acquitted] let you go
    [fined] fined you { $fine }
    [frozen] fined you { $fine } and froze your purse
   *[exiled] fined you { $fine } and exiled you
}
# A glimpse: true, and the patron's alone. $leaning is 1 for dearer, -1 for cheaper.
past-foresight = 👁️ you saw: { $what ->
    [omen] the omen means
   *[shock] what comes is
} { $leaning ->
    [1] dearer { $good }
    [-1] cheaper { $good }
   *[0] a turn for { $good }
}, in turn { NUMBER($due, useGrouping: 0) }
# $text is what the creature's mind says, "none" where it says nothing; $about, a good or a creature ($kind), is what it believes most of, $good what it wants.
past-thought = 👁️ { $text ->
    [none] { $creature } thinks nothing in words
   *[other] { $creature } thinks: “{ $text }”
}{ $kind ->
    [good] , expects { $way ->
        [up] dearer { $about }
       *[down] cheaper { $about }
    }
    [creature] , thinks { $way ->
        [up] well of { $about }
       *[down] ill of { $about }
    }
   *[none] {""}
}{ $good ->
    [none] {""}
   *[other] , wants { $good }
}
past-refused = your { $move } was not possible: { $why }

## Tidings, for those who asked with /patron notify; a channel is never told what they are

tidings-ping = { $mention } 📌 Turn { NUMBER($turn, useGrouping: 0) } had something for you alone.
tidings-direct = **{ $channel }**, turn { NUMBER($turn, useGrouping: 0) }:
