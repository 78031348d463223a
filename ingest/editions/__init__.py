"""An edition of a corpus in another language: English beside each clause, made once, checked, shown as a reading aid."""
