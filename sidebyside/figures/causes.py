"""What is known of causes: head injury, body weight, genes, heritability, and the vein theory tested."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from sidebyside import theme
from sidebyside.evidence import number
from sidebyside.figure import Figure
from sidebyside.figures import Choice, Recipe
from sidebyside.figures.drawn import DETAILS, PlottedFact, facts_table, headed, plotted, used_sources
from sidebyside.figures.rows import NO_DIFFERENCE, PERCENT_TICKS, Axis, Row, chart, ratio_axis

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from sidebyside.evidence import Fact


PERCENT = 100.0
# Shares of two groups this close, in percentage points, are said to be about alike.
ALIKE = 5.0

WEIGHT: Mapping[str, str] = {theme.MS.key: "MS: weight in youth", theme.ALS.key: "ALS: weight as a study began"}
_WEIGHT_AXES: Mapping[str, Axis] = {
    theme.MS.key: ratio_axis("times as likely to get MS (1 is no difference; log scale)", (1, 2, 4), floor=0.9),
    theme.ALS.key: ratio_axis("times as likely to get ALS (1 is no difference; log scale)", (0.6, 0.8, 1)),
}
_WEIGHT_CAVEATS: Mapping[str, tuple[str, ...]] = {
    theme.MS.key: (
        "A link is not proof of a cause. The rows come from different studies and use different kinds of ratio.",
        "In the Norwegian study, no raised risk was seen when weight was measured after the age of thirty.",
        "In the Californian study the link was clear in women only.",
    ),
    theme.ALS.key: (
        "Early ALS can take weight off before anyone knows of it. Then the illness comes first, and the weight second.",
        "The picture was the same without the first seven years of the studies, so this may not explain all of it.",
        "Weight at eighteen or twenty-one showed no link with ALS, but few people were overweight at that age.",
        "The MS studies weighed people in youth. So the two charts cannot be set against each other.",
    ),
}
FOUR_GENES = ("all-italy", "familial-china")
GENE_SETS: Mapping[str, tuple[str, str]] = {
    "all-italy": ("All tested, two regions of Italy", "% of all people with ALS tested in two regions of Italy"),
    "familial-china": ("ALS in the family, one study in China", "% of families with ALS tested in China"),
    "c9orf72": ("One gene (C9orf72) by place", "% in whom the change in C9orf72 was found"),
    "any-gene": ("Any known gene, with and without ALS in the family", "% in whom a gene change was found"),
}
IN_FAMILY, NOT_IN_FAMILY = "In the family", "Not in the family"
HERITABILITY: Mapping[str, tuple[str, str]] = {
    "estimates": ("Heritability of both", "% of the differences in risk that go with inherited genes"),
    "ms-twins": ("Twins of people with MS", "% of the twins of people with MS who have MS too"),
}
LINES = {"SE": "standard error", "95% CI": "confidence interval"}
STUDIES = ("pooled", "left-out", "blinded")
TESTS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "catheter": (
        "X-ray of the veins",
        {
            "catheter-criteria": "Signs of CCSVI: Canada",
            "catheter-narrowing": "Vein narrowed by over half: Canada",
        },
    ),
    "ultrasound": (
        "Blinded ultrasound",
        {
            "ultrasound-italy-large": "Signs of CCSVI: Italy, large study",
            "ultrasound-italy-small": "Signs of CCSVI: Italy, smaller study",
            "ultrasound-canada": "Signs of CCSVI: Canada",
        },
    ),
}
WITH_MS = "people with MS"


def head_injury(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Odds ratio of ALS after a head injury, by the time between the injury and ALS (meta-analyses)."""
    timed = plotted(plots, facts, "head-injury", "by-time")
    rows = plotted(plots, facts, "head-injury", "any") + timed
    axis = ratio_axis("odds ratio of ALS (1 is no difference; log scale)", (1, 2, 4))
    return Figure(
        id="head-injury",
        title=_head_title(timed),
        draw=lambda: chart(headed(rows, _bare), axis),
        table=facts_table(rows, "Head injury"),
        alt=_said(rows),
        how_to_read=(
            "An odds ratio compares people who had a head injury with people who had none. The grey line at one means "
            "no difference. A thin line is the interval; where it crosses the grey line, chance alone could explain "
            "the result."
        ),
        caveats=(
            "Early weakness can make a person fall before anyone knows of ALS. Then ALS led to the injury, and not the "
            "injury to ALS. That the injury itself adds to the risk is not ruled out.",
            "The link does not fade evenly: for five to ten years before, the same review gives a higher figure than "
            "for one to five years (see the notes below the table).",
            "The row without a line: its source gives no interval in what we could read. It may not differ from one.",
            "The rows come from two reviews, which may share some of their studies.",
        ),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _head_title(timed: list[PlottedFact]) -> str:
    values = [row.fact.value for row in timed]
    first, last = timed[0], timed[-1]
    if values != sorted(values, reverse=True):
        return "Head injury and ALS: the link does not simply fade with time"
    near, far = (row.label.lower().removesuffix(" als") for row in (first, last))
    ends = f"strongest {near} ({_bare(first.fact)}), and weak {far} ({_bare(last.fact)})"
    return f"Head injury and ALS: the link is {ends}"


def weight(plots: pd.DataFrame, facts: Mapping[str, Fact], *, disease: str) -> Figure:
    """Overweight and later MS or ALS, each on its own axis; ``disease`` is a key of `WEIGHT`.

    Hazard, odds or rate ratios, as each row says. The two were weighed at different ages: never one chart.
    """
    rows = plotted(plots, facts, "weight", disease)
    lined = [row._replace(label=f"{row.label} ({row.fact.unit})") for row in rows]
    return Figure(
        id="weight",
        title=_weight_title(disease, rows),
        draw=lambda: chart(headed(lined, _bare), _WEIGHT_AXES[disease]),
        table=facts_table(rows, "Who was compared with people of healthy weight"),
        alt=f"{disease}. {_said(rows)}",
        how_to_read=(
            "Each mark compares people with overweight or obesity with people of healthy weight; the words above it "
            "say when they were weighed. The grey line at one means no difference. A thin line is the interval; where "
            "it crosses the grey line, chance alone could explain the result."
        ),
        caveats=_WEIGHT_CAVEATS[disease],
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _weight_title(disease: str, rows: list[PlottedFact]) -> str:
    if disease == theme.MS.key:
        linked = "was linked to a higher risk" if all(row.fact.low > NO_DIFFERENCE for row in rows) else "and the risk"
        both, women = (
            [row.fact.value for row in rows if (row.fact.group == "women") is only] for only in (False, True)
        )
        ratios = f"{_between(both, '')} in Norway, {_between(women, '')} in Californian women"
        return f"Obesity in youth {linked} of MS: ratios {ratios}"
    ratios = _between((row.fact.value for row in rows), "")
    fewer = "got ALS less often" if all(row.fact.high < NO_DIFFERENCE for row in rows) else "and ALS"
    part = "early weight loss explains only part of it"
    return f"People with more weight as a study began {fewer} (ratios {ratios}); {part}"


def gene_shares(plots: pd.DataFrame, facts: Mapping[str, Fact], *, group: str) -> Figure:
    """Percent of people with ALS in whom a gene change was found; ``group`` is a key of `GENE_SETS`.

    Each group of people is a choice of its own: familial ALS and all ALS are never set side by side
    as if they were one thing. The share with none of four genes is worked out here.
    """
    rows = plotted(plots, facts, "gene-shares", group)
    rows += [_rest(rows)] if group in FOUR_GENES else []
    return Figure(
        id="gene-shares",
        title=_gene_title(group, rows),
        draw=lambda: chart(
            headed(rows, lambda fact: fact.figure), Axis(title=GENE_SETS[group][1], ticks=PERCENT_TICKS)
        ),
        table=facts_table(rows, "Gene or group"),
        alt=f"{GENE_SETS[group][0]}. {_said(rows)}",
        how_to_read=(
            "The longer the bar, the larger the share of the people tested in whom the change was found. C9orf72, "
            "SOD1, TARDBP and FUS are names of genes. In the family means that a relative has or had ALS, too: doctors "
            "call it familial. If none is known of, they call it sporadic."
        ),
        caveats=(*_gene_caveats(group), "These are shares of people who have ALS, not the chance to get it."),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _rest(rows: list[PlottedFact]) -> PlottedFact:
    """The share of people with none of the genes: what the others leave of a hundred."""
    left = round(PERCENT - sum(row.fact.value for row in rows), 1)
    note = "Worked out here: what is left of all the people tested, if nobody had changes in two of the genes."
    rest = replace(rows[0].fact, measure="share with none of these", value=left, low=math.nan, high=math.nan, note=note)
    return PlottedFact("None of these four", rest)


def _gene_title(group: str, rows: list[PlottedFact]) -> str:
    who = GENE_SETS[group][0]
    if group in FOUR_GENES:
        most, none = max(rows[:-1], key=lambda row: row.fact.value), rows[-1].fact.figure
        return f"{who}: of four genes, {most.label} came first ({most.fact.figure}); {none} had none of the four"
    family, others = (_between(_shares(rows, label)) for label in (IN_FAMILY, NOT_IN_FAMILY))
    if group == "any-gene":
        found = f"{family} of people with ALS in the family, in {others} of the others"
        return f"In two studies, a gene change was found in {found}"
    return f"With no ALS in the family, C9orf72 was found in {others} of people tested: it depends on the place"


def _shares(rows: list[PlottedFact], label: str) -> list[float]:
    return [row.fact.value for row in rows if row.label.startswith(label)]


def _gene_caveats(group: str) -> tuple[str, ...]:
    if group in FOUR_GENES:
        one = "The share with none of the four is worked out here. Many other genes were not part of this count."
        small = "It comes from a single small study of families, so it does not speak for everyone with ALS in China."
        return (one,) if group == "all-italy" else (one, small)
    if group == "c9orf72":
        return (
            "Compare only rows whose first words are the same: ALS in the family, or not, makes a large difference.",
            "Some of these groups are small. For Finland, the summary does not say how many people were tested.",
        )
    return (
        "The more genes are tested, the more can be found. The studies did not test the same genes.",
        "They did not mean quite the same by ALS in the family. The Italian one counts a related dementia as well.",
    )


def heritability(plots: pd.DataFrame, facts: Mapping[str, Fact], *, show: str) -> Figure:
    """Heritability of both diseases in percent, or how often a twin of a person with MS has it too.

    ``show`` is a key of `HERITABILITY`.
    """
    rows = plotted(plots, facts, "heritability", show)
    both = show == "estimates"
    return Figure(
        id="heritability",
        title=_twins_alike(rows) if both else _twin_title(rows),
        draw=lambda: chart(
            headed(rows, lambda fact: fact.figure if both else _with_kind(fact), with_condition=both),
            Axis(title=HERITABILITY[show][1], ticks=PERCENT_TICKS, stems=not both),
        ),
        table=facts_table(rows, "How it was estimated" if both else "Twins"),
        alt=f"{HERITABILITY[show][0]}. {_said(rows, with_condition=both)}",
        how_to_read=_HERITABILITY_READ[show],
        caveats=_HERITABILITY_CAVEATS[show],
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


_HERITABILITY_READ: Mapping[str, str] = {
    "estimates": (
        "Heritability says how much of the differences in risk between people, within one group, goes with the genes "
        "they inherited. It does not say how likely one person is to fall ill. A thin line is the interval."
    ),
    "ms-twins": (
        "Each bar shows how often a twin of a person with MS has MS as well. Identical twins share nearly all their "
        "genes, fraternal twins about half. A thin line says how uncertain the figure is. It is of two kinds: one "
        "standard error either side in Canada, a wider 95% confidence interval in Denmark."
    ),
}
_HERITABILITY_CAVEATS: Mapping[str, tuple[str, ...]] = {
    "estimates": (
        "It is about a group of people in one place and time. It is not a person's chance, and not the share of the "
        "cause in one person.",
        "The Swedish figure is one of those that the pooled one holds, or may hold. It was read on a page that reports "
        "the study, without an interval.",
        "The ALS twins rest on few pairs in which both were ill, and their source does not name the kind of interval. "
        "The Irish figure comes from another method and was "
        "read in news reports.",
        "Studies that add up common gene variants find smaller shares. They are left out here, because the two that "
        "we have cannot be compared closely.",
    ),
    "ms-twins": (
        "Few twins were ill in these studies, so the figures are uncertain.",
        "The ALS twins were counted in pairs, which is another way of counting. So they are not in this chart.",
    ),
}


def _with_kind(fact: Fact) -> str:
    """A figure with what its line stands for, where the lines of a chart are not of one kind."""
    return f"{fact.figure}, {LINES[fact.interval]}"


def _twins_alike(rows: list[PlottedFact]) -> str:
    ms, als = rows[0].fact, rows[1].fact
    alike = "is similar" if als.low <= ms.value <= als.high else "differs"
    ends = [f"{fact.figure} in {fact.condition} ({number(fact.low)} to {number(fact.high)})" for fact in (ms, als)]
    return f"The heritability found in twins {alike}, but is uncertain: {', '.join(ends)}"


def _twin_title(rows: list[PlottedFact]) -> str:
    same, other = (_between(_shares(rows, kind)) for kind in ("Identical", "Fraternal"))
    return f"In Canada and Denmark, {same} of identical twins of people with MS had MS too; of fraternal twins, {other}"


def ccsvi_odds(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Odds ratio of the vein signs called CCSVI, with MS against without: from all studies to blinded ones."""
    pooled, fewer, blinded = (plotted(plots, facts, "ccsvi-odds", panel) for panel in STUDIES)
    rows = pooled + fewer + blinded
    axis = ratio_axis("odds ratio of CCSVI, with MS against without (log scale)", (1, 10, 50))
    return Figure(
        id="ccsvi-odds",
        title=_odds_title(pooled, blinded),
        draw=lambda: chart(headed(rows, _bare), axis),
        table=facts_table(rows, "Which ultrasound studies"),
        alt=_said(rows),
        how_to_read=(
            "The grey line at one means that the vein signs were as common without MS as with it. The first three rows "
            "put all ultrasound studies together. The next three leave some out, as their words say. In the last two, "
            "the people who did the test did not know who had MS: that is called blinded."
        ),
        caveats=(
            "An association was found in unblinded ultrasound studies, and in studies that do not say clearly whether "
            "they were blinded. A link is not proof of a cause.",
            "Results differ widely from study to study. In the newest review, leaving out studies by supporters of the "
            "theory did not remove the link.",
            "The reviews may share many of their studies, and they did not leave out the same ones.",
            "The review without outliers also left out studies that had found these signs in no one. It gives no "
            "interval in what we could read.",
        ),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _odds_title(pooled: list[PlottedFact], blinded: list[PlottedFact]) -> str:
    ratios, careful = (_between((row.fact.value for row in rows), "") for rows in (pooled, blinded))
    said = f"together show {_link(pooled)} (odds ratio {ratios}), two blinded ones {_link(blinded)} ({careful})"
    return f"CCSVI and MS: ultrasound studies {said}"


def _link(rows: list[PlottedFact]) -> str:
    return "a link" if any(row.fact.low > NO_DIFFERENCE for row in rows) else "no clear link"


def ccsvi_prevalence(plots: pd.DataFrame, facts: Mapping[str, Fact], *, test: str) -> Figure:
    """Percent of people with and without MS in whom vein signs were found; ``test`` is a key of `TESTS`."""
    parts = {heading: plotted(plots, facts, "ccsvi-prevalence", panel) for panel, heading in TESTS[test][1].items()}
    rows = [row._replace(label=f"{heading}, {row.label}") for heading, part in parts.items() for row in part]
    facts_shown = [row.fact for row in rows]
    return Figure(
        id="ccsvi-prevalence",
        title=_prevalence_title(test, list(parts.values())),
        draw=lambda: chart(_groups(parts), Axis(title="% of each group", ticks=PERCENT_TICKS)),
        table=facts_table(rows, "Test and group").assign(Disease=[_marked(fact).name for fact in facts_shown]),
        alt=f"{TESTS[test][0]}. {' '.join(f'{heading}, {_said(part)}' for heading, part in parts.items())}",
        how_to_read=(
            "Each group of bars is one test in one study: the round mark is people with MS, the grey one people "
            "without MS. Where the bars are about as long, the test does not tell who has MS."
        ),
        caveats=(
            *_PREVALENCE_CAVEATS[test],
            "The signs stand for CCSVI (chronic cerebrospinal venous insufficiency), and the studies did not all look "
            "for them in the same way.",
        ),
        source_ids=used_sources(facts_shown),
        details=DETAILS,
    )


_PREVALENCE_CAVEATS: Mapping[str, tuple[str, ...]] = {
    "catheter": (
        "The signs of CCSVI were seen in one person with MS and in one person without. Such small counts cannot be "
        "told from chance.",
        "The differences in narrowing were not significant: chance alone could explain them.",
        "The narrowing in people without MS who were not related was read in a news report of the study.",
    ),
    "ultrasound": (
        "How often the signs are found differs widely from study to study, since ultrasound depends on who does it and "
        "how. In the large study, two readers often disagreed when one of them saw the signs.",
        "The Canadian ultrasound figures were read in a news report of the study.",
    ),
}


def _prevalence_title(test: str, parts: list[list[PlottedFact]]) -> str:
    pairs = [(_only(part, with_ms=True), _only(part, with_ms=False)) for part in parts]
    alike = all(abs(ms.value - other.value) <= ALIKE for ms, other in pairs)
    often = "about as often without MS as with it" if alike else "not equally often with and without MS"
    if test == "catheter":
        ms, other = pairs[-1]
        found = f"in {other.figure} of healthy people, {ms.figure} with MS"
        return f"In Canada, a careful X-ray found narrow veins {often}: {found}"
    return f"Blinded ultrasound studies find the signs of CCSVI {often}"


def _only(part: list[PlottedFact], *, with_ms: bool) -> Fact:
    """The figure for people with MS, or for people without it who are no relatives."""
    wanted = WITH_MS if with_ms else "controls"
    return next(row.fact for row in part if row.fact.group.endswith(wanted))


def _marked(fact: Fact) -> theme.Condition:
    return theme.MS if fact.group == WITH_MS else theme.HEALTHY


def _groups(parts: Mapping[str, list[PlottedFact]]) -> list[Row]:
    """Under each test its groups of people; who does not have MS bears the mark of neither disease."""
    drawn: list[Row] = []
    for heading, part in parts.items():
        drawn.append(Row(heading))
        drawn += [Row(f"{row.label}: {row.fact.figure}", _marked(row.fact).key, row.fact.value) for row in part]
    return drawn


def _bare(fact: Fact) -> str:
    return number(fact.value)


def _between(values: Iterable[float], unit: str = "%") -> str:
    """The smallest and the largest of some numbers, in words: ``5% to 21.1%``."""
    found = sorted(values)
    low, high = (f"{number(end)}{unit}" for end in (found[0], found[-1]))
    return low if low == high else f"{low} to {high}"


def _said(rows: list[PlottedFact], *, with_condition: bool = False) -> str:
    """Rows in words, with their intervals; a row without one is said to have none where others have one."""
    none = ", no interval" if any(row.fact.bounds for row in rows) else ""
    who = [f"{row.fact.condition}, {row.label}" if with_condition else row.label for row in rows]
    parts = [f"{one}: {row.fact.text}{'' if row.fact.bounds else none}" for one, row in zip(who, rows, strict=True)]
    return f"{'; '.join(parts)}."


HEAD_INJURY = Recipe("head-injury", head_injury, ("plots", "facts"))
BODY_WEIGHT = Recipe("weight", weight, ("plots", "facts"), Choice("disease", tuple(WEIGHT)))
GENE_SHARES = Recipe(
    "gene-shares",
    gene_shares,
    ("plots", "facts"),
    Choice("group", tuple(GENE_SETS)),
)
INHERITED = Recipe(
    "heritability",
    heritability,
    ("plots", "facts"),
    Choice("show", tuple(HERITABILITY)),
)
CCSVI_ODDS = Recipe("ccsvi-odds", ccsvi_odds, ("plots", "facts"))
CCSVI_PREVALENCE = Recipe(
    "ccsvi-prevalence",
    ccsvi_prevalence,
    ("plots", "facts"),
    Choice("test", tuple(TESTS)),
)
