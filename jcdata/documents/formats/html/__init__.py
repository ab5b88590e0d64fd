"""Web pages: what a browser shows of them, table rows as cells, other text a line for each block."""
