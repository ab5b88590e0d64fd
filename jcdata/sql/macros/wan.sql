-- Exact: a division would make a DOUBLE of it.
CAST(yuan * 0.0001::DECIMAL(5, 4) AS DECIMAL(18, 2))
