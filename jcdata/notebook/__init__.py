"""SQL cells and readable tables in notebooks."""
