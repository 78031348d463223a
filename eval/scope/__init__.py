"""Whether a classifier over constraint checks and likeness knows what the corpus does not hold: features, folds, figures."""
