"""Exports in, a validated activity log and a report out. Knows no screens and no metrics."""

from loaders.layout import Layout, layout_named, shipped_layouts
from loaders.loading import load
from loaders.reading import RawFile, Sheet, read_raw
from loaders.refusal import Refusal, RefusedError
from loaders.report import ColumnUse, Loaded, LoadReport, Options, Problem

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
