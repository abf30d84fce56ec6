"""Feeds of news: bytes to the entries they announce, whatever of RSS, Atom or JSON Feed they are written in."""

from geo.feeds.addresses import clean_address
from geo.feeds.limited import read_limited
from geo.feeds.reading import MOST_ENTRIES, Entry, Feed, read_feed

__all__ = ["MOST_ENTRIES", "Entry", "Feed", "clean_address", "read_feed", "read_limited"]
