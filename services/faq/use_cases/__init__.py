"""One verb for each thing faq does: load, decide, save together with the events."""
