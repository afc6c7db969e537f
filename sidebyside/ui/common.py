"""What all parts of the view share: constants, the reader's choices, faults and terms in words."""

from __future__ import annotations

import contextlib
import functools
import logging
from typing import TYPE_CHECKING, Any, TypeVar, cast
from urllib.parse import urlencode

import streamlit as st

import sidebyside
from sidebyside.charts import theme
from sidebyside.content import bibliography, text
from sidebyside.data import disk, interface
from sidebyside.data.faults import DataError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from streamlit.elements.lib.mutable_expander_container import ExpanderContainer
    from streamlit.elements.lib.mutable_popover_container import PopoverContainer

    from sidebyside.content.listing import Rows
    from sidebyside.data.sources import Source

F = TypeVar("F", bound="Callable[..., None]")
LOG = logging.getLogger(__name__)
FAULTS_SHOWN = 5
# An address may bring any text into a search field.
LONGEST_SEARCH = 200


def readers_choice(choice: str, words: str, explained: str) -> bool:
    """A choice the reader makes once for the visit, such as to see figures about length of life."""
    kept = bool(st.session_state.get(_choice_key(choice)))
    shown = st.toggle(words, value=kept, key=_toggle_key(choice), help=explained)
    st.session_state[_choice_key(choice)] = shown
    return shown


def chosen(choice: str) -> bool:
    """Whether the reader made this choice; true where there is nothing to choose."""
    if not choice:
        return True
    # The toggle's own state is there before the run; what it leaves behind serves other pages.
    return bool(st.session_state.get(_toggle_key(choice), st.session_state.get(_choice_key(choice))))


def _toggle_key(choice: str) -> str:
    return f"toggle-{choice}"


def _choice_key(choice: str) -> str:
    return f"choice-{choice}"


def show_faults(error: DataError, what: str) -> None:
    """Say which rows of which table keep us from showing something."""
    lines = [f"- {text.escape(str(fault))}" for fault in error.faults[:FAULTS_SHOWN]]
    more = len(error.faults) - FAULTS_SHOWN
    lines += [f"- {interface.words('more-faults', count=more)}"] if more > 0 else []
    st.error(f"{interface.words('table-damaged', what=text.escape(what))}\n\n" + "\n".join(lines))


def show_lost_rows(rows: Rows[Any], what: str) -> None:
    """Say which rows of a list are missing, where there are any."""
    if rows.faults:
        error = DataError(rows.faults)
        LOG.error("The page goes on without part of %s: %s", what, error)
        show_faults(error, interface.words("part-of", what=what))


@contextlib.contextmanager
def fault_boundary(what: str) -> Iterator[None]:
    """Keep a fault, whatever it is, to the part of the page where it is: say in its place that ``what`` is missing.

    Why stands in the server's log. The rest of the page goes on. What steers the framework (stop, run again) is no
    `Exception`, and passes.
    """
    try:
        yield
    except DataError as error:
        LOG.error("The page goes on without %s: %s", what, error)
        show_faults(error, what)
    except Exception:
        LOG.exception("The page goes on without %s", what)
        st.error(interface.words("fault-of-ours", what=text.escape(what)))


def fragment(what: Callable[..., str]) -> Callable[[F], F]:
    """A part of a page that Streamlit can run alone, and that keeps its faults to itself then too.

    ``what`` says in a reader's words what would be missing, from what the part is called with.
    """

    # The boundary is inside the fragment: when Streamlit runs it alone, nothing around it is run.
    def made(part: F) -> F:
        @functools.wraps(part)
        def kept(*args: Any, **kwargs: Any) -> None:
            with disk.at_one_moment(), fault_boundary(what(*args, **kwargs)):
                part(*args, **kwargs)

        return cast("F", st.fragment(kept))

    return made


def part_name(kind: str, name: str) -> str:
    """A part of a page in a reader's words, from its kind (a case of ``part-named``) and id: the chart "sex ratio"."""
    return interface.words("part-named", kind, name=quoted(name.replace("-", " ")))


def glyph(colour: str, shape: str) -> str:
    """A mark in its colour, as Markdown."""
    return f':color[{theme.GLYPHS[shape]}]{{foreground="{colour}"}}'


def quoted(words: str) -> str:
    """Words between quotation marks."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{words}\N{RIGHT DOUBLE QUOTATION MARK}"


def expander(label: str, key: str, *, linked: bool) -> ExpanderContainer:
    """A fold that stands open at first where the address asks for what is in it (``linked``), and says if it is open.

    Later it is as the reader left it. To Streamlit 1.67 a fold with another start or label is another one, and begins
    anew: it would shut when a reader goes back to the first option, of which the address says nothing.
    """
    st.session_state[key] = st.session_state.get(key, linked)
    return st.expander(label, key=key, on_change="rerun")


def popover(label: str, key: str, *, icon: str | None = None) -> PopoverContainer:
    """A quiet button that opens something, and says whether it is open: fill it only then."""
    return st.popover(label, key=key, type="tertiary", icon=icon, on_change="rerun")


def note(words: str) -> None:
    """Small print that keeps its contrast, which ``st.caption`` does not."""
    if words:
        st.markdown(f":small[:gray[{words}]]")


def defined(terms: Sequence[tuple[str, str]], *, linked: bool = False) -> list[str]:
    """Each term with its plain definition, as a paragraph of Markdown; ``linked`` to the words of the evidence page."""
    return [f"**{_in_glossary(term) if linked else text.escape(term)}**: {plain}" for term, plain in terms]


def _in_glossary(term: str) -> str:
    return f"[{text.escape(term)}](words?{urlencode({'term': term})}#glossary)"


def source_list(sources: Sequence[Source]) -> str:
    """Whole references as a numbered Markdown list, each with a link."""
    return "\n".join(
        f"{n}. {text.escape(source.citation)} {_to(source)}".rstrip() for n, source in enumerate(sources, 1)
    )


def _to(source: Source) -> str:
    return text.cite(source) if source.url else ""


def download(label: str, content: Callable[[], str | bytes], file: str, mime: str) -> None:
    """A quiet button whose content is made when it is pressed."""
    st.download_button(
        label,
        content,
        file_name=file,
        mime=mime,
        key=f"download-{file}",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )


def take_references(shown: Sequence[Source], name: str) -> None:
    """References as files for citation programs."""
    st.markdown(interface.words("take-references", "one" if len(shown) == 1 else "many", count=len(shown)))
    with st.container(horizontal=True):
        for form in bibliography.FORMATS:
            written = functools.partial(form.write, shown)
            file = sidebyside.file_name(form.ending, "references", name)
            label = interface.words("download-references", format=form.name, name=name)
            download(label, written, file, form.mime)
