#!/usr/bin/env python
"""Starts Django."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comparison.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db.utils import OperationalError

    try:
        execute_from_command_line(sys.argv)
    except (
        ImproperlyConfigured
    ) as fault:  # a setting is missing or misspelt: its sentence is all that helps
        sys.exit(str(fault))
    except OperationalError as fault:
        # its own words have host and name, and no password
        told = str(fault).split("\n")[0].rstrip(". ")
        sys.exit(f"The database cannot be used: {told}. Look at DATABASE_URL and at the database.")
