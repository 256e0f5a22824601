"""The questions about a dropped file, in four steps: where the table is, its columns, its values, its dates."""
