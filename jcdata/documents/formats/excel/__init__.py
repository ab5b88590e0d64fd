"""Excel files of every age: their cells as a sheet shows them."""
