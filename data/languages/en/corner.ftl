# Corners: agents who buy up a good, hold it, and sell it again.

who-agent = an agent
event-corner-broken = The corner in { $good } breaks: an agent must sell at any price.

refusal-budget = An agent goes out with { $least } to { $most } pebbles. Choose a sum between them.
refusal-corner-own = Your agent is busy with { $good } already, and you have only one. Call it to sell first.
refusal-corner-taken = Somebody's agent is buying up { $good } already. Choose another good, or wait until that one has sold.
refusal-corner-late = The year ends in { $turns ->
    [one] 1 turn
   *[other] { $turns } turns
}, too soon to buy up a good and sell it again. Send your agent in the new year.
refusal-corner-sells = Your agent is selling { $good } already. It brings you the pebbles when it is done.
refusal-no-corner = You have no agent in { $good }. Send one out to buy it up first.

## The names of the moves

move-corner = corner
move-sell-corner = sale of a corner
