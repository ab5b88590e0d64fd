"""Word files: what a person sees in them, with what Word adds when it shows them, such as the numbers of lists."""
