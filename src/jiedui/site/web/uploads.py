"""Files that are being uploaded: in memory alone, so that nobody's words lie in a passing file.

Django would put what is larger than a megabyte into the folder for passing files, in the clear.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler

from jiedui.problems import problem

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from jiedui.problems import Problem

__all__ = ["Held", "too_large"]

MEGABYTE = 1024 * 1024


class Held(MemoryFileUploadHandler):
    """Holds a file in memory; of one larger than FILE_UPLOAD_MAX_MEMORY_SIZE its size alone."""

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        """Hand it on, with the size that it had."""
        if self.activated:
            return super().file_complete(file_size)
        return InMemoryUploadedFile(
            BytesIO(), self.field_name, self.file_name or "", self.content_type or "", file_size,
            self.charset, self.content_type_extra,
        )  # fmt: skip


def too_large(upload: UploadedFile[Any], most: int) -> Problem | None:
    """What to say of a file of more than so many bytes; of such a one nothing may be held."""
    size = upload.size or 0
    if size <= most:
        return None
    return problem("file-too-large", limit=most // MEGABYTE, size=-(-size // MEGABYTE))
