"""Files as they are published: each format becomes rows of cells, in reading order."""
