"""What the reader asked for, and the link that says it: the query string of the page, both ways.

A link is canonical: the same view always gives the same string, and reading what was written gives the view back.
Reading never raises; whatever cannot be used is left out and named, and the rest of the link still counts.
"""

from geo.filters.asked import KEYS, LISTS, PRECISIONS, STATUSES, Filter, Known, Link, Problem
from geo.filters.reading import read_link
from geo.filters.writing import loosen_filter, without_dates, write_filter, write_link

__all__ = [
    "KEYS", "LISTS", "PRECISIONS", "STATUSES", "Filter", "Known", "Link", "Problem",
    "loosen_filter", "read_link", "without_dates", "write_filter", "write_link",
]  # fmt: skip
