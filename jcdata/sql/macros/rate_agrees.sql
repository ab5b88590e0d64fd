-- Rates are rounded or cut at their last place: 0.31 % for 0.317 % is no contradiction.
stated / nullif(step, 0)::DOUBLE
  >= least(trunc((rate - doubt) / nullif(step, 0)::DOUBLE), round((rate - doubt) / nullif(step, 0)::DOUBLE)) - 1e-06
AND stated / nullif(step, 0)::DOUBLE
  <= greatest(trunc((rate + doubt) / nullif(step, 0)::DOUBLE), round((rate + doubt) / nullif(step, 0)::DOUBLE)) + 1e-06
