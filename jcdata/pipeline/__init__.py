"""Many documents to a database, and what has to be read again."""
