"""`python -m jcdata`."""

from jcdata.cli.commands import main

main()
