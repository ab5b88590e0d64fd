(current_amount - prior_amount)::DOUBLE / nullif(prior_amount, 0)::DOUBLE
