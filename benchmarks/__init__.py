"""What is measured, against what: every figure is a ratio to a named yardstick in the same run."""
