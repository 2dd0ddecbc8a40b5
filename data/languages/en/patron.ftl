# Patrons: their purse, their welcome, their ranking, and how they are forgotten.

## The purse

patron-head =
    ### { $name }
    -# The creatures know you as { $alias }.
patron-pebbles = 👛 **{ $pebbles ->
    [one] 1 pebble
   *[other] { $pebbles } pebbles
}** in your purse
patron-breath = **{ $breath }** of { $most } breath; one comes back every turn
patron-no-legend = no legend in your hand
patron-rank = ⭐ rank **{ NUMBER($rank, useGrouping: 0) }** of { $patrons ->
    [one] 1 patron
   *[other] { $patrons } patrons
}{ $fame ->
    [0] {""}
   *[other] , { NUMBER($fame, useGrouping: 0) } fame
}
# $claims says how many were judged and how many came true, $points is such as "+84 points".
patron-prophecy = 🔮 **{ $points }** as a prophet: { $claims }
patron-refused = ⚠️ Your { $move } could not be done in turn { NUMBER($turn, useGrouping: 0) }: { $why }

# $what is what befell the patron in that turn.
patron-news = 📌 Turn { NUMBER($turn, useGrouping: 0) }: { $what }

# Whether the patron is told what came of a rumor; "refused" where Discord took no direct message.
patron-notify = { $how ->
    [channel] 🔔 You are pinged here when your words, bets or loans have come to something. `/patron notify` changes it.
    [direct] 🔔 You get a direct message when your words, bets or loans have come to something. `/patron notify` changes it.
    [refused] 🔕 Discord took no direct message for you, so you are told nothing any more. `/patron notify` changes it.
   *[off] 🔕 You are not told when your words, bets or loans come to something. `/patron notify` changes it.
}
notify-off = off
notify-channel = a ping in this channel
notify-direct = a direct message

# What a move is called there, by its kind.
move-join = joining
move-leave = leaving
move-rumor = rumor
move-draw = draw of a legend
move-cast = breath for a legend
move-loan = loan
move-call = daily call
move-other = move

## The welcome

patron-welcome =
    ### 🌳 Welcome to the wood, { $name }
    The creatures will know you as **{ $alias }**. You never trade yourself: you stir the wood with rumors and legends, and watch what becomes of it.
patron-back = -# You were here earlier this year, so you go on with the pebbles and the breath that were left.
patron-now = { $resting ->
    [yes] **Now** start a rumor about a good, or draw a legend and tell it. The wood rests: it hears you when a keeper wakes it.
   *[no] **Now** start a rumor about a good and see at the next turn who believes it, or draw a legend and tell it.
}

# What for, and how to win, in three lines: stands on the welcome.
patron-goal =
    🗣️ **Be believed:** your words move prices through five stubborn minds.
    🔮 **Be right when nobody expects it:** that is what makes a name.
    👑 **Lead when the year ends:** its foremost patron goes down in the saga.
# Stands above what a newcomer asked for: who plays is a patron.
patron-arrived = 🌳 You are a patron now: the creatures call you **{ $alias }**. You have { $pebbles ->
    [one] 1 pebble
   *[other] { $pebbles } pebbles
} and { $breath } breath.

## What the creatures make of a patron

trust-head =
    ### ❤️ Who trusts you, { $alias }?
trust-line = { $emoji } **{ $name }** { $hearts } { $feeling }
trust-how = Hearts are trust: how far your words move a creature. Being right wins hearts, being wrong loses them.
feeling-devoted = would share a last log with you
feeling-fond = likes you
feeling-kindly = warms to you
feeling-even = has no quarrel with you
feeling-cool = is cool to you
feeling-sore = is sore at you
feeling-grudge = bears you a grudge

## What else there is

more-head = ### 🌿 More of the wood
more-commands = And by command: `/rumor heard`, `/market trades`, `/patron ranking`, `/wood creature`

## The ranking

patron-unranked = Nobody is ranked yet: whoever joins is, from the next turn on.

## Being forgotten: the word is typed into a form, whose title and label have at most 45 characters

patron-forget-question =
    ### Be forgotten in this wood?
    Your name and your id are erased, your purse returns to the Mint and your legends to the deck. What you did stays in the wood's history under a pseudonym. This cannot be undone.
    -# Until the wood's year ends it keeps a fingerprint of your id, without your name or pseudonym, and beside it how many pebbles and how much breath you had. Should you come back before then, you go on with that (at most { $pebbles } pebbles).
# For somebody who has made daily calls and never joined.
patron-forget-calls =
    ### Be forgotten in this wood?
    Your name and your id are erased. What you called stays in the wood's history without a name. This cannot be undone.
patron-forget-title = Be forgotten?
patron-forget-word = forget
patron-forget-label = Type the word “{ patron-forget-word }” to do it
patron-forget-unmeant = Nothing was forgotten: the word was another one.
patron-forgotten =
    You are forgotten here. What you did stays in the wood's history as the deeds of { $alias }.
    -# What your purse and breath were is kept beside a fingerprint of your id until the wood's year ends, then that is erased too.
patron-forgotten-calls = You are forgotten here. What you called stays in the wood's history without a name.
