"""The door for the application server that `manage.py serve` starts: `comparison.asgi:application`,
the WSGI application in lanes.
"""

import sys

import comparison.wsgi  # first: it sets Django up, which all below needs
from comparison.server.front import Front

# Seconds that a thread works on while another waits. Of Python's own five milliseconds a toggle
# needs several turns, each after a whole one of a dear page: its slowest took 75 ms beside these,
# and 20 so.
sys.setswitchinterval(0.0005)

application = Front(comparison.wsgi.application)
