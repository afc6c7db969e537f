"""A hundred people as marks: the fuller a mark, the higher the level of its group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import altair as alt

from sidebyside.charts import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidebyside.charts.theme import Condition

CROWD: Final = 100


def people_marks(base: alt.Chart, size: int, condition: Condition, depths: Sequence[float]) -> alt.Chart:
    """Marks of one disease, as full as ``depths`` says for their ``level`` (0 is the first of them)."""
    scale = alt.Scale(type="ordinal", domain=list(range(len(depths))), range=list(depths))
    marks = base.mark_point(aria=False, size=size, strokeWidth=1.8, opacity=1, shape=condition.shape)
    filled: alt.Chart = marks.encode(fillOpacity=alt.FillOpacity("level:O", scale=scale, legend=None))
    return theme.in_colour_of(filled, condition, "fill", "stroke")
