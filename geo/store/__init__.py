"""Where incidents, their articles and their history are kept: a SQLite file, or a PostgreSQL server by its address."""

from geo.store.answers import Answers
from geo.store.batch import Batch, Written, write_reading
from geo.store.change import Change
from geo.store.documents import Counts, Document, Documents, NewDocument, name_holder
from geo.store.feeds import Feeds, FeedState
from geo.store.past import Past
from geo.store.recent import Recent
from geo.store.store import Columns, Store, open_store

__all__ = [
    "Answers",
    "Batch",
    "Change",
    "Columns",
    "Counts",
    "Document",
    "Documents",
    "FeedState",
    "Feeds",
    "NewDocument",
    "Past",
    "Recent",
    "Store",
    "Written",
    "name_holder",
    "open_store",
    "write_reading",
]
