"""Exports in, a validated activity log and a report out. Knows no screens and no metrics."""

import pyarrow

from loaders.layout import Layout, layout_named, shipped_layouts
from loaders.loading import load
from loaders.reading import RawFile, Sheet, read_raw
from loaders.refusal import Refusal, RefusedError
from loaders.report import ColumnUse, Loaded, LoadReport, Options, Problem

# Columns of a large file come and go in megabytes: the system's allocator keeps them where the default one hands memory
# back and has it zeroed anew, which took a fifth of the time and of the peak memory of a large upload.
pyarrow.set_memory_pool(pyarrow.system_memory_pool())

__all__ = [
    "ColumnUse",
    "Layout",
    "LoadReport",
    "Loaded",
    "Options",
    "Problem",
    "RawFile",
    "Refusal",
    "RefusedError",
    "Sheet",
    "layout_named",
    "load",
    "read_raw",
    "shipped_layouts",
]
