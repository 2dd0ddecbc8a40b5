# What creatures, goods and the like are called where no wood is at hand, and how words are joined.

## Creatures

creature-oona = Oona
creature-bramble = Bramble
creature-fenn = Fenn
creature-mossback = Mossback
creature-pip = Pip

## Lists: "a, b and c"

list-middle = { $head }, { $next }
list-end = { $head } and { $last }

# What an earlier version of the program kept as a sentence.
recorded = { $said }
