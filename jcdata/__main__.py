"""`python -m jcdata`."""

from jcdata.cli import main

main()
