"""Who understands, by `LAPOR_NLU`: a Rasa child of ours, a server elsewhere, or keywords."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

from bot.assembly import Service
from bot.settings import HOME, Settings
from bot.understanding.fallback import FixedModel, LanguageModel, SteadyUnderstanding
from bot.understanding.keywords import KeywordUnderstanding
from bot.understanding.model_files import ModelFolders, find_model
from bot.understanding.port import Understanding, UnderstandingState
from bot.understanding.preparation import Progress, Stage, Step, fingerprint
from bot.understanding.preparation_workshop import PreparationFailed
from bot.understanding.rasa import RasaUnderstanding
from bot.understanding.rasa_server import RasaServer
from bot.understanding.rasa_server_address import answering

WORDS = {
    Stage.INSTALLING: "The language model is being installed.",
    Stage.TRAINING: "The language model is being trained.",
    Stage.LOADING: "The language model is being loaded.",
    Stage.READY: "The language model is ready.",
    Stage.FAILED: "The language model is not there; the chat goes on with buttons.",
}


def model_folders(settings: Settings) -> ModelFolders:
    """Where the model's program, data and files lie."""
    return ModelFolders(HOME, settings.config_dir, settings.data_dir)


def keywords_of(service: Service) -> KeywordUnderstanding:
    """What answers without a model."""
    return KeywordUnderstanding(leaf.slug for leaf in service.regency.leaves())


@asynccontextmanager
async def lasting_understanding(service: Service, say: Callable[[str], None]) -> AsyncIterator[SteadyUnderstanding]:
    """For a service that stays: the model is prepared behind it, and `say` tells how far that is."""
    async with AsyncExitStack() as stack:
        model = await stack.enter_async_context(_model(service, saying(say)))
        yield await stack.enter_async_context(_steady(service, model))


@asynccontextmanager
async def understanding_for_a_visit(service: Service) -> AsyncIterator[SteadyUnderstanding]:
    """For a short stay: a server that runs already, else a model that needs no preparing, else keywords."""
    async with AsyncExitStack() as stack:
        needs_nothing = service.settings.nlu != "rasa" or await _is_prepared(model_folders(service.settings))
        model = await stack.enter_async_context(_model(service, _silently)) if needs_nothing else None
        yield await stack.enter_async_context(_steady(service, model))


@asynccontextmanager
async def first_understanding(service: Service, progress: Progress) -> AsyncIterator[Understanding]:
    """For a command that wants the model's answers and nothing less, however long it takes to prepare.

    Raises:
        PreparationFailed: the model cannot be had; one sentence says why.
    """
    async with _model(service, progress) as model:
        if isinstance(model, RasaServer):
            yield await model.first_reader()
        elif model is not None and model.reader is not None:
            yield model.reader
        else:
            async with _steady(service, None) as steady:
                yield steady


def saying(say: Callable[[str], None]) -> Progress:
    """News of the model as sentences."""

    def tell(step: Step) -> None:
        say(f"{WORDS[step.stage]} {step.detail}".rstrip())

    return tell


@asynccontextmanager
async def _model(service: Service, progress: Progress) -> AsyncIterator[LanguageModel | None]:
    settings = service.settings
    token = settings.nlu_token.get_secret_value() if settings.nlu_token else None
    known = frozenset(leaf.slug for leaf in service.regency.leaves())
    if settings.nlu == "off":
        yield None
    elif settings.nlu == "rasa":
        async with RasaServer(model_folders(settings), progress, token=token, known_categories=known) as server:
            yield server
    else:
        async with RasaUnderstanding(settings.nlu, token, known_categories=known) as elsewhere:
            yield FixedModel(elsewhere, UnderstandingState.DOWN)


@asynccontextmanager
async def _steady(service: Service, model: LanguageModel | None) -> AsyncIterator[SteadyUnderstanding]:
    steady = SteadyUnderstanding(model, keywords_of(service))
    await steady.start()
    try:
        yield steady
    finally:
        await steady.stop()


async def _is_prepared(folders: ModelFolders) -> bool:
    """Whether a server runs, or a model of today's data is there to be served."""
    try:
        return bool(await answering(folders.address)) or find_model(folders, await fingerprint(folders)) is not None
    except PreparationFailed:
        return False


def _silently(step: Step) -> None:
    """Nobody wants to know."""
    del step
