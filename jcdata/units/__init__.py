"""What a document says of the unit itself: what it consists of, its staff, its vehicles, buildings and equipment."""
