"""What the tests of the harness share."""

import pytest

from evals.contract import Catalogue
from tests.evals.fakes import FakeClient


@pytest.fixture
async def catalogue() -> Catalogue:
    return await FakeClient().catalogue()
