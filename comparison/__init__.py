"""Evenhand: comparisons whose verdicts can be argued with. The Django project and its one app."""
