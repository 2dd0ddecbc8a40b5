# The daily call: which good's price moves most until the next report, and which way; and what records are worth.

## Under a report

call-ask =
    ### 🎯 Which price moves most until tomorrow's report?
# Where turns are so short that a call does not wait for the next report.
call-ask-turns =
    ### 🎯 Which price moves most in { $turns ->
        [one] the next turn
       *[other] the next { $turns } turns
    }?
call-how = ▲ dearer, ▼ cheaper. Free for everybody; one call at a time, and it stands.
# What somebody called, such as "🍯 honey up".
call-said = { $emoji } { $good } { $way ->
    [up] up
   *[down] down
}
call-outcome = The last call: { $call }.
call-right = { $right } of { $calls } called it: { $names }.
call-nobody = { $calls ->
    [one] One called, and was wrong.
   *[other] None of { $calls } called it.
}
call-streak = { $name } ({ $streak } in a row)
# The last of a list of names.
call-more = { $count ->
    [one] 1 more
   *[other] { $count } more
}

## What a press answers

call-made =
    ### 🎯 You call { $call }
    It stands: nobody can change a call.
call-stands =
    ### 🎯 Your call stands: { $call }
    There is one call at a time, and nobody can change it.
call-judged = It is judged { $turns ->
    [one] by the next turn
   *[other] in { $turns } turns
}, { $when }.
call-judged-resting = The wood rests. It is judged { $turns ->
    [one] by the next turn
   *[other] in { $turns } turns
} when a keeper wakes it.
call-odds = Had the wood gone on by habit, it would be { $odds }.
call-odds-long = a long shot
call-odds-outsider = an outsider
call-odds-placed = well placed
call-odds-favourite = the favourite
# $points is a figure with its noun, such as "+84 points"; $chance how many chance alone would have had right.
call-record = Your calls this year: { $right } of { $said } right, where chance has { NUMBER($chance, minimumFractionDigits: 1, maximumFractionDigits: 1) }; { $points }.
call-record-streak = { $record } { $streak } in a row!
call-then-join = You need no purse for this. As a patron you can also start a rumor, and see prices move by it.
call-then-rumor = Now help it along: start a rumor.
score-points = { $sign }{ NUMBER($points, useGrouping: 0) } { $points ->
    [one] point
   *[other] points
}
