"""Word documents (DOCX): paragraphs, cells, notes, headers and footers; the rest stays as it is.

Read as bytes and written as bytes. A part of the ZIP file without a new sentence is copied as
it lies there; in a part with new sentences only their runs are written anew.

Left alone: headings, titles, lists of contents, bibliographies and code, by their styles;
paragraphs with tracked changes; text boxes, comments, content controls that are bound to data
or locked. Kept in their sentence, or it stays as it was: links, fields, formulas, notes,
bookmarks, line breaks, code and every change of the formatting.
"""

from .file import WordFile, read

__all__ = ["WordFile", "read"]
