"""Overview: what MS and ALS are, how many people have them, what they notice."""

from sidebyside.figures import overview
from sidebyside.view import Page

page = Page("overview", "MS and ALS, side by side")
page.section("two-names")
page.section("ms-in-short")
page.section("als-in-short")
page.section("how-many")
page.card(overview.NEW_LIVING_DEATHS)
page.section("what-people-notice")
page.card(overview.SYMPTOMS)
page.section("causes")
page.section("veins")
page.section("one-and-the-other")
page.section("ice-bucket")
page.close()
