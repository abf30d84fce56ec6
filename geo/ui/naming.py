"""Moved to ``geo.wording.naming``; stays until the modules that import it from here do so from there."""

from geo.wording.naming import *  # noqa: F403
