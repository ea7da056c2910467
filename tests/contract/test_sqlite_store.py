import pytest
from store_contract import ORIGIN, StoreContract

from kenesh.store.sqlite import SqliteStore


class TestSqliteStore(StoreContract):
    @pytest.fixture
    def store(self, tmp_path):
        store = SqliteStore.open(tmp_path / "kenesh.db", ORIGIN)
        yield store
        store.close()
