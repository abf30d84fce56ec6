"""ZIP archives that documents are: judged by their lists of members before anything is unpacked."""

from __future__ import annotations

import io
import zipfile

from geo.errors import ArticleError

MOST_MEMBERS = 2_000
"""A long report with hundreds of pictures has some hundreds."""
MOST_BYTES = 200_000_000
"""Of all members together, unpacked."""
MOST_PART_BYTES = 50_000_000
"""Of one member that is read: the text of a thousand pages takes about 10 MB."""
MOST_RATIO = 200
"""Of unpacked to packed, for the whole archive: XML packs to a tenth, rarely to a fiftieth, a bomb to a thousandth."""
_SMALL = 1_000_000
"""Bytes below which no ratio does harm."""


def open_archive(data: bytes) -> zipfile.ZipFile:
    """The archive, when its list of members is within limits; raises ArticleError (``too_large``, ``unreadable``)."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
        raise _damaged() from error
    total = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS:
        raise ArticleError(f"it holds {len(members):,} parts; at most {MOST_MEMBERS:,} are looked at", "too_large")
    if total > MOST_BYTES or (total > _SMALL and total > MOST_RATIO * len(data)):
        raise ArticleError(
            f"it would unpack to {total / 1_000_000:,.0f} MB from {len(data) / 1_000_000:.1f} MB; "
            "no honest document does",
            "too_large",
        )
    return archive


def read_part(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """One member, unpacked no further than allowed whatever the list says of it; None when there is none."""
    try:
        with archive.open(name) as stream:
            data = stream.read(MOST_PART_BYTES + 1)
    except KeyError:
        return None
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError, OSError, EOFError) as error:
        raise _damaged() from error
    if len(data) > MOST_PART_BYTES:
        raise ArticleError(f"a part of it has more than {MOST_PART_BYTES // 1_000_000} MB", "too_large")
    return data


def _damaged() -> ArticleError:
    return ArticleError("it is no office document, or damaged, or locked with a password", "unreadable")
