"""The registry as tables: which columns there are, how cells are read and written."""
