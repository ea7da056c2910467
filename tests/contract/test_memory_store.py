import pytest
from store_contract import ORIGIN, StoreContract

from kenesh.store.memory import MemoryStore


class TestMemoryStore(StoreContract):
    @pytest.fixture
    def store(self):
        return MemoryStore(ORIGIN)
