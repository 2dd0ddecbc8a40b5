# Bribes, pacts between two, and debts that are not paid.

move-bribe = bribe
move-broker = pact between two

refusal-offer-stands = { $creature } is thinking about your last offer and answers it this turn. Offer something else next turn, or ask another creature now.
refusal-pact-stands = { $creature } keeps a promise to you already, for { $turns ->
    [one] 1 more turn
   *[other] { $turns } more turns
}. Ask again after that, or ask another creature now.
refusal-same-creature = A pact is between two, and { $creature } cannot make one alone. Choose another creature beside it.

event-ruined = { $who } is ruined: its purse is bare, and it still owes { $count ->
    [one] 1 pebble
   *[other] { $count } pebbles
}.

creature-page-late = ⏳ behind with a debt: part of what it earns goes to its creditor
creature-page-ruined = 🕳️ in ruin: it cannot pay its debt, and its purse is bare
