# How words are joined. What creatures and goods are called stands in creatures.toml and goods.toml.

# The language's own name for itself.
language = English

## Lists: "a, b and c"

list-middle = { $head }, { $next }
list-end = { $head } and { $last }

# What an earlier version of the program kept as a sentence.
recorded = { $said }
