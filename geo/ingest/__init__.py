"""Documents into the store: queued, read by one process or several, and written in their order by one."""

from geo.ingest.reading import name_document
from geo.ingest.sources import INPUT, queue_sources
from geo.ingest.working import work
from geo.ingest.writing import Ended

__all__ = ["INPUT", "Ended", "name_document", "queue_sources", "work"]
