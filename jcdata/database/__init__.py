"""Records in DuckDB: definitions, access, dictionary, where a figure stands."""
