# What is said when a move or a command cannot be done: why, and what to do next.

## The rules

refusal-no-patron = You are not a patron of this wood yet. Use /patron join first.
refusal-patron-key = A patron's key is p1, p2, and so on, not “{ $key }”.
refusal-joined = You are a patron of this wood already. See /patron purse.
refusal-welcome = Nobody joins with more than { $pebbles ->
    [one] 1 pebble
   *[other] { $pebbles } pebbles
} and { $breath } breath.
refusal-breath = That takes { $needed } breath and you have { $breath }. One comes back every turn, up to { $most }.
refusal-empty-words = A rumor needs words. Say one line about a good or a creature.
refusal-long-words = A rumor has at most { $most } characters; this one has { $length }. Say it shorter.
refusal-mention = A rumor cannot hold mentions, emoji codes or links. Say it in plain words.
refusal-control = A rumor cannot hold invisible or piled-up characters. Type it in plain words.
refusal-leaning = A rumor claims dearer (1), cheaper (-1) or nothing (0).
refusal-call-turns = A call looks from 1 to { $most } turns ahead.
refusal-called = You have made your call already. There is one at a time, and nobody can change it.
refusal-whisper-purse = A whisper costs { $cost } pebbles and your purse is too small.
refusal-deck = Every legend is in somebody's hand. Wait until one is told.
refusal-draw-breath = You are out of breath and cannot draw. One breath comes back every turn.
refusal-hand = Your hand is full ({ $most } legends). Cast one with /legend cast first.
refusal-no-pool = No legend is gathering breath here. Cast one of your own: /legend hand shows them.
refusal-not-in-hand = That legend is not in your hand. /legend hand shows what is.
refusal-other-pool = Another legend is gathering breath already. Help it, or wait until it is told.
refusal-pool-full = That legend has all the breath it needs; it is told as soon as the wood has rested.
refusal-no-breath = Give at least 1 breath; the legend still needs { $missing }.
refusal-unknown-legend = There is no legend called “{ $legend }”.
refusal-lend-purse = You can lend from 1 pebble to what your purse holds, { $purse } now.
refusal-interest = The interest lies between 0 and half of the sum lent: at most { $amount ->
    [one] 1 pebble
   *[other] { $amount } pebbles
}.
refusal-loan-turns = A loan runs from 1 to { $most } turns.
refusal-grudge = { $creature } bears you a grudge and takes nothing from you.
refusal-loan-offers = { $creature } has offers enough to think about this turn. Try again next turn.

# A refusal that an earlier version of the program recorded as a sentence.
refusal-recorded = { $said }

## The wood's keeper

refusal-no-wood = No wood lives in this channel. Whoever manages it can found one: /keeper found.
refusal-no-member = I am not on this server, so no wood can live here. Somebody who may *Manage Server* has to add me to it first.
refusal-no-channel = A wood lives in a server's channel. Use this command there.
refusal-second-wood = A wood lives in this channel already. Raze it first, or found one in another channel.
refusal-muted = Whoever keeps this wood does not want your words here for now: no rumors, whispers, questions or legends of your own. Nothing was said or paid. You can go on trading, calling and telling legends.
refusal-muted-full = { $most } players are muted in this wood, and that is the most there can be. Use /keeper unmute for one of them first.
refusal-own-words = This wood takes no words of your own. Choose one of the lines that are offered while you type, or use the button of the board.
refusal-questions-off = Nobody asks the creatures anything in this wood: whoever keeps it has turned patrons' own words off. `/wood creature` shows how they do.
refusal-question-empty = A question needs words. Ask something in plain words, without mentions or links.
refusal-question-open = { $creature } is still thinking about your question. The answer comes in a moment.
refusal-no-receipt = There is no such receipt here for you.
refusal-busy = The wood moved on just then; nothing has changed. Try again.
refusal-store = The wood's book cannot be written just now; nothing has changed. Try again in a minute.
refusal-outdated = { $what ->
    [world] This wood's world
    [seam] A world that this wood went on from
    [move] The stored move { $place }
    [turn] The stored turn { $place }
    [decisions] What the minds decided in turn { $place }
    [call] What the minds were asked in turn { $place }
   *[content] The content { $place } of this wood
} was written by { $version ->
    [none] another version of the program, or is damaged,
   *[other] version { $version } of the program,
} and this one cannot read it ({ $why }). Run the version that wrote it, or put back a backup of the database that this one can read; nothing was changed.
refusal-damaged = { $what ->
    [wood] What is stored of this wood
    [world] This wood's world
    [seam] A world that this wood went on from
    [move] The stored move { $place }
    [turn] The stored turn { $place }
    [decisions] What the minds decided in turn { $place }
    [call] What the minds were asked in turn { $place }
    [patron] What is stored of a patron
   *[content] The content { $place } of this wood
} is damaged in the database ({ $why }), as a failing disk leaves it. The wood rests so that nothing worse comes of it, and other woods go on. The bot's host can look closer with `ttw doctor` and put back a backup with `ttw restore`.
refusal-unfit = This wood cannot go on with this version of the program: the wood's { $kind ->
    [goods] goods
   *[creatures] creatures
} are { $theirs }, and the program's are { $ours }. It rests as it is, and nothing was changed. Run the version that played its last turn, or raze it and found a new one.
refusal-pace = A turn lasts from { $least } seconds to a day; { $seconds ->
    [one] 1 second
   *[other] { $seconds } seconds
} is out of that.
refusal-pace-words = I cannot read that pace. Say it like `30s`, `10m`, `1h` or `1d`: from 10 seconds to a day.
refusal-report-hour = The report's hour is a number from 0 to 23, not { $hour }.
refusal-seed = A seed is a whole number from 0 to { $most }.
refusal-zone = There is no such time zone. Name one like Europe/Berlin, Asia/Tokyo or UTC.
refusal-zone-near = There is no such time zone. Did you mean { $near }? Name one like Europe/Berlin, Asia/Tokyo or UTC.
refusal-zone-offset = Name a place and not an offset, so that summer time is right: one like Europe/Berlin, Asia/Tokyo or America/New_York. UTC works too.
refusal-nothing-razed = No wood was razed here within the last day.
refusal-nothing-told = No legend has been told here yet. Draw one with /legend draw.
refusal-not-told = No legend of that name has been told here. Choose one from the list.
refusal-not-yours = That question was put to somebody else. Use /patron forget yourself.
refusal-permissions = I lack the permission{ $count ->
    [one] {" "}
   *[other] s{" "}
}{ $names } in this channel. Grant that in *Edit Channel → Permissions*, then try again.
refusal-too-large = The log has { $size } MiB, more than Discord takes here. Ask the bot's host to export it with `ttw export { $channel }`.

## Charts

refusal-charts-busy = Many charts are being drawn just now. Ask again in a minute.
refusal-charts-broken = This chart could not be drawn: its worker died twice. Ask for fewer turns.
refusal-charts-closed = The wood is going to sleep and draws no more charts. Ask again in a minute.
