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
book-wager = { $emoji } { $stake } that { $on ->
    [effect] your words move { $good } { $way ->
        [up] up
       *[down] down
    }
   *[truth] { $good } { $way ->
        [up] gets dearer
       *[down] gets cheaper
    }
}, { $turns ->
    [one] judged next turn
   *[other] judged in { $turns } turns
}
book-tips = **👁️ True tips, yours alone**
# $good is "none" where it is about none, $way where it points.
book-tip = { $what ->
    [shock] Something comes over { $good }
    [omen] The omen speaks of { $good }
   *[thought] A thought about { $good }
}{ $way ->
    [up] : **dearer**
    [down] : **cheaper**
   *[none] {""}
}, { $turns ->
    [one] next turn
   *[other] in { $turns } turns
}
book-waiting = **⏳ Waiting for the next turn**
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
act-broker = { $who } brokered with
act-corner = agent sent for { $good }
act-sold = agent's { $good } sold
act-foresight = a glimpse bought
act-wager = a stake on your words
act-won = your stake won
act-denounced = { $who } denounced
act-bounty = bounty for { $who }
act-fined = fined

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
past-refused = your { $move } was not possible: { $why }
