"""Documents into the store: queued, read by one process or several, and written in their order by one."""

from geo.ingest.sources import queue_sources
from geo.ingest.working import work
from geo.ingest.writing import Ended

__all__ = ["Ended", "queue_sources", "work"]
