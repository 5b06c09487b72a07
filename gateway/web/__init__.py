"""The pages: what specialists and employees see in a browser."""
