"""The views as frames and charts."""
