# What is said when something goes wrong between a player and the wood, and how Discord's settings call permissions.

error-unknown = Something snapped in the undergrowth, and it was not your doing. Nothing was lost; please try again. If it happens again, tell the keeper of this server the number `{ $number }`.
# $when is a time stamp that Discord shows as "in 5 seconds".
error-cooldown = Not so fast: you can do that again { $when }.
# $whose is who was too quick: player, wood (all of its patrons together), guild or typing.
error-often = { $whose ->
    [wood] So many speak in this wood that I cannot follow. Nothing was done; try again { $when }.
    [guild] So many speak on this server that I cannot follow. Nothing was done; try again { $when }.
   *[other] You are quicker than I can follow. Nothing was done; try again { $when }.
}
error-permission = That is for those with the permission { $names } only.
error-changed = This command has changed since your Discord last looked. Reload Discord (Ctrl+R) and try again.
error-check = You cannot use that here.
error-forbidden = Discord does not let me do that in this channel. In *Edit Channel → Permissions* I need { $names }.
# What was asked for is done and stored, and only the answer was not shown.
error-late = It is done, but Discord lost my answer on the way. Look at `/patron purse` before you do it again.
error-slow = Discord is slow to answer just now. Nothing was lost; please try again in a moment.

# A form that was open while the bot was restarted, or for too long; below it what was typed into it.
error-form-lost =
    { $typed ->
        [yes] I was away while you filled that in, and nothing was done. Please open the form once more. You had written:
       *[no] I was away while you filled that in, and nothing was done. Please open the form once more.
    }

# Where the answer was asked for, once it is shown to everybody.
answer-shared = Shared with the channel.

# Offered beside "no wood lives here".
button-restore-razed = Bring a razed one back

## Permissions, word for word as in Discord's own settings in this language

permission-view-channel = View Channel
permission-send-messages = Send Messages
permission-send-messages-in-threads = Send Messages in Threads
permission-embed-links = Embed Links
permission-attach-files = Attach Files
permission-read-message-history = Read Message History
permission-manage-channels = Manage Channels
