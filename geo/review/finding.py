"""The incident an act is about, as the person saw it: whoever saw an older version is told who changed it since."""

from __future__ import annotations

from geo.errors import ConflictError, UsageError
from geo.model import Incident
from geo.store import Change


def find_seen(change: Change, incident_id: str, version: int, *, withdrawn: bool = False) -> Incident:
    """The incident, at the version that was seen.

    Raises UsageError when there is none of this id, or when it is withdrawn (or, with ``withdrawn``, when it is not);
    ConflictError when it has changed since it was seen.
    """
    incident = change.shown(incident_id)
    if incident is None:
        raise UsageError(f"there is no incident {incident_id!r}")
    if incident.version != version:
        raise _conflict(change, incident, version)
    if withdrawn and incident.status != "withdrawn":
        raise UsageError(f"incident {incident_id} is not withdrawn; there is nothing to restore")
    if not withdrawn and incident.status == "withdrawn":
        raise UsageError(f"incident {incident_id} is withdrawn; restore it first")
    return incident


def _conflict(change: Change, incident: Incident, version: int) -> ConflictError:
    """Who changed it since, and when."""
    last = change.revisions_of(f"incident:{incident.id}")[-1]
    who = "the reading of another article" if last.who == "machine" else last.who
    said = (
        f"incident {incident.id} was changed by {who} on {last.time:%d %B %Y at %H:%M} UTC: it is at version "
        f"{incident.version}, and you saw version {version}; look at it again"
    )
    return ConflictError(said, who=last.who, time=last.time, version=incident.version)
