# The saga of a year: its turning points, its patrons, and what they had kept secret. Everything in the present.

command-wood-saga = Read the saga of a year that is over: who did what, and in secret
option-wood-saga-year = Which year; left out, the last
button-saga = The whole saga
button-saga-next = Read on
button-saga-before = Back
refusal-no-year = No year has ended here yet, so there is no saga. This one ends in { $turns ->
    [one] 1 turn
   *[other] { $turns } turns
}; the report tells of it so far.
refusal-not-that-year = Year { NUMBER($year, useGrouping: 0) } is not over here. { $years ->
    [one] There is the saga of year 1.
   *[other] There are the sagas of years 1 to { $years }.
}

saga-head = ## 📜 The saga of year { NUMBER($year, useGrouping: 0) }
saga-creatures = ### 🐾 The creatures
saga-turning = ### ⏳ Turning points
saga-patrons = ### 👛 The patrons
saga-secrets =
    ### 🤫 What nobody knew
    -# A year that is over has no secrets.
# $date is such as "Autumn, day 3".
saga-point = - **{ $date }** · { $line }
# A secret deed below its patron's name.
saga-secret = • { $date }: { $line }
saga-name = **{ $name }**
saga-tally = In all { $tally }.
# $standing is the purse with fame and what prophecies were worth; $titles a list, "none" where there are none.
saga-patron = { $place } **{ $name }** · { $pebbles ->
    [one] 1 pebble
   *[other] { $pebbles } pebbles
}{ $more ->
    [yes] , standing { $standing }
   *[no] {""}
}
saga-page = Page { $page } of { $pages }

## Turning points

# $moves is such as "honey tumbles 41 %".
saga-move = { $moves } in { $turns ->
    [one] 1 turn
   *[other] { $turns } turns
}, from { $before } to { $after }{ $cause ->
    [legend] , under { $name }
    [rumor] , just as { $name } had said
   *[none] {""}
}.
saga-legend = { $tellers } { $count ->
    [one] tells
   *[other] tell
} { $title }: within { $turns } turns { $moves }.
saga-shock = { $title }: within { $turns } turns { $moves }.
saga-cold = { $hearths } hearths go cold in one night, the worst of { $nights } cold { $nights ->
    [one] night
   *[other] nights
}.

# $meals is how often it happened this year.
saga-hungry = { $name } finds nothing at all to eat. It happens { $meals ->
    [one] this once
   *[other] { $meals } times
} this year, more than to anybody else.
saga-lead = { $name } passes { $other } as the richest, and stays so until the year goes out.

## Secret deeds

# A bet or a wager that ended, told without its patron, whose name stands above. $lead is what came before it.
saga-bet = { $lead ->
    [foresight] Paid for a glimpse of what would become of { $good }, then bet
    [bribe] Bribed { $whom } over { $good }, then bet
    [bribe-declined] Tried to bribe { $whom } over { $good }, then bet
    [corner] Had an agent buy up { $good }, then bet
    [lied] Lied to { $whom } about { $good }, then bet
    [whisper] Whispered to { $whom } about { $good }, then bet
    [legend] Told a legend about { $good }, then bet
    [rumor] Spread a rumor about { $good }, then bet
   *[none] Bet
} { $side ->
    [long] on a rise
    [short] on a fall
    [wager] on what these words would do
   *[none] on its way
}{ $lead ->
    [none] {" "}in the price of { $good }
   *[other] {""}
} and { $won ->
    [yes] won { $pebbles ->
        [one] 1 pebble
       *[other] { $pebbles } pebbles
    }
   *[no] { $pebbles ->
        [0] got nothing by it
        [one] lost 1 pebble
       *[other] lost { $pebbles } pebbles
    }
}.
# A deed that led to no bet. $whom is a creature or a patron.
saga-deed = { $act ->
    [bribe] Bribed { $whom } over { $good }: { $pebbles } pebbles.
    [bribe-declined] Tried to bribe { $whom } over { $good }, who would have none of it.
    [corner] Had an agent buy up { $good }, and { $won ->
        [yes] made { $pebbles ->
            [one] 1 pebble
           *[other] { $pebbles } pebbles
        } of it
       *[no] lost { $pebbles ->
            [one] 1 pebble
           *[other] { $pebbles } pebbles
        } by it
    }.
    [lost] Lent { $whom } what never came back: { $pebbles ->
        [one] 1 pebble
       *[other] { $pebbles } pebbles
    }.
    [lied] Told { $whom } a lie about { $good }.
    [broker] Paid { $whom } and a rival to stop undercutting each other.
    [bounty] Denounced { $whom } to Magistrate Heron, and got { $pebbles ->
        [one] 1 pebble
       *[other] { $pebbles } pebbles
    } for it.
    [denounced] Denounced { $whom } to Magistrate Heron.
    [foresight] { $whom ->
        [none] Paid for a glimpse of what was to come.
       *[other] Paid for a look into { $whom }'s thoughts.
    }
    [lent] Lent { $whom } { $pebbles ->
        [one] 1 pebble
       *[other] { $pebbles } pebbles
    }.
   *[whisper] Whispered to { $whom }{ $good ->
        [none] {""}
       *[other] {" "}about { $good }
    }.
}

# How often a patron did something in the year, parts of one list.
saga-count-whisper = { $count ->
    [one] 1 whisper
   *[other] { $count } whispers
}
saga-count-lied = { $count ->
    [one] 1 lie
   *[other] { $count } lies
}
saga-count-foresight = { $count ->
    [one] 1 glimpse
   *[other] { $count } glimpses
}
saga-count-lent = { $count ->
    [one] 1 loan
   *[other] { $count } loans
}
saga-count-bribe = { $count ->
    [one] 1 bribe
   *[other] { $count } bribes
}
saga-count-broker = { $count ->
    [one] 1 pact
   *[other] { $count } pacts
}
saga-count-corner = { $count ->
    [one] 1 corner
   *[other] { $count } corners
}
saga-count-denounced = { $count ->
    [one] 1 denunciation
   *[other] { $count } denunciations
}
saga-count-bet = { $count ->
    [one] 1 bet
   *[other] { $count } bets
}
saga-count-wager = { $count ->
    [one] 1 wager
   *[other] { $count } wagers
}

## Pictures

chart-race-title = { $name } comes out first
chart-race = The patrons' year
chart-race-subtitle = { $turns }; pebbles, with what is at stake and fame
chart-race-alt = Line chart of the standings of { $shown ->
    [one] 1 patron
   *[other] { $shown } patrons
} over { $turns }, the foremost bright: { $ranked }.
chart-pin-verdict = Guilty: { $name }
chart-year-title = The saga of year { NUMBER($year, useGrouping: 0) }
chart-year-alt = { $title }. One country in its four seasons side by side, under a sky in which a trail of { $good } { $way ->
    [up] climbs
   *[down] sinks
}, as the price did.
