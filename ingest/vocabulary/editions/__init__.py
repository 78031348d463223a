"""Words by which a translation is checked."""
