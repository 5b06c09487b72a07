"""One verb function per thing reporting does."""
