"""The report, declared: what is asked, in which order, and what the card offers."""

from bot.conversation.effects import FileCase
from bot.conversation.flow import Flow
from bot.conversation.questions.options import AddPhoto, ChangeAnything, GiveName, KeepSecret
from bot.conversation.questions.steps import Ask, Locate, Review, likeliest_categories, place_is_known

report = Flow(
    Ask("story", at_least_words=3),
    Locate("place", unless=place_is_known),
    Review(
        "review",
        send=FileCase,
        in_doubt=likeliest_categories,
        options=(ChangeAnything, AddPhoto, GiveName, KeepSecret),
    ),
)
