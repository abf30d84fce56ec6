"""The settings in effect and the people who may sign in, to be read: both are changed outside of the page."""

from __future__ import annotations

from typing import Any

from geo.desk.door import open_door
from geo.desk.scene import DeskScene
from geo.settings import OPTIONS, read_option
from geo.store.engine import hide_password
from geo.text import display_text
from geo.ui.parts import slot

_SECRET = ("PASSWORD", "SECRET", "TOKEN", "KEY")


def options_slot() -> str:
    """The slot of the page of settings."""
    return slot("options", _describe)


def _describe(scene: DeskScene) -> dict[str, Any] | None:
    if scene.state.page != "settings":
        return None
    words = scene.words
    return {
        "title": words("desk.settings"),
        "lead": words("desk.settings.lead"),
        "columns": [words(f"desk.settings.{name}") for name in ("name", "value", "meaning")],
        "rows": [[option.name, show_value(option.name), option.meaning] for option in OPTIONS],
        "people_title": words("desk.people"),
        "people_lead": words("desk.people.lead"),
        "people_columns": [words("desk.people.name"), words("desk.people.role")],
        "people": [[person.name, words(f"desk.role.{person.role}")] for person in open_door().people.list()],
    }


def show_value(name: str) -> str:
    """The value of a setting without what is secret in it: passwords in addresses, and all that is named a secret."""
    value = read_option(name)
    if value and any(word in name for word in _SECRET):
        return "••••••"
    return display_text(hide_password(value) if "://" in value else value) or "–"
