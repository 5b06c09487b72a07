"""What every request passes before anybody looks at it, and every answer on its way out."""
