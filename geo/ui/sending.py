"""How an answer goes out: with a tag that spares sending it again, compressed where it saves, large files in pieces."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterator
from io import SEEK_END
from tempfile import SpooledTemporaryFile

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from geo.errors import BorderIncidentsError
from geo.ui.bodies import Body, make_body

_LOG = logging.getLogger(__name__)

_FOR_EVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"
IN_MEMORY, _PIECE = 16_000_000, 1_000_000
"""Bytes of a file that is held at once, and of one piece of a larger one."""


class AnswerError(Exception):
    """An answer that is only a sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def answered(
    answer: Callable[[Request], Response], *, at_once: bool = False
) -> Callable[[Request], Awaitable[Response]]:
    """The answer worked out beside the event loop, or in it; what goes wrong becomes a sentence that names no path."""

    async def respond(request: Request) -> Response:
        try:
            return answer(request) if at_once else await run_in_threadpool(answer, request)
        except AnswerError as error:
            return refuse(error.status, str(error))
        except BorderIncidentsError:
            _LOG.exception("a request could not be answered")
            return refuse(503, "The incidents cannot be read at the moment. Try again, or look into the log.")

    return respond


def refuse(status: int, sentence: str) -> Response:
    """A sentence in place of an answer; nobody keeps it."""
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    return PlainTextResponse(sentence, status_code=status, headers=headers)


def send(request: Request, body: Body, *, versioned: bool) -> Response:
    """A body, or that it is what the browser has; ``versioned`` when its address never means anything else."""
    tag = f'W/"{body.tag}"'
    headers = {
        "ETag": tag,
        "Cache-Control": _FOR_EVER if versioned else _ASK_AGAIN,
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
    }
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if body.packed and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(body.packed, media_type=body.kind, headers={**headers, "Content-Encoding": "gzip"})
    return Response(body.plain, media_type=body.kind, headers=headers)


def send_written(request: Request, stream: SpooledTemporaryFile[bytes], kind: str, *, compress: bool) -> Response:
    """What was written, with its tag; a large file as it lies on the disk, piece by piece."""
    size = stream.seek(0, SEEK_END)
    stream.seek(0)
    if size <= IN_MEMORY:
        with stream:
            return send(request, make_body(stream.read(), kind, compress=compress), versioned=False)
    headers = {"Content-Length": str(size), "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return StreamingResponse(_read_pieces(stream), media_type=kind, headers=headers)


def _read_pieces(stream: SpooledTemporaryFile[bytes]) -> Iterator[bytes]:
    with stream:
        while piece := stream.read(_PIECE):
            yield piece
