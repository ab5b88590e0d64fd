-- By how much a rate moves if both of its amounts move by as much as their print may be off.
(upper_half::DOUBLE * abs(lower::DOUBLE) + lower_half::DOUBLE * abs(upper::DOUBLE))
/ nullif(lower::DOUBLE * lower::DOUBLE, 0)
