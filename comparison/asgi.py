"""The door for the application server that `manage.py serve` starts: `comparison.asgi:application`,
the WSGI application in lanes.
"""

import comparison.wsgi  # first: it sets Django up, which all below needs
from comparison.server.front import Front

application = Front(comparison.wsgi.application)
