"""Any file becomes numbered lines, and the parts of a disclosure."""
