"""What `lapor doctor` looks at, one line each: what is there, what is missing, and how to get it."""

from __future__ import annotations

import asyncio
import shutil
import stat
from collections.abc import Awaitable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from actions.regency.agencies import own_agencies
from actions.regency.prices import Prices
from actions.regency.sp4n import Sp4nMapping
from actions.store.cases.handling import without_liaison
from actions.store.engine import schema
from actions.store.engine.database import Database
from actions.store.engine.tables import cases
from actions.store.integrations.webhooks import Hook, HookBacklog, all_hooks, hook_backlog
from actions.store.messages.costs import BilledUnits, billed_since
from actions.store.messages.messages import Backlog, backlog
from actions.store.messages.reply_windows import count_held
from bot.channels.declaration import ChannelFinding
from bot.configuration.file_modes import check_folders, open_to_others
from bot.configuration.secret_key import NAME as SECRET_KEY
from bot.configuration.settings import Settings, WrongSetting, read, read_settings
from bot.files.sandbox import sandbox_here
from bot.files.system_calls import filter_here
from bot.main.assembly import DEFAULTS, Service, assemble
from bot.main.channels import examination
from bot.main.failures import FAILURES
from bot.main.installed_channels import installed_channels
from bot.main.private_files import backup_place
from bot.main.understanding_wiring import WORDS, model_cache_of, model_context_of, model_folders
from bot.ops.backup.making import last_backup
from bot.ops.sp4n_checks import sp4n_trouble
from bot.ops.transcriber_checks import transcriber_trouble
from bot.shipped import HOME
from bot.training.models.coverage import unpredicted, what_to_do
from bot.understanding.answers import LOCAL_FILE, not_written, read_local
from bot.understanding.rasa.environment import PreparationFailed, RasaEnvironment
from bot.understanding.rasa.model_files import find_model
from bot.understanding.rasa.preparation import PreparationNews, PreparationStage, fingerprint, is_installed


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `needed`: without it the service does not run."""

    good: bool
    words: str
    needed: bool = True


NO_PRICES = Prices()
LONG_WAIT = timedelta(minutes=5)
BACKUP_AFTER = timedelta(days=7)
FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO


async def look_at_data(
    settings: Settings,
    database: Database,
    agencies: Collection[str] = (),
    prices: Prices = NO_PRICES,
    mapping: Sp4nMapping | None = None,
) -> list[Finding]:
    """What is to be said of the database, of its backups, of `agencies` for which nobody works, and of costs.

    `mapping`: of SP4N-LAPOR!, where cases go there and come from there.
    """
    now = datetime.now(UTC)
    try:
        await database.check_promises()
        if await schema.current(database) != schema.newest():
            words = "The database is not at this version's schema yet: ./lapor start or ./lapor db upgrade mends it."
            return [Finding(good=False, words=words, needed=False)]
        async with database.reading() as connection:
            waiting = await backlog(connection)
            told = {hook.id: hook for hook in await all_hooks(connection)}
            untold = [(told[one.hook], one) for one in await hook_backlog(connection) if one.hook in told]
            unmanned = await without_liaison(connection, agencies)
            billed = await billed_since(connection, f"{now:%Y-%m}")
            held = await count_held(connection)
            trouble = await sp4n_trouble(connection, mapping, now) if mapping else []
            has_cases = (await connection.execute(select(cases.c.id).limit(1))).first() is not None
    except FAILURES as failure:
        return [Finding(good=False, words=str(failure))]
    except SQLAlchemyError as error:
        return [Finding(good=False, words=f"The database does not answer ({type(error).__name__}).")]
    finally:
        await database.close()
    return [
        *_waiting(waiting, now),
        *_untold(untold),
        *_unmanned(unmanned),
        *_billed(billed, prices),
        *_held(held),
        *(Finding(good=False, words=words, needed=False) for words in trouble),
        *(_backups(settings.data_dir, now) if has_cases else ()),
    ]


def _waiting(waiting: Backlog, now: datetime) -> Iterator[Finding]:
    words = f"The database is well; {waiting.inbox} messages wait to be worked, {waiting.outbox} to be sent."
    yield Finding(good=True, words=words)
    if waiting.oldest and now - waiting.oldest > LONG_WAIT:
        minutes = (now - waiting.oldest) // timedelta(minutes=1)
        words = (
            f"A message has been waiting for {minutes} minutes: is ./lapor start running? Its log says what it meets."
        )
        yield Finding(good=False, words=words, needed=False)
    if waiting.set_aside:
        words = (
            f"{waiting.set_aside} messages could not be worked and are set aside; their senders were told. Look for "
            "turn_failed in the log, and report it with the line."
        )
        yield Finding(good=False, words=words, needed=False)


def _untold(untold: Iterable[tuple[Hook, HookBacklog]]) -> Iterator[Finding]:
    """What agencies' own systems have not taken."""
    for hook, one in untold:
        if one.given_up:
            words = (
                f"The system of {hook.agency} has not taken {one.given_up} messages for days, and is sent them no "
                f"more: mend {hook.url}, then ./lapor hook retry {hook.agency}."
            )
            yield Finding(good=False, words=words, needed=False)


def _unmanned(agencies: Collection[str]) -> Iterator[Finding]:
    """Agencies to which a case can go and where nobody could take it."""
    if agencies:
        words = (
            f"Nobody works for {', '.join(sorted(agencies))}: what is for them goes to the agency above. "
            "./lapor officer add NAME --role liaison --agency CODE gives one somebody."
        )
        yield Finding(good=False, words=words, needed=False)


def _billed(billed: Sequence[BilledUnits], prices: Prices) -> Iterator[Finding]:
    """What this month's messages have taken, and what that costs where a price is known."""
    for one in billed:
        price = prices.of(one.channel, one.kind, one.units)
        costs = f": {price:,.0f} {prices.currency}" if price is not None else " without a price in prices.toml"
        yield Finding(good=True, words=f"{one.month}, {one.channel}: {one.units} of {one.kind}{costs}.", needed=False)
    for channel, ceiling in prices.ceilings.items():
        if (cost := prices.cost_of(channel, billed)) >= ceiling and cost:
            words = (
                f"{channel} has cost {cost:,.0f} {prices.currency} this month, and {ceiling:,.0f} is its ceiling: "
                "answers go on, notices wait. Raise it under [ceiling] in prices.toml, or wait for the next month."
            )
            yield Finding(good=False, words=words, needed=False)


def _held(held: Mapping[str, int]) -> Iterator[Finding]:
    """Messages that are neither sent nor lost."""
    for channel, count in held.items():
        words = f"{channel}: {count} messages wait for their reader's next word, or for the next month."
        yield Finding(good=True, words=words, needed=False)


def _backups(data_dir: Path, now: datetime) -> Iterator[Finding]:
    made = last_backup(data_dir)
    if made is None:
        words = "There are cases and no backup of them: ./lapor backup FILE.tar makes one while the service runs."
        yield Finding(good=False, words=words, needed=False)
        return
    old = now - made > BACKUP_AFTER
    words = f"The last backup is {max((now - made).days, 0)} days old{': ./lapor backup FILE.tar' if old else ''}."
    yield Finding(good=not old, words=words, needed=False)


def look_at_answers(settings: Settings) -> Iterator[Finding]:
    """Which offices the answers to citizens' questions say nothing of yet."""
    local = read_local(settings.config_dir, DEFAULTS)
    if missing := not_written(local, next(iter(local), "")):
        words = (
            f"Hours, addresses and costs are not written yet of: {', '.join(missing)}. "
            f"Write them in {settings.config_dir / LOCAL_FILE}."
        )
        yield Finding(good=False, words=words, needed=False)


def look_at_secrets(settings: Settings) -> Iterator[Finding]:
    """Whether anybody else on this machine may read what only the service should."""
    for path in (HOME / ".env", settings.data_dir, settings.data_dir / SECRET_KEY):
        if path.exists() and path.stat().st_mode & FOR_OTHERS:
            wanted = "700" if path.is_dir() else "600"
            words = f"Others on this machine may read {path}: chmod {wanted} {path} closes it."
            yield Finding(good=False, words=words, needed=False)


ENOUGH_BYTES, ENOUGH_WITH_RASA_BYTES = 2_000_000_000, 4_000_000_000
"""For some thousand photos; with the language model's packages and a few models."""


def checkup() -> list[Finding]:
    """Looks at everything."""
    return list(_look())


def suffices(found: Iterable[Finding]) -> bool:
    """Whether everything is there that the service needs."""
    return all(finding.good for finding in found if finding.needed)


def document_of(found: Sequence[Finding]) -> dict[str, object]:
    """What was found, for a program to read."""
    return {"ready": suffices(found), "findings": [asdict(finding) for finding in found]}


def show(found: Iterable[Finding], console: Console) -> None:
    """Print what was found, a line each."""
    for finding in found:
        mark = "ok     " if finding.good else "MISSING" if finding.needed else "later  "
        console.print(f"{mark} {finding.words}", markup=False)


def _look() -> Iterator[Finding]:
    try:
        settings = read_settings()
    except WrongSetting as wrong:
        yield Finding(good=False, words=str(wrong))
        return
    yield Finding(good=True, words="The settings can be read (./lapor config shows them).")
    try:
        service = assemble(settings)
    except FAILURES as failure:
        yield Finding(good=False, words=str(failure))
        return
    yield Finding(good=True, words=f"The regency's files are in order: {service.regency.name}.")
    yield from look_at_answers(settings)
    slugs, regency = asyncio.run(_unpredicted(service)), service.regency
    mapping = regency.sp4n if settings.speaks_with_sp4n else None
    own = own_agencies(regency.agencies)
    yield from asyncio.run(look_at_data(settings, service.database, own, regency.prices, mapping))
    yield from look_at_modes(settings, service.database.file)
    yield from look_at_secrets(settings)
    yield from _sandbox()
    yield from _channels(service)
    yield from _transcriber(settings)
    yield from _model(settings)
    if slugs:
        yield Finding(good=False, words=what_to_do(slugs), needed=False)
    yield _disk(settings)


def _sandbox() -> Iterator[Finding]:
    """In what the files are looked at that people send."""
    yield _offered(
        bool(sandbox_here()),
        "Files that people send are looked at in a sandbox (bubblewrap), with limits and without a network.",
        "Files that people send are looked at by a process with limits, and in no sandbox: bubblewrap is not there, or "
        "may make no namespaces. On Debian apt install bubblewrap brings it.",
    )
    yield _offered(
        bool(filter_here()),
        "Whoever looks at them has given up system calls (seccomp): no connection, no other program, no other process.",
        "Whoever looks at them may make any system call: there is no libseccomp, or the kernel takes no filter. On "
        "Debian apt install libseccomp2 brings it.",
    )


def _offered(is_there: bool, words: str, otherwise: str) -> Finding:  # noqa: FBT001 - a finding is good or not
    """What the machine offers, or how to get it; the service runs without."""
    return Finding(good=True, words=words) if is_there else Finding(good=False, words=otherwise, needed=False)


def _transcriber(settings: Settings) -> Iterator[Finding]:
    """Whether recordings are put into words: the service is asked what it hears in a second of silence."""
    if not settings.transcriber_url:
        return
    trouble = asyncio.run(transcriber_trouble(settings.transcriber_url))
    good = "Recordings are put into words at LAPOR_TRANSCRIBER_URL, which answers."
    bad = f"LAPOR_TRANSCRIBER_URL does not put recordings into words ({trouble}); they are kept all the same."
    yield Finding(good=not trouble, words=bad if trouble else good, needed=False)


async def _unpredicted(service: Service) -> tuple[str, ...]:
    try:
        return await unpredicted(model_context_of(service))
    finally:
        await service.database.close()


def _channels(service: Service) -> Iterator[Finding]:
    """Whether the settings of each channel can be used, and what is missing for those that one may want."""
    for declaration in installed_channels().declarations:
        try:
            settings = read(declaration.settings)
            is_wanted = settings.is_wanted()
        except WrongSetting as wrong:
            yield Finding(good=False, words=str(wrong))
            continue
        if advice := declaration.advice:
            words = advice.is_set if is_wanted else advice.is_missing
            yield Finding(good=is_wanted, words=words, needed=False)
        if is_wanted and (examine := declaration.examine):
            given = examination(service, declaration.name)
            for one in asyncio.run(_examined(examine(settings, given), service)):
                yield Finding(good=one.is_good, words=one.words, needed=False)


async def _examined(looking: Awaitable[Sequence[ChannelFinding]], service: Service) -> Sequence[ChannelFinding]:
    try:
        return await looking
    finally:
        await service.database.close()


def _model(settings: Settings) -> Iterator[Finding]:
    if settings.nlu == "compiled":
        yield from _compiled(settings)
        return
    if settings.nlu != "rasa":
        yield Finding(good=True, words=f"The language model is {settings.nlu}.")
        return
    folders = model_folders(settings)
    try:
        rasa_environment = RasaEnvironment.open(folders)
        installed, made_from = asyncio.run(_state_of_model(rasa_environment))
    except PreparationFailed as failed:
        yield Finding(good=False, words=str(failed), needed=False)
        return
    if not installed:
        words = "The language model is not installed: ./lapor start or ./lapor nlu train brings it (2.5 GB)."
        yield Finding(good=False, words=words, needed=False)
    elif find_model(folders, made_from) is None:
        words = "The language model is not trained from today's data: ./lapor start or ./lapor nlu train does it."
        yield Finding(good=False, words=words, needed=False)
    else:
        yield Finding(good=True, words="The language model is installed and trained.")


def _compiled(settings: Settings) -> Iterator[Finding]:
    steps: list[PreparationNews] = []
    file_registry = model_cache_of(settings, steps.append)
    file_registry.look()
    for step in steps:
        yield Finding(
            good=step.stage == PreparationStage.READY, words=f"{WORDS[step.stage]} {step.detail}", needed=False
        )
    if file_registry.reader is None:
        words = "There is no usable language model; the chat goes on with buttons: ./lapor nlu train makes one."
        yield Finding(good=False, words=words, needed=False)
    elif not asyncio.run(_is_of_today(settings, file_registry.reader.model.header.made_from)):
        words = "The language model was trained from other data than today's: ./lapor nlu train brings it up to date."
        yield Finding(good=False, words=words, needed=False)


async def _is_of_today(settings: Settings, made_from: str) -> bool:
    try:
        return await fingerprint(model_folders(settings)) == made_from
    except PreparationFailed:
        return True


async def _state_of_model(rasa_environment: RasaEnvironment) -> tuple[bool, str]:
    return await is_installed(rasa_environment), await fingerprint(rasa_environment.folders)


def _disk(settings: Settings) -> Finding:
    enough = ENOUGH_WITH_RASA_BYTES if settings.nlu == "rasa" else ENOUGH_BYTES
    free = shutil.disk_usage(settings.data_dir).free
    words = f"{free / 1e9:.1f} GB are free where data is kept"
    if free > enough:
        return Finding(good=True, words=f"{words}.")
    return Finding(good=False, words=f"{words}; {enough / 1e9:.0f} should be: make room, or move it.", needed=False)


def look_at_modes(settings: Settings, database: Path | None) -> Iterator[Finding]:
    """Whether others can write in the folders, and whether others could read the files."""
    try:
        check_folders(settings.data_dir, database)
    except WrongSetting as wrong:
        yield Finding(good=False, words=str(wrong))
    for found in open_to_others(settings.data_dir, database, backup_place(settings.data_dir)):
        if found.is_ours and found.close():
            yield Finding(good=True, words=f"Others on this machine could read {found.path}; it is closed now.")
        else:
            words = (
                f"Others on this machine may read {found.path}, which is another user's: as that user, "
                f"chmod {found.wanted:o} {found.path} closes it."
            )
            yield Finding(good=False, words=words, needed=False)
