"""Charts of the analyses for people: Chinese, in 万元, values written, largest first, each bar with its source line.

Each function takes a frame of the analysis of the same name and draws one panel a document, those with most money
first. What is left out for want of room is said in the chart.
"""

from __future__ import annotations

from jcdata.analyses.carry_over_charts import carry_over, carry_over_breakdown
from jcdata.analyses.chart_theme import save
from jcdata.analyses.composition_charts import composition, function_by_nature, key_shares
from jcdata.analyses.cost_charts import (
    indicator_quality,
    money_and_indicators,
    project_costs,
    project_funding,
)
from jcdata.analyses.growth_charts import growth, growth_decomposition, item_years
from jcdata.analyses.many_panels import peers, timeseries

__all__ = [
    "carry_over",
    "carry_over_breakdown",
    "composition",
    "function_by_nature",
    "growth",
    "growth_decomposition",
    "indicator_quality",
    "item_years",
    "key_shares",
    "money_and_indicators",
    "peers",
    "project_costs",
    "project_funding",
    "save",
    "timeseries",
]
