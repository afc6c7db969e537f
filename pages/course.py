"""Course: what happens over the years, and how differently."""

from sidebyside.figures import course, history, relapses, years
from sidebyside.view import SURVIVAL, Page, readers_choice

page = Page("course", "What happens over the years")
page.section("no-two-people")
page.section("years-ms")
page.card(years.EDSS_FAN)
page.card(years.HUNDRED_PEOPLE)
page.section("path-of-ms")
page.section("four-types")
page.section("relapses")
page.card(relapses.RELAPSE_RATES)
page.card(relapses.PREGNANCY_RELAPSES)
page.section("mild-and-severe")
page.card(course.MS_MILESTONES)
page.section("path-of-als")
page.card(course.ALS_PACE)
page.section("flat-stretches")
page.card(course.ALS_PLATEAUS)
page.section("what-can-help")
page.section("scales")
if readers_choice(
    SURVIVAL,
    "Show me figures about length of life",
    "These figures can be hard to meet. They tell about groups, never about one person. You can hide them again.",
):
    page.section("time")
page.section("history")
page.card(history.HISTORY)
page.close()
