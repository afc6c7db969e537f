"""Course: what happens over the years, and how differently."""

from sidebyside.figures import (
    course,
    history,
    kinds,
    lifetime_als,
    lifetime_ms,
    living,
    relapses,
    steps,
    sure,
    treatments,
    years,
)
from sidebyside.view import SURVIVAL, Page, readers_choice

page = Page("course", "What happens over the years")
page.section("no-two-people")
page.section("years-ms")
page.card(years.EDSS_FAN)
page.card(years.HUNDRED_PEOPLE)
page.section("path-of-ms")
page.card(kinds.MS_START, folded=True)
page.section("four-types")
page.card(kinds.MS_KINDS)
page.section("between-relapses")
page.card(kinds.BETWEEN_RELAPSES, folded=True)
page.section("relapses")
page.card(relapses.RELAPSE_RATES)
page.card(relapses.PREGNANCY_RELAPSES, folded=True)
page.section("mild-and-severe")
page.card(course.MS_MILESTONES)
page.section("path-of-als")
page.card(course.ALS_PACE)
page.section("where-als-begins")
page.card(kinds.ALS_START, folded=True)
page.section("flat-stretches")
page.card(course.ALS_PLATEAUS, folded=True)
page.section("als-steps")
page.card(steps.DAILY_LIFE, folded=True)
page.section("how-sure")
page.card(sure.MILD_OR_SEVERE)
page.card(sure.STILL_MILD, folded=True)
if readers_choice(
    SURVIVAL,
    "Show me figures about length of life",
    "These figures can be hard to meet. They tell about groups, never about one person. You can hide them again.",
):
    page.section("time")
    page.section("time-als")
    page.card(lifetime_als.ALS_BY_FORM, folded=True)
    page.card(lifetime_als.ALS_BY_PLACE, folded=True)
    page.card(lifetime_als.HUNDRED_ALS, folded=True)
    page.card(lifetime_als.ALS_ALIVE, folded=True)
    page.card(lifetime_als.LONG_SURVIVORS, folded=True)
    page.section("als-stages")
    page.card(steps.ALS_STAGES, folded=True)
    page.section("time-ms")
    page.card(lifetime_ms.MS_LIFE, folded=True)
    page.card(lifetime_ms.MS_FROM_ONSET, folded=True)
    page.card(lifetime_ms.MS_GAP, folded=True)
    page.card(lifetime_ms.MS_ERAS, folded=True)
    page.section("causes-of-death")
    page.card(lifetime_ms.CAUSES_OF_DEATH, folded=True)
    page.section("what-changes-time")
    page.card(lifetime_als.WHAT_CHANGES, folded=True)
page.section("what-can-help")
page.section("treatments")
page.card(treatments.APPROVALS, folded=True)
page.card(treatments.TREATMENT_EFFECTS, folded=True)
page.section("living-with-it")
page.card(living.WORK, folded=True)
page.card(living.MOOD, folded=True)
page.card(living.THINKING, folded=True)
page.card(living.FATIGUE, folded=True)
page.section("scales")
page.section("alsfrs-questions")
page.card(steps.ALSFRS_ITEMS, folded=True)
page.section("history")
page.card(history.HISTORY)
page.close()
