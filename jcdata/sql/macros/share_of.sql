part::DOUBLE / nullif(whole, 0)::DOUBLE
