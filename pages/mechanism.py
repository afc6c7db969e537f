"""Mechanism: what MS and ALS do to nerves, repair, and what raises or lowers the risk."""

from sidebyside.figures import mechanism
from sidebyside.figures.fibre import FIBRE
from sidebyside.view import Page

page = Page("mechanism", "What happens in the nerves")
page.section("how-a-message-travels")
page.section("in-ms")
page.lab(FIBRE)
page.section("repair-and-scars")
page.section("heat")
page.card(mechanism.BLOCK_TEMPERATURE)
page.section("in-als")
page.section("breathing")
page.section("more-than-movement")
page.section("immune")
page.section("risk")
page.card(mechanism.RISK_FACTORS)
page.close()
