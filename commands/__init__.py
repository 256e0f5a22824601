"""Commands of the command line that answer a question; each module holds one, and ``cli.py`` lists them."""
