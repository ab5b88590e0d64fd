"""A performance form: its printings, its indicators, the costs that its overview names."""
