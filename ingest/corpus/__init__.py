"""A folder of policy files in, a Corpus out: loads, caches and proves it, keeps drafts and published versions."""
