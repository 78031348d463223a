"""An index in, its speed, memory and recall out."""
