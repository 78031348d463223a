"""Many files at once: brought in one by one or as archives, read in the background, described in one table."""
