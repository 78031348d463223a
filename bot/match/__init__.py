"""What somebody says of themselves and what a corpus grants in; every grant out, met, open or not met, and why."""
