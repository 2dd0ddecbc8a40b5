# Moves with a price: their previews, their forms, and what is said once they are made. $number is the good's own number.

## Titles, one a kind of move: what it is, in one line

stake-long = 📈 Bet { $stake ->
    [one] 1 pebble
   *[other] { $stake } pebbles
} on dearer { $good }
stake-short = 📉 Bet { $stake ->
    [one] 1 pebble
   *[other] { $stake } pebbles
} on cheaper { $good }
stake-margin = 🛟 Put { $pebbles ->
    [one] 1 pebble
   *[other] { $pebbles } pebbles
} behind your bet on { $good }
stake-close = 🏁 Close your bet on { $good }
stake-lend = 🤝 Lend { $to } { $amount ->
    [one] 1 pebble
   *[other] { $amount } pebbles
}
    .emoji = 🤝
    .form = Offer a loan
# What was staked with it, if anything.
stake-rumor = 🗣️ Rumor about { $about }
stake-whisper = 🤫 Whisper to { $to } about { $about }
    .emoji = 🤫
    .form = Whisper to one creature
stake-foresight = 👁️ { $what ->
    [shock] Glimpse what strikes next
    [omen] Glimpse what the omen means
   *[thought] Glimpse a thought of { $creature }
}
    .emoji = 👁️
    .form = Buy a glimpse
stake-bribe = 🎁 Bribe { $to } to { $what ->
    [withhold] hold back
   *[dump] sell cheap
}
    .emoji = 🎁
    .form = Bribe a creature
stake-broker = 🤲 Bring { $one } and { $other } together
    .emoji = 🤲
    .form = Broker between two creatures
stake-corner = 📦 Buy up { $good } for { $budget ->
    [one] 1 pebble
   *[other] { $budget } pebbles
}
    .emoji = 📦
    .form = Send an agent to buy up a good
stake-sell = 📦 Let your agent sell { $good }
stake-denounce = ⚖️ Denounce { $whom }
    .emoji = 🔎
    .form = Denounce another patron

## What they do, and what wins

# $entry is the price that the Bourse opens it at: what it expects by then, and a little on top.
stake-long-does = You win if { $good } { $number ->
    [one] stands
   *[other] stand
} above **{ $entry }** { $turns ->
    [one] in 1 turn
   *[other] in { $turns } turns
}. Each 1 % is 3 % of your stake.
stake-long-small = Price now { $reference }; what everybody can foresee is reckoned in already. You may close it before, at the Bourse's price. It is closed for you when it has won as much as the stake, or when less than { $call } % of the stake is left and you add no margin.
stake-short-does = You win if { $good } { $number ->
    [one] stands
   *[other] stand
} below **{ $entry }** { $turns ->
    [one] in 1 turn
   *[other] in { $turns } turns
}. Each 1 % is 3 % of your stake.
stake-short-small = Price now { $reference }; what everybody can foresee is reckoned in already. You may close it before, at the Bourse's price. It is closed for you when it has won as much as the stake, or when less than { $call } % of the stake is left and you add no margin.
stake-margin-does = The bet can lose so much more before you are asked again or it is closed. What is not lost comes back with it.
# $gain is such as "+5" or "−12".
stake-close-does = It is settled at the Bourse's price when the next turn begins. At today's you have **{ $gain }** beside your stake.
stake-lend-does = { $to } says yes or no next turn. With a yes, your pebbles fall due after { $turns ->
    [one] 1 turn
   *[other] { $turns } turns
}, with { $interest } more; with a no you have them back at once. A creature may be late, or never pay.
stake-whisper-does = Only { $to } hears it, next turn, and may pass it on without your name. { stake-claim }
stake-rumor-does = Everybody hears it next turn. { stake-claim }
stake-claim = Taken as { $leaning ->
    [1] dearer, or a good word
    [-1] cheaper, or an ill word
   *[0] no claim: nobody will act on it
}.{ $stake ->
    [0] {""}
   *[other] {" "}{ $on ->
        [effect] You win if these words move the price by { $bar } % within 5 turns, against a twin of the wood in which they were never said.
       *[truth] You win if it comes true within 5 turns.
    }
}
stake-rumor-small = { stake-odds }
stake-whisper-small = { stake-odds }
stake-odds = { $stake ->
    [0] A claim that comes true earns trust and fame, the more the bolder it was.
   *[other] What the stake pays is fixed next turn by how likely it was: the bolder, the more, and { $times } times the stake at most.
}
stake-foresight-does = { $what ->
    [thought] You read next turn what { $creature } really thinks, believes and wants. It is true, and yours alone.
    [omen] You learn next turn what the next omen means: which good, which way, and when. It is true, and yours alone; a bet on that good soon after looks suspicious.
   *[shock] You learn next turn what strikes next: which good, which way, and when. It is true, and yours alone; a bet on that good soon after looks suspicious.
}
stake-bribe-does = { $to } says yes or no next turn. With a yes it { $what ->
    [withhold] sells none of its { $good }
   *[dump] offers all of its { $good } cheap
} for { $turns } turns, and keeps the pebbles; with a no they come back, with half of the heat. Nobody else is told.
stake-broker-does = Both say yes or no next turn. If both do, for { $turns } turns neither asks less than { $percent } % of the price for its own goods. With a no the fee is gone. Nobody else is told.
stake-corner-does = An agent whom nobody knows buys { $good } for { $buying ->
    [one] 1 turn
   *[other] { $buying } turns
} (some { $units } at today's price), holds, and sells in the end, over { $selling ->
    [one] 1 turn
   *[other] { $selling } turns
}. You win if { $good } { $number ->
    [one] sells
   *[other] sell
} dearer than bought.
stake-corner-small = Price now { $reference }. It drives the price up as it buys and down as it sells, and it breaks if the wood brings more than it can pay. What is left comes back to you.
stake-sell-does = It holds { $units } and { $pebbles ->
    [one] 1 pebble
   *[other] { $pebbles } pebbles
}, worth { $worth } of the { $budget } it went out with. It sells over { $selling ->
    [one] 1 turn
   *[other] { $selling } turns
} and brings you what comes of it.
stake-denounce-does = If the Magistrate finds { $whom } too hot, a file is opened for all to see; on a verdict of guilty you have your fee back and a bounty of up to { $best }. If not, the fee is lost.

## The figures of a preview

stake-cost = 🪙 costs { $cost ->
    [0] nothing
    [one] **1 pebble**
   *[other] **{ $cost } pebbles**
}{ $limit ->
    [none] {""}
   *[other] , at most { $limit } if others do the same
}{ $breath ->
    [0] {""}
   *[other] {" "}and { $breath } breath
}
stake-held = 🔒 { $held ->
    [one] **1 pebble** is
   *[other] **{ $held } pebbles** are
} at risk{ $limit ->
    [none] {""}
   *[other] , at most { $limit } if others do the same
}
# $best is "none" where nobody can say.
stake-outcomes = ⚖️ at worst { $worst ->
    [0] **nothing lost**
   *[other] **−{ $worst }**
}{ $best ->
    [none] {""}
    [0] {""}
   *[other] , at best **+{ $best }**
}
# $bar shows $hotter as coloured blocks; $heat is "none" where it stays the same; above $most the Magistrate looks.
stake-heat = { $bar } heat { $heat ->
    [none] {""}
   *[other] { $heat } →{" "}
}**{ $hotter }** of { $most }: { $name }
stake-purse = 👛 { $purse } → **{ $after }** { $after ->
    [one] pebble
   *[other] pebbles
} in your purse
stake-later = If it wins soon after your own words on that good, that is up to { $later } heat more.

# What was won or lost, with its sign.
gain = { $way ->
    [up] +{ $size }
    [down] −{ $size }
   *[none] 0
}

## Heat in words, and what it means

heat-cool = cool
    .means = Nobody looks at you.
heat-mild = mild
    .means = It cools by 1 every turn.
heat-warm = warm
    .means = It cools by 1 every turn. Words and bets on the same good make you hotter.
heat-hot = hot
    .means = One more step and Magistrate Heron opens a file on you. Lie low: it cools by 1 every turn.
heat-over = too hot
    .means = Magistrate Heron opens a file on whoever is this hot.

## What was made, and what was not

stake-done = ✅ **{ $title }**
# $when is when the next turn is due, "none" while the wood rests.
stake-waits = { $when ->
    [none] It waits for the next turn; the wood rests until a keeper wakes it.
   *[other] It waits for the next turn, { $when }. All patrons' moves are taken in a drawn order then.
}
    -# 👛 { $purse ->
        [one] 1 pebble
       *[other] { $purse } pebbles
    } left
stake-not-made = ### Nothing was done
stake-left = Nothing was done.

## Forms: labels of at most 45 characters

stake-field-to = To whom?
stake-field-about = About what?
stake-field-stake = Staked on it coming true (0 for nothing)
stake-field-what = What?
stake-field-good = Which good?
stake-field-budget = With how many pebbles?
stake-field-one = One of them
stake-field-other = The other
stake-field-creature = Whose thought? (only for a thought)
stake-field-whom = Whom?
stake-on-truth = That it comes true
stake-on-effect = That my words move the price
stake-word-withhold = Sell none of its own good
stake-word-dump = Throw its own good on the market
stake-word-shock = What strikes next
stake-word-omen = What the omen means
stake-word-thought = A creature's thought
stake-field-leaning = What does it claim?
stake-field-amount = How many pebbles?
stake-field-interest = Interest, in pebbles
stake-field-turns = Due after how many turns?
leaning-auto = Let the words speak
leaning-up = Dearer, or a good word
leaning-down = Cheaper, or an ill word
leaning-none = No claim

## The goods to bet on

trade-head = ### ⚖️ The Bourse
trade-good = { $emoji } { $good } **{ $price }**{ $way ->
    [up] {" "}▲ { $size } %
    [down] {" "}▼ { $size } %
   *[none] {""}
}
# $good is the one that is talked about most.
trade-how = ▲ bets that a price rises, ▼ that it falls. You see what it costs before anything is done. Most talked about: **{ $good }**.
trade-more = Or go other ways:

## Buttons

button-trade = Trade
button-book = Book
button-past = History
button-earlier = Earlier
button-later = Later
button-confirm = Do it
button-leave-it = Leave it
button-look-again = Look again
button-lend = Lend
button-whisper = Whisper
button-foresight = Foresight
button-bribe = Bribe
button-broker = Broker
button-corner = Corner
button-denounce = Denounce
button-close = Close { $good }
button-sell = Sell up { $good }
button-margin = Add to { $good }
button-first-trade = Bet { $pebbles } pebbles on dearer { $good }

## Commands: at most 100 characters each

command-patron-long = Bet that a good gets dearer; you see what it costs first
command-patron-short = Bet that a good gets cheaper; you see what it costs first
command-patron-close = Close a bet at the price of that moment
command-patron-margin = Put more pebbles behind a bet, so that it can bear more
command-patron-lend = Offer a creature a loan; it says yes or no next turn
command-patron-whisper = Say something to one creature only
command-patron-foresight = Buy a true glimpse of what comes, or of a creature's thought; yours alone
command-patron-bribe = Pay a creature to hold its good back, or to throw it on the market
command-patron-broker = Bring two creatures to not undercut each other
command-patron-corner = Send out an agent who buys up a good, and sells it again
command-patron-sell = Let your agent sell what it bought up
command-patron-denounce = Ask the Magistrate to look at another patron: a bounty if they are hot, the fee lost if not
command-patron-book = Your pebbles, bets, loans, tips, heat and what waits; for your eyes only
command-patron-history = How you got here: what came and went, turn by turn; for your eyes only
option-patron-bet-good = On which good
option-patron-bet-stake = How many pebbles; left out, 20
option-patron-close-good = On which good the bet is
option-patron-margin-pebbles = How many pebbles more
option-patron-lend-to = To whom
option-patron-lend-amount = How many pebbles
option-patron-lend-interest = How many pebbles more are to come back; half the sum at most
option-patron-lend-turns = After how many turns it falls due
option-patron-foresight-what = What to see
option-patron-foresight-creature = Whose thought, if it is a thought
option-patron-bribe-to = Whom
option-patron-bribe-what = What it is to do with its own good
option-patron-broker-one = One of the two
option-patron-broker-other = The other one
option-patron-corner-good = Which good
option-patron-corner-budget = How many pebbles it goes out with
option-patron-denounce-whom = Which patron
option-stake = Pebbles to stake on it, for claims about a good; left out, none
option-on = Whether the stake is on its truth, or on moving the price; left out, on its truth
option-bar = By how many per cent the words must move the price, for a stake on that
option-patron-whisper-to = Who alone hears it

## What moves are called where they could not be done

move-position = bet
move-margin = margin
move-close = closing of a bet

## Why not, and what would be possible instead

refusal-exiled = Magistrate Heron has exiled you for { $turns ->
    [one] this turn
   *[other] { $turns } more turns
}. You can look at everything and make your daily call; your purse stays yours.
refusal-frozen = Magistrate Heron has frozen your purse for { $turns ->
    [one] this turn
   *[other] { $turns } more turns
}. What costs no pebbles still goes: rumors for all, legends, and closing a bet.
refusal-purse = That takes { $cost ->
    [one] 1 pebble
   *[other] { $cost } pebbles
} and your purse holds { $purse }. Take a smaller sum, or close a bet first: `/patron book`.
refusal-dearer = Others were quicker, so it costs { $cost } now and not { $limit } at most. Look again and decide anew.
refusal-stake = From { $least } to { $most } pebbles are possible here.
refusal-position-stands = You have a bet on { $good } already, and one is the most. Close it first, add margin to it, or take another good.
refusal-positions = You have { $most } bets open, and that is the most. Close one first: `/patron book`.
refusal-no-position = You have no bet on { $good }. `/patron book` shows those you have.
refusal-bourse-full = The Bourse could not pay such a bet now. { $most ->
    [0] Wait until others have closed theirs.
    [one] It has room for 1 pebble.
   *[other] It has room for { $most } pebbles at most; from 10 on you can bet.
}
refusal-wager-words = Only a claim about a good's price can have a stake: say that a good gets dearer or cheaper.
refusal-wager-stands = You have a stake on { $good } already. Wait until it is settled, or speak without a stake.
refusal-wager-bar = A stake on moving the price needs a mark from { $least } to { $most } per cent.
refusal-year-ends = { $turns ->
    [0] The year ends with the next turn, and all is settled then. Wait for the new year.
    [one] The year ends after 1 more turn. It cannot run longer than that.
   *[other] The year ends after { $turns } more turns. It cannot run longer than that.
}
refusal-done = That is done already: it was put in once, and your second press did nothing. `/patron book` shows what waits.
refusal-old-button = This button is from an earlier time and nobody can read it any more. Begin anew from the board: **Trade**.
refusal-alone = There is no other patron here yet.
refusal-figure = Write a whole number of pebbles or turns, such as 20.
