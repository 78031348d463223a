"""An Answer in, its JSON and its terminal form out."""
