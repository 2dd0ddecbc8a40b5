# Rumors: the form to cast one, what it cost, and what has been heard.

## The form: labels of at most 45 characters, descriptions and options of at most 100

rumor-form-title = Cast a rumor
rumor-form-about = About
rumor-form-about-hint = A good or a creature
rumor-form-good = a good
rumor-form-creature = a creature
rumor-form-words = Words
rumor-form-words-rule = One line, no mentions or links.
rumor-form-words-hint = The frost comes early this year
rumor-form-claim = Claim
rumor-form-auto = Let the words speak
rumor-form-to = For whose ears?
rumor-form-everybody = Everybody
rumor-form-only = Only { $creature }

# Below the lists, where a wood takes no words of patrons' own: then the game puts the claim into words.
rumor-form-stock = -# This wood takes only words that the game offers: yours are chosen to say what you claim.

## Lines that the game offers, about a good or a creature

stock-good-up-1 = Lay in { $name } while you can
stock-good-up-2 = Before long nobody will part with { $name }
stock-good-up-3 = The wood is running out of { $name }
stock-good-down-1 = Soon everybody will have { $name } to spare
stock-good-down-2 = Sell your { $name } while anybody still wants some
stock-good-down-3 = Nobody knows where to put all the { $name }
stock-good-none-1 = There is much talk of { $name }
stock-creature-up-1 = { $name } keeps every promise
stock-creature-up-2 = Nobody deals more fairly than { $name }
stock-creature-up-3 = { $name } is honest to the last pebble
stock-creature-down-1 = { $name } cheats at the scales
stock-creature-down-2 = Count your pebbles after a deal with { $name }
stock-creature-down-3 = Nobody should lend { $name } anything
stock-creature-none-1 = There is much talk of { $name }

## What came of it

# $to is "none" for a rumor that everybody hears; $taken says how it was understood; $bar shows the breath as leaves.
rumor-cast =
    ### 🗣️ Your rumor is { $to ->
        [none] out in the wood
       *[other] whispered to { $to }
    }
    “{ $text }”
    { $taken }
    { $resting ->
        [yes] The wood rests: it is heard when a keeper wakes the wood.
       *[no] It is heard next turn.
    }
    -# { $bar } { $breath } of { $most } breath left, { $purse ->
        [one] 1 pebble
       *[other] { $purse } pebbles
    }

# How the words were understood; $way is up or down, $number the good's own number.
rumor-taken-good = Taken to say: { $number ->
    [one] { $way ->
        [up] { $good } gets dearer
       *[down] { $good } gets cheaper
    }
   *[other] { $way ->
        [up] { $good } get dearer
       *[down] { $good } get cheaper
    }
}.
rumor-taken-creature = Taken as { $way ->
    [up] a good word about { $creature }
   *[down] an ill word about { $creature }
}.
rumor-taken-none = No claim in it, so nobody will act on it. Choose a claim next time to be believed.

## What has been heard

rumor-quiet =
    ### 👂 The wood is quiet
    Nobody has said anything yet. A rumor would change that.
rumor-rumors = ### 👂 Rumors
rumor-none = No patron has spread a rumor lately. Start one with `/rumor cast`.
rumor-gossip = ### 💬 Gossip
rumor-line = **{ $speaker }**: { $text }
rumor-turn = turn { NUMBER($turn, useGrouping: 0) }
rumor-turn-about = turn { NUMBER($turn, useGrouping: 0) }, about { $about }
