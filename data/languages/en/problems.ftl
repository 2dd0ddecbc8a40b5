# Why a board or a report did not arrive, or why a wood rests, and what to do about it: for the wood's keeper.

problem-deleted = This channel was deleted, and the wood has rested since.
problem-removed = The bot was taken off this server, and the wood has rested since. Wake it with /keeper resume.
problem-sending = I lack a permission in this channel. Grant View Channel, Send Messages, Embed Links and Attach Files in Edit Channel → Permissions.
problem-sending-thread = I lack a permission in this thread. Grant View Channel, Send Messages in Threads, Embed Links and Attach Files in the settings of its channel.
problem-archived = This thread is archived. Write something in it to wake it, or grant me Send Messages in Threads in the settings of its channel.
problem-locked = This thread is locked. Unlock it, or grant me Manage Threads in the settings of its channel.
problem-history = I lack a permission in this channel. Grant Read Message History in Edit Channel → Permissions.
problem-pin = I lack a permission to pin the board here. Grant Pin Messages in Edit Channel → Permissions, or turn pinning off in /keeper settings.
problem-message = The board's message was deleted.
problem-channel = Discord knows this channel no more.
problem-slower = Discord asks the bot to be slower.
problem-trouble = Discord has trouble of its own; the post is tried again.
problem-code = Discord did not take the post (code { NUMBER($code, useGrouping: 0) }).
problem-unreachable = Discord cannot be reached; the post is tried again.
problem-unmade = It could not be made; the bot's host finds the reason in the log.
