"""All pages of the trainers, and the export of the training data."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from bot.training.corpus.corpus import OWN
from bot.training.corpus.rows import Format
from bot.training.corpus.written_rows import WRITTEN, write_rows
from bot.web.shared.access import guarded
from bot.web.trainer.acts.routes import acts_router
from bot.web.trainer.context import TrainerContext
from bot.web.trainer.data.routes import data_router
from bot.web.trainer.data.rules import rules_router
from bot.web.trainer.imports.routes import import_router
from bot.web.trainer.inbox.labelling import labelling_router
from bot.web.trainer.inbox.routes import trainer_router
from bot.web.trainer.inbox.settle import settle_router, suspicious_router

MEDIA: Final[Mapping[Format, str]] = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.JSONL: "application/jsonl",
    Format.YAML: "application/yaml",
}
LAYERS: Final = frozenset({"semua", "tambahan"})
"""Everything, or what was added here."""


def export_router(context: TrainerContext) -> APIRouter:
    """Out."""
    router = guarded(context.sign_in)

    @router.get("/trainer/export/{layer}.{ending}")
    async def export(request: Request, layer: str, ending: str) -> Response:
        del request
        return _export(context, layer, ending)

    return router


def _export(context: TrainerContext, layer: str, ending: str) -> Response:
    """Downloads all training examples, or only those that this installation has added."""
    if layer not in LAYERS or ending not in WRITTEN:
        return Response(status_code=404)
    written = Format(ending)
    examples = [
        one for one in context.labelling_service.folder.corpus().examples if layer == "semua" or one.place.layer == OWN
    ]
    rows = ((one.text, one.intent, one.category or "") for one in examples)
    name = {"content-disposition": f'attachment; filename="data-{layer}.{ending}"'}
    return StreamingResponse(_pieces(write_rows(rows, written)), media_type=MEDIA[written], headers=name)


async def _pieces(pieces: Iterator[str]) -> AsyncIterator[str]:
    for piece in pieces:
        yield piece


def trainer_routers(context: TrainerContext) -> list[APIRouter]:
    """The inbox, what is to be saved, and the rest."""
    makers = (
        trainer_router,
        labelling_router,
        acts_router,
        settle_router,
        data_router,
        suspicious_router,
        rules_router,
        import_router,
        export_router,
    )
    return [make(context) for make in makers]
