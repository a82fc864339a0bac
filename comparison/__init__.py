"""Evenhand: comparisons that can be argued with. The Django project and its one app."""
