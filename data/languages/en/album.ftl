# The album: legends as cards to keep, what this wood has seen of them, and what one has done with them.

## Cards

# How rare a card is, within a sentence and at the head of a line.
rarity-common = common
    .title = Common
rarity-uncommon = uncommon
    .title = Uncommon
rarity-rare = rare
    .title = Rare
rarity-legendary = legendary
    .title = Legendary
# What a card's picture shows, for those who cannot see it.
card-alt = A card of the album, { $rarity }: { $title }, a legend about { $good }, painted in its frame.
# The same of a page of small cards.
card-page-alt = A page of { $all } small cards, { $seen } of them face up.
card-page-alt-titles = They are { $titles }.

## The album

command-patron-album = See which legends this wood has seen, and what you did with them
option-patron-album-legend = Which card to look at; left out, all of them
button-album = Album
album-head = ### 🃏 The album: { $told } of { $all } told
# $name is "you" for the owner's own eyes, else a name.
album-own = { $name ->
    [you] You have
   *[other] { $name } has
} told { $told } of them and come through { $survived }.
album-empty = Nobody has told a legend here yet. Draw one, tell it, and its card turns face up for good.
album-choose = Look at a card
# How many of one rarity were told; their cards stand below.
album-rarity = { $gem } **{ $rarity }** · { $told } of { $all } told
album-line = ▫️ **{ $title }** · { $times ->
    [0] never told here
    [one] told once
    [2] told twice
   *[other] told { $times } times
}
# Stands below all others.
album-down = 🎴 { $count ->
    [one] 1 card lies face down until somebody tells it here.
   *[other] { $count } cards lie face down until somebody tells them here.
}
# Below the title of a card in the menu.
album-option = { $rarity }, { $times ->
    [0] in your hand
    [one] told once
    [2] told twice
   *[other] told { $times } times
}
# What a patron has to do with a card: how often told, how often lived through what another had told.
album-record = { $name ->
    [you] You
   *[other] { $name }
} { $told ->
    [0] came through it { $survived ->
        [one] once
        [2] twice
       *[other] { $survived } times
    }.
    [one] told it once{ album-through }.
    [2] told it twice{ album-through }.
   *[other] told it { $told } times{ album-through }.
}
album-through = { $survived ->
    [0] {""}
    [one] {" "}and came through it once
    [2] {" "}and came through it twice
   *[other] {" "}and came through it { $survived } times
}
album-held = In your hand; nobody else knows.
# What became of a card in this wood. $teller is "none" where nobody is named.
album-fate = { $rarity } · { $times ->
    [0] never told here
    [one] told once, in turn { NUMBER($last, useGrouping: 0) }
   *[other] told { $times } times, first in turn { NUMBER($first, useGrouping: 0) }, last in turn { NUMBER($last, useGrouping: 0) }
}{ $teller ->
    [none] {""}
   *[other] {" "}by { $teller }
}
