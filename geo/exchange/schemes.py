"""The coded databases whose files are read and written, by the name a command gives them."""

from __future__ import annotations

from collections.abc import Mapping

from geo.exchange.acled import ACLED
from geo.exchange.coded.scheme import Scheme
from geo.exchange.ucdp import UCDP

SCHEMES: Mapping[str, Scheme] = {scheme.name: scheme for scheme in (ACLED, UCDP)}
