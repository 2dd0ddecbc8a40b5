"""Charts of a wood for phones, the dark theme and colour-blind eyes, and the pool that draws them off the event loop.

Start at :mod:`bot.telling.charts.request` (what can be drawn) and
:mod:`bot.telling.charts.pool` (how to have it drawn).
"""
