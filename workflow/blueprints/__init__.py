"""The web: one module per noun, each with its one blueprint."""
