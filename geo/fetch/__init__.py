"""The only part that opens connections."""

from geo.fetch.services import Reply, ask_service

__all__ = ["Reply", "ask_service"]
