-- NULL, not infinite, where nothing grew into something.
(current_amount - prior_amount)::DOUBLE / nullif(prior_amount, 0)::DOUBLE
