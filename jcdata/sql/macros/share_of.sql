-- NULL, not infinite, where the whole is nothing.
part::DOUBLE / nullif(whole, 0)::DOUBLE
