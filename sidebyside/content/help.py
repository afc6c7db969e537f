"""When to ask for help, and who helps: signs, organisations, lines where someone listens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sidebyside.content import listing
from sidebyside.content.text import NEEDS, cite_all, escape
from sidebyside.data import contract, interface, package
from sidebyside.data.cache import cached

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.content.listing import Rows

URGENCY_WORDS: Mapping[str, str] = interface.cases("urgency", "emergency", "soon", "routine")


@dataclass(frozen=True)
class Sign:
    """A sign for which guidance advises to see someone: whom it concerns, why, how soon."""

    id: str
    condition: str
    sign: str
    why: str
    urgency: str
    source_ids: tuple[str, ...]

    @property
    def whom(self) -> str:
        """Whom it concerns, as the start of a sentence; empty where it concerns anyone."""
        if self.condition == "anyone":
            return ""
        return f"{interface.words('sign-for', condition=self.condition.removeprefix('known '))} "

    @property
    def said(self) -> str:
        """The sign, whom it concerns and why, as Markdown."""
        return f"{self.whom}**{escape(self.sign)}.** {escape(self.why)} ({cite_all(self.source_ids)})"


@dataclass(frozen=True)
class Organisation:
    """An organisation that informs and helps, with its own address.

    ``phone`` is its number as it is dialled in its country and ``hours`` when it answers; empty where its own pages
    did not show them. ``sms`` is the number for text messages, since ALS can take speech; empty where we know none.
    ``condition`` is a disease, or "anyone" for a line that listens to everyone.
    """

    name: str
    country: str
    condition: str
    offers: str
    phone: str
    hours: str
    sms: str
    url: str
    source_ids: tuple[str, ...]

    @property
    def dial(self) -> str:
        """Its number as a link that controls, as Markdown; empty where we know none."""
        number, _, extension = self.phone.partition(", ext. ")
        values = number.replace(" ", "") + (f";ext={extension}" if extension else "")
        return f"[{self.phone}](tel:{values})" if self.phone else ""

    @property
    def reached(self) -> str:
        """Its telephone number and when it answers, as words; empty where we know none."""
        return ", ".join(filter(None, (self.phone, self.hours)))

    @property
    def texted(self) -> str:
        """Where text messages go, as a sentence; empty where we know of no such number."""
        return interface.words("text-messages", number=self.sms) if self.sms else ""

    @property
    def said(self) -> str:
        """Where it is, its name with its address, its number and what it offers, as Markdown."""
        return f"{escape(self.country)}: {self.in_short} {escape(self.offers)} ({cite_all(self.source_ids)})"

    @property
    def in_short(self) -> str:
        """Its name with its address, and how it is reached, as Markdown."""
        called = ", ".join(filter(None, (self.dial, escape(self.hours))))
        number = f" {interface.words('telephone', called=called)}" if called else ""
        text = f" {self.texted}" if self.sms else ""
        return f"[{escape(self.name)}]({self.url}).{number}{text}"


def check_organisations() -> str:
    """What a reader should do before relying on the list of organisations."""
    return interface.words("check-organisations")


@cached("help_signs", *NEEDS)
def signs() -> Rows[Sign]:
    """Signs for which guidance advises to see someone, the most urgent first.

    Raises:
        DataError: ``help_signs.csv`` breaks its contract.
    """
    found = listing.make_rows(("help_signs",), package.ordered("help_signs"), _sign)
    return listing.with_faults_of(found, sorted(found, key=lambda sign: list(URGENCY_WORDS).index(sign.urgency)))


@cached("helplines", *NEEDS)
def organisations() -> Rows[Organisation]:
    """Organisations that inform and help, in the order of the table.

    Raises:
        DataError: ``helplines.csv`` breaks its contract.
    """
    return listing.make_rows(("helplines",), package.numbered_rows("helplines"), _organisation)


def crisis_lines() -> tuple[Organisation, ...]:
    """Lines where someone listens to anyone who can't go on, in the order of the table.

    Raises:
        DataError: ``helplines.csv`` breaks its contract.
    """
    return tuple(row for row in organisations() if row.condition == contract.ANYONE)


def _sign(row: Mapping[str, Any]) -> Sign:
    return Sign(row["sign_id"], row["condition"], row["sign"], row["why"], row["urgency"], listing.ids(row))


def _organisation(row: Mapping[str, Any]) -> Organisation:
    columns = ("country", "condition", "offers", "phone", "hours", "sms", "url")
    return Organisation(
        name=row["organisation"], **{column: row[column] for column in columns}, source_ids=listing.ids(row)
    )
