"""The site's settings with cheap hashing and plain static names; the databases come from the
environment as ever.
"""

import os
import tempfile

# the browser tests leave an event loop running beside the others
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
os.environ.setdefault("SECRET_KEY", "only-for-tests-and-long-enough-to-pass-the-check-0123456789")
os.environ.setdefault("HTTPS", "0")
if "VAR_DIR" not in os.environ:
    # goes when the tests end
    _scratch = tempfile.TemporaryDirectory(prefix="evenhand-tests-", ignore_cleanup_errors=True)
    os.environ["VAR_DIR"] = _scratch.name

from comparison.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if DATABASES["default"]["ENGINE"] == "comparison.publishing.sqlite":  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}  # noqa: F405
IS_FOLLOWED = False  # a test looks when it asks for a release: nothing happens beside it
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405  (whitenoise warns where there is none)
