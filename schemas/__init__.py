"""The nouns of the project and what is generated from them: the first room, which imports no other."""
