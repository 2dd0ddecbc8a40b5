# The server of one's own that the playground shows: its names as Discord would show them.

playground-guild = The Grove
# A channel's name: lower-case letters and hyphens.
playground-channel = the-wood
playground-topic = Five creatures, five goods, one winter. Type / to see what a patron can do.
playground-keeper = Keeper
