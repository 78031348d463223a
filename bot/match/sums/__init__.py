"""Parts of the arithmetic of a claim: what a cap limits, and shares by the part of a base."""
