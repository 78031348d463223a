"""A question with its earlier turns in, a Reading out: what is asked, of which level, place and class."""
