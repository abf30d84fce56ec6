"""Records to JSON and back without loss: what a revision keeps, and what no column is needed for."""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Hashable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

R = TypeVar("R")
Json = dict[str, Any]
"""A JSON object; its values are whatever JSON holds."""


class JsonText(str):
    """A JSON value that is written already, for a column of JSON to take as it is."""

    __slots__ = ()


def write_json(value: object) -> str:
    """The one spelling of a JSON value: keys sorted, no spaces, letters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def dump_record(record: object) -> Json:
    """The fields of a record that differ from their defaults, as JSON values."""
    kind: Any = type(record)
    return {name: _dump(getattr(record, name)) for name, default in _defaults(kind) if getattr(record, name) != default}


def load_record(kind: type[R], values: Mapping[str, object]) -> R:
    """The record that ``dump_record`` wrote."""
    loaders = _loaders(cast(Any, kind))
    return kind(**{name: loaders[name](value) for name, value in values.items()})


def _dump(value: object) -> object:
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    if isinstance(value, tuple):
        return [_dump(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _dump(item) for key, item in value.items()}
    return dump_record(value) if is_dataclass(value) else value


@cache
def _defaults(kind: Hashable) -> tuple[tuple[str, object], ...]:
    """Names of the fields with their defaults; MISSING for a field that is always written."""
    return tuple(
        (field.name, field.default if field.default_factory is MISSING else field.default_factory())
        for field in fields(cast(Any, kind))
    )


@cache
def _loaders(kind: Hashable) -> dict[str, Callable[[Any], object]]:
    hints = get_type_hints(kind)
    return {field.name: _loader(hints[field.name]) for field in fields(cast(Any, kind))}


def _loader(hint: Any) -> Callable[[Any], object]:
    """How to turn the JSON value of a field of this type into the field's value."""
    arguments = get_args(hint)
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        inner = _loader(next(argument for argument in arguments if argument is not type(None)))
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        item = _loader(arguments[0])
        return lambda values: tuple(map(item, values))
    if origin is not None and origin is not Literal:
        item = _loader(arguments[1])
        return lambda values: {key: item(value) for key, value in values.items()}
    if hint in (date, datetime):
        return cast(Callable[[Any], object], hint.fromisoformat)
    if is_dataclass(hint):
        return lambda values: load_record(cast(type, hint), values)
    return lambda value: value
