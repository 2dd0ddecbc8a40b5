# What language models that do not answer yet are at, as the board says it in brackets, and as hosts read it.

## A model in the bot's own process

engine-unstarted = not started
engine-loading = loading { $model }, { NUMBER($seconds, useGrouping: 0) } s so far
engine-warming = { $model } is warming up, { NUMBER($seconds, useGrouping: 0) } s so far
engine-ready = { $model } is ready
engine-died = died, and is about to be built anew
engine-unloadable = { $model } cannot be loaded ({ $error }); the log says why
engine-broken = its keeper failed; the log says why
engine-closed = closed

## A server

engine-unasked = not asked yet
engine-answering = the server answers
engine-there = the server is there
engine-unlisted = the server is there, but does not list the model
engine-nameless = the server is there and lists no models; does the address end in /v1?
engine-keyless = the server refuses the key
engine-unready = the server is not ready (HTTP { NUMBER($status, useGrouping: 0) })
engine-refusing = HTTP { NUMBER($status, useGrouping: 0) }
engine-resting = HTTP { NUMBER($status, useGrouping: 0) }, asks to wait { NUMBER($seconds, useGrouping: 0) } s
engine-unreachable = the server cannot be reached

# Two or more of them.
engine-several = { $head }; { $next }
