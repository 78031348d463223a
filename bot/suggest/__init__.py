"""An answer in, the next questions out; and questions in, groups of like ones out."""
