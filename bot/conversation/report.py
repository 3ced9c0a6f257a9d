"""The report, declared: what is asked, in which order, and what the card offers."""

from bot.conversation.flow import Flow
from bot.conversation.questions.category import CATEGORY
from bot.conversation.questions.name import NAME
from bot.conversation.questions.photos import PHOTOS
from bot.conversation.questions.place import PLACE
from bot.conversation.questions.report_type import REPORT_TYPE
from bot.conversation.questions.review import Review
from bot.conversation.questions.secrecy import SECRECY
from bot.conversation.questions.story import STORY

report = Flow(
    STORY,
    REPORT_TYPE,
    CATEGORY,
    PLACE,
    Review(beside=(PHOTOS, NAME, SECRECY)),
)
