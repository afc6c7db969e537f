"""MS and ALS, side by side: the evidence, the figures and the texts of the dashboard."""

__version__ = "0.2.0"

EDITED = "2026-11-30"
LONGEST_NAME = 80


def credit() -> tuple[str, str]:
    """What stands at the head of a file that a reader takes away: what it is from, and the licence."""
    # Here, and not above: the server is up before the tables are loaded.
    from sidebyside.data import interface

    made = interface.words("made-from", site=interface.words("site"), version=__version__, edited=EDITED)
    return (made, interface.words("licence"))


def file_name(ending: str, *what: str) -> str:
    """What a file to take away is called: the site and what is in it, ``ms-and-als-sex-ratio-both.csv``."""
    words = "".join(letter if letter.isalnum() else " " for letter in " ".join(what).casefold()).split()
    return f"{'-'.join(['ms-and-als', *words])[:LONGEST_NAME].rstrip('-')}.{ending}"


def cited_as(title: str = "") -> str:
    """How to cite the site, or one figure of it by its title."""
    from sidebyside.data import interface

    site, year = interface.words("site"), EDITED[:4]
    if title:
        return interface.words(
            "cited-as", "figure", site=site, year=year, title=title, version=__version__, edited=EDITED
        )
    return interface.words("cited-as", site=site, year=year, version=__version__, edited=EDITED)
