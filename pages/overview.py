"""Overview: what MS and ALS are, how many people have them, what they notice, how one finds out."""

from sidebyside import listings
from sidebyside.figures import overview
from sidebyside.view import SURVIVAL, Page, readers_choice

page = Page("overview", "MS and ALS, side by side", glance=True)
page.section("two-names")
page.section("ms-in-short")
page.section("als-in-short")
page.section("how-many")
page.card(overview.NEW_LIVING_DEATHS)
page.card(overview.OF_100000)
page.section("where")
page.card(overview.WHERE)
page.section("when-in-life")
page.card(overview.AGE_AT_START)
if readers_choice(
    SURVIVAL,
    "Show me figures about length of life",
    "Here: ages at death in old records. These figures can be hard to meet. They tell about groups, never about one "
    "person. You can hide them again.",
):
    page.card(overview.AGES_AT_DEATH)
page.section("women-and-men")
page.card(overview.SEX_RATIO)
page.section("what-people-notice")
page.card(overview.SYMPTOMS)
page.section("over-the-years")
page.card(overview.MS_OVER_YEARS)
page.section("side-by-side")
page.filtered_pairs("differences", "Topic", listings.differences)
page.section("finding-out")
page.card(overview.TIME_TO_DIAGNOSIS)
page.section("two-errors")
page.section("tests")
page.filtered_pairs("tests", "Kind of test", listings.tests)
page.section("causes")
page.section("veins")
page.section("one-and-the-other")
page.studies()
page.section("sources-disagree")
page.card(overview.DISAGREEMENTS)
page.section("ice-bucket")
page.section("help")
page.help()
page.close()
