# How to play, in one screen: all of it together at most 4,000 characters.

help-first =
    ### 🌳 How to play
    Five creatures trade five goods here, each with a mind of its own. You never trade: you are a **patron**, and your words make them hoard, panic and quarrel.
    {"**"}Your goal:** be believed, and be right when nobody expects it. Each day's report names whose words moved the wood, and the year's foremost patron goes down in its saga.
    {"**"}Begin here:** press 🗣️ **{ button-rumor }** and say *The frost comes early* about firewood. You join with that press. Next turn the board shows your words and what the price made of them.
help-wood = **How the wood works.** A meal needs two kinds of food, hoards rot, and winter burns firewood that only Bramble cuts, so everybody must trade. Prices rise with what was wanted in vain and fall with what was left lying.
help-moves = **Your moves** cost breath: you have up to { $breath }, and one comes back every turn. You also get a purse of { $pebbles } pebbles.
help-move-rumor = `/rumor cast` ({ $breath } breath): one line about a good or a creature, for all ears. Whispered to one creature it costs { $pebbles } pebbles more. Rumors that prove false cost you their trust.
help-move-draw = `/legend draw` (free): a famous episode of market history in fur; you can hold { $most }, and nobody knows which.
help-move-cast = `/legend cast` ({ $breath } breath, yours or shared): it strikes next turn and brings you fame; then the wood rests from legends for { $rest } turns.
help-look =
    {"**"}Look around:** `/wood creature`, `/rumor heard`, `/market report`, `/market chart`, `/market trades`, `/legend lore`, `/patron purse`, `/patron ranking`, `/patron album`.
    -# `/patron forget` erases who you are; a fingerprint stays until the year ends, so that leaving fills no purse. Those who manage the channel keep the wood with `/keeper`.
