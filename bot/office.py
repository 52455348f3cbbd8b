"""What is behind the doors: the database, the assistant, the reception and the post office, opened together."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from bot.channels.platform import Platform
from bot.clock import Clock, system_clock
from bot.desk.frontdesk import FrontDesk
from bot.metrics import Metrics, Waiting
from bot.nightly import Nightly, nightly_of
from bot.platforms import platforms_of
from bot.post.mailroom import Mailroom
from bot.post.postoffice import PostOffice
from bot.reception import Reception
from bot.review.items import Draws
from bot.review.queue import Queue
from bot.settings import Settings
from bot.store.audit import Verified
from bot.store.conversations import Conversations
from bot.store.database import Database, StoreUnavailable, open_database
from bot.store.inbox import Inbox
from bot.store.ledger import Caps, StoredLedger
from bot.store.notes import Notes
from bot.store.outbox import Outbox
from bot.store.people import People
from knowledge import library
from knowledge.library import InvalidCorpus, Library

if TYPE_CHECKING:
    from chains.assistant import Assistant
    from chains.bootstrap import Embedding
    from chains.model.allowance import Ledger
    from chains.model.llm import LanguageModel

log = logging.getLogger("huiqi.office")

Build = Callable[[], "Assistant"]
Serve = Callable[[Settings, Mailroom, Notes, Database, Clock], dict[str, Platform]]


class NotReady(RuntimeError):
    """The assistant is still being built."""


class Office:
    """One process's database, assistant, reception, post office. The assistant is built beside the first requests."""

    corpus_seconds = 5.0  # how often the corpus folder is looked at for changes

    def __init__(
        self,
        settings: Settings,
        build: Build | None = None,
        clock: Clock = system_clock,
        serve: Serve = platforms_of,
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.metrics = Metrics()
        self.platforms: dict[str, Platform] = {}
        self._build = build or (lambda: _ready_assistant(settings, self._model))
        self._model: LanguageModel | None = None
        self._serve = serve
        self._people: People | None = None
        self._post: PostOffice | None = None
        self._database: Database | None = None
        self._reception: Reception | None = None
        self._building: asyncio.Task[Assistant] | None = None
        self._rebuilt: Assistant | None = None
        self._problems: tuple[str, ...] = ()
        self._resuming: asyncio.Task[None] | None = None
        self._watching: asyncio.Task[None] | None = None
        self._nightly: Nightly | None = None
        self._nights: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Raises UnusableDatabase. Opening twice is opening once."""
        if self._database is not None:
            return
        database = self._database = await open_database(self.settings.database_url)
        draws = Draws(self.settings.review_sampled, self.settings.review_doubled)
        self._reception = Reception(
            Conversations(database),
            self.assistant,
            self.clock,
            self.metrics.count_turn,
            self.settings.service_hours,
            draws,
        )
        self._post = self._set_up_post(database, self._reception)
        ledger = StoredLedger(database, caps_of(self.settings), self.clock, self.metrics.count_call)
        self._model = model_of(self.settings, ledger)
        self._building = asyncio.create_task(asyncio.to_thread(self._build))
        self._resuming = asyncio.create_task(self._resume(self._reception))
        self._watching = asyncio.create_task(self._watch_corpus(corpus_folder(self.settings)))
        self._nightly = nightly_of(self.settings, database, self.clock, self._note_audit)
        self._nights = asyncio.create_task(self._nightly.run())
        if self.platforms:
            await self._post.open()

    async def close(self, patience: float = 10) -> None:
        """Finish what is under way, within `patience` seconds; what is left is taken up at the next start."""
        if self._database is None or self._reception is None:
            return
        closing = [self._reception.close(patience)]
        if self.platforms and self._post is not None:
            closing.append(self._post.close(patience))
        await asyncio.gather(*closing)
        for task in (self._resuming, self._watching, self._nights):
            if task is not None:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
        if self._model is not None:
            await self._model.close()
        await self._database.close()
        self._database = None

    def _set_up_post(self, database: Database, reception: Reception) -> PostOffice:
        people = self._people = People(database)
        outbox = Outbox(database)
        mailroom = Mailroom(Inbox(database), outbox, self.clock, self.metrics.count_mail)
        self.platforms = self._serve(self.settings, mailroom, Notes(database), database, self.clock)
        desk = FrontDesk(reception, people, outbox, self.assistant, self.clock, self.settings.public_url or "")
        return PostOffice(database, people, mailroom, desk, self.platforms)

    async def waiting(self) -> Waiting | None:
        """What waits for platforms and for staff; None while the database cannot be read."""
        now = self.clock()
        try:
            mail = {
                "inbox": await Inbox(self.database).count_waiting(),
                "outbox": await Outbox(self.database).count_unsent(),
            }
            backlog = await Queue(self.database).backlog()
            alone = [ticket for ticket in await self.people.open_tickets() if ticket.taken_by is None]
        except StoreUnavailable:
            return None
        ages = {flag.value: (now - waiting.since).total_seconds() for flag, waiting in backlog.flags.items()}
        oldest = max(((now - ticket.opened_at).total_seconds() for ticket in alone), default=0.0)
        flagged = {flag.value: waiting.count for flag, waiting in backlog.flags.items()}
        return Waiting(mail, backlog.count, flagged, ages, len(alone), oldest)

    @property
    def database(self) -> Database:
        assert self._database is not None, "the office is not open"
        return self._database

    @property
    def people(self) -> People:
        assert self._people is not None, "the office is not open"
        return self._people

    @property
    def nightly(self) -> Nightly:
        assert self._nightly is not None, "the office is not open"
        return self._nightly

    @property
    def reception(self) -> Reception:
        assert self._reception is not None, "the office is not open"
        return self._reception

    async def assistant(self) -> "Assistant":
        """The assistant, waited for if need be. Raises InvalidCorpus if it could not be built."""
        assert self._building is not None, "the office is not open"
        first = await asyncio.shield(self._building)
        return self._rebuilt or first

    def library(self) -> Library:
        """The corpus as it is served now. Raises NotReady while it is still being read."""
        if self._building is None or not self._building.done():
            raise NotReady("the corpus is still being read")
        return (self._rebuilt or self._building.result()).library

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong with a changed corpus that was refused; the one before it goes on serving."""
        return self._problems

    async def check_health(self) -> tuple[str, tuple[str, ...]]:
        """ready, degraded, starting or unavailable, and why."""
        assert self._database is not None, "the office is not open"
        try:
            await self._database.prove_writable()
        except StoreUnavailable as error:
            return "unavailable", (f"database: {error}",)
        if self._building is None or not self._building.done():
            return "starting", ()
        failure = self._building.exception()
        if failure is not None:
            return "unavailable", tuple(str(failure).splitlines())
        problems = self._problems
        if self._model is not None and self._model.breaker.is_open:
            problems = (*problems, "model: it does not answer; the rules and the corpus do")
        if self.nightly.flaws:
            problems = (*problems, "audit: the log is not as it was written")
        return ("degraded" if problems else "ready"), problems

    def _note_audit(self, verified: Verified) -> None:
        self.metrics.note_audit(len(verified.flaws))

    async def _watch_corpus(self, folder: Path) -> None:
        """Takes up a changed corpus; one with a mistake is refused, and the last good one goes on serving."""
        with suppress(Exception):
            await self.assistant()
        seen = await asyncio.to_thread(_fingerprint, folder)
        while True:
            await asyncio.sleep(self.corpus_seconds)
            now = await asyncio.to_thread(_fingerprint, folder)
            if now == seen:
                continue
            seen = now
            try:
                self._rebuilt = await asyncio.to_thread(self._build)
            except InvalidCorpus as error:
                self._problems = tuple(error.problems)
                log.warning("refused a changed corpus", extra={"event": {"problems": len(error.problems)}})
            else:
                self._problems = ()
                log.info("took up a changed corpus", extra={"event": {"version": self._rebuilt.library.version}})

    async def _resume(self, reception: Reception) -> None:
        try:
            await self.assistant()
            resumed = await reception.resume()
        except Exception:
            log.exception("could not take up what was left unanswered")
            return
        if resumed:
            log.info("took up what was left unanswered", extra={"event": {"conversations": resumed}})


SHIPPED_CORPUS = Path(library.__file__).parent / "corpus"


def corpus_folder(settings: Settings) -> Path:
    """The folder of the corpus: the one of the settings, else the one that is shipped."""
    return settings.corpus or SHIPPED_CORPUS


def _fingerprint(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """The files of a folder with their times and sizes: it changes when any of them does."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return tuple((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files)


def model_of(settings: Settings, ledger: "Ledger | None" = None) -> "LanguageModel | None":
    """The language model that the settings name; None if none is named."""
    if settings.openai_model is None:
        return None
    from chains.model.llm import Endpoint, LanguageModel

    key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else "no-key"
    return LanguageModel(Endpoint(settings.openai_model, settings.openai_base_url or "", key), ledger)


def caps_of(settings: Settings) -> Caps:
    return Caps(
        tokens_per_person=settings.model_tokens_per_person,
        tokens_per_day=settings.model_tokens_per_day,
        yuan_per_day=settings.model_yuan_per_day,
        yuan_in_all=settings.model_yuan_in_all,
        price_in=settings.model_price_in,
        price_out=settings.model_price_out,
    )


def build_assistant(settings: Settings, model: "LanguageModel | None" = None) -> "Assistant":
    """The assistant that the settings describe. Raises InvalidCorpus. Takes a moment."""
    from chains.bootstrap import build_assistant

    return build_assistant(
        corpus=corpus_folder(settings),
        embedding=embedding_of(settings),
        model=model,
        model_seconds=settings.model_seconds,
        sends_words=settings.model_sees_words,
    )


def _ready_assistant(settings: Settings, model: "LanguageModel | None") -> "Assistant":
    """The same, with all learnt beforehand: nobody's first message waits for it."""
    assistant = build_assistant(settings, model)
    assistant.finder.learn()
    return assistant


def embedding_of(settings: Settings) -> "Embedding | None":
    """The embedding model that the settings name, if any."""
    from chains.bootstrap import Embedding

    if not settings.openai_embedding_model:
        return None
    return Embedding(
        model=settings.openai_embedding_model,
        api_key=settings.openai_api_key.get_secret_value() if settings.openai_api_key else "none",
        base_url=settings.openai_base_url or "",
        directory=settings.data_dir / "vectors",
        chroma_url=settings.chroma_url or "",
    )
