# How to play: the first screen, all of it together at most 4,000 characters, and a short page for each topic.

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
    {"**"}Look around:** `/wood creature`, `/wood ask`, `/rumor heard`, `/market report`, `/market chart`, `/market trades`, `/legend lore`, `/patron purse`, `/patron ranking`, `/patron album`.
    {"**"}Be told:** `/patron alert` of up to { $alerts } prices, `/patron remind` of reports, calls and loans, `/patron notify` of what your words did. All are off until you ask.
    -# `/patron forget` erases who you are; a fingerprint stays until the year ends, so that leaving fills no purse. Those who manage the channel keep the wood with `/keeper`.

## The topics, as they are chosen and as the button to the next page names them: at most 60 characters

help-topic-rumors = Rumors
help-topic-prophecy = Prophecy
help-topic-legends = Legends
help-topic-money = Money
help-topic-heat = Heat and the Magistrate
help-topic-year = The year
help-topic-creatures = The creatures
help-topic-hosts = For hosts
button-help-next = Next: { $topic }

## Their pages

help-page-rumors =
    ### 🗣️ Rumors
    One line about a good or a creature, for { $breath } breath. All hear it next turn; whispered to one of them it costs { $pebbles } pebbles more, and nobody else learns of it.
    - **Who believes you** depends on how much they trust you, and on what they see with their own eyes.
    - **Once is best.** What was said lately weighs less each time it is said again.
    - **The receipt** under a rumor shows who believed it, and what the price did because of it.
    - **Trust** is won by being right and lost by being wrong: ❤️ on the board shows yours.
help-page-prophecy =
    ### 🔮 Prophecy
    Every claim has a chance: how often it would come true if the wood went on by habit. Time judges it some turns later.
    - **A long shot** that comes true is worth many points, a sure thing hardly any, and every miss costs some.
    - **The daily call** under each report is free for everybody: which price moves most, and which way?
    - `/patron foresight` buys a true glimpse of what is coming, for you alone.
    - **Your record** stands in `/patron purse`, the foremost prophets in `/patron ranking`.
help-page-legends =
    ### 📜 Legends
    Famous episodes of market history in fur: bubbles, panics, corners, frosts.
    - `/legend draw` takes one into your hand, up to { $most }. Nobody else knows which.
    - `/legend cast` puts breath into it; with { $breath } it strikes next turn. Others can help a short one.
    - Then the wood rests from legends for { $rest } turns.
    - `/legend lore` tells the true history behind one that was told here.
help-page-money =
    ### 🪙 Money
    You begin with { $pebbles } pebbles, and everybody begins every year with the same. You earn by being right about prices, and by lending to those who pay back.
    - `/patron long` and `short` bet that a price rises or falls. Your stake is the most that you can win, and lose. It is counted anew every turn, and closed for you before it is gone.
    - **A purse that lies idle** for a day loses a pebble now and then; any move of yours stops that.
    - `/patron lend` offers a loan: the creature takes it or not, and pays back with interest, if it can.
    - **Every move** shows its price, its heat and its worst case before you confirm.
    - `/patron book` shows all that stands open.
help-page-heat =
    ### 🌡️ Heat and the Magistrate
    Secret deeds make you hot, and so does a profit soon after your own words on that good. You cool a little every turn.
    - **Too hot,** and Magistrate Heron opens a file on you. It runs some turns, and what was found is read out to all.
    - **It ends** with nothing, a fine, a frozen purse, or exile until the next year.
    - `/patron denounce` on another patron pays if they are hot, and costs you if they are not.
    - **To stay cool,** let time pass between your words and your profit.
help-page-year =
    ### 🍂 The year
    Four seasons. Harvests change with them, and in winter every hearth burns wood that only one creature cuts.
    - **No two years are alike:** harvests, the winter's hardness and the usual prices are drawn anew.
    - **Signs** on the board and in reports hint at what is coming.
    - **At its end** the saga names the richest creature and the foremost patron. What creatures think of you stays, a little milder.
help-page-creatures =
    ### 🦉 The creatures
    🍯 **Oona** the owl makes honey, 🪵 **Bramble** cuts firewood, 🍄 **Fenn** finds mushrooms, 🌰 **Mossback** gathers acorns and 🫐 **Pip** picks berries.
    - **Nobody can live alone:** a meal takes two kinds of food, hoards rot, and winter takes wood.
    - **Each has a mind of its own,** and its own temper: some hoard, some panic, some laugh at everything.
    - **They remember** who helped them, who lied and who sold dear in need. `/wood creature` shows whom you deal with.
    - **Ask one of them** one question a day with `/wood ask`, or from its page: what it makes of prices, what it lacks, whom it likes. It keeps its secrets, and yours.
help-page-hosts =
    ### 🧰 For hosts
    Whoever may manage the channel keeps its wood.
    - `/keeper found` founds one: how long a turn is, the time zone, the hour of the report.
    - `/keeper settings` shows and changes how it runs; `/keeper pause` and `/keeper resume` let it rest and wake it.
    - **It dozes** when nobody presses anything for { $days } days: turns come seldom, and the next press wakes it.
    - `/keeper health` tells whether turns, minds and posts do as they should.
    - `/keeper export` gives its whole log, which names no player and holds every secret. `/keeper raze` ends it; that can be undone for a day.
