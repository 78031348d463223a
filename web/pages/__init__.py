"""An address in, a page out: the policy library and the description of the interface."""
