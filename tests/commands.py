"""Several commands in one process, one after the other: each alone would first import the site."""

import sys

import django
from django.core.management import call_command

from tests.moments import counted

if __name__ == "__main__":
    django.setup()
    for command in sys.argv[1:]:
        if command == "moments":
            print(counted())
        else:
            call_command(*command.split(" "))
