"""Moved to ``geo.wording.words``; stays until the modules that import it from here do so from there."""

from geo.wording.words import *  # noqa: F403
