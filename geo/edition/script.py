"""The script of an edition: a file opened from a disk may not import others, so all of it is one."""

from __future__ import annotations

from functools import cache

from geo.scripts import join_modules
from geo.settings import web_folder


@cache
def edition_script() -> str:
    """Leaflet, then all modules that an edition needs."""
    leaflet = (web_folder() / "vendor" / "leaflet.js").read_text(encoding="utf8")
    own = f'"use strict";(() => {{\n{join_modules("edition/main.js")}\n}})();'
    script = f"{leaflet.partition('//# sourceMappingURL')[0].rstrip()}\n{own}"
    return script.replace("</script", "<\\/script")
