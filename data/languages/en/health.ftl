# What /keeper health says of a wood, each line for itself.

health-head = ### 🩺 How this wood does
health-well = 🌿 All is well.
health-due = ⏳ The next turn comes { $when }.
health-late = ⚠️ A turn was due { $when } and has not been taken yet. If this stays so, ask the bot's host to look at `ttw health`.
health-paused = ⏸️ The wood rests: no turn is due. /keeper resume wakes it.
health-dozing = 💤 It dozes, since nobody has pressed anything for days: turns come seldom until somebody does.
health-taken = 🕰️ Turn { NUMBER($turn, useGrouping: 0) } was taken { $when }.
health-untaken = 🕰️ No turn has been taken yet.
health-rules = 🧠 The creatures think by rules, at once.
health-minds = 🧠 Asked in the last turn: { $minds }. The slowest answer took { $seconds } s.
health-unanswered = ⚠️ In the last turn not every mind gave an answer; a creature without one lives by habit.
health-asleep = 😴 The minds are asleep: { $doing }.
health-posts = 📬 { $count ->
    [0] Nothing is owed to this channel.
    [one] One post is owed to this channel.
   *[other] { $count } posts are owed to this channel.
}
health-size = 📦 Its log and the calls to its minds take about { NUMBER($size, maximumFractionDigits: 1) } { $unit } in the bot's database.
