# What creatures, goods and the like are called where no wood is at hand, and how words are joined.

## Creatures

creature-oona = Oona
creature-bramble = Bramble
creature-fenn = Fenn
creature-mossback = Mossback
creature-pip = Pip

## Goods: .title stands alone or at the head of a line; .number is the grammatical number of the bare name, which verbs agree with

good-acorns = acorns
    .title = Acorns
    .number = other
good-berries = berries
    .title = Berries
    .number = other
good-mushrooms = mushrooms
    .title = Mushrooms
    .number = other
good-honey = honey
    .title = Honey
    .number = one
good-firewood = firewood
    .title = Firewood
    .number = one

units-acorns = { $count ->
    [one] 1 acorn
   *[other] { NUMBER($count, useGrouping: 0) } acorns
}
units-berries = { $count ->
    [one] 1 berry
   *[other] { NUMBER($count, useGrouping: 0) } berries
}
units-mushrooms = { $count ->
    [one] 1 mushroom
   *[other] { NUMBER($count, useGrouping: 0) } mushrooms
}
units-honey = { NUMBER($count, useGrouping: 0) } honey
units-firewood = { NUMBER($count, useGrouping: 0) } firewood

## Lists: "a, b and c"

list-middle = { $head }, { $next }
list-end = { $head } and { $last }

# What an earlier version of the program kept as a sentence.
recorded = { $said }
