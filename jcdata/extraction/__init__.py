"""One document from bytes to records."""
