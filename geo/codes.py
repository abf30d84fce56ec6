"""Codes of provinces that ISO 3166-2 has withdrawn, and those that stand for the same places now."""

from __future__ import annotations

from collections.abc import Mapping

RENAMED_PROVINCES: Mapping[str, str] = {
    # Pakistan: Northern Areas 2009, North-West Frontier Province 2010, tribal areas merged 2018
    "PK-NA": "PK-GB", "PK-NW": "PK-KP", "PK-TA": "PK-KP",
    # India: newsletters of 24 November 2020 and 23 November 2023
    "IN-DN": "IN-DH", "IN-DD": "IN-DH", "IN-CT": "IN-CG", "IN-OR": "IN-OD", "IN-TG": "IN-TS", "IN-UT": "IN-UK",
    # China: figures became letters on 23 November 2017
    "CN-15": "CN-NM", "CN-21": "CN-LN", "CN-22": "CN-JL", "CN-23": "CN-HL", "CN-44": "CN-GD", "CN-45": "CN-GX",
    "CN-53": "CN-YN", "CN-54": "CN-XZ", "CN-62": "CN-GS", "CN-65": "CN-XJ",
}  # fmt: skip
"""Code now by code then, for provinces along land borders; links made before keep their word."""
