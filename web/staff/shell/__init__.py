"""What every page of the staff shares: frame, words, jobs, charts, the log of changes."""
