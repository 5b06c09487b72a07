"""The only door: who may come in, the public API, the pages, and what happens live."""
