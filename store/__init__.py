"""The history: what was imported, kept as immutable Parquet files and one SQLite database, queried by DuckDB."""

from store.errors import StoreError
from store.history import History, ImportMeta, Stored

__all__ = ["History", "ImportMeta", "StoreError", "Stored"]
