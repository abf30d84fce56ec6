"""Moved to ``geo.wording.figures``; stays until the modules that import it from here do so from there."""

from geo.wording.figures import *  # noqa: F403
