"""Words of what is not there in; families of siblings, attributes and ways of asking for them out."""
