"""The data package described for search engines and catalogues: schema.org Dataset as JSON-LD."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from sidebyside.data import archive, contract, disk
from sidebyside.data.faults import DataError, Fault

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEMA = "https://schema.org/"
_DATED = re.compile(r"^## (\d{4}-\d{2}-\d{2})", re.MULTILINE)


def modified() -> str:
    """The date of the newest change of the data, as ISO text.

    Raises:
        DataError: the list of changes is missing or names no date.
    """
    dates = _DATED.findall(archive.changes())
    if not dates:
        raise DataError([Fault(disk.CHANGES, None, "", "names no date of a change", "")])
    return str(max(dates))


def changes() -> str:
    """The list of changes as Markdown whose headings stand below those of a page.

    Raises:
        DataError: it is missing or cannot be read.
    """
    return re.sub(r"^(?=#)", "##", archive.changes(), flags=re.MULTILINE)


def json_ld() -> str:
    """The package as a schema.org Dataset in JSON-LD: what, which columns, licence, version, date.

    Raises:
        DataError: the contract or the list of changes is missing or damaged.
    """
    package = contract.contract()
    described = {
        "@context": SCHEMA,
        "@type": "Dataset",
        "name": package["title"],
        "description": package["description"],
        "version": package["version"],
        "dateModified": modified(),
        "isAccessibleForFree": True,
        "inLanguage": "en",
        "license": [licence["path"] for licence in package["licenses"]],
        "creator": [{"@type": "Organization", "name": person["title"]} for person in package["contributors"]],
        "keywords": list(package["keywords"]),
        "hasPart": [_part(resource) for resource in package["resources"]],
    }
    return json.dumps(described, ensure_ascii=False, indent=1)


def _part(resource: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "@type": "Dataset",
        "name": resource["title"],
        "description": resource["description"],
        "encodingFormat": resource["mediatype"],
        "variableMeasured": [
            {"@type": "PropertyValue", "name": field["name"], "description": field["description"]}
            for field in resource["schema"]["fields"]
        ],
    }
