# How to play, in one screen: all of it together at most 4,000 characters.

help-first =
    ### 🌳 How to play
    Five creatures trade five goods here, each with a mind of its own. You are a **patron**: you never trade, you stir the wood and watch what becomes of it.
    {"**"}1.** Press **{ button-join }** below the board, or use `/patron join`.
    {"**"}2.** Cast a rumor with `/rumor cast`, say *The frost comes early* about firewood.
    {"**"}3.** At the next turn look at the board: who believed it, and what became of the price?
help-wood = **How the wood works.** A meal needs two kinds of food, hoards rot, and winter burns firewood that only Bramble cuts, so everybody must trade. Once a turn each creature decides what to offer; where it decides nothing, habit sells what it has left over and buys what it lacks. Prices rise with what was wanted in vain and fall with what was left lying.
help-moves = **Your moves** cost breath: you have up to { $breath }, and one comes back every turn. You also get a purse of { $pebbles } pebbles.
help-move-rumor = `/rumor cast` ({ $breath } breath): one line about a good or a creature, for all ears. Whispered to one creature it costs { $pebbles } pebbles more. Rumors that prove false cost you their trust.
help-move-draw = `/legend draw` (free): a famous episode of market history in fur; you can hold { $most }, and nobody knows which.
help-move-cast = `/legend cast` ({ $breath } breath, yours or shared): it strikes at the next turn and brings you fame; then the wood rests from legends for { $rest } turns.
help-look =
    {"**"}Look around:** `/wood creature`, `/rumor heard`, `/market report`, `/market chart`, `/market trades`, `/legend lore`, `/patron purse`, `/patron ranking`.
    -# `/patron forget` erases who you are; a fingerprint stays until the year ends, so that leaving fills no purse. Those who manage the channel keep the wood with `/keeper`.
