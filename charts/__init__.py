"""Figures and their words: a frame goes in, a Plotly figure or a sentence comes out, and nothing is counted here.

Every frame but that of the coverage holds one row a unit (desk, team or company) and period, with the columns ``unit``,
``period``, ``period_start``, ``upstream``, ``downstream``, ``value``, ``low``, ``high``, ``standard``, ``closed``
(False while the period still runs) and ``there`` (False before a unit began and after it ended, which is no zero).
``value``, ``low``, ``high`` and ``standard`` are n : 1, upstream to downstream; missing means unknown.
"""

from charts.coverage import coverage_figure, describe_coverage
from charts.describe import describe_trend, describe_volume
from charts.funnel import describe_funnel, funnel_figure
from charts.shares import describe_share, share_figure
from charts.small import describe_pace, describe_small, pace_figure, small_figure
from charts.trend import trend_figure
from charts.volume import volume_figure

__all__ = [
    "coverage_figure",
    "describe_coverage",
    "describe_funnel",
    "describe_pace",
    "describe_share",
    "describe_small",
    "describe_trend",
    "describe_volume",
    "funnel_figure",
    "pace_figure",
    "share_figure",
    "small_figure",
    "trend_figure",
    "volume_figure",
]
