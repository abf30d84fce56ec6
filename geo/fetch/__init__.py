"""The only part that opens connections: to pages anywhere, guarded, and to services that the operator named."""

from geo.fetch.network import Network
from geo.fetch.pages import FEED_KINDS, PAGE_KINDS, Fetcher, Page
from geo.fetch.services import Reply, ask_service

_FETCHER = Fetcher()
fetch_page = _FETCHER.fetch_page
"""``Fetcher.fetch_page`` over the internet, with one memory of robots.txt for the process."""

__all__ = ["FEED_KINDS", "PAGE_KINDS", "Fetcher", "Network", "Page", "Reply", "ask_service", "fetch_page"]
