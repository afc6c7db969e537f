"""``sidebyside`` (or ``python -m sidebyside``): starts the dashboard, checks the data, or writes the static edition."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> int:
    """What is asked for: ``check``, ``build``, ``translate``, or else the dashboard with Streamlit's options."""
    # Each is loaded when it is asked for: the dashboard shall start at once.
    match sys.argv[1:]:
        case ["check"]:
            from sidebyside.site import check

            return check.main()
        case ["build", *options]:
            from sidebyside.site import build

            return build.main(options)
        case ["translate", language, table]:
            from sidebyside.data import to_translate

            return to_translate.main(language, table)
        case [word, *_] if not word.startswith("-"):
            print(
                f"{word} is not known: check holds the data, build writes the plain pages, translate de TABLE "
                "writes a table's words as a file to translate, no word starts the dashboard"
            )
            return 2
    _start()
    return 0


def _start() -> None:
    """Run the dashboard until it is stopped; options are Streamlit's, such as ``--server.port=8600``."""
    # Installed, the entry lies inside the package; in the repository, beside it.
    app = next(place for place in (HERE / "dashboard" / "app.py", HERE.parent / "app.py") if place.is_file())
    sys.argv = ["streamlit", "run", str(app), *sys.argv[1:]]
    runpy.run_module("streamlit", run_name="__main__")


if __name__ == "__main__":
    sys.exit(main())
