# What Discord shows of the commands while they are typed: at most 100 characters each.

## Commands

command-keeper = Found a wood and look after it
command-keeper-found = Found a wood in this channel
command-keeper-pause = Let the wood rest: turns stand still
command-keeper-resume = Wake the wood: turns go on
command-keeper-settings = See or change how this wood runs
command-keeper-health = See how this wood does: its turns, minds, posts and size
command-keeper-export = Get the wood's whole log as a file that can be replayed
command-keeper-mute = Take no words of a player in this wood; without a player, show who is muted
command-keeper-unmute = Take a player's words again
command-keeper-raze = Raze this wood; asks first, and can be undone for a day
command-legend = Draw legends and tell them
command-legend-draw = Draw a legend into your hand; only you see which one
command-legend-hand = Look at the legends in your hand
command-legend-cast = Put breath into a legend, yours or the one that is gathering
command-legend-lore = Read a legend that was told here, and the true history behind it
command-market = Reports, charts and trades
command-market-report = Read the report of the last 24 hours
command-market-chart = Draw a chart of prices, with legends and rumors where they struck
command-market-trades = See the last trades: who sold what to whom, and for how much
command-patron = Your place in the wood
command-patron-join = Join this wood: the Mint fills your purse
command-patron-purse = Look into your purse: pebbles, breath, legends, fame
command-patron-ranking = See who is foremost among the patrons
command-patron-notify = Be told what came of your words, bets and loans, or not
command-patron-forget = Be forgotten: erase what this wood knows of you
command-rumor = Say something the creatures will hear
command-rumor-cast = Cast a rumor: the creatures hear it next turn
command-rumor-heard = Listen: the rumors and the gossip of the last turns
command-wood = Look at the wood and its creatures
command-wood-ask = Ask a creature one question a day, and hear what it makes of things
command-wood-board = Show the board: prices, moods, what was traded and said
command-wood-creature = Visit one creature: its stores, its mood, what it said lately
command-wood-help = How to play

## Their options

option-keeper-found-language = In which language; left out, the server's
option-keeper-found-pace = How long a turn is, from 10s to 1d
option-keeper-found-report-hour = The local hour of the daily report, 0 to 23
option-keeper-found-seed = The number that decides the wood's chance; left out, it is drawn
option-keeper-found-zone = The time zone of the wood's day
option-keeper-mute-player = Whose words are not wanted here; left out, you see who is muted
option-keeper-unmute-player = Whose words are welcome again
option-keeper-settings-free-text = Whether patrons speak in their own words; off, only in lines that the game offers
option-keeper-settings-extras = Whether a legend that strikes has a post of its own
option-keeper-settings-pace = How long a turn is, from 10s to 1d
option-keeper-settings-pinned = Whether the board is kept pinned; the bot must be allowed to pin messages
option-keeper-settings-report-hour = The local hour of the daily report, 0 to 23
option-keeper-settings-zone = The time zone of the wood's day
option-legend-cast-breath = How much breath to give, of the { $breath } it takes; left out, as much as you have
option-legend-cast-legend = A legend of your hand; leave it out to help the one that is gathering breath
option-legend-lore-legend = Which one; leave it out for the last one told
option-market-chart-good = Which good; leave it out for all five
option-market-chart-span = How many turns back
option-patron-notify-how = Nothing, a ping in this channel, or a direct message
option-rumor-cast-about = The good or the creature it is about
option-rumor-cast-claim = What it says of the price, or of the creature; left out, the words speak for themselves
option-rumor-cast-text = One line in plain words, without mentions or links
option-rumor-cast-to = Whisper it to this creature only
option-share = Show it to everybody in the channel
option-wood-ask-creature = Whom to ask
option-wood-ask-question = What to ask: prices, what it lacks, whom it likes, the weather …
option-wood-creature-creature = Whom to visit
option-wood-help-topic = About what; left out, all of it in one screen

## What options offer

claim-dearer = It gets dearer (a good)
claim-cheaper = It gets cheaper (a good)
claim-praise = A good word (a creature)
claim-blame = An ill word (a creature)
claim-neither = No claim
span-short = The last { $turns } turns
span-season = One season ({ $turns } turns)
span-half = Half a year ({ $turns } turns)
span-year = A whole year ({ $turns } turns)
zone-now = { $zone } (now { $time })
