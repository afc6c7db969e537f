"""What a drawn chart tells in words: every number of its title and alternative text is in its table, titles are short.

Part of the whole check (`check`), which draws every chart anyway.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sidebyside.charts import theme
from sidebyside.content import exemptions
from sidebyside.data.faults import Fault
from sidebyside.data.formatting import for_reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidebyside.charts.figure import Figure

NUMBER: Final = re.compile(r"(?<![A-Za-z\d.*-])\d[\d,]*(?:\.\d+)?")
# Numbers that are no figures: the body's temperature, the share a range holds, what is counted in.
TERMS: Final = frozenset({"37", "95", "100", "100,000", "1"})
# As long as a title can be to be read at a glance, and as many figures as it can hold.
LONGEST_TITLE: Final = 70
MOST_NUMBERS: Final = 2
# Charts whose titles are longer or fuller, as `chart/option`: this list may only shrink.
LONG_TITLES: Final = "long_titles.txt"
ACROSS_SOURCES: Final = "across-sources"
# Titles by `chart/option`, or by `simulation/figure`; None is that of a chart or simulation that could not be drawn.
Titles = dict[str, str | None]
_RANGE: Final = re.compile(rf"({NUMBER.pattern})(%?) (?:to|\N{{EN DASH}}) {NUMBER.pattern}")
_WHOLE: Final = r"\d[\d,]*(?!\.?\d|%)"
_DENOMINATOR: Final = re.compile(rf"\b(?:of|of every|in every|per) {_WHOLE}|(?<=\d) in {_WHOLE}", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?<![\d,.])(?:1[89]|20)\d\d(?![\d]|[,.]\d)")


def unfounded(figure: Figure, chart: str = "") -> Iterator[Fault]:
    """Each number that the title or the alternative text says and the table lacks; ``chart`` names chart and option."""
    exact = numbers(table_text(figure))
    known = exact | set(map(_for_reading, exact)) | derived(figure)
    # It is named by its measure, which may hold a number, such as two years from the diagnosis.
    known |= numbers(chart) if figure.id == ACROSS_SOURCES else set()
    for part, text in (("title", figure.title), ("alternative text", figure.alt)):
        for number in sorted(numbers(text) - known):
            rule = f"the {part} of the chart {chart or figure.id} says a number that its table lacks"
            yield Fault("chart_texts.csv", None, "text", rule, number)


def long_titles(titles: Titles) -> Iterator[Fault]:
    """Titles that can't be read at a glance and are on no list, and entries of the list that no title needs."""
    listed = exemptions.entries(LONG_TITLES)
    for chart, title in titles.items():
        if title and too_long(title) and chart not in listed:
            rule = (
                f"the title of the chart {chart} must have {LONGEST_TITLE} letters and {MOST_NUMBERS} numbers at most"
            )
            yield Fault("chart_texts.csv", None, "text", rule, title)
    # Of what could not be drawn, nothing can be said.
    undrawn = {chart for chart, title in titles.items() if title is None}
    yield from exemptions.stale(
        LONG_TITLES, lambda entry: bool({entry, entry.split("/")[0]} & undrawn) or too_long(titles.get(entry) or "")
    )


def too_long(title: str) -> bool:
    """Whether a title can't be read at a glance: too many letters, or too many numbers."""
    return len(title) > LONGEST_TITLE or len(counted(title)) > MOST_NUMBERS


def counted(title: str) -> list[str]:
    """The figures of a title; a year, the second end of a range and what is counted in (``of 100``) are none."""
    return NUMBER.findall(_DENOMINATOR.sub("", _RANGE.sub(r"\1\2", _YEAR.sub("", title))))


def _for_reading(number: str) -> str:
    """A printed number as drawings and titles may round it, by the one function that rounds for them."""
    return for_reading(float(number.replace(",", "")))


def numbers(text: str) -> set[str]:
    """The numbers in a text as they are printed; digits of names and of terms are none."""
    return {found.rstrip(",") for found in NUMBER.findall(text)} - TERMS


def table_text(figure: Figure) -> str:
    """All that the table says, its headings too."""
    cells = (value for row in figure.table.itertuples(index=False) for value in row)
    return " ".join(map(str, [*figure.table.columns, *cells]))


def derived(figure: Figure) -> set[str]:
    """Numbers that follow from the table by counting or dividing, worked out here a second time."""
    if figure.id == "verdicts":
        counts = dict(zip(figure.table["Verdict"], map(int, figure.table["Claims"]), strict=True))
        return {str(sum(counts.values())), str(counts["holds"] + counts["holds with detail"])}
    if figure.id == "risk-factors":
        als = figure.table[figure.table["Disease"] == "ALS"]
        raised = [low for low in als["Interval"] if float(low.split("interval ")[1].split(" to ")[0]) > 1]
        return {str(len(raised)), "2", "02"}
    if figure.id == "new-living-deaths":
        # New cases stand above those who live with it.
        ms, als_side = (people(text) for text in figure.table["Figure"].iloc[len(figure.table) // 2 :])
        return {f"{ms:,.10g}", f"{round(ms / als_side, 1)}"}
    if figure.id in ("where", "where-equator"):
        # A title has them without decimals.
        return {f"{round(float(number.replace(',', '')))}" for number in numbers(" ".join(figure.table["Figure"]))}
    if figure.id == "of-100000":
        return {str(round(people(text))) for text in figure.table["Figure"]}
    if figure.id == "ages-at-death":
        return {"1979", "1984"}
    if figure.id in ("what-is-attacked", "where-the-damage-is"):
        sides = [[text.split(":")[0] for text in figure.table[f"In {c.key}"]] for c in theme.CONDITIONS]
        return {str(len(figure.table)), *(str(side.count(state)) for side in sides for state in side)}
    if figure.id == "model-checks":
        table = figure.table
        held = table["Published"] == "yes"
        ours, published = ([float(plain(t)) for t in table[~held][side]] for side in ("Ours", "Published"))
        close = [abs(a / b - 1) <= 0.01 for a, b in zip(ours, published, strict=True)]
        return {str(sum(close)), str(len(close)), str((table[held]["Ours"] == "yes").sum()), str(held.sum())}
    if figure.id == "approvals":
        diseases = list(figure.table["Disease"])
        ended = figure.table[figure.table["Year"].str.contains(",") & (figure.table["Disease"] != "MS and ALS")]
        return {str(len(ended)), *(str(diseases.count(condition.key)) for condition in theme.CONDITIONS)}
    if figure.id == ACROSS_SOURCES:
        return {str(len(figure.source_ids))}
    if figure.id == "treatment-effects":
        return {str(len(figure.table))}
    if figure.id == "disagreements":
        return {"2040", "2015"}
    if figure.id == "ms-milestones":
        return set(map(str, range(2, 8)))
    return set()


def plain(text: str) -> str:
    """A printed number as Python reads it, without its unit."""
    return text.replace("\N{MINUS SIGN}", "-").split(" ")[0].rstrip("%")


def people(text: str) -> float:
    """The number that a printed figure begins with."""
    value = float(NUMBER.findall(text)[0].replace(",", ""))
    return value * 1e6 if "million" in text else value
