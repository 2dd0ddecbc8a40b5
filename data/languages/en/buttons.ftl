# What buttons say; an emoji stands before most. At most 80 characters each.

button-ask = Ask { $creature }
button-calibration = What I foretold
button-cast = Cast { $title }
button-chart = Chart
button-creatures = Creatures
button-draw = Draw
button-fate = What came of it
button-forget = Forget me
button-help = Help
button-help-cast = Give it breath
button-history = History
button-join = Join the wood
button-lore = The true story
button-legend = Legend
button-more = More
button-purse = Purse
button-receipt = Receipt
button-raze = Raze it
button-report = Report
button-restore = Bring it back
button-retry = Try again
button-rumor = Rumor
button-trust = Trust
