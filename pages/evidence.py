"""Evidence: how the article's claims stand, every figure and source to look up, the data to take away."""

from sidebyside.figures.evidence import VERDICTS
from sidebyside.view import SURVIVAL, Page, ledger, readers_choice

page = Page("evidence", "Check us")
readers_choice(
    SURVIVAL,
    "Show me figures about length of life",
    "Lists, searches and files on this page then hold them too. They tell about groups, never about one person.",
)
page.section("the-article")
page.card(VERDICTS)
ledger.claims()
page.section("every-figure")
ledger.figures()
page.section("intervals")
page.section("sources")
ledger.sources()
page.section("glossary")
ledger.glossary()
page.section("how-we-chose")
page.section("plain-words")
page.section("take-away")
ledger.take_the_data()
ledger.take_a_sheet()
page.section("report")
ledger.changes()
page.section("about")
page.section("access")
page.section("privacy")
page.close()
