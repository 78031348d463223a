"""Things of one sort, told apart by what stands around them: which were said in each other's place."""
