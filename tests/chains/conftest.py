"""What tests of conversations share."""

import pytest

from chains.assistant import Assistant
from tests.chains.visitor import Visitor


@pytest.fixture
def visitor(assistant: Assistant) -> Visitor:
    return Visitor(assistant)
