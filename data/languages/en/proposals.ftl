# Legends that players make up: proposed by a patron, tried, and accepted or declined by whoever keeps the wood.

## Commands and their options: at most 100 characters each

command-legend-propose = Make up a legend for this wood: by a form, or from a file
command-legend-proposals = See the legends that you made up, and what became of them
command-keeper-legends = Look at the legends that patrons propose, and decide on them
option-legend-propose-file = A .toml file with its words and figures; leave it out for a form

## Buttons: at most 80 characters each

button-tale = The whole tale
button-tale-new = Make up a legend
button-tale-hand = Hand it to the keeper
button-tale-show = Show
button-tale-withdraw = Withdraw
button-tale-look = Look
button-tale-accept = Accept
button-tale-decline = Decline

## The form: labels of at most 45 characters, descriptions and options of at most 100

tale-form-name = Make up a legend
tale-form-title = Title
tale-form-title-hint = The Thimble Corner
tale-form-tale = Tale
tale-form-tale-rule = Two to five sentences that the wood will tell. No links or mentions.
tale-form-tale-hint = A hare bought every thimble in the wood, and berries may only be sold by the thimble …
tale-form-omen = Omen
tale-form-omen-rule = What it will do, in plain words, for whoever holds the card.
tale-form-omen-hint = Berries are cornered for three turns, then fall below where they began.
tale-form-good = Which good does it move?
tale-form-pattern = What happens?

## Ready patterns. What creatures hear stands under pattern-<name>-<when>.

pattern-mania = Mania
    .hint = It soars for three turns, then crashes below where it began
pattern-mania-rumor = Somebody sold { $good } twice since breakfast and never touched any.
pattern-mania-demand = Strangers crowd the clearing and buy { $good } unseen.
pattern-mania-run = The last one who bought { $good } finds nobody to buy from them.
pattern-crash = Crash
    .hint = It falls at once, and for a turn nobody may trade it
pattern-crash-run = Everybody wants to be rid of { $good }, all at once.
pattern-crash-halt = The stall that sells { $good } is shut for today.
pattern-dearth = Dearth
    .hint = The harvest halves for four turns, and it gets dear
pattern-dearth-supply = There is hardly any { $good } to bring in.
pattern-dearth-rumor = Whoever still has { $good } had better count twice.
pattern-glut = Glut
    .hint = The harvest nearly doubles for three turns, and it gets cheap
pattern-glut-supply = There is more { $good } than the wood has baskets for.
pattern-run = Run
    .hint = A whisper of doubt, and a turn later all who have it sell it
pattern-run-rumor = They say that the store of { $good } is not what it was.
pattern-run-run = A queue runs round the oak, and everyone in it sells { $good }.
pattern-corner = Corner
    .hint = A stranger buys it all up for three turns, then has to let go
pattern-corner-corner = A stranger takes all the { $good } there is, and smiles.
pattern-corner-run = The stranger cannot pay, and out goes all the { $good }.
pattern-toll = Toll
    .hint = Everybody pays for three turns, and it is sold to pay
pattern-toll-toll = A chain hangs over the path, and two pebbles lift it.
pattern-toll-run = What is not needed tonight is sold for the toll: { $good } first.
pattern-gift = Gift
    .hint = Everybody finds pebbles for two turns, and spends them on it
pattern-gift-gift = Pebbles lie on every doorstep, and nobody knows from whom.
pattern-gift-demand = With a full purse one treats oneself to { $good }.

## What it would do. $turn counts from the telling, 1 for that of the telling.

trial-title = { $good } beside a wood without it
trial-subtitle = turns from the telling on; shaded: where most courses lie
trial-alt = { $title }, over { $turns } turns from the telling on.
trial-course = { $mind }: { $first } in the first turn, { $last } in the last.
trial-all = the middle
trial-mind-instinct = instinct
trial-mind-random = chance
trial-mind-contrarian = contrary
trial-mind-silent = habit
# How far from a wood without it, so many turns after the telling has begun.
tale-moves = **{ $good }**: { $way ->
    [up] { $same ->
        [yes] { $most } % dearer
       *[no] { $least } to { $most } % dearer
    }
   *[down] { $same ->
        [yes] { $most } % cheaper
       *[no] { $least } to { $most } % cheaper
    }
} than without it, { $turn ->
    [one] one turn in
   *[other] { $turn } turns in
}, whatever the creatures think.
tale-unmoved = **{ $good }** must be at least { $least } % { $way ->
    [up] dearer
   *[down] cheaper
} than without it, { $turn ->
    [one] one turn in
   *[other] { $turn } turns in
}, whatever the creatures think. The dry run: { $moves }. Make its decree stronger, or take out what works against it.

## A proposed legend

tale-draft = ### 📝 { $title }
tale-draft-note = Your draft; nobody else sees it. The keeper decides whether it joins the deck.
tale-unmoved-note = It was not kept, because it does not move its good as it says.
tale-by = by { $author }
tale-omen = 🔮 { $omen }
tale-heard = 👂 { $text }
tale-part = { $good ->
    [none] { $kind }
   *[other] { $kind }, { $good }
}: { $span }
tale-decrees = What it decrees on { $good }, turn by turn: { $steps }
tale-kind-demand = Strangers buy
tale-kind-supply = Harvest
tale-kind-money = Pebbles for all, or a toll
tale-kind-credit = Credit
tale-kind-run = Forced sales
tale-kind-corner = Corner
tale-kind-rumor = Words
tale-kind-rule = Rule of the market

tale-handed = “{ $title }” is with the keeper now. `/legend proposals` tells what becomes of it.
tale-withdrawn = “{ $title }” is withdrawn.
tale-accepted = “{ $title }” is accepted: the next turn shuffles it into the deck.
tale-declined = “{ $title }” is declined.

tale-mine = ### 📝 Legends that you made up
tale-mine-none =
    ### 📝 You have made up no legend yet
    A title, a tale, a good and what happens to it: a dry run shows what it would do, and the keeper decides.
tale-mine-line = **{ $title }** · { $state ->
    [draft] a draft that nobody else sees
    [proposed] waits for the keeper
    [accepted] in the deck
    [declined] declined
   *[withdrawn] withdrawn
} { $when }
tale-waiting = ### 📝 Legends that patrons propose
tale-waiting-none =
    ### 📝 No legend is proposed
    Patrons make one up with `/legend propose`.
tale-waiting-line = **{ $title }** by { $author }, { $when }
tale-waiting-rule = Read one before you decide: once accepted, everybody may be told it.

tale-own = A legend of this wood’s own
tale-own-by = A legend of this wood’s own, made up by { $author }

## What is wrong with it, and what would be possible

tale-wrong =
    ### 📝 This is no legend yet
    Mend this and send it again:
tale-wrong-help = Here is a whole one to begin with. `/legend propose` without a file opens a form.
# $line is 0 where it is not known; $where is "none" where the whole file is meant.
tale-at = { $line ->
    [0] `{ $where }`
   *[other] { $where ->
        [none] Line { NUMBER($line, useGrouping: 0) }
       *[other] Line { NUMBER($line, useGrouping: 0) }, `{ $where }`
    }
}
tale-at-field = **{ $field }**
tale-wrong-size = The file is too large: { $most } KiB at most.
tale-wrong-no-text = The file is no text. Save it as UTF-8.
tale-wrong-toml = cannot be read as TOML: { $said }
tale-wrong-missing = is missing; add it
tale-wrong-strange = is not known here; remove it or correct its spelling
tale-wrong-foreign = belongs to what comes with the program; remove it
tale-wrong-choice = is { $given }; write one of { $known }
tale-wrong-least = is { $given }; write { $least } or more
tale-wrong-most = is { $given }; write { $most } or less
tale-wrong-long = has { $length } characters; { $most } at most
tale-wrong-few = has too few entries; { $least } at least
tale-wrong-many = has too many entries; { $most } at most
tale-wrong-empty = is empty; write something
tale-wrong-mention = cannot hold mentions, emoji codes or links
tale-wrong-control = cannot hold invisible or piled-up characters
tale-wrong-markup = cannot hold { $marks }; write plain words
tale-wrong-rule = { $said }

move-add = a legend for the deck

refusal-tales-open = You have { $most ->
    [one] 1 legend
   *[other] { $most } legends
} waiting for the keeper, and that is the most. Wait, or withdraw one: /legend proposals.
refusal-tales-crowded = { $most ->
    [one] 1 legend waits
   *[other] { $most } legends wait
} for the keeper already. Propose yours when some are decided on.
refusal-tales-full = This wood has { $most ->
    [one] 1 legend
   *[other] { $most } legends
} of its own, and that is the most a deck takes.
refusal-tale-title = There is a legend of that title already. Give yours another one.
refusal-tale-gone = That legend does not wait any more. Look again: /legend proposals for yours, /keeper legends for all.
