"""A link as a QR code."""

from __future__ import annotations

from io import BytesIO

import segno

from geo.pictures import tokens

_LONGEST = 2_953
_SAFER_UP_TO = 2_300
"""Bytes of an address that a code can hold with room for a fifteenth of it to be unreadable."""


def qr_svg(address: str) -> str:
    """The QR code of an address as an SVG element as large as its box: dark on light in any theme, as readers need it.

    Raises ValueError for an address longer than a code can hold (2,953 bytes).
    """
    size = len(address.encode())
    if size > _LONGEST:
        raise ValueError(f"an address of {size:,} bytes is too long for a QR code")
    code = segno.make_qr(address, error="m" if size <= _SAFER_UP_TO else "l", boost_error=False)
    stream = BytesIO()
    code.save(stream, kind="svg", xmldecl=False, omitsize=True, border=4, dark=tokens.INK, light="#FFFFFF")
    return stream.getvalue().decode().strip()
