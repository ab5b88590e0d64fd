"""How a layout keeps cells apart: space-separated text layers and tab-separated text."""
