"""Search by meaning beside search by words, where the operator has configured an embedding model.

The index is opened in the background, since embedding the corpus takes a while; until it stands, and whenever it
fails, nothing is found by meaning and words alone decide.
"""

import logging
import threading
from collections.abc import Callable
from time import monotonic

from knowledge.index import IndexUnavailable, ScoredEntry, VectorIndex

log = logging.getLogger("huiqi.meaning")

_RETRY_SECONDS = 60.0


class MeaningIndex:
    """A vector index that may come later or fail: `search` then finds nothing, and tries again after a while."""

    def __init__(self, open_index: Callable[[], VectorIndex]) -> None:
        self._open_index = open_index
        self._index: VectorIndex | None = None
        self._opening = threading.Lock()
        self._not_before = 0.0
        threading.Thread(target=self._open, daemon=True, name="vectors").start()

    def search(self, query: str, k: int) -> tuple[ScoredEntry, ...]:
        """The entries nearest in meaning; empty while there is no index. Blocks for one embedding call."""
        index = self._index
        if index is None:
            if monotonic() >= self._not_before and not self._opening.locked():
                threading.Thread(target=self._open, daemon=True, name="vectors").start()
            return ()
        try:
            return index.search(query, k)
        except IndexUnavailable as error:
            self._fail(error)
            return ()

    def _open(self) -> None:
        with self._opening:
            if self._index is not None:
                return
            try:
                self._index = self._open_index()
            except IndexUnavailable as error:
                self._fail(error)

    def _fail(self, error: IndexUnavailable) -> None:
        log.warning("searching by words alone: %s", error)
        self._index = None
        self._not_before = monotonic() + _RETRY_SECONDS
