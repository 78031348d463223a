"""Text in, clauses out: reads policy files and cuts them into quotable clauses, losing nothing."""
