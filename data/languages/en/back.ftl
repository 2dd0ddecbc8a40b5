# Coming back: what happened meanwhile, alerts and reminders, and a wood that dozes.

## What a player reads who comes back after some hours

# $when is such as "9 hours ago".
since-head =
    ### 👋 Since you were here
    -# { $turns ->
        [one] 1 turn has passed
       *[other] { $turns } turns have passed
    }; you were last seen { $when }.
since-prices-stand = 🪨 Hardly a price has moved.
since-title = “{ $title }”
# $titles is a list of $count titles.
since-told = 📜 { $titles } { $count ->
    [one] was
   *[other] were
} told
since-shock = 🌩️ { $titles } came over the wood
# What the player's own words did to the price of $about, in per cent …
since-words = 🗣️ Your words on { $about }: { $way ->
    [up] **+{ $size } %**
    [down] **−{ $size } %**
   *[none] no effect seen
}
# … or what they brought a creature, or cost it.
since-words-creature = 🗣️ Your words on { $about }: { $way ->
    [up] they brought **{ $pebbles }** pebbles
    [down] they cost **{ $pebbles }** pebbles
   *[none] no effect seen
}
since-judged = { $right ->
    [yes] 🔮 What you said of { $about } has come true
   *[no] 🔮 What you said of { $about } has proved false
}
since-purse-same = 👛 { $pebbles ->
    [one] 1 pebble
   *[other] { $pebbles } pebbles
} in your purse, as before
since-purse = 👛 { $before } → **{ $after ->
    [one] 1 pebble
   *[other] { $after } pebbles
}**
since-talk = 💬 { $speaker } on you: “{ $text }”

## Alerts: a price that a patron is told of, once

alert-head = ### 🔔 Prices you are told of
# $way says from where the price is reached.
alert-line = { $emoji } { $good } { $way ->
    [up] at **{ $price }** or above
   *[down] at **{ $price }** or below
} (now { $now })
alert-none = None yet: `/patron alert` with a good and a price asks for one.
alert-how = Each comes once, with the turn that reaches it. You can have { $most }.
alert-above = at that price or above
alert-below = at that price or below
button-alert-drop = Not { $good }

## Reminders

remind-head = ### 🔔 What you are reminded of
remind-line = { $on ->
    [yes] 🔔 { remind-what }
   *[no] 🔕 { remind-what }
}
# A part of the line above.
remind-what = { $what ->
    [report] the last turn before the day's report
    [call] that a new daily call is open
   *[loan] a loan of yours that is due next turn
}
button-remind = { $what ->
    [report] Report
    [call] Daily call
   *[loan] Loans
}

## Where both go

nudge-reach = { $how ->
    [channel] 📍 They come as a ping in this channel.
    [refused] 📍 Discord took no direct message for you, so no alert or reminder comes any more. `/patron remind` chooses this channel instead.
   *[direct] 📍 They come as a direct message.
}
button-reach = { $how ->
    [channel] Ping me in this channel
   *[other] Write to me directly
}

## What is told

nudge-ping = { $mention } 🔔
nudge-direct = 🔔 From the wood in { $channel }
nudge-alert = { $way ->
    [up] { $emoji } { $good } at **{ $now }**: you asked to hear of { $price } or above.
   *[down] { $emoji } { $good } at **{ $now }**: you asked to hear of { $price } or below.
}
# $when and $turn are such as "in 2 hours".
nudge-report = 🗞️ The day's report comes { $when }. What you say before the next turn ({ $turn }) is still in it.
nudge-call = 🎯 A new daily call is open below the report.
# $creature is "none" where several owe.
nudge-loan = { $creature ->
    [none] 🪙 Next turn your loans are due, { $pebbles ->
        [one] 1 pebble
       *[other] { $pebbles } pebbles
    } together.
   *[other] 🪙 Next turn { $creature } owes you { $pebbles ->
        [one] 1 pebble
       *[other] { $pebbles } pebbles
    }.
}

## In the day's report: whose standing grew most since the last one, by how many pebbles

report-best = 🌟 Best day: **{ $name }**, up { $gain ->
    [one] 1 pebble
   *[other] { $gain } pebbles
}

## A wood that dozes

board-dozing = 💤 The wood dozes: press anything to wake it. Left alone, its next turn is { $when }.
keeper-dozes = 💤 { $on ->
    [yes] when nobody presses anything for { $days ->
        [one] 1 day
       *[other] { $days } days
    }, turns come seldom until somebody does
   *[no] turns come at their pace even when nobody presses anything for days
}

## Commands and their options: at most 100 characters each

command-patron-alert = Be told once when a price is reached; without a price, see what you are told of
command-patron-remind = See or choose what you are reminded of, and where
option-patron-alert-good = Whose price
option-patron-alert-price = At which price, in pebbles
option-patron-alert-way = From below or from above; left out, from where the price stands now
option-keeper-settings-dozes = Whether turns come seldom when nobody presses anything for { $days } days

## Refusals

refusal-alert-price = A price lies above 0 and up to { $most } pebbles. Ask for one in between.
refusal-alert-reached = The price has reached that already. Ask for one that still lies ahead.
refusal-alerts = You are told of { $most } prices already. Take one back first: `/patron alert` lists them.
