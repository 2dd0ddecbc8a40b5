# Asking a creature: the form, and the question with its answer. What creatures say themselves stands in asking.toml.

## The form: title and label of at most 45 characters, descriptions and hints of at most 100

ask-form-title = Ask { $creature }
ask-form-words = Your question
ask-form-rule = One a day. Everybody in the channel reads the answer.
ask-form-hint = Will honey get dearer before winter?

## The answer

ask-question =
    -# { $name } asks:
    > { $question }
# $face shows the creature's mood.
ask-answer =
    { $emoji } **{ $creature }** { $face }
    “{ $answer }”
ask-again = Everybody has one question a day: `/wood ask`. The next day begins { $when }.
ask-asked = You have asked your question of today already; this is what you heard. You can ask again { $when }.
