"""An outdated draft brought up to date on what was published meanwhile, conflicts chosen by somebody."""
