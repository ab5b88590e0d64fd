"""A site of static pages: every figure with its printed line, to be searched without a server or a network."""
