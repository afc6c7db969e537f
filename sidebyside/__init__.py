"""MS and ALS, side by side: the evidence, the figures and the texts of the dashboard."""

__version__ = "0.2.0"
SITE = "MS and ALS, side by side"
EDITED = "2026-11-30"
LONGEST_NAME = 80
LICENCE = "Text and tables: CC BY 4.0. Code: MIT. Each source keeps its own terms."
NO_ADVICE = (
    "This site explains two diseases with published evidence. It is not medical advice and it cannot diagnose: "
    "if you are worried, please ask a doctor or a nurse."
)


def credit() -> tuple[str, str]:
    """What stands at the head of a file that a reader takes away: what it is from, and the licence."""
    return (f"{SITE}, version {__version__}, data of {EDITED}", LICENCE)


def file_name(ending: str, *what: str) -> str:
    """What a file to take away is called: the site and what is in it, ``ms-and-als-sex-ratio-both.csv``."""
    words = "".join(letter if letter.isalnum() else " " for letter in " ".join(what).casefold()).split()
    return f"{'-'.join(['ms-and-als', *words])[:LONGEST_NAME].rstrip('-')}.{ending}"


def cited_as(title: str = "") -> str:
    """How to cite the site, or one figure of it by its title."""
    named = f" {title}." if title else ""
    return f"{SITE} ({EDITED[:4]}).{named} Version {__version__}, data of {EDITED}."
