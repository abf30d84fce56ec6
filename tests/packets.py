"""What the page sends the browser: the one packed message that says what every part shows."""

from __future__ import annotations

import json
import zlib
from typing import Any

from streamlit.testing.v1 import AppTest


def read_packet(page: AppTest) -> dict[str, Any]:
    """What the parts of the page were given in its last run, by their keys."""
    (sender,) = (part.proto for part in page.get("bidi_component") if part.proto.component_name.endswith("_session"))
    return json.loads(zlib.decompress(sender.bytes))  # type: ignore[no-any-return]
