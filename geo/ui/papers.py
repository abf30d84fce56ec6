"""Moved to ``geo.wording.papers``; stays until the modules that import it from here do so from there."""

from geo.wording.papers import *  # noqa: F403
