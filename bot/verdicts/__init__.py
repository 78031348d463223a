"""What is said first: a premise that is not so, yes or no by the clause's own words, which of two is more, whether both may be had."""
