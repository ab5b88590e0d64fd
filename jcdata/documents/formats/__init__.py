"""What the formats of files have in common with a table: rows of cells."""
