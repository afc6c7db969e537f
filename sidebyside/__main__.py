"""Start the dashboard: ``python -m sidebyside``, or ``sidebyside`` where the package is installed."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Run the dashboard until it is stopped; options are Streamlit's, such as ``--server.port=8600``."""
    # Installed, the entry lies inside the package; in the repository, beside it.
    app = next(place for place in (HERE / "dashboard" / "app.py", HERE.parent / "app.py") if place.is_file())
    sys.argv = ["streamlit", "run", str(app), *sys.argv[1:]]
    runpy.run_module("streamlit", run_name="__main__")


if __name__ == "__main__":
    main()
