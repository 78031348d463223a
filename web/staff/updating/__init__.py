"""A draft begun over an older version in, the same with what was published since, conflicts chosen, out."""
