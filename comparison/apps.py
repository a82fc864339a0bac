"""The app's registration: its checks, and the two groups of people who edit."""

from django.apps import AppConfig
from django.conf import settings
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate


class EditorsAdminConfig(AdminConfig):
    default_site = "comparison.admin_site.EditorsSite"


class ComparisonConfig(AppConfig):
    name = "comparison"
    verbose_name = "Content"

    def ready(self) -> None:
        from comparison import checks  # noqa: F401  (registers itself)
        from comparison.permissions import grant
        from comparison.web.operation import account_events, error_reports
        from comparison.web.sign_in import sessions

        account_events.connect()
        sessions.connect()
        if settings.SENTRY_DSN:
            error_reports.start(settings.SENTRY_DSN)
        post_migrate.connect(grant, sender=self, dispatch_uid="grant")
