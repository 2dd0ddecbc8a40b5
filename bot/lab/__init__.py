"""The laboratory: plays woods without Discord, and measures whether their economy is alive.

Start at :mod:`bot.lab.simulate` (one wood), :mod:`bot.lab.liveliness` (what is measured) and :mod:`bot.lab.evaluate`
(many woods).
"""
