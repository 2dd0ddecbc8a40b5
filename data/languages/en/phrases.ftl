# Short phrases that boards, reports, charts and answers share. Plain text, no markup.

## Figures

# A price in pebbles, such as 4.25.
price = { NUMBER($amount, minimumFractionDigits: 2, maximumFractionDigits: 2, useGrouping: 0) }
signed = { $way ->
    [up] +{ $size } %
    [down] −{ $size } %
   *[none] 0 %
}
moved = { $way ->
    [up] up { $size } %
    [down] down { $size } %
   *[none] unchanged
}
# The last line of a list that is cut.
and-more = … and { NUMBER($count, useGrouping: 0) } more

count-pebble = { $count ->
    [one] 1 pebble
   *[other] { $count } pebbles
}
count-second = { $count ->
    [one] 1 second
   *[other] { $count } seconds
}
count-minute = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}
count-hour = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}
count-day = { $count ->
    [one] 1 day
   *[other] { $count } days
}

## What a price did in a day

# $number is the good's own number (see goods.toml); .deed is the same without its good, after a "then".

does-hold = { $number ->
    [one] { $good } holds steady
   *[other] { $good } hold steady
}
    .deed = { $number ->
        [one] holds steady
       *[other] hold steady
    }
does-fall-50 = { $number ->
    [one] { $good } collapses { $size } %
   *[other] { $good } collapse { $size } %
}
    .deed = { $number ->
        [one] collapses { $size } %
       *[other] collapse { $size } %
    }
does-fall-25 = { $number ->
    [one] { $good } tumbles { $size } %
   *[other] { $good } tumble { $size } %
}
    .deed = { $number ->
        [one] tumbles { $size } %
       *[other] tumble { $size } %
    }
does-fall-10 = { $number ->
    [one] { $good } falls { $size } %
   *[other] { $good } fall { $size } %
}
    .deed = { $number ->
        [one] falls { $size } %
       *[other] fall { $size } %
    }
does-fall-1 = { $number ->
    [one] { $good } slips { $size } %
   *[other] { $good } slip { $size } %
}
    .deed = { $number ->
        [one] slips { $size } %
       *[other] slip { $size } %
    }
does-rise-50 = { $number ->
    [one] { $good } soars { $size } %
   *[other] { $good } soar { $size } %
}
    .deed = { $number ->
        [one] soars { $size } %
       *[other] soar { $size } %
    }
does-rise-25 = { $number ->
    [one] { $good } leaps { $size } %
   *[other] { $good } leap { $size } %
}
    .deed = { $number ->
        [one] leaps { $size } %
       *[other] leap { $size } %
    }
does-rise-10 = { $number ->
    [one] { $good } climbs { $size } %
   *[other] { $good } climb { $size } %
}
    .deed = { $number ->
        [one] climbs { $size } %
       *[other] climb { $size } %
    }
does-rise-1 = { $number ->
    [one] { $good } edges up { $size } %
   *[other] { $good } edge up { $size } %
}
    .deed = { $number ->
        [one] edges up { $size } %
       *[other] edge up { $size } %
    }
does-times-1 = { $good } { does-times-1.deed }
    .deed = { $over ->
        [yes] more than { $number ->
            [one] doubles
           *[other] double
        }, up { $size } %
       *[no] { $number ->
            [one] doubles
           *[other] double
        }, up { $size } %
    }
does-times-2 = { $good } { does-times-2.deed }
    .deed = { $over ->
        [yes] more than { $number ->
            [one] triples
           *[other] triple
        }, up { $size } %
       *[no] { $number ->
            [one] triples
           *[other] triple
        }, up { $size } %
    }
does-times-3 = { $good } { does-times-3.deed }
    .deed = { $over ->
        [yes] more than { $number ->
            [one] quadruples
           *[other] quadruple
        }, up { $size } %
       *[no] { $number ->
            [one] quadruples
           *[other] quadruple
        }, up { $size } %
    }

## Moods

mood-merry = merry
mood-content = content
mood-fair = fair
mood-low = low
mood-gloomy = gloomy
mood-wretched = wretched

## Who and when

who-patron = a patron
who-traveller = a traveller
who-stranger = a stranger
who-bowl = the commons bowl
topic-wood = the wood
creature-kind = { $name } the { $animal }
date-day = { $season }, day { $day }
span-one = turn { NUMBER($turn, useGrouping: 0) }
span-many = turns { NUMBER($first, useGrouping: 0) } to { NUMBER($last, useGrouping: 0) }
