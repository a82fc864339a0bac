#!/usr/bin/env python
"""Starts Django."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comparison.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except (
        ImproperlyConfigured
    ) as fault:  # a setting is missing or misspelt: its sentence is all that helps
        sys.exit(str(fault))
