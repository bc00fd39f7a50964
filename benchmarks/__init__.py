"""What `make bench` runs: costs and their ratios, measured side by side."""
