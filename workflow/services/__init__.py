"""What can be done: one module per noun, one function per verb. Services flush and never commit."""
