"""What happens, pushed to open pages and desktop programs as server-sent events."""
