"""The tests, in the folders of what they test; `making` holds what they are made with."""
