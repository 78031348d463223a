"""What a clause says, as typed facts: figures, departments, benefits, validity, and what a document's head tells.

Every function here is pure, text in, facts out; spans count in the text that was given.
"""
