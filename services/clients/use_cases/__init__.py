"""One verb for each thing clients does: load, decide, save together with the events."""
