"""The common FAQ: articles, their search, and suggestions for whoever has a problem."""
