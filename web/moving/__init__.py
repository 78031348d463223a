"""An existing POLICYQA_HOME in, the same in a database out, and back: all of it or nothing."""
