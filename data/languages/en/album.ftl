# The album: legends as cards to keep, what this wood has seen of them, and what one has done with them.

## Cards

# How rare a card is.
rarity-common = common
rarity-uncommon = uncommon
rarity-rare = rare
rarity-legendary = legendary
# What a card's picture shows, for those who cannot see it.
card-alt = A card of the album, { $rarity }: { $title }, a legend about { $good }, painted in its frame.
