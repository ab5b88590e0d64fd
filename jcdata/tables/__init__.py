"""A statutory table: from lines to budget lines."""
