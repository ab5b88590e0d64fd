"""PDF files: what a person sees on their pages, tables by their ruling lines, other text a line as it is printed."""
