"""One verb for each thing tickets does: load, decide, save together with the events."""
