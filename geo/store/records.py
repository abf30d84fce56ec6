"""Records to JSON and back without loss: what a revision keeps, and what no column is needed for."""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Hashable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from functools import cache, wraps
from typing import Any, Literal, ParamSpec, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from geo.errors import StoreError

P = ParamSpec("P")
R = TypeVar("R")
UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, IndexError)
"""What comes of making a record of what is none."""
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
    found: Json = {}
    for name, default, dump in _dumpers(kind):
        value = getattr(record, name)
        if value != default:
            found[name] = value if dump is None or value is None else dump(value)
    return found


def load_record(kind: type[R], values: Mapping[str, object]) -> R:
    """The record that ``dump_record`` wrote; raises StoreError when this is none, as in a damaged file."""
    loaders = _loaders(cast(Any, kind))
    try:
        return kind(**{name: loaders[name](value) for name, value in values.items()})
    except UNREADABLE as error:
        raise unreadable(kind.__name__, error) from error


def explained(make: Callable[P, R]) -> Callable[P, R]:
    """The same function; where it meets what is no record it raises StoreError, as in a damaged file."""

    @wraps(make)
    def made(*arguments: P.args, **named: P.kwargs) -> R:
        try:
            return make(*arguments, **named)
        except UNREADABLE as error:
            raise unreadable(make.__name__.removeprefix("_read_"), error) from error

    return made


def unreadable(what: str, error: Exception) -> StoreError:
    """What a person is told of a record that is not as it was written."""
    return StoreError(
        f"the store is damaged, a record of kind {what} cannot be read ({type(error).__name__}: {error}); "
        "border-incidents verify finds what else is, border-incidents restore brings back a backup"
    )


@cache
def _dumpers(kind: Hashable) -> tuple[tuple[str, object, Callable[[Any], object] | None], ...]:
    """Names of the fields, each with its default, MISSING for one that is always written, and how it is written."""
    hints = get_type_hints(cast(Any, kind))
    return tuple(
        (
            field.name,
            field.default if field.default_factory is MISSING else field.default_factory(),
            _dumper(hints[field.name]),
        )
        for field in fields(cast(Any, kind))
    )


def _dumper(hint: Any) -> Callable[[Any], object] | None:
    """How to turn a value of this type that is not None into a JSON value; None when it is one."""
    arguments, origin = get_args(hint), get_origin(hint)
    if origin in (Union, types.UnionType):
        return _dumper(next(argument for argument in arguments if argument is not type(None)))
    if origin is tuple:
        item = _dumper(arguments[0])
        return list if item is None else lambda values: [item(value) for value in values]
    if origin is not None and origin is not Literal:
        held = _dumper(arguments[1])
        return dict if held is None else lambda values: {key: held(value) for key, value in values.items()}
    if hint in (date, datetime):
        return cast(Callable[[Any], object], hint.isoformat)
    return dump_record if is_dataclass(hint) else None


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
