"""The files of others that are read, by the name a command gives them."""

from __future__ import annotations

from collections.abc import Mapping

from geo.exchange.acled import ACLED
from geo.exchange.coded.scheme import Scheme
from geo.exchange.plain import make_scheme
from geo.exchange.ucdp import UCDP

CODED: Mapping[str, Scheme] = {scheme.name: scheme for scheme in (ACLED, UCDP)}
"""Those that have a codebook."""
SCHEMES: Mapping[str, Scheme] = {**CODED, **{name: make_scheme(name) for name in ("csv", "geojson")}}
"""All that can be imported."""
