# What those see who keep a wood.

## How it runs

keeper-settings = ### 🌳 This wood's settings
keeper-founded = ### 🌳 A wood is founded; its board appears below
keeper-rests = ### ⏸️ The wood rests
keeper-wakes = ### ▶️ The wood wakes
keeper-restored = ### 🌱 The wood is back
keeper-turns = ⏳ a turn every **{ $pace }**
keeper-turns-paused = ⏳ a turn every **{ $pace }**, ⏸️ paused
keeper-turns-none = ⏳ a turn every **{ $pace }**, no turn is due
keeper-report = 🗞️ daily report at **{ $hour }:00**, { $zone }
keeper-extras = 📜 { $on ->
    [yes] a legend that strikes has a post of its own
   *[no] legends strike on the board alone
}
keeper-pinned = 📌 { $on ->
    [yes] the board is kept pinned
   *[no] the board is not pinned
}
keeper-free-text = ✍️ { $on ->
    [yes] patrons speak in their own words
   *[no] rumors and whispers are lines that the game offers, and nobody asks the creatures anything
}

## Whose words are not wanted

keeper-mute = ### 🤐 Nobody here will hear { $name }
keeper-unmute = ### 🗣️ { $name } is heard again
# $names are those whom the wood knows, "none" without any; $others are further ones of whom it knows no name.
keeper-muted = { $names ->
    [none] { $others ->
        [0] Nobody is muted in this wood.
        [one] One player is muted here whose name the wood does not know.
       *[other] { $others } players are muted here whose names the wood does not know.
    }
   *[other] { $others ->
        [0] Muted in this wood: { $names }.
        [one] Muted in this wood: { $names }, and one whose name the wood does not know.
       *[other] Muted in this wood: { $names }, and { $others } whose names the wood does not know.
    }
} Who is muted casts no rumors, whispers to nobody, asks nothing and proposes no legends; trading, calling and telling legends go on.

keeper-export =
    ### 📦 The log of this wood
    { $size } KiB. It names no player; `ttw replay { $name }` recomputes every turn from it.
    ⚠️ It holds all that is secret here: the deck, what is still to come, whispers, bets and bribes. If you play along, don't read it before the wood has ended.

## Razing: the word is typed into a form, whose title and label have at most 45 characters

keeper-raze-question =
    ### 🪓 Raze this wood?
    Its creatures, prices and patrons' purses go. You can bring it back for a day; after that nobody can.
keeper-raze-title = Raze this wood?
keeper-raze-word = raze
keeper-raze-label = Type the word “{ keeper-raze-word }” to do it
keeper-raze-unmeant = Nothing was razed: the word was another one.
keeper-razed =
    ### 🪓 The wood is razed
    It fell { $when ->
        [now] now
       *[other] { $when }
    }. For a day you can bring it back, with everything in it.
