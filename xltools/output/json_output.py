"""A check as JSON; the shape is a promise to users' scripts."""

import json

from xltools.checking import CheckReport


def render(report: CheckReport) -> str:
    """The report as indented JSON with Chinese left readable."""
    return json.dumps(report.to_json(), ensure_ascii=False, indent=2)
