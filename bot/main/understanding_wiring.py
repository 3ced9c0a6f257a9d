"""Who understands, by `LAPOR_NLU`: the compiled model, a Rasa child of ours, a server elsewhere, or keywords."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

from bot.configuration.secret_key import secret_key
from bot.configuration.settings import Settings
from bot.main.assembly import DEFAULTS, Service
from bot.observability.meter import UNMETERED, Meter
from bot.shipped import PROJECT
from bot.training.models.gate import read_gate
from bot.training.models.model_context import ModelContext
from bot.training.models.model_loaders import CompiledStore, RasaStore
from bot.training.models.serving import PromotedModel
from bot.understanding.fallback import FixedModel, LanguageModel, SteadyUnderstanding
from bot.understanding.keywords import KeywordUnderstanding
from bot.understanding.model.model_registry import CompiledModelCache, ModelUpdate
from bot.understanding.port import Understanding, UnderstandingState
from bot.understanding.rasa.client import RasaUnderstanding
from bot.understanding.rasa.environment import PreparationFailed
from bot.understanding.rasa.model_files import ModelFolders, TrainedModel, find_model
from bot.understanding.rasa.preparation import PreparationNews, PreparationStage, Progress, fingerprint
from bot.understanding.rasa.server import RasaServer
from bot.understanding.rasa.server_address import answering

WORDS = {
    PreparationStage.INSTALLING: "The language model is being installed.",
    PreparationStage.TRAINING: "The language model is being trained.",
    PreparationStage.LOADING: "The language model is being loaded.",
    PreparationStage.READY: "The language model is ready.",
    PreparationStage.FAILED: "The language model is not there; the chat goes on with buttons.",
    PreparationStage.REFUSED: "A language model was not loaded:",
}


def model_folders(settings: Settings) -> ModelFolders:
    """Where the model's program, data and files lie."""
    return ModelFolders(PROJECT, settings.config_dir, settings.data_dir)


def key_of(settings: Settings) -> bytes:
    """What signs compiled models."""
    return secret_key(settings.secret_key.get_secret_value() if settings.secret_key else None, settings.data_dir)


def model_cache_of(
    settings: Settings, progress: Progress, known_categories: frozenset[str] | None = None
) -> CompiledModelCache:
    """Where the compiled model is taken from."""
    return CompiledModelCache(
        model_folders(settings), key_of(settings), _telling(progress), known_categories=known_categories
    )


def _telling(progress: Progress) -> Callable[[ModelUpdate], None]:
    """News of files as steps."""

    def tell(news: ModelUpdate) -> None:
        progress(
            PreparationNews(PreparationStage.REFUSED, news.words)
            if news.refused
            else PreparationNews(PreparationStage.READY, f"It is {news.words}.")
        )

    return tell


def model_context_of(service: Service) -> ModelContext:
    """Where the models of this installation are worked on.

    Raises:
        WrongDeclaration: `gate.toml` is wrong.
    """
    settings = service.settings
    return ModelContext(
        database=service.database,
        clock=service.clock,
        folders=model_folders(settings),
        key=key_of(settings),
        known=frozenset(leaf.slug for leaf in service.regency.offered()),
        gate=read_gate(settings.config_dir, DEFAULTS),
        mode=settings.nlu,
        groups={leaf.slug: leaf.parent for leaf in service.regency.offered() if leaf.parent},
    )


def promoted_of(understanding: SteadyUnderstanding) -> PromotedModel | None:
    """The model that answers in this process and follows what is promoted; None where another one answers."""
    return understanding.model if isinstance(understanding.model, PromotedModel) else None


def keywords_of(service: Service) -> KeywordUnderstanding:
    """What answers without a model."""
    offered = service.regency.offered()
    return KeywordUnderstanding((leaf.slug for leaf in offered), {leaf.slug: leaf.words for leaf in offered})


@asynccontextmanager
async def lasting_understanding(
    service: Service, say: Callable[[str], None], meter: Meter = UNMETERED
) -> AsyncIterator[SteadyUnderstanding]:
    """For a service that stays: the model is prepared behind it, and `say` tells how far that is."""
    async with AsyncExitStack() as stack:
        model = await stack.enter_async_context(_model(service, saying(say), serves=True))
        yield await stack.enter_async_context(_steady(service, model, meter))


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
        if isinstance(model, PromotedModel) and isinstance(model.first, RasaServer) and model.reader is None:
            yield await model.first.first_reader()
        elif model is not None and model.reader is not None:
            yield model.reader
        elif model is not None:
            raise PreparationFailed(
                "There is no language model that can be used: ./lapor nlu train makes one, and git brings back the one "
                "that came with this version."
            )
        else:
            async with _steady(service, None) as steady:
                yield steady


def saying(say: Callable[[str], None]) -> Progress:
    """News of the model as sentences."""

    def tell(step: PreparationNews) -> None:
        say(f"{WORDS[step.stage]} {step.detail}".rstrip())

    return tell


@asynccontextmanager
async def _model(service: Service, progress: Progress, *, serves: bool = False) -> AsyncIterator[LanguageModel | None]:
    settings = service.settings
    token = settings.nlu_token.get_secret_value() if settings.nlu_token else None
    known = frozenset(leaf.slug for leaf in service.regency.offered())
    if settings.nlu == "off":
        yield None
    elif settings.nlu == "compiled":
        tell, bench = _telling(progress), model_context_of(service)
        file_registry = model_cache_of(settings, progress, known)
        async with PromotedModel(bench, file_registry, CompiledStore(bench), tell, serves=serves) as promoted:
            yield promoted
    elif settings.nlu == "rasa":

        def make(folders: ModelFolders, fixed: TrainedModel | None) -> RasaServer:
            return RasaServer(folders, progress, token=token, known_categories=known, fixed=fixed)

        tell, bench = _telling(progress), model_context_of(service)
        first = make(bench.folders, None)
        async with PromotedModel(bench, first, RasaStore(bench, make), tell, serves=serves) as promoted:
            yield promoted
    else:
        async with RasaUnderstanding(settings.nlu, token, known_categories=known) as elsewhere:
            yield FixedModel(elsewhere, UnderstandingState.DOWN)


@asynccontextmanager
async def _steady(
    service: Service, model: LanguageModel | None, meter: Meter = UNMETERED
) -> AsyncIterator[SteadyUnderstanding]:
    steady = SteadyUnderstanding(model, keywords_of(service), meter=meter)
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


def _silently(step: PreparationNews) -> None:
    """Nobody wants to know."""
    del step
