"""Gives a file back with what is wrong in it marked where it is wrong: comments, colour and words, and a list first."""
