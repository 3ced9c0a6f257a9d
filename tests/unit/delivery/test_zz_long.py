from sqlalchemy import text
from bot.conversation.events import Said
from tests.unit.delivery.town import STORY, Town

async def test_long(town: Town) -> None:
    story = Said(id="e1", at=town.now, text=STORY, ref="m1", name="S" * 64 + " " + "T" * 64, language="zh")
    await town.arrives(town.arrival(story))
    await town.works()
    await town.arrives(town.arrival(Said(id="e2", at=town.now, text="Cantumkan nama", ref="m2", name="S" * 64 + " " + "T" * 64, language="zh")))
    await town.works()
    await town.arrives(town.pressed("send@e1"))
    await town.works()
    async with town.database.reading() as c:
        assert [len(r[0] or "") for r in await c.execute(text("select name from case_words"))] == [129]
